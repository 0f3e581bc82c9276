//! How a call fails, by how far it got.
//!
//! Each variant of [`EnrollError`] says whether the request may have reached the server. The questions
//! on it tell what a caller wants to know of any of them. What a variant holds is a file of its own.

mod call_context;
mod connect;
mod display;
mod enroll_error;
mod invalid;
mod no_answer;
mod no_token;
mod rejected;
mod stage;
mod unreadable;

pub use call_context::CallContext;
pub use connect::{Connect, ConnectReason};
pub use enroll_error::EnrollError;
pub use invalid::Invalid;
pub use no_answer::NoAnswer;
pub use no_token::NoToken;
pub use rejected::Rejected;
pub use stage::Stage;
pub use unreadable::{Unreadable, UnreadableReason};
