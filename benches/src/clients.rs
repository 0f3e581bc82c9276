//! Four ways to make a call. Three use the same stream of calls, which costs all of them the same.
//! The floor has a loop for each connection.

mod by_hand;
mod floor;
mod setup;
/// The client that progenitor generates from the contract, without our code.
#[allow(
    clippy::all,
    clippy::pedantic,
    clippy::unwrap_used,
    dead_code,
    elided_lifetimes_in_paths,
    missing_docs,
    unreachable_pub,
    unused_imports
)]
mod raw {
    include!(concat!(env!("OUT_DIR"), "/raw.rs"));
}

use std::num::NonZeroUsize;

use face_search_enroll::{AccessToken, Client, Endpoint};
use futures_util::{StreamExt, TryStreamExt, stream};
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::meter::{Cost, Meter};
use setup::{ID, Result, TOKEN, TOKEN_HEADER, http};

/// Makes `count` calls, `concurrency` at a time, and returns their cost. The connections are opened
/// before.
pub(crate) async fn calls(
    client: &str,
    address: &str,
    count: usize,
    concurrency: NonZeroUsize,
) -> Result<Cost> {
    match client {
        "crate" => {
            let client = Client::builder(Endpoint::custom(address)?)
                .access_token(AccessToken::new(TOKEN)?)
                .build()?;
            measure(count, concurrency, async |()| {
                let enrolled = client.enroll(ID).await?;
                check(enrolled.transaction_id())
            })
            .await
        }
        "raw" => {
            let token = HeaderValue::from_static(TOKEN);
            let headers = HeaderMap::from_iter([(HeaderName::from_static(TOKEN_HEADER), token)]);
            let http = http().default_headers(headers).build()?;
            let client = raw::Client::new_with_client(address, http);
            measure(count, concurrency, async |()| {
                let request = raw::types::EnrollRequest {
                    signature_id: ID.parse()?,
                };
                let answer = client.enroll(&request).await?;
                check(answer.transaction_id.as_deref().map(String::as_str))
            })
            .await
        }
        "by-hand" => {
            let client = by_hand::Client::new(http().build()?, address, TOKEN)?;
            measure(count, concurrency, async |()| {
                let enrolled = client.enroll(ID).await?;
                check(enrolled.transaction_id.as_deref())
            })
            .await
        }
        "floor" => floor::calls(address, count, concurrency).await,
        _ => Err("unknown client; use crate, raw, by-hand or floor".into()),
    }
}

fn check(transaction_id: Option<&str>) -> Result<()> {
    match transaction_id {
        Some(_) => Ok(()),
        None => Err("the answer has no transaction id".into()),
    }
}

async fn measure<F>(count: usize, concurrency: NonZeroUsize, call: F) -> Result<Cost>
where
    F: AsyncFn(()) -> Result<()>,
{
    let call = &call;
    let calls = |count| {
        stream::iter((0..count).map(move |_| call(())))
            .buffer_unordered(concurrency.get())
            .try_collect::<()>()
    };
    // All connections are open from now on.
    calls(concurrency.get() * 2).await?;
    let meter = Meter::start()?;
    calls(count).await?;
    meter.stop()
}
