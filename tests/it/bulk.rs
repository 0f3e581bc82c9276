//! Many calls at a pace: each id gets its result, as many at a time and as fast as may be.

use std::{
    num::{NonZeroU32, NonZeroUsize},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use face_search_enroll::{ClientBuilder, Enrollable, Outcome, Pace, RetryBudget, RetryPolicy};
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

/// A client that gives nothing up: a stopped clock jumps over time-outs.
fn patient(sandbox: &Sandbox) -> ClientBuilder {
    builder(sandbox)
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
async fn no_more_calls_are_under_way_than_may_be() {
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
async fn ids_are_taken_as_calls_end() {
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
    // The first attempt begins at once, and 39 follow a tenth of a second apart.
    let elapsed = started.elapsed().as_secs_f64();
    assert!((3.9..4.1).contains(&elapsed), "{elapsed}");
}

/// The wait is not the calls' own time: they may take less than the server asks for.
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

    let mut results = client.enroll_all(ids(3), &concurrency(1));

    let (_, first) = results.next().await.unwrap();
    let error = first.unwrap_err();
    assert_eq!(
        (error.outcome(), error.attempts()),
        (Some(Outcome::Throttled), 1)
    );
    for _ in 0..2 {
        let (_, result) = results.next().await.unwrap();
        result.unwrap();
        assert!(started.elapsed() >= Duration::from_secs(1));
    }
}

/// A server that throttles and does not say for how long is given more time with each answer, also
/// where no call is repeated.
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

/// While they wait for their turn they are still where they come from.
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
    // None but those that were under way when the answer came.
    let called = usize::try_from(sandbox.requests()).unwrap();
    assert!(results.next().now_or_never().is_none());
    assert_eq!(taken.load(Ordering::SeqCst), called);
}

/// Timers are late, and that must not add up.
#[tokio::test]
async fn a_high_rate_is_kept_though_timers_are_late() {
    let sandbox = Sandbox::start().unwrap();
    let client = client(&sandbox);
    let pace = concurrency(16).rate(NonZeroU32::new(1000).unwrap());
    let started = Instant::now();
    let count = client.enroll_all(ids(300), &pace).count().await;
    assert_eq!(count, 300);
    // No faster: but for what a late timer may leave over, at most.
    assert!(started.elapsed() >= Duration::from_millis(290));
}

/// Accounts may be allowed less than a call a second.
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
    // The wait for their turn is not the calls' own time.
    for (_, result) in results {
        assert!(result.unwrap().elapsed() < Duration::from_secs(90));
    }
}

#[tokio::test]
async fn what_came_with_an_id_comes_back_with_its_result() {
    /// A type of a user.
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
