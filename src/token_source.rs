//! Where the access token of each attempt comes from.
//!
//! A constant token needs none of this; see
//! [`ClientBuilder::access_token`](crate::ClientBuilder::access_token). For a token that changes, a client
//! takes a [`TokenSource`](crate::TokenSource): [`from_fn`] makes one from a closure that returns a future,
//! and [`CachedTokenSource`](crate::CachedTokenSource) caches the token of another source until shortly
//! before it expires. [`parse_answer`] reads a token that another program has requested and saved.

pub(crate) mod answer;
pub(crate) mod issuer;

pub use answer::parse_answer;
#[doc(inline)]
pub use face_search_enroll_runtime::token_source::{FromFn, TokenFuture, from_fn};
