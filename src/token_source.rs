//! Where the access token of each attempt comes from.
//!
//! A constant token needs nothing of this module; see
//! [`ClientBuilder::access_token`](crate::ClientBuilder::access_token). For a token that changes, a
//! client takes a [`TokenSource`]:
//!
//! - [`from_fn`] makes one of a closure that returns a future;
//! - [`CachedTokenSource`] keeps the token of another source until shortly before it expires;
//! - [`DynTokenSource`] forgets the type of a source, for one that is chosen at run time.
//!
//! ```
//! use std::time::Duration;
//! use face_search_enroll::{
//!     AccessToken, CachedTokenSource, Client, IssuedToken, Region, token_source::from_fn,
//! };
//!
//! let key = String::from("what a token is got with");
//! let source = CachedTokenSource::new(from_fn(move || {
//!     let key = key.clone();
//!     async move {
//!         // Ask the vendor's token endpoint here, with the key.
//!         # drop(key);
//!         let token = AccessToken::new("the-token-of-your-account")?;
//!         Ok::<_, Box<dyn std::error::Error + Send + Sync>>(
//!             IssuedToken::new(token).expires_in(Duration::from_secs(3600)),
//!         )
//!     }
//! }));
//! let client = Client::builder(Region::Singapore).token_source(source).build()?;
//! # Ok::<(), face_search_enroll::BuildError>(())
//! ```

mod cached;
mod dynamic;
mod source;

pub use cached::CachedTokenSource;
pub(crate) use cached::SharedError;
pub use dynamic::DynTokenSource;
pub(crate) use dynamic::TokenSupply;
pub use source::{FromFn, IssuedToken, TokenSource, TokenSourceError, from_fn};
