//! Invalid input is rejected before anything is sent.

use std::time::Duration;

use face_search_enroll::{
    AccessToken, AccessTokenError, BuildError, Client, EnrollError, RetryPolicy,
};
use face_search_enroll_sandbox::Sandbox;

use crate::{builder, client};

#[tokio::test]
async fn a_blank_signature_id_is_not_sent() {
    let sandbox = Sandbox::start().unwrap();
    for id in ["", " ", "\t\r\n", "\u{a0}\u{2003}"] {
        let error = client(&sandbox).enroll(id).await.unwrap_err();
        let EnrollError::Invalid(invalid) = &error else {
            panic!("{id:?}: {error}");
        };
        assert_eq!(Client::check_signature_id(id).unwrap_err(), *invalid);
        assert!(error.to_string().contains(invalid.field), "{error}");
        assert!(!error.is_retryable() && !error.may_have_enrolled());
        assert_eq!((error.attempts(), error.region()), (0, None));
    }
    assert_eq!(sandbox.requests(), 0);
}

#[tokio::test]
async fn any_other_signature_id_is_sent_unchanged() {
    let sandbox = Sandbox::start().unwrap();
    for id in ["1234567890", " padded ", "\"quoted\"\\", "非", "a\u{0}b"] {
        let enrolled = client(&sandbox).enroll(id).await.unwrap();
        assert_eq!(enrolled.signature_id(), id);
        assert!(sandbox.is_enrolled(id), "{id:?}");
    }
}

#[test]
fn a_token_that_a_header_cannot_carry_is_refused() {
    assert_eq!(AccessToken::new("").unwrap_err(), AccessTokenError::Empty);
    for (token, position) in [
        ("secret\n", 7),
        ("secret\r\nX-Other: 1", 7),
        (" secret", 1),
        ("sec ret", 4),
        ("secrét", 5),
        ("\0", 1),
        ("\u{7f}", 1),
    ] {
        let error = AccessToken::new(token).unwrap_err();
        assert_eq!(error, AccessTokenError::Character { position }, "{token:?}");
        assert!(!format!("{error} {error:?}").contains("sec"), "{error}");
    }
}

#[test]
fn a_client_without_a_token_is_not_built() {
    let sandbox = Sandbox::start().unwrap();
    let error = Client::builder(&sandbox).build().unwrap_err();
    assert!(matches!(error, BuildError::NoToken));
    assert!(error.to_string().contains("access_token"), "{error}");
}

#[test]
fn a_client_with_a_limit_of_zero_is_not_built() {
    let sandbox = Sandbox::start().unwrap();
    let zero = Duration::ZERO;
    for (name, client) in [
        ("connect_timeout", builder(&sandbox).connect_timeout(zero)),
        ("attempt_timeout", builder(&sandbox).attempt_timeout(zero)),
        ("timeout", builder(&sandbox).timeout(zero)),
        (
            "RetryPolicy::max_attempts",
            builder(&sandbox).retry(RetryPolicy::standard().max_attempts(0)),
        ),
    ] {
        let error = client.build().unwrap_err();
        assert!(
            matches!(error, BuildError::Zero { setting, .. } if setting == name),
            "{error:?}"
        );
        assert!(error.to_string().starts_with(&format!("{name} is zero")));
    }
}
