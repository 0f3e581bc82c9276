//! A test of your own code against the sandbox, and one that needs no server.

#![allow(missing_docs)]

use std::error::Error;

use face_search_enroll::{AccessToken, Client, EnrollError, Outcome, Region, testing};
use face_search_enroll_sandbox::{Reply, Sandbox};

/// The code to test: whether the person of this journey will be recognised next time.
async fn is_recognised(client: &Client, signature_id: &str) -> Result<bool, EnrollError> {
    settle(client.enroll(signature_id).await.map(drop))
}

fn settle(result: Result<(), EnrollError>) -> Result<bool, EnrollError> {
    match result {
        Ok(()) => Ok(true),
        Err(error) => match error.outcome() {
            Some(Outcome::AlreadyEnrolled) => Ok(true),
            Some(Outcome::TransactionNotPassed | Outcome::SignatureNotFound) => Ok(false),
            _ => Err(error),
        },
    }
}

#[tokio::test]
async fn a_second_call_finds_the_face() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::start()?;
    let client = Client::new(&sandbox, AccessToken::new("any-token-will-do")?)?;

    assert!(is_recognised(&client, "730baa5ab2e34e53").await?);
    assert!(is_recognised(&client, "730baa5ab2e34e53").await?);

    assert_eq!(sandbox.enrolled(), ["730baa5ab2e34e53"]);
    Ok(())
}

#[tokio::test]
async fn a_lost_answer_is_asked_for_again() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::start()?;
    let client = Client::new(&sandbox, AccessToken::new("any-token-will-do")?)?;
    sandbox.enqueue_reply(Reply::lost());

    assert!(is_recognised(&client, "730baa5ab2e34e53").await?);

    assert_eq!(sandbox.requests(), 2);
    Ok(())
}

#[test]
fn a_journey_that_is_not_known_is_not_recognised() -> Result<(), Box<dyn Error>> {
    let codes = Outcome::SignatureNotFound.codes();
    let code = codes.first().ok_or("no code means it")?;
    let error = testing::rejected(Region::Singapore, code, "whatever the message is");
    assert!(!settle(Err(error))?);
    Ok(())
}
