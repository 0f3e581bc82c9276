//! The errors of calls, one variant for each stage that a call can reach.
//!
//! Each variant of [`CallError`] says whether the request may have reached the server. Its methods work for
//! every variant. The payload of each variant has its own file.

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
