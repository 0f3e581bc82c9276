//! How a call fails, by how far it got.
//!
//! Each variant of [`CallError`] says whether the request may have reached the server. The questions
//! on it tell what a caller wants to know of any of them. What a variant holds is a file of its own.

mod call_context;
mod call_error;
mod display;
mod rejected;
mod stage;
mod unanswered;
mod unreadable;

pub use call_context::CallContext;
pub use call_error::{CallError, EnrollError, TokenError};
pub use rejected::Rejected;
pub use stage::Stage;
pub use unanswered::{Connect, Invalid, NoAnswer, NoToken};
pub use unreadable::{Unreadable, UnreadableReason};
