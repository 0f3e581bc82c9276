//! Sources of access tokens, and a cache that renews a token before it expires.

mod cached;
mod shared_error;
mod source;
mod supply;

pub use cached::{CachedTokenSource, RENEWAL_LIMIT};
pub use shared_error::SharedError;
pub use source::{FromFn, IssuedToken, TokenFuture, TokenSource, TokenSourceError, from_fn};
pub use supply::TokenSupply;
