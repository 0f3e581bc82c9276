//! Sources of access tokens.
//!
//! You do not need this module for a constant token; see
//! [`ClientBuilder::access_token`](crate::ClientBuilder::access_token). For a token that changes, pass a
//! [`TokenSource`](crate::TokenSource) to the client. [`from_fn`] makes one from a closure that returns a future.
//! [`CachedTokenSource`](crate::CachedTokenSource) caches the token of another source until shortly before it
//! expires. [`parse_answer`] reads a token that another program has requested and saved.

pub(crate) mod answer;
pub(crate) mod issuer;

pub use answer::parse_answer;
#[doc(inline)]
pub use face_search_enroll_runtime::token_source::{FromFn, TokenFuture, from_fn};
