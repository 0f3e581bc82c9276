//! The generated client, for programs that need the request and the answer as they are on the wire.
//!
//! This module needs the feature `unstable-raw`. It depends on the generator, so any version of this crate may
//! change it.
//!
//! progenitor generates the client from the contract. This crate adds the token, the timeout of an attempt, the
//! body limit and lenient parsing. A call is sent once, and its answer is not classified. The errors are those
//! of progenitor. They may contain the bytes of an answer.
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
    /// Returns the generated client, with the token, the limits and the connections of this client.
    ///
    /// See [`raw`](crate::raw).
    #[must_use]
    pub fn raw(&self) -> Client {
        RequestContext::to_send(&self.core).client()
    }
}
