//! Many calls at a limited rate: enrolls the ids of standard input, one id per line.
//!
//! ```sh
//! export FACE_SEARCH_ENROLL_TOKEN=…
//! cargo run --package face-search-enroll-examples --bin many_calls -- sg < ids.txt
//! ```

use std::{
    env,
    error::Error,
    io::{self, BufRead},
    num::{NonZeroU32, NonZeroUsize},
};

use face_search_enroll::{AccessToken, Client, Endpoint, Pace};
use futures_util::{StreamExt, stream};

const CALLS_AT_A_TIME: NonZeroUsize = NonZeroUsize::new(4).unwrap();
const CALLS_A_SECOND: NonZeroU32 = NonZeroU32::new(50).unwrap();

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let server = env::args()
        .nth(1)
        .ok_or("usage: many_calls REGION|ADDRESS")?;
    let endpoint: Endpoint = server.parse()?;
    let token = AccessToken::new(env::var("FACE_SEARCH_ENROLL_TOKEN")?)?;
    let client = Client::new(endpoint, token)?;

    // Each id with its line number, which comes back with the result.
    let lines = io::stdin().lock().lines().collect::<Result<Vec<_>, _>>()?;
    let ids = stream::iter(lines.into_iter().zip(1_u64..));
    let pace = Pace::default()
        .concurrency(CALLS_AT_A_TIME)
        .rate(CALLS_A_SECOND);

    let mut results = client.enroll_all(ids, &pace);
    while let Some(((id, line), result)) = results.next().await {
        match result {
            Ok(_) => println!("line {line}: {id} is enrolled"),
            Err(error) => println!("line {line}: {id}: {error}"),
        }
    }
    Ok(())
}
