//! Makes calls with one of four clients, and prints their cost:
//!
//! ```sh
//! calls serve                                # prints the address of the server
//! calls run CLIENT ADDRESS COUNT CONCURRENCY # prints a line of JSON
//! ```
//!
//! `cargo xtask bench` runs all of them and prints a table.

mod allocations;
mod clients;
mod meter;
mod server;

use std::{error::Error, num::NonZeroUsize};

use serde_json::json;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    match *arguments {
        ["serve"] => Ok(server::serve()?),
        ["run", client, address, count, concurrency] => {
            run(client, address, count.parse()?, concurrency.parse()?)
        }
        _ => Err("wrong arguments; pass serve, or run CLIENT ADDRESS COUNT CONCURRENCY".into()),
    }
}

fn run(
    client: &str,
    address: &str,
    count: usize,
    concurrency: NonZeroUsize,
) -> Result<(), Box<dyn Error>> {
    // reqwest is built without a TLS provider here. The crate has its own.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let cost = runtime.block_on(clients::calls(client, address, count, concurrency))?;
    println!("{}", json!(cost));
    Ok(())
}

#[cfg(test)]
mod tests {
    use face_search_enroll::Outcome;

    use crate::allocations;

    /// This test is alone in its process, so that nothing else is counted.
    #[test]
    fn classification_does_not_allocate() {
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
