//! A program that only makes bulk calls. The command is compared with it.
//!
//! ```sh
//! bare-loop ADDRESS COUNT CONCURRENCY
//! ```

use std::{error::Error, num::NonZeroUsize};

use face_search_enroll::{AccessToken, Client, Endpoint, Pace};
use futures_util::{StreamExt, stream};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let [address, count, concurrency] = &*arguments else {
        return Err("pass ADDRESS COUNT CONCURRENCY".into());
    };
    let count: usize = count.parse()?;
    let concurrency: NonZeroUsize = concurrency.parse()?;
    let client = Client::builder(Endpoint::custom(address)?)
        .access_token(AccessToken::new("0123456789abcdef0123456789abcdef")?)
        .build()?;
    // As many threads as the command has.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let ids = stream::iter((0..count).map(|number| format!("{number:016x}")));
        let mut results = client.enroll_all(ids, &Pace::default().concurrency(concurrency));
        while let Some((_, result)) = results.next().await {
            result?;
        }
        Ok(())
    })
}
