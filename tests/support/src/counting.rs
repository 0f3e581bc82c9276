//! A sandbox that counts concurrent calls.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use face_search_enroll_sandbox::{Reply, Sandbox};

/// A sandbox, and the maximum number of concurrent calls so far.
pub fn counting_calls() -> (Sandbox, Arc<AtomicUsize>) {
    let (under_way, seen) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let ended = Arc::clone(&under_way);
    let sandbox = Sandbox::builder()
        .latency(Duration::from_millis(1)..=Duration::from_millis(5))
        .observe(move |_| {
            ended.fetch_sub(1, Ordering::SeqCst);
        })
        .start()
        .unwrap();
    let highest = Arc::clone(&seen);
    sandbox.respond_with(move |_| {
        let now = under_way.fetch_add(1, Ordering::SeqCst) + 1;
        highest.fetch_max(now, Ordering::SeqCst);
        Reply::usual()
    });
    (sandbox, seen)
}
