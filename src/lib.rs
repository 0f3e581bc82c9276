//! A client for *Face-Search Enroll*, the endpoint of ADVANCE.AI's identity verification platform that adds the
//! face of a failed verification to the face set, so that the same person is recognised the next time.
//!
//! You choose a region and call [`Client::enroll`]. The result is typed, and an error says what happened, whether
//! a retry can help, and whether the face may have been enrolled despite the error.
//!
//! The regions, codes, messages and retry rules are in one OpenAPI document, [`openapi::YAML`]. The build script
//! generates the client from it. This crate is a community project, and not one of the vendor.
//!
#![doc = include_str!("docs.md")]
// Without a feature, its items do not exist. Their links then lead to the table of features.
#![cfg_attr(
    not(feature = "bulk"),
    doc = "\n\n[`Client::enroll_all`]: #cargo-features\n[`Enrollable`]: #cargo-features\n[`Pace`]: #cargo-features"
)]
#![cfg_attr(not(feature = "test-util"), doc = "\n\n[`testing`]: #cargo-features")]
#![cfg_attr(not(feature = "unstable-raw"), doc = "\n\n[`raw`]: #cargo-features")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod answer;
mod attempt;
#[cfg(feature = "bulk")]
mod bulk;
mod call;
mod client;
mod client_builder;
mod client_core;
mod code;
mod credentials;
mod endpoint;
mod endpoint_error;
mod enrolled;
mod error;
mod generated;
#[cfg_attr(not(feature = "unstable-raw"), expect(unreachable_pub))]
mod hooks;
mod log;
pub mod openapi;
mod operation;
mod outcome;
#[cfg(feature = "unstable-raw")]
pub mod raw;
mod region;
mod request;
mod running_call;
mod signing;
#[cfg(feature = "test-util")]
pub mod testing;
pub mod token_source;

pub use answer::Answer;
#[cfg(feature = "bulk")]
pub use bulk::{EnrollAll, Enrollable};
pub use client::Client;
pub use client_builder::{BuildError, ClientBuilder};
pub use code::UnlistedCode;
pub use credentials::{Credentials, CredentialsError};
pub use endpoint::Endpoint;
pub use endpoint_error::{EndpointError, EndpointRule, ParseEndpointError};
pub use enrolled::Enrolled;
pub use error::{
    CallContext, CallError, Connect, EnrollError, Invalid, NoAnswer, NoToken, Rejected, Stage,
    TokenError, Unreadable, UnreadableReason,
};
#[cfg(feature = "bulk")]
#[doc(inline)]
pub use face_search_enroll_runtime::pace::Pace;
#[doc(inline)]
pub use face_search_enroll_runtime::{
    AccessToken, AccessTokenError,
    failure::{ConnectCause, ConnectReason},
    http_client::{Proxy, ProxyError, RootCertificates, RootCertificatesError},
    names::UnknownName,
    retry::{RetryBudget, RetryPolicy},
    token_source::{CachedTokenSource, IssuedToken, TokenSource, TokenSourceError},
};
pub use generated::facts::enroll::Outcome;
pub use generated::facts::generate_token::Outcome as TokenOutcome;
pub use generated::facts::{Code, Region};
pub use outcome::{InFaceSet, Retry};
pub use region::UnknownRegion;
pub use token_source::answer::TokenAnswerError;

/// Compiles the programs of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
