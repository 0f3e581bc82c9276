//! Retries: the policy that a user sets, the budget that the calls of a client share, and the decision after each
//! failed attempt.

mod budget;
mod decision;
mod policy;

pub use budget::RetryBudget;
pub use decision::{FailedAttempt, Retries, RetryDecision};
pub use policy::RetryPolicy;
