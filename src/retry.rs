//! When a call is sent again, and how long it waits before: what a user says about it, the budget
//! that the calls of a client share, and the decision after each failed attempt.

mod budget;
mod decision;
mod policy;

pub use budget::RetryBudget;
pub(crate) use decision::{FailedAttempt, Retries, RetryDecision};
pub use policy::RetryPolicy;
