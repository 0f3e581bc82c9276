//! The generated client, for those who need the call as it is on the wire.
//!
//! It is what progenitor makes of the contract, read leniently, with the token and the body limit
//! added. It does not classify answers, and its errors are progenitor's: they may hold the bytes of
//! an answer. Whatever stands here follows the generator, and may change in any version of this
//! crate.
//!
//! ```
//! # #[cfg(feature = "sandbox")]
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use face_search_enroll::{AccessToken, Client, Sandbox, raw::types::EnrollRequest};
//!
//! let sandbox = Sandbox::start()?;
//! let client = Client::builder(&sandbox)
//!     .access_token(AccessToken::new("any-token-will-do")?)
//!     .build()?;
//!
//! let request = EnrollRequest { signature_id: "730baa5ab2e34e53".parse()? };
//! let answer = client.raw().enroll(&request).await?;
//! println!("{} {:?}", answer.code, answer.transaction_id);
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "sandbox"))]
//! # fn main() {}
//! ```

pub use crate::{
    generated::wire::{Client, Error, ResponseValue, types},
    hooks::Call,
    lenient::{Lenient, Text},
};
