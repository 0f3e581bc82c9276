#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
compile_error!("the servers speak https: turn on the feature `rustls` or `native-tls`");

mod client;
mod code;
mod endpoint;
mod enrolled;
mod error;
mod generated;
mod hooks;
mod lenient;
mod outcome;
pub mod raw;
mod region;
mod request;
mod retry_after;
#[cfg(feature = "sandbox")]
pub mod sandbox;
#[cfg(feature = "rustls")]
mod tls;
mod token;

pub use client::{BuildError, Client, ClientBuilder};
pub use code::UnlistedCode;
pub use endpoint::{Endpoint, EndpointError, EndpointRule};
pub use enrolled::Enrolled;
pub use error::{
    CallContext, Connect, EnrollError, Invalid, NoAnswer, Rejected, Unreadable, UnreadableReason,
};
pub use generated::facts::{Code, Outcome, Region};
pub use outcome::{InFaceSet, Retry};
pub use region::UnknownRegion;
#[cfg(feature = "sandbox")]
#[doc(inline)]
pub use sandbox::Sandbox;
pub use token::{AccessToken, AccessTokenError};
