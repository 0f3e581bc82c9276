#![doc = include_str!("../README.md")]

#[cfg(not(feature = "__tls"))]
compile_error!(
    "the servers require https; turn on the feature `rustls`, `rustls-ring` or `native-tls` of face-search-enroll"
);

mod access_token;
pub mod failure;
pub mod headers;
mod hidden;
#[cfg(feature = "__tls")]
pub mod http_client;
pub mod lenient;
mod log;
pub mod names;
pub mod pace;
mod progress;
pub mod request_head;
pub mod retry;
pub mod token_source;

pub use access_token::{AccessToken, AccessTokenError, excerpt, redact};
pub use hidden::Hidden;
pub use log::TARGET as LOG_TARGET;
pub use progress::Progress;
