//! `token` prints a token for other programs.

use std::{
    net::{Ipv4Addr, TcpListener},
    time::{Duration, SystemTime},
};

use face_search_enroll::{Outcome, TokenOutcome};
use serde_json::Value;

use crate::{
    TOKEN,
    cli::{ACCESS_KEY, SECRET_KEY, command, run, with_keys},
    token_server::{ISSUED, TokenServer},
};

fn token(server: &TokenServer, arguments: &[&str]) -> (i32, String, String) {
    let mut command = command(&["token", "--endpoint", &server.base_url()]);
    run(with_keys(command.args(arguments), SECRET_KEY))
}

fn issuing() -> TokenServer {
    TokenServer::answering(TokenOutcome::TokenIssued, Outcome::Enrolled)
}

#[test]
fn the_token_is_alone_on_its_line() {
    let server = issuing();
    let (code, shown, errors) = token(&server, &[]);
    assert_eq!((code, shown, &*errors), (0, format!("{ISSUED}\n"), ""));
    let requests = server.token_requests();
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0]["accessKey"], ACCESS_KEY);
    assert_eq!(server.calls(), 0);
}

#[test]
fn json_has_its_expiry() {
    let server = issuing();
    let (code, shown, errors) = token(&server, &["--format", "json"]);
    assert_eq!(code, 0, "{errors}");
    let shown: Value = serde_json::from_str(&shown).unwrap();
    assert_eq!(shown["token"], ISSUED);
    assert_eq!(shown["region"], server.base_url());
    let expiry = humantime::parse_rfc3339(shown["expires_at"].as_str().unwrap()).unwrap();
    let life = expiry.duration_since(SystemTime::now()).unwrap();
    assert!(life > Duration::from_secs(3500) && life <= Duration::from_secs(3600));
    assert_eq!(shown.as_object().unwrap().len(), 3);
}

#[test]
fn the_period_is_asked_for() {
    let server = issuing();
    assert_eq!(token(&server, &["--period", "10m"]).0, 0);
    assert_eq!(server.token_requests()[0]["periodSecond"], 600);
    for period in ["59s", "25h", "0s"] {
        let (code, shown, errors) = token(&server, &["--period", period]);
        assert_eq!((code, &*shown), (2, ""));
        assert!(errors.contains("the period of tokens"), "{errors}");
    }
    assert_eq!(
        server.token_requests().len(),
        1,
        "refused before it is sent"
    );
}

#[test]
fn a_token_that_is_there_is_printed_and_has_no_period() {
    let server = issuing();
    let arguments = ["token", "--endpoint", &server.base_url(), "--period", "10m"];
    let (code, _, errors) = run(command(&arguments).env("FACE_SEARCH_ENROLL_TOKEN", TOKEN));
    assert_eq!(code, 2);
    assert!(errors.contains("remove --period"), "{errors}");
    let output = command(&arguments[..3])
        .env("FACE_SEARCH_ENROLL_TOKEN", TOKEN)
        .output();
    assert_eq!(output.unwrap().stdout, format!("{TOKEN}\n").as_bytes());
    assert_eq!(server.token_requests().len(), 0);
}

#[test]
fn a_refusal_says_what_to_do() {
    for outcome in [
        TokenOutcome::WrongSignature,
        TokenOutcome::Unauthorized,
        TokenOutcome::AccountUnavailable,
    ] {
        let server = TokenServer::answering(outcome, Outcome::Enrolled);
        let (code, shown, errors) = token(&server, &[]);
        assert_eq!((code, &*shown), (1, ""), "{errors}");
        assert!(errors.contains(outcome.as_str()), "{errors}");
        let action = format!("  what to do: {}\n", outcome.action());
        assert!(errors.ends_with(&action), "{errors}");
        assert_eq!(server.token_requests().len(), 1);
    }
    let server = TokenServer::answering(TokenOutcome::ServerError, Outcome::Enrolled);
    assert_eq!(token(&server, &["--max-attempts", "1"]).0, 3);
}

#[test]
fn nobody_answers() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let mut command = command(&["token", "--endpoint", &url, "--max-attempts", "1"]);
    let (code, shown, errors) = run(with_keys(&mut command, SECRET_KEY));
    assert_eq!((code, &*shown), (3, ""), "{errors}");
    assert!(errors.contains("could not connect to"), "{errors}");
}

#[test]
fn a_sandbox_needs_no_keys() {
    let (code, shown, errors) = run(&mut command(&["token", "--sandbox"]));
    assert_eq!(code, 0, "{errors}");
    assert_eq!(shown.lines().count(), 1);
    assert!(shown.len() > 8, "{shown}");
}
