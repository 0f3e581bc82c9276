//! Where the access token of each attempt comes from.
//!
//! A constant token needs nothing of this module; see
//! [`ClientBuilder::access_token`](crate::ClientBuilder::access_token). For a token that changes, a
//! client takes a [`TokenSource`](crate::TokenSource): [`from_fn`] makes one of a closure that returns
//! a future, and [`CachedTokenSource`](crate::CachedTokenSource) keeps the token of another source
//! until shortly before it expires.

pub(crate) mod answer;
pub(crate) mod cached;
pub(crate) mod issuer;
pub(crate) mod source;
pub(crate) mod supply;

pub use source::{FromFn, TokenFuture, from_fn};
