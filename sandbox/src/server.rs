//! The loop that accepts connections until the sandbox stops.

use std::{pin::pin, time::Duration};

use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::{net::TcpListener, sync::watch, task::JoinSet, time::timeout};

use crate::router::Service;

/// Serves until it is stopped. Dropping the set of connections closes them.
pub(crate) async fn serve(
    listener: TcpListener,
    service: Service,
    mut stopped: watch::Receiver<Option<Duration>>,
) {
    let mut connections = JoinSet::new();
    let patience = loop {
        tokio::select! {
            changed = stopped.changed() => match changed {
                Ok(()) => break *stopped.borrow(),
                Err(_) => return,
            },
            Some(_) = connections.join_next() => {}
            accepted = listener.accept() => {
                let Ok((stream, _)) = accepted else {
                    // The connection is gone, or the process has too many open files. Wait, because
                    // other files may be closed soon.
                    tokio::time::sleep(Duration::from_millis(10)).await;
                    continue;
                };
                // Send each answer at once. It is small, and nothing follows that it could be
                // combined with.
                let _ = stream.set_nodelay(true);
                let connection =
                    http1::Builder::new().serve_connection(TokioIo::new(stream), service.clone());
                let mut stopped = stopped.clone();
                connections.spawn(async move {
                    let mut connection = pin!(connection);
                    tokio::select! {
                        // The client closed the connection, or the reply breaks it.
                        _ = connection.as_mut() => return,
                        Ok(()) = stopped.changed() => {}
                    }
                    connection.as_mut().graceful_shutdown();
                    let _ = connection.await;
                });
            }
        }
    };
    drop(listener);
    let finished = async { while connections.join_next().await.is_some() {} };
    // Dropping the set closes the connections that are still open.
    let _ = timeout(patience.unwrap_or_default(), finished).await;
}
