//! A program that is not async: enrolls the face of one journey, and waits for the result.
//!
//! ```sh
//! export FACE_SEARCH_ENROLL_ACCESS_KEY=… FACE_SEARCH_ENROLL_SECRET_KEY=…
//! cargo run --package face-search-enroll-examples --bin blocking -- sg 730baa5ab2e34e53
//! ```

use std::{env, error::Error};

use face_search_enroll::{Client, Credentials, Endpoint};
use tokio::runtime;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let (Some(server), Some(signature_id)) = (arguments.next(), arguments.next()) else {
        return Err("usage: blocking REGION|ADDRESS SIGNATURE_ID".into());
    };
    let credentials = Credentials::new(
        env::var("FACE_SEARCH_ENROLL_ACCESS_KEY")?,
        env::var("FACE_SEARCH_ENROLL_SECRET_KEY")?,
    )?;
    let client = Client::builder(server.parse::<Endpoint>()?)
        .credentials(credentials)
        .build()?;

    // Keep the runtime as long as the client, since it owns the connections. Never block inside async code.
    let runtime = runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let enrolled = runtime.block_on(client.enroll(&signature_id))?;
    println!("enrolled, transaction {:?}", enrolled.transaction_id());
    Ok(())
}
