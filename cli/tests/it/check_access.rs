//! `check-access` says what works and what does not, without enrolling anything.

use std::net::{Ipv4Addr, TcpListener};

use face_search_enroll::{Outcome, TokenOutcome};
use serde_json::Value;

use crate::{
    TOKEN,
    cli::{SECRET_KEY, command, run, with_keys},
    token_server::TokenServer,
};

/// The exit code, and each check with its state.
fn checked(url: &str) -> (i32, Vec<(String, String)>) {
    let arguments = ["check-access", "--endpoint", url, "--max-attempts", "1"];
    let mut by_json = command(&arguments);
    let (code, shown, errors) = run(with_keys(by_json.args(["--format", "json"]), SECRET_KEY));
    assert_eq!(errors, "");
    let checks = shown.lines().map(|line| {
        let check: Value = serde_json::from_str(line).unwrap();
        assert_eq!(check.as_object().unwrap().len(), 5, "{check}");
        let text = |key: &str| check[key].as_str().unwrap().to_owned();
        (text("check"), text("state"))
    });
    let checks: Vec<_> = checks.collect();
    let (by_text, shown, _) = run(with_keys(&mut command(&arguments), SECRET_KEY));
    assert_eq!(code, by_text);
    for (check, state) in &checks {
        let state = state.replace('-', " ");
        let beginning = format!("{check:<11}  {state}");
        let mut lines = shown.lines();
        assert!(lines.any(|line| line.starts_with(&beginning)), "{shown}");
    }
    (code, checks)
}

fn states(checks: &[(String, String)]) -> [&str; 4] {
    let names: Vec<_> = checks.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["network", "clock", "keys", "entitlement"]);
    [0, 1, 2, 3].map(|index| checks[index].1.as_str())
}

#[test]
fn all_is_well() {
    let server = TokenServer::answering(TokenOutcome::TokenIssued, Outcome::SignatureNotFound);
    let (code, checks) = checked(&server.base_url());
    assert_eq!((code, states(&checks)), (0, ["ok"; 4]));
    assert_eq!(server.token_requests().len(), 2, "one a run");
    assert_eq!(server.calls(), 2, "one a run");
}

#[test]
fn keys_that_are_refused_are_told() {
    for outcome in [
        TokenOutcome::WrongSignature,
        TokenOutcome::Unauthorized,
        TokenOutcome::AccountUnavailable,
    ] {
        let server = TokenServer::answering(outcome, Outcome::Enrolled);
        let (code, checks) = checked(&server.base_url());
        let expected = ["ok", "ok", "failed", "not-checked"];
        assert_eq!((code, states(&checks)), (1, expected));
        assert_eq!(server.calls(), 0);
        let arguments = ["check-access", "--endpoint", &server.base_url()];
        let (_, shown, _) = run(with_keys(&mut command(&arguments), SECRET_KEY));
        assert!(shown.contains(outcome.summary()), "{shown}");
        assert!(
            shown.contains(&format!("what to do: {}\n", outcome.action())),
            "{shown}"
        );
    }
}

/// The client corrects for it, but other programs do not.
#[test]
fn a_wrong_clock_is_told() {
    for (offset, difference) in [
        (3600, "s behind the server"),
        (-3600, "s ahead of the server"),
    ] {
        let server = TokenServer::with_clock(offset);
        let (code, checks) = checked(&server.base_url());
        assert_eq!((code, states(&checks)), (1, ["ok", "failed", "ok", "ok"]));
        let arguments = ["check-access", "--endpoint", &server.base_url()];
        let (_, shown, _) = run(with_keys(&mut command(&arguments), SECRET_KEY));
        assert!(shown.contains(difference), "{shown}");
    }
    // A response without the server's time says nothing about the clock.
    let server = TokenServer::answering(TokenOutcome::WrongTime, Outcome::Enrolled);
    let (code, checks) = checked(&server.base_url());
    let expected = ["ok", "failed", "not-checked", "not-checked"];
    assert_eq!((code, states(&checks)), (1, expected));
}

#[test]
fn what_the_account_may_not_do_is_told() {
    for (outcome, exit, states_of_it) in [
        (Outcome::NotEntitled, 1, ["ok", "ok", "ok", "failed"]),
        (Outcome::ServiceDisabled, 1, ["ok", "ok", "ok", "failed"]),
        (
            Outcome::InsufficientBalance,
            1,
            ["ok", "ok", "ok", "failed"],
        ),
        (
            Outcome::Unauthorized,
            1,
            ["ok", "ok", "failed", "not-checked"],
        ),
        (
            Outcome::InvalidParameter,
            1,
            ["ok", "ok", "ok", "not-checked"],
        ),
        (Outcome::Unlisted, 1, ["ok", "ok", "ok", "not-checked"]),
        (
            Outcome::ServerError,
            3,
            ["failed", "ok", "ok", "not-checked"],
        ),
        (Outcome::Enrolled, 0, ["ok"; 4]),
    ] {
        let server = TokenServer::answering(TokenOutcome::TokenIssued, outcome);
        let (code, checks) = checked(&server.base_url());
        assert_eq!((code, states(&checks)), (exit, states_of_it), "{outcome}");
    }
}

#[test]
fn a_server_that_is_not_there_is_told() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let (code, checks) = checked(&url);
    let expected = ["failed", "not-checked", "not-checked", "not-checked"];
    assert_eq!((code, states(&checks)), (3, expected));
}

#[test]
fn a_token_is_checked_too() {
    for (outcome, exit, states_of_it) in [
        (
            Outcome::SignatureNotFound,
            0,
            ["ok", "not-checked", "ok", "ok"],
        ),
        (
            Outcome::Unauthorized,
            1,
            ["ok", "not-checked", "failed", "not-checked"],
        ),
    ] {
        let server = TokenServer::answering(TokenOutcome::TokenIssued, outcome);
        let arguments = [
            "check-access",
            "--format",
            "json",
            "--endpoint",
            &server.base_url(),
        ];
        let mut command = command(&arguments);
        let (code, shown, errors) = run(command.env("FACE_SEARCH_ENROLL_TOKEN", TOKEN));
        assert_eq!(code, exit, "{errors}");
        let states = shown.lines().map(|line| {
            let check: Value = serde_json::from_str(line).unwrap();
            check["state"].as_str().unwrap().to_owned()
        });
        assert_eq!(states.collect::<Vec<_>>(), states_of_it);
        assert_eq!(server.token_requests().len(), 0);
    }
}
