//! The minimum cost of the calls: the same bytes on reused connections.

use std::num::NonZeroUsize;

use bytes::Bytes;
use futures_util::future::try_join_all;
use http::{Request, header};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use super::setup::{ID, Result, TOKEN, TOKEN_HEADER, USER_AGENT};
use crate::meter::{Cost, Meter};

pub(crate) async fn calls(address: &str, count: usize, concurrency: NonZeroUsize) -> Result<Cost> {
    let host = address.trim_start_matches("http://");
    let mut connections = Vec::new();
    for _ in 0..concurrency.get() {
        let stream = TcpStream::connect(host).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        connections.push(sender);
    }
    let body = Bytes::from(serde_json::json!({ "signatureId": ID }).to_string());
    let warm = connections
        .iter_mut()
        .map(|sender| many(sender, host, &body, 2));
    try_join_all(warm).await?;
    let meter = Meter::start()?;
    let each = count / concurrency.get();
    let shares = connections.iter_mut().enumerate().map(|(index, sender)| {
        let more = usize::from(index < count % concurrency.get());
        many(sender, host, &body, each + more)
    });
    try_join_all(shares).await?;
    meter.stop()
}

async fn many(
    sender: &mut SendRequest<Full<Bytes>>,
    host: &str,
    body: &Bytes,
    count: usize,
) -> Result<()> {
    for _ in 0..count {
        let request = Request::post(env!("OPERATION_PATH"))
            .header(header::HOST, host)
            .header(header::USER_AGENT, USER_AGENT)
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/json")
            .header(TOKEN_HEADER, TOKEN)
            .body(Full::new(body.clone()))?;
        sender.ready().await?;
        let answer = sender.send_request(request).await?;
        answer.into_body().collect().await?;
    }
    Ok(())
}
