//! Results that are made without a server behave like real results.

use std::{error::Error, io, time::Duration};

use face_search_enroll::{
    ConnectReason, EnrollError, Outcome, Region, Stage, UnreadableReason, testing,
};
use face_search_enroll_sandbox::{Reply, Sandbox};

use crate::client;

const REGION: Region = Region::Singapore;

#[test]
fn a_made_success_says_how_many_attempts_it_took() {
    let enrolled = testing::enrolled(REGION, "a");
    assert_eq!(enrolled.signature_id(), "a");
    assert_eq!(enrolled.region(), Some(REGION));
    assert_eq!(
        (enrolled.outcome(), enrolled.attempts()),
        (Outcome::Enrolled, 1)
    );
    assert_eq!(enrolled.code().as_str(), Outcome::Enrolled.codes()[0]);

    let without = enrolled.with_transaction_id(None);
    assert_eq!(without.transaction_id(), None);

    let confirmed = testing::confirmed_by_retry(REGION, "a");
    assert!(confirmed.confirmed_by_retry());
    assert_eq!(
        (confirmed.outcome(), confirmed.attempts()),
        (Outcome::AlreadyEnrolled, 2)
    );
}

#[test]
fn errors_of_every_stage_can_be_made() {
    let down = || io::Error::other("down");
    let made = [
        testing::invalid(),
        testing::no_token(REGION, down()),
        testing::connect(REGION, ConnectReason::Network, down()),
        testing::no_answer(REGION, down()),
        testing::unreadable(REGION, 503, UnreadableReason::TooLarge { limit: 1 }),
        testing::rejected(REGION, "NEW", "never seen"),
    ];
    let stages: Vec<_> = made.iter().map(EnrollError::stage).collect();
    assert_eq!(stages, Stage::ALL);
    for error in &made[1..] {
        assert_eq!(error.region(), Some(REGION));
        assert_eq!(
            error.endpoint().map(ToString::to_string).as_deref(),
            Some("Singapore (https://sg-api.advance.ai)")
        );
    }
    for error in &made[1..4] {
        assert_eq!(error.source().unwrap().to_string(), "down");
    }
    assert!(made[3].may_have_enrolled() && !made[2].may_have_enrolled());
    assert_eq!(made[4].outcome(), Some(Outcome::Unavailable));
    assert_eq!(made[5].outcome(), Some(Outcome::Unlisted));
}

/// A made error has the same message as the error of a real answer.
#[tokio::test]
async fn a_made_rejection_has_the_message_of_a_real_one() {
    let sandbox = Sandbox::start().unwrap();
    for outcome in Outcome::ALL {
        sandbox.enqueue_reply(Reply::outcome(*outcome));
        let Err(real) = client(&sandbox).enroll("a").await else {
            continue;
        };
        let (code, message) = (real.code().unwrap(), real.message().unwrap());
        let mut made = testing::rejected(&sandbox, code.as_str(), message);
        if let EnrollError::Rejected(rejected) = &mut made {
            rejected.answer.transaction_id = real.transaction_id().map(str::to_owned);
            rejected.answer.extra = real.extra().map(str::to_owned);
        }
        assert_eq!(made.to_string(), real.to_string());
        assert_eq!(made.is_retryable(), real.is_retryable());
    }
}

#[test]
fn the_content_of_an_error_can_be_changed() {
    let mut error = testing::rejected(REGION, "SERVICE_BUSY", "Rate limit is exceeded");
    if let EnrollError::Rejected(rejected) = &mut error {
        rejected.answer.retry_after = Some(Duration::from_secs(10));
    }
    assert!(error.to_string().ends_with(", retry after 10 s"), "{error}");
}

/// The content of a variant is an error of its own.
#[test]
fn the_content_of_a_variant_is_an_error() {
    fn boxed(error: EnrollError) -> Box<dyn Error> {
        match error {
            EnrollError::Token(error) => error,
            EnrollError::NoAnswer(error) => error,
            other => Box::new(other),
        }
    }
    for made in [
        testing::no_token(REGION, "no keys"),
        testing::no_answer(REGION, "cut"),
    ] {
        let shown = made.to_string();
        let held = boxed(made);
        assert!(shown.starts_with(&held.to_string()), "{shown}");
        assert!(held.source().is_some());
    }
}
