//! Measures the cost of calls: time, CPU time of the thread, and allocations.

use std::{error::Error, time::Instant};

use crate::allocations;

/// The cost of calls.
#[derive(Debug, serde::Serialize)]
pub(crate) struct Cost {
    wall_ns: u128,
    cpu_ns: u64,
    allocations: u64,
}

/// The values at the start.
pub(crate) struct Meter {
    started: Instant,
    cpu_ns: u64,
    allocations: u64,
}

impl Meter {
    pub(crate) fn start() -> Result<Self, Box<dyn Error>> {
        Ok(Self {
            started: Instant::now(),
            cpu_ns: cpu_ns()?,
            allocations: allocations::count(),
        })
    }

    pub(crate) fn stop(self) -> Result<Cost, Box<dyn Error>> {
        Ok(Cost {
            wall_ns: self.started.elapsed().as_nanos(),
            cpu_ns: cpu_ns()? - self.cpu_ns,
            allocations: allocations::count() - self.allocations,
        })
    }
}

/// The CPU time of this thread, which makes the calls.
#[cfg(unix)]
fn cpu_ns() -> Result<u64, Box<dyn Error>> {
    use rustix::time::{ClockId, clock_gettime};

    let time = clock_gettime(ClockId::ThreadCPUTime);
    Ok(u64::try_from(time.tv_sec)? * 1_000_000_000 + u64::try_from(time.tv_nsec)?)
}

#[cfg(not(unix))]
fn cpu_ns() -> Result<u64, Box<dyn Error>> {
    Err("cannot measure the CPU time of a thread on this system; run the benchmark on a Unix system".into())
}
