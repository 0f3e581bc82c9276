//! Token sources: tokens are renewed in time, one renewal at a time, and replaced when a server
//! refuses them. The client stays the same.

use std::{
    error::Error,
    fmt,
    future::pending,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
    time::{Duration, SystemTime},
};

use face_search_enroll::{
    AccessToken, CachedTokenSource, Client, ClientBuilder, EnrollError, IssuedToken, Outcome,
    RetryPolicy, Stage, TokenSource, TokenSourceError,
    token_source::{TokenFuture, from_fn},
};
use face_search_enroll_sandbox::{Reply, Sandbox};
use futures_util::FutureExt;
use tokio::{
    sync::{Notify, Semaphore},
    time::{advance, sleep},
};

const ID: &str = "730baa5ab2e34e53";

/// An error of the token endpoint.
#[derive(Debug, PartialEq)]
struct Down(u32);

impl fmt::Display for Down {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the token endpoint is down ({})", self.0)
    }
}

impl Error for Down {}

/// A fake token endpoint. It issues `token-1`, `token-2`, and so on.
#[derive(Clone, Default)]
struct Issuer {
    inner: Arc<IssuerState>,
}

#[derive(Default)]
struct IssuerState {
    /// The lifetime of tokens, if the endpoint reports one.
    life: Mutex<Option<Duration>>,
    issued: AtomicU32,
    under_way: AtomicU32,
    /// How many more requests fail.
    failures: AtomicU32,
    /// If set, each token waits for a permit.
    gate: Mutex<Option<Arc<Semaphore>>>,
}

impl Issuer {
    fn living(life: Duration) -> Self {
        let issuer = Self::default();
        *issuer.inner.life.lock().unwrap() = Some(life);
        issuer
    }

    fn gated() -> (Self, Arc<Semaphore>) {
        let issuer = Self::default();
        let gate = Arc::new(Semaphore::new(0));
        *issuer.inner.gate.lock().unwrap() = Some(Arc::clone(&gate));
        (issuer, gate)
    }

    fn issued(&self) -> u32 {
        self.inner.issued.load(Ordering::SeqCst)
    }
}

impl TokenSource for Issuer {
    fn token(&self) -> TokenFuture<'_> {
        Box::pin(async {
            let IssuerState {
                life,
                issued,
                under_way,
                failures,
                gate,
            } = &*self.inner;
            assert_eq!(under_way.fetch_add(1, Ordering::SeqCst), 0, "one at a time");
            let gate = gate.lock().unwrap().clone();
            if let Some(gate) = gate {
                gate.acquire().await?.forget();
            }
            under_way.fetch_sub(1, Ordering::SeqCst);
            let number = issued.fetch_add(1, Ordering::SeqCst) + 1;
            let failing = |left: u32| left.checked_sub(1);
            if failures
                .fetch_update(Ordering::SeqCst, Ordering::SeqCst, failing)
                .is_ok()
            {
                return Err(Down(number).into());
            }
            let token = IssuedToken::new(AccessToken::new(format!("token-{number}"))?);
            let life = *life.lock().unwrap();
            Ok(match life {
                Some(life) => token.expires_in(life),
                None => token,
            })
        })
    }
}

async fn number(source: &dyn TokenSource) -> u32 {
    let issued = source.token().await.unwrap();
    (1..100)
        .find(|number| *issued.token() == AccessToken::new(format!("token-{number}")).unwrap())
        .unwrap()
}

/// A sandbox that accepts only this token, and the tokens that it received.
fn demanding(wanted: &'static str) -> (Sandbox, Arc<Mutex<Vec<String>>>) {
    let sandbox = Sandbox::start().unwrap();
    let shown = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&shown);
    sandbox.respond_with(move |request| {
        let token = request.token().unwrap().to_owned();
        let good = token == wanted;
        seen.lock().unwrap().push(token);
        if good {
            Reply::usual()
        } else {
            Reply::outcome(Outcome::Unauthorized)
        }
    });
    (sandbox, shown)
}

fn with_source(sandbox: &Sandbox, source: impl TokenSource) -> ClientBuilder {
    Client::builder(sandbox)
        .token_source(source)
        .retry(RetryPolicy::standard().initial_delay(Duration::ZERO))
}

#[tokio::test]
async fn a_source_is_asked_for_each_attempt() {
    let (sandbox, shown) = demanding("token-3");
    sandbox.enqueue_reply(Reply::outcome(Outcome::ServerError));
    sandbox.enqueue_reply(Reply::outcome(Outcome::ServerError));
    let client = with_source(&sandbox, Issuer::default()).build().unwrap();
    client.enroll(ID).await.unwrap();
    assert_eq!(*shown.lock().unwrap(), ["token-3"]);
}

/// A closure that reads a token which another part of the program keeps up to date.
#[tokio::test]
async fn a_token_can_be_changed_without_a_new_client() {
    let (sandbox, shown) = demanding("token-b");
    let current = Arc::new(Mutex::new("token-a"));
    let read = Arc::clone(&current);
    let source = from_fn(move || {
        let token = *read.lock().unwrap();
        async move { AccessToken::new(token) }
    });
    let client = with_source(&sandbox, source).build().unwrap();

    let error = client.enroll(ID).await.unwrap_err();
    assert_eq!(error.outcome(), Some(Outcome::Unauthorized));
    *current.lock().unwrap() = "token-b";
    client.enroll(ID).await.unwrap();

    assert_eq!(*shown.lock().unwrap(), ["token-a", "token-b"]);
}

#[tokio::test]
async fn a_refused_token_is_renewed_once_and_the_call_retried_once() {
    let (sandbox, shown) = demanding("token-2");
    let issuer = Issuer::default();
    let source = CachedTokenSource::new(issuer.clone());
    let client = with_source(&sandbox, source).build().unwrap();
    let enrolled = client.enroll(ID).await.unwrap();
    assert_eq!(enrolled.attempts(), 2);
    assert_eq!(*shown.lock().unwrap(), ["token-1", "token-2"]);
    client.enroll("another").await.unwrap();
    assert_eq!(issuer.issued(), 2);

    let (sandbox, shown) = demanding("none that is issued");
    let source = CachedTokenSource::new(Issuer::default());
    let client = with_source(&sandbox, source).build().unwrap();
    let error = client.enroll(ID).await.unwrap_err();
    assert_eq!(error.outcome(), Some(Outcome::Unauthorized));
    assert_eq!(error.attempts(), 2);
    assert_eq!(*shown.lock().unwrap(), ["token-1", "token-2"]);
}

/// Even if the refusal is the page of a gateway, because of its status.
#[tokio::test]
async fn a_token_that_a_gateway_refuses_is_renewed() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.enqueue_reply(Reply::body("text/html", "<html>").status(401));
    let source = CachedTokenSource::new(Issuer::default());
    let client = with_source(&sandbox, source).build().unwrap();
    assert_eq!(client.enroll(ID).await.unwrap().attempts(), 2);
}

#[tokio::test]
async fn without_retries_a_refused_token_is_renewed_for_the_next_call() {
    let (sandbox, shown) = demanding("token-2");
    let client = with_source(&sandbox, CachedTokenSource::new(Issuer::default()))
        .retry(RetryPolicy::never())
        .build()
        .unwrap();
    let error = client.enroll(ID).await.unwrap_err();
    assert_eq!(error.attempts(), 1);
    client.enroll(ID).await.unwrap();
    assert_eq!(*shown.lock().unwrap(), ["token-1", "token-2"]);
}

#[tokio::test]
async fn an_account_that_is_not_entitled_gets_no_new_token() {
    for outcome in [
        Outcome::NotEntitled,
        Outcome::AccountUnavailable,
        Outcome::ServiceDisabled,
    ] {
        let sandbox = Sandbox::start().unwrap();
        sandbox.respond_with(move |_| Reply::outcome(outcome));
        let issuer = Issuer::default();
        let source = CachedTokenSource::new(issuer.clone());
        let client = with_source(&sandbox, source).build().unwrap();
        for _ in 0..3 {
            let error = client.enroll(ID).await.unwrap_err();
            assert_eq!(error.outcome(), Some(outcome));
        }
        assert_eq!((issuer.issued(), sandbox.requests()), (1, 3), "{outcome}");
    }
}

/// The next call does not start with a token that was refused.
#[tokio::test]
async fn a_second_refused_token_is_not_handed_out_again() {
    let (sandbox, shown) = demanding("token-3");
    let client = with_source(&sandbox, CachedTokenSource::new(Issuer::default()));
    let client = client.build().unwrap();
    let error = client.enroll(ID).await.unwrap_err();
    assert_eq!(error.outcome(), Some(Outcome::Unauthorized));
    client.enroll(ID).await.unwrap();
    assert_eq!(*shown.lock().unwrap(), ["token-1", "token-2", "token-3"]);
}

#[tokio::test]
async fn a_source_that_has_no_other_token_ends_the_call() {
    let (sandbox, shown) = demanding("another");
    let client = with_source(&sandbox, AccessToken::new("the-only-one").unwrap());
    let error = client.build().unwrap().enroll(ID).await.unwrap_err();
    assert_eq!(error.outcome(), Some(Outcome::Unauthorized));
    assert_eq!(*shown.lock().unwrap(), ["the-only-one"]);
}

#[tokio::test]
async fn the_error_of_a_failing_source_is_the_source_of_the_error() {
    for cached in [false, true] {
        let sandbox = Sandbox::start().unwrap();
        let issuer = Issuer::default();
        issuer.inner.failures.store(1, Ordering::SeqCst);
        let client = if cached {
            with_source(&sandbox, CachedTokenSource::new(issuer))
        } else {
            with_source(&sandbox, issuer)
        };
        let client = client.build().unwrap();
        let error = client.enroll(ID).await.unwrap_err();
        assert_eq!(error.stage(), Stage::Token);
        let cause = error.source().unwrap().downcast_ref::<Down>();
        assert_eq!(cause, Some(&Down(1)));
        let retry = match error.retry_after() {
            None => "a retry can help",
            Some(_) => "retry after 1 s",
        };
        assert_eq!(error.retry_after().is_some(), cached);
        let server = sandbox.base_url();
        assert_eq!(
            error.to_string(),
            format!(
                "could not get an access token for {server}; the face was not enrolled, {retry}"
            )
        );
        assert_eq!((error.attempts(), error.outcome()), (0, None));
        assert!(error.is_retryable() && !error.may_have_enrolled());
        assert_eq!(sandbox.requests(), 0);
        asked_again(&error).await;
        client.enroll(ID).await.unwrap();
    }
}

/// Waits until the client asks a failed source again.
async fn asked_again(error: &EnrollError) {
    sleep(error.retry_after().unwrap_or_default()).await;
}

#[tokio::test]
async fn a_source_that_fails_after_a_lost_answer_leaves_the_call_in_doubt() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.enqueue_reply(Reply::lost());
    let asked = AtomicU32::new(0);
    let source = from_fn(move || {
        let first = asked.fetch_add(1, Ordering::SeqCst) == 0;
        async move {
            if first {
                Ok(AccessToken::new("a-token").unwrap())
            } else {
                Err(Down(2))
            }
        }
    });
    let client = with_source(&sandbox, source).build().unwrap();
    let error = client.enroll(ID).await.unwrap_err();
    assert_eq!((error.stage(), error.attempts()), (Stage::Token, 1));
    assert!(error.may_have_enrolled() && sandbox.is_enrolled(ID));
}

#[tokio::test]
async fn a_source_that_never_answers_ends_with_the_time_for_the_call() {
    let sandbox = Sandbox::start().unwrap();
    let source = from_fn(pending::<Result<AccessToken, Down>>);
    for client in [
        with_source(&sandbox, source),
        with_source(&sandbox, CachedTokenSource::new(source)),
    ] {
        let client = client.timeout(Duration::from_millis(20)).build().unwrap();
        let error = client.enroll(ID).await.unwrap_err();
        assert_eq!(error.stage(), Stage::Token);
        let cause = error.source().unwrap().to_string();
        assert_eq!(
            cause,
            "the token source did not return a token in the time that was left for the call"
        );
    }
}

#[tokio::test]
async fn a_source_that_panics_fails_one_call() {
    let sandbox = Sandbox::start().unwrap();
    for cached in [false, true] {
        let asked = AtomicU32::new(0);
        let source = from_fn(move || {
            assert!(asked.fetch_add(1, Ordering::SeqCst) > 0, "the first time");
            async { AccessToken::new("a-token") }
        });
        let client = if cached {
            with_source(&sandbox, CachedTokenSource::new(source))
        } else {
            with_source(&sandbox, source)
        };
        let client = client.build().unwrap();
        let error = client.enroll(ID).await.unwrap_err();
        assert!(matches!(error, EnrollError::Token(_)), "{error:?}");
        let cause = error.source().unwrap().to_string();
        assert_eq!(cause, "the token source panicked");
        asked_again(&error).await;
        client.enroll(&format!("id-{cached}")).await.unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn a_token_is_renewed_before_it_expires() {
    for (life, due) in [
        // At four fifths of its lifetime.
        (3600, 2880),
        (1000, 800),
        // 30 s before it expires.
        (100, 70),
        (75, 45),
        // At half of its lifetime.
        (60, 30),
        (30, 15),
        (2, 1),
    ] {
        let issuer = Issuer::living(Duration::from_secs(life));
        let source = CachedTokenSource::new(issuer.clone());
        assert_eq!(number(&source).await, 1);
        advance(Duration::from_millis(due * 1000 - 1)).await;
        assert_eq!(number(&source).await, 1);
        tokio::task::yield_now().await;
        assert_eq!(issuer.issued(), 1, "a life of {life} s");

        advance(Duration::from_millis(1)).await;
        // The old token is used while the new one is requested, once.
        for _ in 0..3 {
            assert_eq!(number(&source).await, 1);
        }
        tokio::task::yield_now().await;
        assert_eq!(number(&source).await, 2);
        assert_eq!(issuer.issued(), 2, "a life of {life} s");
    }
}

#[tokio::test]
async fn an_expiry_can_be_a_point_in_time() {
    let asked = Arc::new(AtomicU32::new(0));
    for (expiry, times) in [
        (SystemTime::now() + Duration::from_secs(3600), 1),
        (SystemTime::now() - Duration::from_secs(1), 3),
        (SystemTime::UNIX_EPOCH, 3),
    ] {
        asked.store(0, Ordering::SeqCst);
        let counter = Arc::clone(&asked);
        let source = CachedTokenSource::new(from_fn(move || {
            counter.fetch_add(1, Ordering::SeqCst);
            async move {
                let token = AccessToken::new("a-token")?;
                Ok::<_, TokenSourceError>(IssuedToken::new(token).expires_at(expiry))
            }
        }));
        for _ in 0..3 {
            // An expired token is sent anyway, and the server refuses it.
            let _ = source.token().await.unwrap();
        }
        assert_eq!(asked.load(Ordering::SeqCst), times);
    }
}

#[tokio::test]
async fn a_token_without_an_expiry_is_kept() {
    let issuer = Issuer::default();
    let source = CachedTokenSource::new(issuer.clone());
    for _ in 0..10 {
        assert_eq!(number(&source.clone()).await, 1);
    }
    // Refusing another token than the current one has no effect.
    source.refused(&AccessToken::new("token-0").unwrap());
    assert_eq!(number(&source).await, 1);
    source.refused(&AccessToken::new("token-1").unwrap());
    assert_eq!(number(&source).await, 2);
    source.refused(&AccessToken::new("token-1").unwrap());
    assert_eq!(number(&source).await, 2);
}

#[tokio::test(start_paused = true)]
async fn while_renewals_fail_the_old_token_is_used_until_it_expires() {
    let issuer = Issuer::living(Duration::from_secs(1000));
    let source = CachedTokenSource::new(issuer.clone());
    assert_eq!(number(&source).await, 1);
    issuer.inner.failures.store(2, Ordering::SeqCst);

    advance(Duration::from_secs(900)).await;
    for _ in 0..10 {
        assert_eq!(number(&source).await, 1);
        tokio::task::yield_now().await;
    }
    // The endpoint is not asked again at once.
    assert_eq!(issuer.issued(), 2);
    assert_eq!(number(&source).await, 1);

    advance(Duration::from_secs(99)).await;
    assert_eq!(number(&source).await, 1);
    tokio::task::yield_now().await;
    assert_eq!(issuer.issued(), 3);

    advance(Duration::from_secs(1)).await;
    assert_eq!(number(&source).await, 4);
}

/// The source is asked after a growing delay. Until then, calls get its last error.
#[tokio::test(start_paused = true)]
async fn a_source_that_keeps_failing_is_not_asked_for_every_call() {
    let sandbox = Sandbox::start().unwrap();
    let issuer = Issuer::default();
    issuer.inner.failures.store(u32::MAX, Ordering::SeqCst);
    let client = with_source(&sandbox, CachedTokenSource::new(issuer.clone()));
    let client = client.build().unwrap();
    let mut delays = Vec::new();
    for asked in 1..=12 {
        for _ in 0..100 {
            let error = client.enroll(ID).await.unwrap_err();
            let cause = error.source().unwrap().downcast_ref::<Down>();
            assert_eq!(cause, Some(&Down(asked)));
        }
        assert_eq!(issuer.issued(), asked);
        let error = client.enroll(ID).await.unwrap_err();
        delays.push(error.retry_after().unwrap());
        asked_again(&error).await;
    }
    for (failure, delay) in (0..).zip(&delays) {
        let most = Duration::from_millis(200 << failure).min(Duration::from_secs(30));
        assert!((most / 2..=most).contains(delay), "{failure}: {delay:?}");
    }
}

/// Runs `work` on its own thread, because `block_on` panics inside a runtime.
fn on_a_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    std::thread::spawn(work).join().unwrap()
}

/// An abandoned renewal ends after the one that replaced it.
#[tokio::test(start_paused = true)]
async fn a_renewal_that_ends_late_does_not_replace_a_newer_token() {
    let gate = Arc::new(Notify::new());
    let (asked, opened) = (AtomicU32::new(0), Arc::clone(&gate));
    let source = CachedTokenSource::new(from_fn(move || {
        let number = asked.fetch_add(1, Ordering::SeqCst) + 1;
        let opened = Arc::clone(&opened);
        async move {
            if number == 1 {
                opened.notified().await;
            }
            AccessToken::new(format!("token-{number}"))
        }
    }));
    let stalled = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let asking = source.clone();
    // This runtime makes no progress while nothing blocks on it.
    let stalled = on_a_thread(move || {
        stalled.block_on(async {
            let mut first = asking.token();
            assert!((&mut first).now_or_never().is_none());
            tokio::task::yield_now().await;
        });
        stalled
    });
    advance(Duration::from_secs(32)).await;
    assert_eq!(number(&source).await, 2);
    gate.notify_one();
    on_a_thread(move || {
        stalled.block_on(async {
            for _ in 0..10 {
                tokio::task::yield_now().await;
            }
        });
    });
    assert_eq!(number(&source).await, 2);
}

#[tokio::test(start_paused = true)]
async fn calls_wait_for_one_renewal_once_a_token_has_expired() {
    let (issuer, gate) = Issuer::gated();
    *issuer.inner.life.lock().unwrap() = Some(Duration::from_secs(1000));
    let source = CachedTokenSource::new(issuer.clone());
    for round in 1..=3 {
        let waiting: Vec<_> = (0..1000)
            .map(|_| {
                let source = source.clone();
                tokio::spawn(async move { number(&source).await })
            })
            .collect();
        tokio::task::yield_now().await;
        assert_eq!(issuer.issued(), round - 1);
        gate.add_permits(1);
        for waiting in waiting {
            assert_eq!(waiting.await.unwrap(), round);
        }
        assert_eq!(issuer.issued(), round);
        advance(Duration::from_secs(1000)).await;
    }
}

#[tokio::test]
async fn all_calls_that_wait_for_a_renewal_get_its_error_and_the_next_call_tries_again() {
    let (issuer, gate) = Issuer::gated();
    issuer.inner.failures.store(1, Ordering::SeqCst);
    let source = CachedTokenSource::new(issuer.clone());
    let waiting: Vec<_> = (0..10)
        .map(|_| {
            let source = source.clone();
            tokio::spawn(async move { source.token().await.unwrap_err().to_string() })
        })
        .collect();
    tokio::task::yield_now().await;
    gate.add_permits(2);
    for waiting in waiting {
        assert_eq!(waiting.await.unwrap(), "the token endpoint is down (1)");
    }
    sleep(Duration::from_millis(200)).await;
    assert_eq!(number(&source).await, 2);
}

#[tokio::test]
async fn a_renewal_continues_when_the_call_that_started_it_is_dropped() {
    let (issuer, gate) = Issuer::gated();
    let source = CachedTokenSource::new(issuer.clone());
    let dropped = tokio::spawn({
        let source = source.clone();
        async move { number(&source).await }
    });
    tokio::task::yield_now().await;
    dropped.abort();
    assert!(dropped.await.unwrap_err().is_cancelled());
    gate.add_permits(1);
    assert_eq!(number(&source).await, 1);
    assert_eq!(issuer.issued(), 1);
}

#[test]
fn a_renewal_that_ended_with_its_runtime_is_started_again() {
    let runtime = || {
        let mut builder = tokio::runtime::Builder::new_current_thread();
        builder.enable_all().build().unwrap()
    };
    let asked = Arc::new(AtomicU32::new(0));
    let begun = Arc::new(Notify::new());
    let (counter, notify) = (Arc::clone(&asked), Arc::clone(&begun));
    let source = CachedTokenSource::new(from_fn(move || {
        let first = counter.fetch_add(1, Ordering::SeqCst) == 0;
        notify.notify_one();
        async move {
            if first {
                pending::<()>().await;
            }
            AccessToken::new("a-token")
        }
    }));
    let first = runtime();
    first.block_on(async {
        tokio::select! {
            _ = source.token() => panic!("it does not come"),
            () = begun.notified() => {}
        }
    });
    drop(first);
    let _ = runtime().block_on(source.token()).unwrap();
    assert_eq!(asked.load(Ordering::SeqCst), 2);
}

#[test]
fn a_renewal_without_a_runtime_is_an_error() {
    let source = CachedTokenSource::new(Issuer::default());
    let asked = std::pin::pin!(source.token());
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match asked.poll(&mut context) {
        std::task::Poll::Ready(Err(error)) => assert!(error.to_string().contains("runtime")),
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_tasks_renew_a_token_once_and_none_of_them_fails() {
    let sandbox = Sandbox::start().unwrap();
    // The server accepts tokens from this number on, and the endpoint issues no older ones.
    let oldest = Arc::new(AtomicU32::new(1));
    let least = Arc::clone(&oldest);
    let received = Arc::new(AtomicU32::new(0));
    let counter = Arc::clone(&received);
    sandbox.respond_with(move |request| {
        // All tokens expire twice during the test.
        if matches!(counter.fetch_add(1, Ordering::SeqCst), 700 | 1900) {
            least.fetch_add(1, Ordering::SeqCst);
        }
        let number = request.token().unwrap().trim_start_matches("token-");
        if number.parse::<u32>().unwrap() < least.load(Ordering::SeqCst) {
            Reply::outcome(Outcome::Unauthorized)
        } else {
            Reply::usual()
        }
    });
    let issuer = Issuer::default();
    let source = CachedTokenSource::new(issuer.clone());
    let client = with_source(&sandbox, source).build().unwrap();
    // Connections are open files, and 1,024 are allowed.
    let connections = Arc::new(Semaphore::new(200));
    let tasks: Vec<_> = (0..1000)
        .map(|task| {
            let (client, connections) = (client.clone(), Arc::clone(&connections));
            tokio::spawn(async move {
                for call in 0..3 {
                    let _connection = connections.acquire().await.unwrap();
                    let id = format!("{task}-{call}");
                    client.enroll(&id).await.unwrap();
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(sandbox.enrolled().len(), 3000);
    assert_eq!(issuer.issued(), 3);
}

/// If a connection to the token endpoint hangs, later calls do not wait for it.
#[tokio::test(start_paused = true)]
async fn a_hanging_renewal_is_abandoned_and_started_again() {
    let asked = Arc::new(AtomicU32::new(0));
    let counter = Arc::clone(&asked);
    let source = CachedTokenSource::new(from_fn(move || {
        let first = counter.fetch_add(1, Ordering::SeqCst) == 0;
        async move {
            if first {
                pending::<()>().await;
            }
            AccessToken::new("a-token")
        }
    }));
    let error = source.token().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the token source did not return a token within 30 s"
    );
    sleep(Duration::from_millis(200)).await;
    let _ = source.token().await.unwrap();
    assert_eq!(asked.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn one_source_serves_several_clients() {
    let issuer = Arc::new(CachedTokenSource::new(Issuer::default()));
    for _ in 0..2 {
        let (sandbox, shown) = demanding("token-1");
        let client = with_source(&sandbox, Arc::clone(&issuer)).build().unwrap();
        client.enroll(ID).await.unwrap();
        assert_eq!(*shown.lock().unwrap(), ["token-1"]);
    }
}

/// The timeouts of the client also apply to the generated client while it waits for a token.
#[tokio::test(start_paused = true)]
async fn the_raw_client_waits_for_a_token_no_longer_than_an_attempt_may_take() {
    let never = from_fn(pending::<Result<AccessToken, TokenSourceError>>);
    let client = Client::builder(face_search_enroll::Region::ALL[0])
        .token_source(never)
        .attempt_timeout(Duration::from_secs(15))
        .build()
        .unwrap();
    let request = face_search_enroll::raw::types::EnrollRequest {
        signature_id: "730baa5ab2e34e53".parse().unwrap(),
    };
    let started = tokio::time::Instant::now();
    let error = client.raw().enroll(&request).await.unwrap_err();
    assert!(
        error.to_string().contains("could not get an access token"),
        "{error}"
    );
    assert_eq!(started.elapsed().as_secs(), 15);
}

#[tokio::test]
async fn a_source_can_be_chosen_at_run_time() {
    for cached in [false, true] {
        let issuer = Issuer::default();
        let source: Arc<dyn TokenSource> = if cached {
            Arc::new(CachedTokenSource::new(issuer))
        } else {
            Arc::new(issuer)
        };
        // It may also be boxed.
        let client = with_source_of(Box::new(Arc::clone(&source)));
        let (sandbox, shown) = demanding("token-2");
        client(&sandbox).enroll(ID).await.unwrap();
        assert_eq!(*shown.lock().unwrap(), ["token-1", "token-2"], "{cached}");
        assert_eq!(number(&source).await, if cached { 2 } else { 3 });
    }
}

fn with_source_of(source: Box<dyn TokenSource>) -> impl FnOnce(&Sandbox) -> Client {
    move |sandbox| with_source(sandbox, source).build().unwrap()
}

#[tokio::test]
async fn client_new_takes_a_constant_token() {
    let (sandbox, shown) = demanding("a-token");
    let client = Client::new(&sandbox, AccessToken::new("a-token").unwrap()).unwrap();
    client.enroll(ID).await.unwrap();
    assert_eq!(*shown.lock().unwrap(), ["a-token"]);
}

#[test]
fn tokens_are_compared_by_all_of_their_characters() {
    let token = |text| AccessToken::new(text).unwrap();
    assert_eq!(token("a-token"), token("a-token"));
    for other in ["a-tokem", "b-token", "a-token-", "a-toke"] {
        assert_ne!(token("a-token"), token(other), "{other}");
    }
}

/// The generated client shares the token source of the client, which learns of refused tokens.
#[tokio::test]
async fn the_raw_client_notifies_the_source_of_a_refused_token() {
    let (sandbox, shown) = demanding("token-2");
    let client = with_source(&sandbox, CachedTokenSource::new(Issuer::default()));
    let client = client.build().unwrap();
    let request = face_search_enroll::raw::types::EnrollRequest {
        signature_id: ID.parse().unwrap(),
    };
    let refused = client.raw().enroll(&request).await.unwrap();
    assert!(
        Outcome::Unauthorized
            .codes()
            .contains(&refused.code.as_str())
    );
    client.raw().enroll(&request).await.unwrap();
    assert_eq!(*shown.lock().unwrap(), ["token-1", "token-2"]);
    assert!(sandbox.is_enrolled(ID));
}

/// If the code is not listed, the HTTP status decides, as in a call.
#[tokio::test]
async fn the_raw_client_notifies_the_source_of_a_token_that_the_status_refuses() {
    let sandbox = Sandbox::start().unwrap();
    let body = serde_json::json!({ "code": "SOMETHING_NEW", "message": "who are you" }).to_string();
    for status in [401, 400] {
        sandbox.enqueue_reply(Reply::body("application/json", &*body).status(status));
        let issuer = Issuer::default();
        let client = with_source(&sandbox, CachedTokenSource::new(issuer.clone()));
        let client = client.build().unwrap();
        let request = face_search_enroll::raw::types::EnrollRequest {
            signature_id: ID.parse().unwrap(),
        };
        for _ in 0..2 {
            // The results do not matter here.
            let _ = client.raw().enroll(&request).await;
        }
        assert_eq!(issuer.issued(), if status == 401 { 2 } else { 1 });
    }
}
