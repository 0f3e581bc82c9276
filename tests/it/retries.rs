//! A call is retried if that is safe and can help, within the limits on attempts, and after the
//! right delay.

use std::{
    future::Future,
    pin::pin,
    task::{Context, Waker},
    time::{Duration, SystemTime},
};

use face_search_enroll::{
    ClientBuilder, EnrollError, Outcome, Retry, RetryBudget, RetryPolicy, Stage,
};
use face_search_enroll_sandbox::{Reply, Sandbox};

use crate::{builder, client, operation, retrying};

const ID: &str = "730baa5ab2e34e53";

/// Answers every request with `outcome`, and closes the connection.
fn always(outcome: Outcome) -> Sandbox {
    let sandbox = Sandbox::start().unwrap();
    sandbox.respond_with(move |_| closing(Reply::outcome(outcome)));
    sandbox
}

fn closing(reply: Reply) -> Reply {
    reply.header("Connection", "close").unwrap()
}

/// A client for a paused clock. Its timeouts are so long that none fires while it waits for the
/// network.
fn timeless(sandbox: &Sandbox) -> ClientBuilder {
    builder(sandbox)
        .connect_timeout(Duration::MAX)
        .attempt_timeout(Duration::MAX)
        .timeout(Duration::MAX)
}

#[tokio::test]
async fn the_contract_decides_which_outcomes_are_retried() {
    for outcome in &operation().outcomes {
        let name = &*outcome.name.value;
        let outcome = Outcome::ALL.iter().find(|known| known.as_str() == name);
        let outcome = *outcome.unwrap();
        let sandbox = always(outcome);
        let result = retrying(&sandbox).enroll(ID).await;
        let sent = match outcome.retry() {
            Retry::Backoff | Retry::Throttled => 3,
            // This token source has no other token.
            // The sandbox answers with HTTP status 200, which has no outcome of its own.
            Retry::RefreshToken | Retry::ByStatus | Retry::Never => 1,
            other => panic!("{other:?}"),
        };
        assert_eq!(sandbox.requests(), sent, "{outcome}");
        let attempts = match result {
            Ok(enrolled) => enrolled.attempts(),
            Err(error) => {
                assert_eq!(error.outcome(), Some(outcome));
                error.attempts()
            }
        };
        assert_eq!(u64::from(attempts), sent, "{outcome}");
    }
}

#[tokio::test]
async fn retries_are_on_by_default() {
    let fails_twice = || {
        let sandbox = Sandbox::start().unwrap();
        sandbox.enqueue_reply(Reply::outcome(Outcome::ServerError));
        sandbox.enqueue_reply(Reply::outcome(Outcome::Unavailable).status(503));
        sandbox
    };
    let sandbox = fails_twice();
    let enrolled = builder(&sandbox).build().unwrap().enroll(ID).await.unwrap();
    assert_eq!((enrolled.attempts(), sandbox.requests()), (3, 3));
    assert_eq!(enrolled.outcome(), Outcome::Enrolled);
    assert!(!enrolled.confirmed_by_retry());

    let sandbox = fails_twice();
    let error = client(&sandbox).enroll(ID).await.unwrap_err();
    assert_eq!((error.attempts(), sandbox.requests()), (1, 1));
}

#[tokio::test]
async fn a_retried_call_that_fails_says_how_often_it_was_sent() {
    let sandbox = always(Outcome::ServerError);
    let shown = retrying(&sandbox).enroll(ID).await.unwrap_err().to_string();
    assert!(
        shown.ends_with(" (attempt 3); the face may be enrolled, a retry can help"),
        "{shown}"
    );
}

#[tokio::test]
async fn a_face_that_a_lost_attempt_enrolled_is_a_success_confirmed_by_retry() {
    for lost in [Reply::lost(), Reply::cut()] {
        let sandbox = Sandbox::start().unwrap();
        sandbox.enqueue_reply(lost);
        let enrolled = retrying(&sandbox).enroll(ID).await.unwrap();
        assert!(enrolled.confirmed_by_retry());
        assert_eq!(enrolled.outcome(), Outcome::AlreadyEnrolled);
        assert_eq!(enrolled.attempts(), 2);
        assert!(sandbox.is_enrolled(ID));
    }
    for doubtful in [
        Outcome::ServerError,
        Outcome::Unavailable,
        Outcome::InProgress,
    ] {
        let sandbox = Sandbox::start().unwrap();
        sandbox.enqueue_reply(Reply::outcome(doubtful));
        sandbox.enqueue_reply(Reply::outcome(Outcome::AlreadyEnrolled));
        let enrolled = retrying(&sandbox).enroll(ID).await.unwrap();
        assert!(enrolled.confirmed_by_retry(), "{doubtful}");
    }
}

#[tokio::test]
async fn a_face_that_no_attempt_can_have_enrolled_was_enrolled_before() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.enqueue_reply(Reply::outcome(Outcome::Throttled));
    sandbox.enqueue_reply(Reply::outcome(Outcome::AlreadyEnrolled));
    let error = retrying(&sandbox).enroll(ID).await.unwrap_err();
    assert_eq!(error.outcome(), Some(Outcome::AlreadyEnrolled));
    assert_eq!(error.attempts(), 2);
}

#[tokio::test]
async fn without_retries_a_lost_answer_is_an_error_and_the_next_call_shows_the_result() {
    let sandbox = Sandbox::start().unwrap();
    let client = client(&sandbox);

    sandbox.enqueue_reply(Reply::refused());
    let error = client.enroll(ID).await.unwrap_err();
    assert!(error.may_have_enrolled() && !sandbox.is_enrolled(ID));

    sandbox.enqueue_reply(Reply::lost());
    let error = client.enroll(ID).await.unwrap_err();
    assert!(matches!(error, EnrollError::NoAnswer(_)), "{error}");
    assert!(error.may_have_enrolled() && sandbox.is_enrolled(ID));

    let error = client.enroll(ID).await.unwrap_err();
    assert_eq!(error.outcome(), Some(Outcome::AlreadyEnrolled));
    assert!(error.may_have_enrolled());
}

#[tokio::test]
async fn a_failure_says_that_an_earlier_attempt_may_have_enrolled() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.enqueue_reply(Reply::lost());
    sandbox.enqueue_reply(Reply::outcome(Outcome::Throttled));
    sandbox.enqueue_reply(Reply::outcome(Outcome::Throttled));
    let error = retrying(&sandbox).enroll(ID).await.unwrap_err();
    assert_eq!(error.outcome(), Some(Outcome::Throttled));
    assert!(error.may_have_enrolled() && sandbox.is_enrolled(ID));
    let shown = error.to_string();
    assert!(
        shown.contains("; the face may be enrolled by an earlier attempt, "),
        "{shown}"
    );

    let sandbox = always(Outcome::Throttled);
    let error = retrying(&sandbox).enroll(ID).await.unwrap_err();
    assert!(!error.may_have_enrolled());
}

/// Part of the client's own delay is added, up to 0.2 s here.
#[tokio::test(start_paused = true)]
async fn the_delay_that_the_server_asks_for_is_waited_for() {
    let date = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(3600));
    for (value, least, most) in [
        ("10", 10, 10),
        ("10s", 10, 10),
        ("10S", 10, 10),
        ("0", 0, 0),
        (&*date, 3500, 3600),
        // A date in the past.
        ("Sun, 06 Nov 1994 08:49:37 GMT", 0, 0),
    ] {
        let mut waits = Vec::new();
        for outcome in [Outcome::Throttled, Outcome::Unavailable].repeat(3) {
            let sandbox = Sandbox::start().unwrap();
            let reply = Reply::outcome(outcome).header("Retry-After", value);
            sandbox.enqueue_reply(closing(reply.unwrap()));
            let client = timeless(&sandbox).build().unwrap();

            let enrolled = client.enroll(ID).await.unwrap();

            waits.push(enrolled.elapsed());
            let waited = enrolled.elapsed().as_secs_f64();
            assert!(
                (f64::from(least)..=f64::from(most) + 0.21).contains(&waited),
                "{value}: {waited}"
            );
        }
        waits.dedup();
        assert!(waits.len() > 1, "in step");
    }
}

/// A delay of zero does not disable the client's own delays.
#[tokio::test(start_paused = true)]
async fn a_retry_after_of_zero_still_leaves_a_delay() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.respond_with(|_| {
        let reply = Reply::outcome(Outcome::Throttled).header("Retry-After", "0");
        closing(reply.unwrap())
    });
    let policy = RetryPolicy::standard().max_attempts(20);
    let client = timeless(&sandbox).retry(policy).build().unwrap();
    let error = client.enroll(ID).await.unwrap_err();
    assert_eq!(error.attempts(), 20);
    assert!(
        error.elapsed() > Duration::from_secs(10),
        "{:?}",
        error.elapsed()
    );
}

/// If the code is unlisted, the HTTP status decides.
#[tokio::test]
async fn a_retryable_status_counts_with_an_unlisted_code() {
    for (status, repeats) in [
        (408, true),
        (425, true),
        (429, true),
        (500, true),
        (502, true),
        (503, true),
        (504, true),
        (200, false),
        (400, false),
        (403, false),
    ] {
        let unlisted = move || {
            let body = r#"{"code":"QPS_LIMITED","message":"slow down"}"#;
            Reply::body("application/json", body).status(status)
        };
        let sandbox = Sandbox::start().unwrap();
        sandbox.enqueue_reply(unlisted());
        let result = retrying(&sandbox).enroll(ID).await;
        assert_eq!(result.is_ok(), repeats, "{status}");

        sandbox.respond_with(move |_| unlisted());
        let error = client(&sandbox).enroll(ID).await.unwrap_err();
        assert_eq!(error.outcome(), Some(Outcome::Unlisted), "{status}");
        assert_eq!(error.is_retryable(), repeats, "{status}");
        let says = if repeats {
            "a retry can help"
        } else {
            "a retry does not help"
        };
        assert!(error.to_string().ends_with(says), "{error}");
    }
}

/// A listed code takes precedence over the status.
#[tokio::test]
async fn a_status_does_not_count_with_a_listed_code() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.respond_with(|_| Reply::outcome(Outcome::SignatureNotFound).status(503));
    let error = retrying(&sandbox).enroll(ID).await.unwrap_err();
    assert!(!error.is_retryable());
    assert_eq!(error.attempts(), 1);
}

/// Even if the body is the page of a gateway.
#[tokio::test(start_paused = true)]
async fn the_delay_that_a_gateway_asks_for_is_waited_for() {
    let sandbox = Sandbox::start().unwrap();
    let page = Reply::body("text/html", "<html>").status(503);
    sandbox.enqueue_reply(closing(page.header("Retry-After", "120").unwrap()));
    let client = timeless(&sandbox).build().unwrap();
    let enrolled = client.enroll(ID).await.unwrap();
    assert_eq!(enrolled.elapsed().as_secs(), 120);
}

#[tokio::test]
async fn a_delay_beyond_the_time_for_the_call_is_not_waited_for() {
    for value in ["61", "3600s", "99999999999999999999999"] {
        let sandbox = Sandbox::start().unwrap();
        let reply = Reply::outcome(Outcome::Throttled).header("Retry-After", value);
        sandbox.enqueue_reply(reply.unwrap());
        let client = builder(&sandbox).build().unwrap();

        let error = client.enroll(ID).await.unwrap_err();

        assert_eq!((error.attempts(), sandbox.requests()), (1, 1));
        assert!(error.retry_after().unwrap() > Duration::from_secs(60));
        assert!(error.is_retryable());
        assert!(error.elapsed() < Duration::from_secs(60));
        assert!(error.to_string().contains(", retry after "), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn delays_are_random_and_double_up_to_a_limit() {
    let sandbox = always(Outcome::ServerError);
    // The maximum sum of all delays of a call, in milliseconds.
    for (attempts, longest) in [
        (2, 200),
        (3, 600),
        (4, 1400),
        (8, 200 + 400 + 800 + 4 * 1000),
    ] {
        let policy = RetryPolicy::standard()
            .max_attempts(attempts)
            .max_delay(Duration::from_secs(1))
            .budget(RetryBudget::unlimited());
        let client = timeless(&sandbox).retry(policy).build().unwrap();
        let mut waited = Vec::new();
        for _ in 0..60 {
            let error = client.enroll(ID).await.unwrap_err();
            assert_eq!(error.attempts(), attempts);
            waited.push(error.elapsed().as_secs_f64() * 1000.0);
        }
        let longest = f64::from(longest);
        // Timers of tokio have a resolution of one millisecond.
        let rounding = f64::from(attempts);
        assert!(waited.iter().all(|waited| *waited <= longest + rounding));
        // The probability that a run has no call above or below these is 10^-12.
        let above = waited.iter().any(|waited| *waited > longest * 0.5);
        let below = waited.iter().any(|waited| *waited < longest * 0.5);
        assert!(above && below, "{attempts} attempts: {waited:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_default_delays_end_at_five_seconds() {
    let sandbox = always(Outcome::ServerError);
    let policy = RetryPolicy::standard().max_attempts(40);
    let client = timeless(&sandbox).retry(policy).build().unwrap();
    let error = client.enroll(ID).await.unwrap_err();
    // 39 delays. All except the first five are up to 5 s.
    let waited = error.elapsed().as_secs_f64();
    assert!((20.0..180.0).contains(&waited), "{waited}");
}

#[tokio::test]
async fn an_outage_does_not_multiply_the_load() {
    let sandbox = always(Outcome::ServerError);
    let policy = RetryPolicy::standard()
        .initial_delay(Duration::ZERO)
        .budget(RetryBudget::new(21, 0));
    let client = builder(&sandbox).retry(policy.clone()).build().unwrap();
    for _ in 0..100 {
        // Clones share one budget.
        let error = client.clone().enroll(ID).await.unwrap_err();
        assert!(error.is_retryable());
    }
    let sent = sandbox.requests();
    assert_eq!(sent, 121, "21 repeats to 100 calls");

    let sandbox = always(Outcome::ServerError);
    let unlimited = policy.budget(RetryBudget::unlimited());
    let client = builder(&sandbox).retry(unlimited).build().unwrap();
    for _ in 0..100 {
        client.enroll(ID).await.unwrap_err();
    }
    assert_eq!(sandbox.requests(), 300);
}

#[tokio::test]
async fn the_default_budget_allows_retries_of_single_calls() {
    let sandbox = always(Outcome::ServerError);
    let client = retrying(&sandbox);
    for _ in 0..10 {
        client.enroll(ID).await.unwrap_err();
    }
    assert_eq!(sandbox.requests(), 30);
    // In a longer outage, retries add little load.
    for _ in 0..190 {
        client.enroll(ID).await.unwrap_err();
    }
    let sent = sandbox.requests();
    assert!((290..=296).contains(&sent), "{sent}");
}

#[tokio::test]
async fn a_call_ends_in_its_time_even_if_attempts_may_take_longer() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.respond_with(|_| Reply::usual().delay(Duration::from_secs(3600)));
    for (attempt, call, attempts) in [(60_000, 300, 1), (600, 1000, 2)] {
        let client = builder(&sandbox)
            .retry(RetryPolicy::standard().initial_delay(Duration::ZERO))
            .attempt_timeout(Duration::from_millis(attempt))
            .timeout(Duration::from_millis(call))
            .build()
            .unwrap();

        let error = client.enroll(ID).await.unwrap_err();

        assert_eq!(error.stage(), Stage::NoAnswer);
        assert_eq!(error.attempts(), attempts);
        assert!(
            matches!(&error, EnrollError::NoAnswer(no_answer) if no_answer.timed_out),
            "{error}"
        );
        let start = format!(
            "no complete answer from {} in time",
            error.endpoint().unwrap()
        );
        assert!(error.to_string().starts_with(&start), "{error}");
        assert!(error.elapsed() >= Duration::from_millis(call));
        assert!(
            error.elapsed() < Duration::from_secs(50),
            "the attempt's time"
        );
    }
}

/// An attempt that is too short to succeed would hide what is already known.
#[tokio::test]
async fn an_attempt_without_time_for_an_answer_is_not_made() {
    let sandbox = always(Outcome::Throttled);
    sandbox.respond_with(|_| {
        let reply = Reply::outcome(Outcome::Throttled);
        reply.header("Retry-After", "1").unwrap()
    });
    let client = builder(&sandbox).timeout(Duration::from_millis(1100));
    let error = client.build().unwrap().enroll(ID).await.unwrap_err();
    assert_eq!(
        (error.outcome(), error.attempts()),
        (Some(Outcome::Throttled), 1)
    );
    assert_eq!(error.retry_after(), Some(Duration::from_secs(1)));
}

/// Even if the answer ends after its headers.
#[tokio::test]
async fn a_delay_that_a_broken_answer_asks_for_counts() {
    let sandbox = Sandbox::start().unwrap();
    let cut = Reply::cut().status(429).header("Retry-After", "3600");
    sandbox.enqueue_reply(cut.unwrap());
    let client = builder(&sandbox).build().unwrap();
    let error = client.enroll(ID).await.unwrap_err();
    assert_eq!((error.stage(), error.attempts()), (Stage::NoAnswer, 1));
    assert_eq!(error.http_status(), Some(429));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3600)));
}

#[tokio::test]
async fn a_call_that_is_dropped_anywhere_leaves_the_client_usable() {
    let sandbox = Sandbox::start().unwrap();
    let client = retrying(&sandbox);
    for polls in 0..60 {
        sandbox.enqueue_reply(Reply::outcome(Outcome::ServerError));
        {
            let mut call = pin!(client.enroll(ID));
            let mut context = Context::from_waker(Waker::noop());
            for _ in 0..polls {
                if call.as_mut().poll(&mut context).is_ready() {
                    break;
                }
                tokio::task::yield_now().await;
            }
        }
        let id = format!("id-{polls}");
        client.enroll(&id).await.unwrap();
        assert!(sandbox.is_enrolled(&id));
    }
}
