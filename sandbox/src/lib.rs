//! A server on loopback that answers as the contract says, for tests and first steps.
//!
//! It speaks real HTTP, so a [`Client`](face_search_enroll::Client) calls it like any region. It reads
//! the contract when it starts, and its answers are the examples in the contract. It keeps a face set
//! in memory: the first call for a signature id enrolls the face, and the second one reports that it is
//! already enrolled. A request needs a token, but any token is accepted. With
//! [`SandboxBuilder::access_key`], the sandbox issues tokens for the keys and accepts no others.
//!
//! A test sets the answer to the next request with [`Sandbox::enqueue_reply`], or to every request with
//! [`Sandbox::respond_with`]. Any HTTP client can choose an answer with the header
//! `Prefer: example=NAME`, and an HTTP status with `Prefer: code=NNN`; [`Sandbox::examples`] lists the
//! names.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use face_search_enroll::{AccessToken, Client, Outcome, RetryPolicy};
//! use face_search_enroll_sandbox::{Reply, Sandbox};
//!
//! let sandbox = Sandbox::start()?;
//! let client = Client::builder(&sandbox)
//!     .access_token(AccessToken::new("any-token-will-do")?)
//!     .retry(RetryPolicy::never())
//!     .build()?;
//!
//! sandbox.enqueue_reply(
//!     Reply::outcome(Outcome::Throttled).status(429).header("Retry-After", "10s")?,
//! );
//! let error = client.enroll("730baa5ab2e34e53").await.unwrap_err();
//! assert_eq!(error.outcome(), Some(Outcome::Throttled));
//! assert_eq!(error.retry_after().map(|delay| delay.as_secs()), Some(10));
//!
//! client.enroll("730baa5ab2e34e53").await?;
//! assert!(sandbox.is_enrolled("730baa5ab2e34e53"));
//! # Ok(())
//! # }
//! ```

mod answers;
mod builder;
mod choice;
mod cut;
mod error;
mod face_set;
mod faults;
mod handler;
mod observed;
mod operation;
mod prefer;
mod reply;
mod request;
mod response;
mod router;
mod sandbox;
mod served;
mod server;
mod settings;
mod shared;
mod signing;
mod state;
mod tokens;

pub use builder::{SandboxBuilder, embedded_contract};
pub use error::StartError;
/// The contract that a sandbox can be started with instead of the embedded one.
pub use face_search_enroll_contract::{Contract, Problems};
pub use reply::{InvalidHeader, Reply, UnknownExample};
pub use request::ReceivedRequest;
pub use sandbox::Sandbox;
pub use served::ServedRequest;
