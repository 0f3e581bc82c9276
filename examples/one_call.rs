//! One call: enrolls the face of one journey, and prints how the call ended.
//!
//! ```sh
//! export FACE_SEARCH_ENROLL_ACCESS_KEY=… FACE_SEARCH_ENROLL_SECRET_KEY=…
//! cargo run --package face-search-enroll-examples --bin one_call -- sg 730baa5ab2e34e53
//! ```

use std::{env, error::Error};

use face_search_enroll::{Client, Credentials, Endpoint, Outcome};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let (Some(server), Some(signature_id)) = (arguments.next(), arguments.next()) else {
        return Err("usage: one_call REGION|ADDRESS SIGNATURE_ID".into());
    };
    // A region such as `sg`, or the address of a server that stands in for one.
    let endpoint: Endpoint = server.parse()?;
    let credentials = Credentials::new(
        env::var("FACE_SEARCH_ENROLL_ACCESS_KEY")?,
        env::var("FACE_SEARCH_ENROLL_SECRET_KEY")?,
    )?;
    let client = Client::builder(endpoint).credentials(credentials).build()?;

    match client.enroll(&signature_id).await {
        Ok(enrolled) => println!("enrolled, transaction {:?}", enrolled.transaction_id()),
        Err(error) if error.outcome() == Some(Outcome::AlreadyEnrolled) => {
            println!("enrolled before");
        }
        // The client has already retried. Put the id aside and call again later.
        Err(error) if error.is_retryable() => println!("try again later: {error}"),
        // Fix the cause first. Another call is safe, and shows whether the face is enrolled.
        Err(error) if error.may_have_enrolled() => println!("in doubt: {error}"),
        Err(error) => println!("not enrolled: {error}"),
    }
    Ok(())
}
