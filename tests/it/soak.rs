//! Many calls to a server that sometimes fails: every result is correct, and memory and sockets do
//! not grow.

use std::{
    env, fs,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use face_search_enroll::{Client, EnrollError, Enrolled, Outcome, RetryPolicy};
use face_search_enroll_sandbox::Sandbox;
use tokio::task::JoinSet;

use crate::builder;

/// The number of concurrent calls.
const CONCURRENCY: usize = 32;

/// A server that fails a fifth of all requests, always in the same order.
fn unreliable() -> Sandbox {
    Sandbox::builder().failures(0.2, 7).start().unwrap()
}

fn hasty(sandbox: &Sandbox) -> Client {
    let policy = RetryPolicy::standard().initial_delay(Duration::from_millis(1));
    builder(sandbox).retry(policy).build().unwrap()
}

type Result = std::result::Result<Enrolled, EnrollError>;

/// Makes calls for the ids from `next` until it returns `None`, and passes on each result.
async fn call_all(
    client: &Client,
    next: impl Fn() -> Option<String> + Send + Sync + 'static,
    done: impl Fn(&str, &Result) + Send + Sync + 'static,
) {
    let (next, done) = (Arc::new(next), Arc::new(done));
    let mut tasks = JoinSet::new();
    for _ in 0..CONCURRENCY {
        let (client, next, done) = (client.clone(), Arc::clone(&next), Arc::clone(&done));
        tasks.spawn(async move {
            while let Some(id) = next() {
                let result = client.enroll(&id).await;
                done(&id, &result);
            }
        });
    }
    while let Some(task) = tasks.join_next().await {
        task.unwrap();
    }
}

/// Makes `SOAK_CALLS` calls. The default is small, to keep the test short.
#[tokio::test(flavor = "multi_thread")]
async fn every_id_ends_enrolled_or_is_reported_and_none_is_reported_wrongly() {
    let calls = env::var("SOAK_CALLS").map_or(3000, |calls| calls.parse().unwrap());
    let sandbox = unreliable();
    let left = Mutex::new(0..calls);
    let next = move || {
        left.lock()
            .unwrap()
            .next()
            .map(|number| format!("id-{number}"))
    };
    let reports = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&reports);
    let memory = memory();
    call_all(&hasty(&sandbox), next, move |id, result| {
        let report = match result {
            Ok(_) => (true, true),
            Err(error) => {
                // Each id is called once, so `AlreadyEnrolled` would be wrong.
                assert_ne!(error.outcome(), Some(Outcome::AlreadyEnrolled), "{id}");
                (false, error.may_have_enrolled())
            }
        };
        kept.lock().unwrap().push((id.to_owned(), report));
    })
    .await;

    let reports = reports.lock().unwrap();
    assert_eq!(reports.len(), calls);
    for (id, (is_enrolled, may_be_enrolled)) in &*reports {
        let in_face_set = sandbox.is_enrolled(id);
        assert!(in_face_set || !is_enrolled, "{id} is not enrolled");
        assert!(!in_face_set || *may_be_enrolled, "{id} is enrolled");
    }
    let failed = reports
        .iter()
        .filter(|(_, (enrolled, _))| !enrolled)
        .count();
    // Three failures with a probability of one fifth each, and calls for which the retry budget was
    // used up.
    assert!(failed < calls / 20, "{failed} of {calls} failed");
    println!(
        "{calls} calls: {failed} failed, {} requests, {} KiB more memory",
        sandbox.requests(),
        self::memory().saturating_sub(memory)
    );
}

/// `SOAK_SECONDS=600 cargo test --release --package face-search-enroll --test it -- --ignored --nocapture soak`
#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes as long as SOAK_SECONDS says"]
async fn memory_and_sockets_do_not_grow_over_time() {
    let seconds = env::var("SOAK_SECONDS").map_or(10, |seconds| seconds.parse().unwrap());
    let sandbox = unreliable();
    let client = hasty(&sandbox);
    let mut seen = Vec::new();
    let mut total = 0;
    // The first round is a warm-up.
    for round in 0..=10 {
        let end = Instant::now() + Duration::from_secs(seconds) / 10;
        let random = Mutex::new(fastrand::Rng::with_seed(round));
        let next = move || {
            let id = random.lock().unwrap().u16(..10_000);
            (Instant::now() < end).then(|| format!("id-{id}"))
        };
        let calls = Arc::new(Mutex::new(0_u64));
        let counter = Arc::clone(&calls);
        call_all(&client, next, move |_, _| *counter.lock().unwrap() += 1).await;
        let calls = *calls.lock().unwrap();
        total += calls;
        seen.push((memory(), sockets()));
        println!(
            "round {round}: {calls} calls, {} KiB, {} sockets",
            memory(),
            sockets()
        );
    }
    let (memory_first, sockets_first) = seen[0];
    let (memory_last, sockets_last) = seen[10];
    println!("{total} calls");
    assert!(
        memory_last < memory_first + 8 * 1024,
        "memory grew: {seen:?}"
    );
    assert!(
        sockets_last <= sockets_first + 2 * CONCURRENCY,
        "sockets grew: {seen:?}"
    );
}

/// The memory of this process in KiB, or 0 without `/proc`.
fn memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok())
        .unwrap_or_default()
}

/// The number of open sockets of this process, or 0 without `/proc`.
fn sockets() -> usize {
    let files = fs::read_dir("/proc/self/fd")
        .into_iter()
        .flatten()
        .flatten();
    let targets = files.filter_map(|file| fs::read_link(file.path()).ok());
    targets
        .filter(|target| target.to_string_lossy().starts_with("socket:"))
        .count()
}
