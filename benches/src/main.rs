//! Makes calls in one of four ways, and says what they cost:
//!
//! ```sh
//! calls serve                                # prints the address that it listens on
//! calls run CLIENT ADDRESS COUNT CONCURRENCY # prints a line of JSON
//! ```
//!
//! `cargo xtask bench` runs all of it and prints a table.

mod allocations;
mod clients;
mod server;

use std::{error::Error, num::NonZeroUsize, time::Instant};

use serde_json::json;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    match *arguments {
        ["serve"] => Ok(server::serve()?),
        ["run", client, address, count, concurrency] => {
            run(client, address, count.parse()?, concurrency.parse()?)
        }
        _ => Err("pass serve, or run CLIENT ADDRESS COUNT CONCURRENCY".into()),
    }
}

fn run(
    client: &str,
    address: &str,
    count: usize,
    concurrency: NonZeroUsize,
) -> Result<(), Box<dyn Error>> {
    // reqwest comes without one here; the crate brings its own along.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let cost = runtime.block_on(clients::calls(client, address, count, concurrency))?;
    println!("{}", json!(cost));
    Ok(())
}

/// What calls cost.
#[derive(Debug, serde::Serialize)]
struct Cost {
    wall_ns: u128,
    cpu_ns: u64,
    allocations: u64,
}

/// What was spent so far.
struct Meter {
    started: Instant,
    cpu_ns: u64,
    allocations: u64,
}

impl Meter {
    fn start() -> Result<Self, Box<dyn Error>> {
        Ok(Self {
            started: Instant::now(),
            cpu_ns: cpu_ns()?,
            allocations: allocations::count(),
        })
    }

    fn stop(self) -> Result<Cost, Box<dyn Error>> {
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
    Err("the CPU time of a thread is not told here".into())
}

#[cfg(test)]
mod tests {
    use face_search_enroll::Outcome;

    use crate::allocations;

    /// Alone in its process, so that nothing else is counted.
    #[test]
    fn classification_asks_for_no_memory() {
        let before = allocations::count();
        let mut found = [false; Outcome::ALL.len()];
        for outcome in Outcome::ALL {
            for code in outcome.codes().iter().chain(&["SOMETHING_NEW"]) {
                for message in ["", "OK", "Words that nobody knows, and “others”."] {
                    let classified = Outcome::classify(code, message);
                    let index = Outcome::ALL.iter().position(|known| *known == classified);
                    if let Some(found) = index.and_then(|index| found.get_mut(index)) {
                        *found = true;
                    }
                }
            }
        }
        assert_eq!(allocations::count(), before);
        assert!(found.iter().filter(|found| **found).count() > 3);
    }
}
