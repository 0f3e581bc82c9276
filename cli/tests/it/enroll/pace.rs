//! A run keeps to its rate, and survives a bad day.

use std::{
    sync::atomic::Ordering,
    time::{Duration, Instant},
};

use face_search_enroll::Outcome;
use face_search_enroll_sandbox::{Reply, Sandbox};

use face_search_enroll_test_support::counting::counting_calls;

use crate::cli::{Workplace, run, sorted};

#[test]
fn no_more_calls_are_under_way_than_may_be() {
    let (sandbox, highest) = counting_calls();
    let place = Workplace::of(sandbox);
    place.write_ids(100);
    let arguments = ["--input", "ids.txt", "--quiet", "--concurrency", "3"];
    assert_eq!(run(&mut place.enroll(&arguments)).0, 0);
    let highest = highest.load(Ordering::SeqCst);
    assert!((2..=3).contains(&highest), "{highest}");
}

#[test]
fn the_rate_holds_for_repeats_too() {
    let place = Workplace::new();
    place.write_ids(10);
    place.sandbox.respond_with(|request| {
        if request.number() % 2 == 1 {
            Reply::outcome(Outcome::ServerError)
        } else {
            Reply::usual()
        }
    });
    let arguments = ["--input", "ids.txt", "--rate", "50/s", "--concurrency", "1"];
    let started = Instant::now();
    let (code, _, errors) = run(&mut place.enroll(&arguments));
    assert_eq!(code, 0, "{errors}");
    assert_eq!(place.sandbox.requests(), 20);
    // It may take longer, but never less.
    assert!(started.elapsed() >= Duration::from_millis(19 * 20));
}

#[test]
fn what_is_no_rate_is_refused() {
    for rate in ["50", "0/s", "-1/s", "50/day", "x/s", "/s", "1.5"] {
        let place = Workplace::new();
        let rate = format!("--rate={rate}");
        let (code, _, errors) = run(&mut place.enroll(&[&rate, "a"]));
        assert_eq!(code, 2);
        assert!(
            errors.contains("; write 50/s, 30/min or 1000/h"),
            "{errors}"
        );
        assert_eq!(place.sandbox.requests(), 0);
    }
}

/// One call in five fails, in every way that a network and a server can fail, including throttling.
#[test]
fn a_bad_day_takes_longer_and_loses_nothing() {
    let sandbox = Sandbox::builder().failures(0.2, 7).start().unwrap();
    let place = Workplace::of(sandbox);
    let ids = place.write_ids(300);
    let arguments = [
        "--input",
        "ids.txt",
        "--output",
        "results.jsonl",
        "--resume",
        "--timeout",
        "5s",
        "--max-attempts",
        "2",
    ];
    for number in 0..12 {
        let (code, _, errors) = run(&mut place.enroll(&arguments));
        // The records agree with the face set.
        for record in place.records("results.jsonl") {
            let id = record["signature_id"].as_str().unwrap();
            match record["status"].as_str().unwrap() {
                "enrolled" | "already-enrolled" => assert!(place.sandbox.is_enrolled(id), "{id}"),
                "failed" => assert_ne!(record["error"], serde_json::Value::Null),
                status => panic!("{status}: {record}"),
            }
        }
        if code == 0 {
            assert!(number > 0, "it was no bad day");
            assert_eq!(sorted(place.sandbox.enrolled()), sorted(ids));
            return;
        }
        assert_eq!(code, 3, "{errors}");
        assert!(errors.contains("what to do:\n"), "{errors}");
    }
    panic!("it came to no end");
}
