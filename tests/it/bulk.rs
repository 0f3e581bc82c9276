//! Many calls at a pace: each id gets its result, within the limits on concurrency and rate.

use std::{
    num::{NonZeroU32, NonZeroUsize},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use face_search_enroll::{
    AccessToken, CachedTokenSource, ClientBuilder, Endpoint, Enrollable, Outcome, Pace,
    RetryBudget, RetryPolicy, Stage, token_source::from_fn,
};
use face_search_enroll_sandbox::{Reply, Sandbox};
use futures_util::{
    FutureExt, StreamExt,
    stream::{self, BoxStream},
};
use tokio::time::Instant;

use crate::{builder, client, counting_calls};

fn ids(count: usize) -> BoxStream<'static, String> {
    stream::iter((0..count).map(|number| format!("id-{number}"))).boxed()
}

fn concurrency(calls: usize) -> Pace {
    Pace::default().concurrency(NonZeroUsize::new(calls).unwrap())
}

/// A client that never gives up, because the paused clock of a test skips over timeouts.
fn patient(sandbox: &Sandbox) -> ClientBuilder {
    patient_of(sandbox.into())
}

fn patient_of(endpoint: Endpoint) -> ClientBuilder {
    builder(endpoint)
        .connect_timeout(Duration::MAX)
        .attempt_timeout(Duration::MAX)
        .timeout(Duration::MAX)
}

#[tokio::test]
async fn each_id_gets_its_result() {
    let sandbox = Sandbox::start().unwrap();
    let client = client(&sandbox);
    client.enroll("id-3").await.unwrap();

    let results = client.enroll_all(ids(50), &Pace::default());
    let results: Vec<_> = results.collect().await;

    assert_eq!(results.len(), 50);
    for (id, result) in results {
        match result {
            Ok(enrolled) => assert_eq!(enrolled.signature_id(), id),
            Err(error) => {
                assert_eq!(id, "id-3");
                assert_eq!(error.outcome(), Some(Outcome::AlreadyEnrolled));
            }
        }
    }
    assert_eq!(sandbox.enrolled().len(), 50);
}

#[tokio::test]
async fn the_limit_on_concurrent_calls_holds() {
    for most in [1, 3, 8] {
        let (sandbox, seen) = counting_calls();
        let client = client(&sandbox);
        let count = client.enroll_all(ids(60), &concurrency(most)).count().await;
        assert_eq!(count, 60);
        let seen = seen.load(Ordering::SeqCst);
        assert!(
            (most.div_ceil(2)..=most).contains(&seen),
            "{seen} of {most}"
        );
    }
}

#[tokio::test]
async fn new_ids_are_taken_when_calls_end() {
    let sandbox = Sandbox::start().unwrap();
    let taken = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&taken);
    let endless = stream::iter(0..).map(move |number| {
        counter.fetch_add(1, Ordering::SeqCst);
        format!("id-{number}")
    });
    let client = client(&sandbox);
    let mut results = client.enroll_all(endless.boxed(), &concurrency(4));
    assert_eq!(
        taken.load(Ordering::SeqCst),
        0,
        "nothing has been asked for"
    );
    for ended in 1..=20 {
        let _ = results.next().await.unwrap();
        let taken = taken.load(Ordering::SeqCst);
        assert!(taken <= ended + 4, "{taken} taken, {ended} ended");
    }
    drop(results);
    client.enroll("after").await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn the_rate_holds_for_every_attempt() {
    let sandbox = Sandbox::start().unwrap();
    // Every id needs two attempts.
    sandbox.respond_with(|request| {
        let reply = if request.number() % 2 == 1 {
            Reply::outcome(Outcome::ServerError)
        } else {
            Reply::usual()
        };
        reply.header("Connection", "close").unwrap()
    });
    let policy = RetryPolicy::standard()
        .initial_delay(Duration::ZERO)
        .budget(RetryBudget::unlimited());
    let client = patient(&sandbox).retry(policy).build().unwrap();
    let pace = concurrency(1).rate(NonZeroU32::new(10).unwrap());
    let started = Instant::now();

    let results: Vec<_> = client.enroll_all(ids(20), &pace).collect().await;

    assert!(results.iter().all(|(_, result)| result.is_ok()));
    assert_eq!(sandbox.requests(), 40);
    // The first attempt starts at once. 39 follow at intervals of 0.1 s.
    let elapsed = started.elapsed().as_secs_f64();
    assert!((3.9..4.1).contains(&elapsed), "{elapsed}");
}

/// The wait does not count towards the timeout of a call, which may be shorter.
#[tokio::test]
async fn all_calls_wait_while_the_server_asks_for_a_pause() {
    let sandbox = Sandbox::start().unwrap();
    let throttled = Reply::outcome(Outcome::Throttled);
    sandbox.enqueue_reply(throttled.header("Retry-After", "1").unwrap());
    let client = builder(&sandbox)
        .timeout(Duration::from_millis(900))
        .build()
        .unwrap();
    let started = Instant::now();

    let results: Vec<_> = client.enroll_all(ids(3), &concurrency(1)).collect().await;

    let attempts = results
        .into_iter()
        .map(|(_, result)| result.unwrap().attempts());
    assert_eq!(attempts.collect::<Vec<_>>(), [2, 1, 1]);
    assert!(started.elapsed() >= Duration::from_secs(1));
}

/// A server that allows 20 requests per second, and asks for different delays.
#[tokio::test]
async fn a_run_adapts_to_a_server_that_throttles() {
    for retry_after in [
        Some("0"),
        Some("Sun, 06 Nov 1994 08:49:37 GMT"),
        None,
        Some("1"),
    ] {
        let sandbox = Sandbox::start().unwrap();
        let mut left = 20.0_f64;
        let mut last = Instant::now();
        sandbox.respond_with(move |_| {
            let now = Instant::now();
            left = (left + 20.0 * now.duration_since(last).as_secs_f64()).min(20.0);
            last = now;
            if left >= 1.0 {
                left -= 1.0;
                return Reply::usual();
            }
            let reply = Reply::outcome(Outcome::Throttled).status(429);
            match retry_after {
                Some(value) => reply.header("Retry-After", value).unwrap(),
                None => reply,
            }
        });
        let client = builder(&sandbox).build().unwrap();

        let results: Vec<_> = client
            .enroll_all(ids(100), &Pace::default())
            .collect()
            .await;

        for (id, result) in results {
            result.unwrap_or_else(|error| panic!("{retry_after:?}, {id}: {error}"));
        }
        // The client does not send many more requests than the server allows.
        assert!(
            sandbox.requests() < 200,
            "{retry_after:?}: {}",
            sandbox.requests()
        );
    }
}

/// No ids are used up while the server is down, and none are lost when it is back.
#[tokio::test(start_paused = true)]
async fn a_run_waits_for_an_unreachable_server() {
    let address = {
        let sandbox = Sandbox::start().unwrap();
        sandbox.address()
    };
    let client = patient_of(Endpoint::custom(&format!("http://{address}")).unwrap());
    let taken = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&taken);
    let ids = ids(50).inspect(move |_| {
        counter.fetch_add(1, Ordering::SeqCst);
    });
    let mut results = client
        .build()
        .unwrap()
        .enroll_all(ids.boxed(), &concurrency(4));
    let outage = tokio::time::timeout(Duration::from_secs(100), results.next()).await;
    assert!(outage.is_err(), "no id is given up");
    assert!(taken.load(Ordering::SeqCst) <= 4, "no more ids are taken");
    assert!(results.waited_for_server() >= Duration::from_secs(99));

    let sandbox = Sandbox::builder().listen(address).start().unwrap();
    sandbox.respond_with(|_| Reply::usual().header("Connection", "close").unwrap());
    let mut enrolled = 0;
    while let Some((id, result)) = results.next().await {
        result.unwrap_or_else(|error| panic!("{id}: {error}"));
        enrolled += 1;
    }
    assert_eq!(enrolled, 50);
}

#[tokio::test(start_paused = true)]
async fn a_run_gives_up_on_a_server_that_stays_down() {
    let unreachable = Endpoint::custom("http://127.0.0.1:1").unwrap();
    for limit in [0, 60] {
        let pace = concurrency(4).patience(Duration::from_secs(limit));
        let client = patient_of(unreachable.clone()).build().unwrap();
        let started = Instant::now();
        let mut results = client.enroll_all(ids(20), &pace);
        let mut failed = 0;
        while let Some((_, result)) = results.next().await {
            assert_eq!(result.unwrap_err().stage(), Stage::Connect);
            failed += 1;
        }
        assert_eq!(failed, 20);
        let elapsed = started.elapsed().as_secs();
        assert!(
            (limit..limit + 31).contains(&elapsed),
            "{elapsed} s of {limit}"
        );
    }
}

/// The run also waits for a token source that fails for a while.
#[tokio::test(start_paused = true)]
async fn a_run_waits_for_a_failing_token_source() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.respond_with(|_| Reply::usual().header("Connection", "close").unwrap());
    let asked = AtomicUsize::new(0);
    let source = from_fn(move || {
        let fails = asked.fetch_add(1, Ordering::SeqCst) < 6;
        async move {
            if fails {
                return Err("the token endpoint is down");
            }
            Ok(AccessToken::new("a-token").unwrap())
        }
    });
    let client = patient_of(Endpoint::from(&sandbox)).token_source(CachedTokenSource::new(source));
    let client = client.build().unwrap();
    let results: Vec<_> = client.enroll_all(ids(30), &concurrency(8)).collect().await;
    for (id, result) in results {
        result.unwrap_or_else(|error| panic!("{id}: {error}"));
    }
}

/// Even if nobody reads the results, and the runtime has only one thread.
#[tokio::test]
async fn calls_continue_while_nobody_reads_their_results() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.respond_with(|_| Reply::usual().delay(Duration::from_millis(20)));
    let client = builder(&sandbox).attempt_timeout(Duration::from_secs(1));
    let client = client.retry(RetryPolicy::never()).build().unwrap();
    let mut results = client.enroll_all(ids(8), &concurrency(4));
    assert!(results.next().now_or_never().is_none());
    // Only time can show the difference here.
    tokio::time::sleep(Duration::from_millis(1500)).await;
    assert_eq!(sandbox.requests(), 4, "no new call begins");
    while let Some((id, result)) = results.next().await {
        result.unwrap_or_else(|error| panic!("{id}: {error}"));
    }
}

/// Calls that waited for the same token do not start at the same time.
#[tokio::test(start_paused = true)]
async fn the_rate_holds_after_a_wait_for_a_token() {
    let sandbox = Sandbox::start().unwrap();
    let begun = Arc::new(Mutex::new(Vec::new()));
    let times = Arc::clone(&begun);
    let source = from_fn(|| async {
        tokio::time::sleep(Duration::from_secs(5)).await;
        AccessToken::new("a-token")
    });
    sandbox.respond_with(move |_| {
        times.lock().unwrap().push(());
        Reply::usual().header("Connection", "close").unwrap()
    });
    let client = patient_of(Endpoint::from(&sandbox)).token_source(CachedTokenSource::new(source));
    let client = client.build().unwrap();
    let pace = concurrency(64).rate(NonZeroU32::new(10).unwrap());
    let started = Instant::now();
    let count = client.enroll_all(ids(64), &pace).count().await;
    assert_eq!(count, 64);
    // 5 s for the token, and 63 intervals of 0.1 s.
    let elapsed = started.elapsed().as_secs_f64();
    assert!((11.2..11.6).contains(&elapsed), "{elapsed}");
}

#[test]
fn without_a_runtime_calls_fail_and_say_why() {
    let sandbox = Sandbox::start().unwrap();
    let client = client(&sandbox);
    let error = client.enroll("a").now_or_never().unwrap().unwrap_err();
    let cause = std::error::Error::source(&error).unwrap().to_string();
    assert!(
        error
            .to_string()
            .contains(" without a tokio runtime; the face was not enrolled, a retry does not help"),
        "{error}"
    );
    assert!(cause.contains("within a tokio runtime"), "{cause}");
    let mut results = client.enroll_all(ids(1), &Pace::default());
    let (_, result) = results.next().now_or_never().unwrap().unwrap();
    assert_eq!(result.unwrap_err().stage(), Stage::Connect);
    assert_eq!(sandbox.requests(), 0);
}

/// Without a `Retry-After`, each throttled answer makes the pause longer, even if no call is
/// retried.
#[tokio::test(start_paused = true)]
async fn pauses_grow_while_the_server_throttles() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.respond_with(|request| {
        let reply = if request.number() <= 5 {
            Reply::outcome(Outcome::Throttled)
        } else {
            Reply::usual()
        };
        reply.header("Connection", "close").unwrap()
    });
    let client = patient(&sandbox)
        .retry(
            RetryPolicy::never()
                .initial_delay(Duration::from_secs(1))
                .max_delay(Duration::from_secs(5)),
        )
        .build()
        .unwrap();
    let started = Instant::now();

    let results: Vec<_> = client.enroll_all(ids(7), &concurrency(1)).collect().await;

    let failed = results.iter().filter(|(_, result)| result.is_err()).count();
    assert_eq!(failed, 5);
    // 1 + 2 + 4 + 5 + 5.
    let elapsed = started.elapsed().as_secs_f64();
    assert!((17.0..17.5).contains(&elapsed), "{elapsed}");
}

/// Ids stay in the source until their calls may start.
#[tokio::test]
async fn ids_are_not_taken_before_their_calls_may_begin() {
    let sandbox = Sandbox::start().unwrap();
    let throttled = Reply::outcome(Outcome::Throttled);
    sandbox.enqueue_reply(throttled.header("Retry-After", "3600").unwrap());
    let client = client(&sandbox);
    let taken = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&taken);
    let ids = ids(50).inspect(move |_| {
        counter.fetch_add(1, Ordering::SeqCst);
    });
    let pace = concurrency(4).interval(Duration::from_millis(50));
    let mut results = client.enroll_all(ids.boxed(), &pace);
    results.next().await.unwrap().1.unwrap_err();
    // Only the ids whose calls were running when the answer came.
    let called = usize::try_from(sandbox.requests()).unwrap();
    assert!(results.next().now_or_never().is_none());
    assert_eq!(taken.load(Ordering::SeqCst), called);
}

/// Timers fire late, and the delays must not add up.
#[tokio::test]
async fn a_high_rate_is_kept_though_timers_are_late() {
    let sandbox = Sandbox::start().unwrap();
    let client = client(&sandbox);
    let pace = concurrency(16).rate(NonZeroU32::new(1000).unwrap());
    let started = Instant::now();
    let count = client.enroll_all(ids(300), &pace).count().await;
    assert_eq!(count, 300);
    // Not faster than the rate, except for what a late timer leaves to catch up on.
    assert!(started.elapsed() >= Duration::from_millis(290));
}

/// An account may be allowed less than one call per second.
#[tokio::test(start_paused = true)]
async fn an_interval_is_kept_between_attempts() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.respond_with(|_| Reply::usual().header("Connection", "close").unwrap());
    let client = patient(&sandbox).build().unwrap();
    let pace = concurrency(1).interval(Duration::from_secs(90));
    let started = Instant::now();

    let results: Vec<_> = client.enroll_all(ids(4), &pace).collect().await;

    assert!(results.iter().all(|(_, result)| result.is_ok()));
    let elapsed = started.elapsed().as_secs_f64();
    assert!((270.0..271.0).contains(&elapsed), "{elapsed}");
    // The wait for the pace does not count towards the time of a call.
    for (_, result) in results {
        assert!(result.unwrap().elapsed() < Duration::from_secs(90));
    }
}

#[tokio::test]
async fn a_users_item_is_returned_with_its_result() {
    /// A type that a user defines.
    struct Row {
        id: String,
        line: u32,
    }

    impl Enrollable for Row {
        fn signature_id(&self) -> &str {
            &self.id
        }
    }

    let sandbox = Sandbox::start().unwrap();
    let client = client(&sandbox);
    let pairs = stream::iter([("a", 1), ("b", 2), (" ", 3)]);
    let results: Vec<_> = client.enroll_all(pairs, &concurrency(1)).collect().await;
    let shown = results
        .iter()
        .map(|((id, line), result)| (*id, *line, result.is_ok()));
    let expected = [("a", 1, true), ("b", 2, true), (" ", 3, false)];
    assert_eq!(shown.collect::<Vec<_>>(), expected);

    let rows = (4..=5).map(|line| Row {
        id: format!("row-{line}"),
        line,
    });
    let results = client.enroll_all(stream::iter(rows), &concurrency(1));
    let lines: Vec<_> = results.map(|(row, _)| row.line).collect().await;
    assert_eq!(lines, [4, 5]);

    let kept = vec![String::from("kept")];
    let results = client.enroll_all(stream::iter(&kept), &concurrency(1));
    assert_eq!(results.count().await, 1);
    assert_eq!(sandbox.enrolled(), ["a", "b", "kept", "row-4", "row-5"]);
}
