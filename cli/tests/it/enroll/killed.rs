//! A run that is killed at any moment loses no id, reports none wrongly, and sends few again.

use std::{
    process::Stdio,
    sync::{Arc, OnceLock},
    time::Duration,
};

use face_search_enroll_sandbox::{Reply, Sandbox};

use crate::cli::{Workplace, ids_of, records, run, sorted};

const CONCURRENCY: usize = 4;

/// Kills a run when it sends its `moment`th request, or while the response to it is in transit.
fn killed_at(moment: u64, answered: bool) {
    let victim = Arc::new(OnceLock::<u32>::new());
    let kill = {
        let victim = Arc::clone(&victim);
        move || {
            let victim = victim.wait().to_string();
            let killed = std::process::Command::new("kill")
                .args(["-9", &victim])
                .status();
            assert!(killed.unwrap().success());
        }
    };
    let builder = Sandbox::builder().latency(Duration::ZERO..=Duration::from_millis(2));
    let place = if answered {
        let seen = std::sync::atomic::AtomicU64::new(0);
        let observe = move |_: &face_search_enroll_sandbox::ServedRequest<'_>| {
            if seen.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1 == moment {
                kill();
            }
        };
        Workplace::of(builder.observe(observe).start().unwrap())
    } else {
        let place = Workplace::of(builder.start().unwrap());
        place.sandbox.respond_with(move |request| {
            if request.number() == moment {
                kill();
            }
            Reply::usual()
        });
        place
    };
    let ids = place.write_ids(60);
    let concurrency = CONCURRENCY.to_string();
    let arguments = [
        "--input",
        "ids.txt",
        "--output",
        "results.jsonl",
        "--concurrency",
        &concurrency,
        "--quiet",
    ];
    let mut child = place.enroll(&arguments);
    let mut child = child.stderr(Stdio::null()).spawn().unwrap();
    victim.set(child.id()).unwrap();
    assert_eq!(child.wait().unwrap().code(), None, "it was killed");

    // Its complete lines are records, and they are true.
    let journal = place.read("results.jsonl");
    let whole = &journal[..journal.rfind('\n').map_or(0, |end| end + 1)];
    let known = records(whole);
    assert_eq!(known.len(), ids_of(&known, "enrolled").len());
    for id in ids_of(&known, "enrolled") {
        assert!(place.sandbox.is_enrolled(&id), "{id}");
    }

    let resumed = [&arguments[..], &["--resume"]].concat();
    let (code, _, errors) = run(&mut place.enroll(&resumed));
    assert_eq!(code, 0, "{errors}");
    let all = place.records("results.jsonl");
    let repeated = ids_of(&all, "already-enrolled");
    assert!(repeated.len() <= CONCURRENCY, "{repeated:?}");
    let mut settled = ids_of(&all, "enrolled");
    settled.extend(repeated);
    // Each id is there once, and each is in the face set.
    assert_eq!(sorted(settled), sorted(ids.clone()));
    assert_eq!(sorted(place.sandbox.enrolled()), sorted(ids.clone()));
    let most = (ids.len() + CONCURRENCY) as u64;
    assert!(
        place.sandbox.requests() <= most,
        "{}",
        place.sandbox.requests()
    );
}

/// At 50 moments, half of them before the response and half after it.
#[cfg(unix)]
#[test]
fn kills_lose_nothing_and_repeat_little() {
    let mut random = fastrand::Rng::with_seed(6);
    for round in 0..50 {
        killed_at(random.u64(1..=56), round % 2 == 0);
    }
}
