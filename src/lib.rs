#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
compile_error!("the servers speak https: turn on the feature `rustls` or `native-tls`");

mod attempt;
#[cfg(feature = "bulk")]
mod bulk;
mod cached_token_source;
mod call;
mod client;
mod code;
mod endpoint;
mod enrolled;
mod error;
mod generated;
mod hooks;
mod lenient;
mod log;
pub mod openapi;
mod outcome;
#[cfg_attr(not(feature = "bulk"), path = "no_pace.rs")]
mod pace;
mod proxy;
pub mod raw;
mod region;
mod request;
mod retry;
mod retry_after;
#[cfg(feature = "sandbox")]
pub mod sandbox;
mod tls;
mod token;
mod token_source;

pub use cached_token_source::CachedTokenSource;
pub use client::{BuildError, Client, ClientBuilder};
pub use code::UnlistedCode;
pub use endpoint::{Endpoint, EndpointError, EndpointRule};
pub use enrolled::Enrolled;
pub use error::{
    CallContext, Connect, ConnectReason, EnrollError, Invalid, NoAnswer, NoToken, Rejected, Stage,
    Unreadable, UnreadableReason,
};
pub use generated::facts::{Code, Outcome, Region};
pub use outcome::{InFaceSet, Retry};
#[cfg(feature = "bulk")]
pub use pace::Pace;
pub use proxy::{Proxy, ProxyError};
pub use region::UnknownRegion;
pub use retry::{RetryBudget, RetryPolicy};
#[cfg(feature = "sandbox")]
#[doc(inline)]
pub use sandbox::Sandbox;
pub use tls::{RootCertificates, RootCertificatesError};
pub use token::{AccessToken, AccessTokenError};
pub use token_source::{IssuedToken, TokenSource, TokenSourceError};
