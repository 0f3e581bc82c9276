//! Tests of your own code: against the sandbox, and without a server. The README of the sandbox explains them,
//! and a test of this project compares it with this file.

#![allow(missing_docs)]

use std::error::Error;

use face_search_enroll::{AccessToken, Client, EnrollError, Outcome};
use face_search_enroll_sandbox::Sandbox;

/// The code to test: whether the person of this journey will be recognised next time.
async fn is_recognised(client: &Client, signature_id: &str) -> Result<bool, EnrollError> {
    match client.enroll(signature_id).await {
        Ok(_) => Ok(true),
        Err(error) => is_recognised_despite(error),
    }
}

fn is_recognised_despite(error: EnrollError) -> Result<bool, EnrollError> {
    match error.outcome() {
        Some(Outcome::AlreadyEnrolled) => Ok(true),
        Some(Outcome::TransactionNotPassed | Outcome::SignatureNotFound) => Ok(false),
        _ => Err(error),
    }
}

/// Each test has a runtime of its own, so each makes a client of its own.
fn client(sandbox: &Sandbox) -> Result<Client, Box<dyn Error>> {
    let token = AccessToken::new("any-token-will-do")?;
    Ok(Client::new(sandbox, token)?)
}

#[tokio::test]
async fn a_second_call_finds_the_face() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::start()?;
    let client = client(&sandbox)?;

    assert!(is_recognised(&client, "730baa5ab2e34e53").await?);
    assert!(is_recognised(&client, "730baa5ab2e34e53").await?);

    assert_eq!(sandbox.enrolled(), ["730baa5ab2e34e53"]);
    Ok(())
}

use face_search_enroll_sandbox::Reply;

#[tokio::test]
async fn a_rejected_journey_is_not_recognised() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::start()?;
    let client = client(&sandbox)?;

    sandbox.enqueue_reply(Reply::outcome(Outcome::TransactionNotPassed));
    assert!(!is_recognised(&client, "730baa5ab2e34e53").await?);

    sandbox.enqueue_reply(sandbox.example("signature-not-found")?);
    assert!(!is_recognised(&client, "730baa5ab2e34e53").await?);

    assert!(sandbox.enrolled().is_empty());
    Ok(())
}

use face_search_enroll::RetryPolicy;

#[tokio::test]
async fn a_lost_answer_is_asked_for_again() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::start()?;
    let client = client(&sandbox)?;

    sandbox.enqueue_reply(Reply::lost());
    assert!(is_recognised(&client, "730baa5ab2e34e53").await?);

    assert_eq!(sandbox.requests(), 2);
    Ok(())
}

#[tokio::test]
async fn an_outage_leaves_the_question_open() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::builder().failures(1.0, 42).start()?;
    let client = Client::builder(&sandbox)
        .access_token(AccessToken::new("any-token-will-do")?)
        .retry(RetryPolicy::never()) // does not wait
        .build()?;

    let result = is_recognised(&client, "730baa5ab2e34e53").await;

    assert!(result.is_err_and(|error| error.is_retryable()));
    Ok(())
}

use face_search_enroll::Credentials;

#[tokio::test]
async fn a_token_that_expired_is_replaced() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::builder()
        .access_key("access-key", "secret-key")
        .start()?;
    let client = Client::builder(&sandbox)
        .credentials(Credentials::new("access-key", "secret-key")?)
        .build()?;
    assert!(is_recognised(&client, "730baa5ab2e34e53").await?);

    // The next call is answered as if its token had expired.
    sandbox.enqueue_reply(Reply::outcome(Outcome::Unauthorized));
    assert!(is_recognised(&client, "ed8b21c0c87ad617").await?);

    // Token and call; then the refused call, a new token and the retry.
    assert_eq!(sandbox.requests(), 5);
    Ok(())
}

use face_search_enroll::{Region, testing};

#[test]
fn a_broken_connection_leaves_the_question_open() {
    let error = testing::no_answer(Region::Singapore, "the connection broke");
    assert!(is_recognised_despite(error).is_err());
}
