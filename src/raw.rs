//! The generated client, for those who need the call as it is on the wire.
//!
//! This module is behind the feature `unstable-raw`: it follows the generator, and any version of this
//! crate may change it.
//!
//! It is what progenitor makes of the contract, read leniently, with the token, the time-out of an
//! attempt and the body limit added. It sends once, does not classify answers, and its errors are
//! progenitor's: they may hold the bytes of an answer.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use face_search_enroll::{AccessToken, Client, raw::types::EnrollRequest};
//! use face_search_enroll_sandbox::Sandbox;
//!
//! let sandbox = Sandbox::start()?;
//! let client = Client::new(&sandbox, AccessToken::new("any-token-will-do")?)?;
//!
//! let request = EnrollRequest { signature_id: "730baa5ab2e34e53".parse()? };
//! let answer = client.raw().enroll(&request).await?;
//! println!("{} {:?}", answer.code, answer.transaction_id);
//! # Ok(())
//! # }
//! ```

pub use crate::{
    generated::wire::{Client, Error, ResponseValue, types},
    hooks::RequestContext,
};
#[doc(inline)]
pub use face_search_enroll_runtime::{Hidden, lenient::Lenient};

impl crate::Client {
    /// The generated client for one call, with the token, limits and connections of this one; see
    /// [`raw`](crate::raw).
    #[must_use]
    pub fn raw(&self) -> Client {
        RequestContext::to_send(&self.core).client()
    }
}
