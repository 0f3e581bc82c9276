//! A token that changes: reads it from a file, every minute and whenever a server refuses it.
//!
//! ```sh
//! cargo run --package face-search-enroll-examples --bin token_source -- sg token.txt 730baa5ab2e34e53
//! ```

use std::{env, error::Error, fs, time::Duration};

use face_search_enroll::{
    AccessToken, CachedTokenSource, Client, Endpoint, IssuedToken, TokenSourceError,
    token_source::from_fn,
};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let (Some(server), Some(file), Some(signature_id)) =
        (arguments.next(), arguments.next(), arguments.next())
    else {
        return Err("usage: token_source REGION|ADDRESS TOKEN_FILE SIGNATURE_ID".into());
    };

    // The cache calls the closure once, however many calls wait for the token.
    let source = from_fn(move || {
        let text = fs::read_to_string(&file);
        async move {
            let token = AccessToken::new(text?.trim())?;
            let issued = IssuedToken::new(token).expires_in(Duration::from_secs(60));
            Ok::<_, TokenSourceError>(issued)
        }
    });
    let client = Client::builder(server.parse::<Endpoint>()?)
        .token_source(CachedTokenSource::new(source))
        .build()?;

    let enrolled = client.enroll(&signature_id).await?;
    println!("enrolled, transaction {:?}", enrolled.transaction_id());
    Ok(())
}
