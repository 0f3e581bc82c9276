//! How a call fails, by how far it got.
//!
//! Each variant of [`EnrollError`] says whether the request may have reached the server. The questions
//! on it tell what a caller wants to know of any of them. What a variant holds is a file of its own.

mod call_context;
mod display;
mod enroll_error;
mod no_answer;
mod rejected;
mod stage;
mod unreadable;
mod unsent;

pub use call_context::CallContext;
pub use enroll_error::EnrollError;
pub use no_answer::NoAnswer;
pub use rejected::Rejected;
pub use stage::Stage;
pub use unreadable::{Unreadable, UnreadableReason};
pub use unsent::{Connect, ConnectReason, Invalid, NoToken};
