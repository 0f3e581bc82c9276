//! Bulk calls: the limits on concurrency and rate, and a stream of results.

mod outage;
#[cfg(feature = "bulk")]
mod paced_calls;
mod pacer;
mod settings;
mod throttle;
mod turn;

#[cfg(feature = "bulk")]
pub use paced_calls::PacedCalls;
pub use pacer::{Pacer, Slot};
pub use settings::Pace;
pub use turn::Turn;
