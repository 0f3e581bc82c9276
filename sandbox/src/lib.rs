//! A server on loopback that answers as the contract says, for tests and first steps.
//!
//! It speaks real HTTP, so a [`Client`](face_search_enroll::Client) calls it like any region. It holds
//! no fact of its own: it reads the contract when it starts, and its answers are the contract's
//! examples. It keeps a face set in memory, so the first call for a signature id enrolls and the
//! second says that it is enrolled already. Any token will do, but there must be one; with
//! [`SandboxBuilder::access_key`] it issues tokens for a pair of keys and takes no others.
//!
//! A test says how the sandbox treats the next request with [`Sandbox::enqueue_reply`], or every
//! request with [`Sandbox::respond_with`]. Any HTTP client can ask for a certain answer with the
//! header `Prefer: example=NAME`, and for a status with `Prefer: code=NNN`; [`Sandbox::examples`]
//! lists the names.
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
