//! A server that issues or refuses tokens, and answers calls as a test says.

use std::{
    sync::{Arc, Mutex},
    time::{Duration, SystemTime},
};

use face_search_enroll::{Outcome, TokenOutcome};
use face_search_enroll_contract::Operation;
use serde_json::{Value, json};

use crate::{
    operation,
    server::{Request, Server, http},
    token_operation,
};

/// The token that it issues.
pub(crate) const ISSUED: &str = "issued-token-of-the-test-server";

pub(crate) struct TokenServer {
    server: Server,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl TokenServer {
    /// Answers requests for tokens and calls with these outcomes.
    pub(crate) fn answering(tokens: TokenOutcome, calls: Outcome) -> Self {
        Self::start(move |_| tokens, calls, 0)
    }

    /// Issues a token if the time of the request agrees with its clock, which is this many seconds ahead.
    pub(crate) fn with_clock(offset: i64) -> Self {
        let is_near = move |request: &Request| {
            let body: Value = serde_json::from_str(&request.body).unwrap();
            let difference = body["timestamp"].as_i64().unwrap() - milliseconds(now(offset));
            if difference.abs() < 60_000 {
                TokenOutcome::TokenIssued
            } else {
                TokenOutcome::WrongTime
            }
        };
        Self::start(is_near, Outcome::SignatureNotFound, offset)
    }

    fn start(
        tokens: impl Fn(&Request) -> TokenOutcome + Send + Sync + 'static,
        calls: Outcome,
        offset: i64,
    ) -> Self {
        let requests = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&requests);
        let server = Server::responding(move |request| {
            seen.lock().unwrap().push(request.clone());
            let body = if is_for_token(request) {
                token_answer(tokens(request), now(offset))
            } else {
                answer_of(operation(), calls.as_str())
            };
            let date = httpdate::fmt_http_date(now(offset));
            http("200 OK", &format!("Date: {date}\r\n"), &body.to_string())
        });
        Self { server, requests }
    }

    pub(crate) fn base_url(&self) -> String {
        self.server.endpoint().base_url().to_owned()
    }

    /// The bodies of the requests for tokens.
    pub(crate) fn token_requests(&self) -> Vec<Value> {
        let requests = self.requests.lock().unwrap();
        let requests = requests.iter().filter(|request| is_for_token(request));
        requests
            .map(|request| serde_json::from_str(&request.body).unwrap())
            .collect()
    }

    /// The number of calls.
    pub(crate) fn calls(&self) -> usize {
        let requests = self.requests.lock().unwrap();
        requests
            .iter()
            .filter(|request| !is_for_token(request))
            .count()
    }
}

fn is_for_token(request: &Request) -> bool {
    request.path() == token_operation().path.as_str()
}

/// The time of a clock that is this many seconds ahead.
fn now(offset: i64) -> SystemTime {
    let seconds = Duration::from_secs(offset.unsigned_abs());
    if offset < 0 {
        SystemTime::now() - seconds
    } else {
        SystemTime::now() + seconds
    }
}

fn milliseconds(time: SystemTime) -> i64 {
    let time = time.duration_since(SystemTime::UNIX_EPOCH).unwrap();
    i64::try_from(time.as_millis()).unwrap()
}

/// A response of the token operation at this time. A token is valid for an hour.
pub(crate) fn token_answer(outcome: TokenOutcome, now: SystemTime) -> Value {
    let mut body = answer_of(token_operation(), outcome.as_str());
    if outcome == TokenOutcome::TokenIssued {
        let expiry = milliseconds(now + Duration::from_secs(3600));
        body["data"] = json!({ "token": ISSUED, "expiredTime": expiry });
    }
    body
}

fn answer_of(operation: &Operation, outcome: &str) -> Value {
    let answers = operation.answers();
    let answer = answers.iter().find(|answer| answer.outcome == outcome);
    answer.unwrap().body.clone()
}
