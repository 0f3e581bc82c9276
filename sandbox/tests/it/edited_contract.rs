//! A sandbox serves an edited contract before a client is built from it.

use face_search_enroll::{Outcome, openapi};
use face_search_enroll_sandbox::{Contract, Reply, Sandbox, StartError};
use face_search_enroll_test_support::forget::with_forget;

use crate::{
    TOKEN, client,
    sandbox::{JSON, send},
    token_header,
};

/// The contract with each first text replaced by the second. Each first text must exist.
fn edited(changes: &[(&str, &str)]) -> Contract {
    let mut text = openapi::YAML.to_owned();
    for (old, new) in changes {
        assert!(text.contains(old), "the contract has no {old:?}");
        text = text.replace(old, new);
    }
    Contract::parse("edited.yaml", &text).unwrap()
}

#[tokio::test]
async fn it_answers_as_the_edited_contract_says() {
    let mut examples = crate::operation().examples.iter();
    let failed = examples.find(|it| *it.outcome == *Outcome::ServerError.as_str());
    let contract = edited(&[(&failed.unwrap().message.value, "The server is on fire")]);
    let sandbox = Sandbox::builder().contract(contract).start().unwrap();
    sandbox.enqueue_reply(Reply::outcome(Outcome::ServerError));
    let error = client(&sandbox).enroll("a").await.unwrap_err();
    assert_eq!(error.message(), Some("The server is on fire"));
    // The client was built from another contract, so it classifies by the code.
    assert_eq!(error.outcome(), Some(Outcome::ServerError));
}

#[tokio::test]
async fn an_outcome_that_the_edited_contract_lacks_is_an_error() {
    let contract = edited(&[("\n  Throttled:\n", "\n  SlowDown:\n")]);
    let sandbox = Sandbox::builder().contract(contract).start().unwrap();
    assert!(
        sandbox
            .examples()
            .any(|(_, _, outcome)| outcome == "SlowDown")
    );
    sandbox.enqueue_reply(Reply::outcome(Outcome::Throttled));
    let error = client(&sandbox).enroll("a").await.unwrap_err();
    assert_eq!(error.http_status(), Some(501));
    let shown = error.to_string();
    assert!(
        shown.contains("the contract of this sandbox has no outcome Throttled"),
        "{shown}"
    );
}

#[test]
fn the_error_for_an_unservable_contract_names_what_it_lacks() {
    let path = &*crate::operation().path.value;
    for (change, what) in [
        (
            ("    post:\n", "    options:\n"),
            "a method that can be served",
        ),
        ((path, "/enroll/{id}"), "a path without parameters"),
        (
            ("          when: done\n", ""),
            "an outcome with `when: done`",
        ),
    ] {
        let contract = edited(&[change]);
        let error = Sandbox::builder().contract(contract).start().unwrap_err();
        assert!(matches!(error, StartError::Unusable { .. }), "{error:?}");
        assert!(error.to_string().contains(what), "{error}");
    }
}

#[test]
fn another_operation_is_served_from_the_contract_alone() {
    let text = with_forget(openapi::YAML);
    let contract = Contract::parse("edited.yaml", &text).unwrap();
    let operation = contract.operation("forget").unwrap().clone();
    let sandbox = Sandbox::builder().contract(contract).start().unwrap();
    let headers = format!("{JSON}{}: {TOKEN}\r\n", token_header());
    let codes = |body: &str| {
        let (_, answer) = send(&sandbox, &operation.method, &operation.path, &headers, body);
        let envelope: serde_json::Value = serde_json::from_str(&answer).unwrap();
        envelope["code"].as_str().unwrap().to_owned()
    };
    assert_eq!(codes(r#"{"signatureId":"a"}"#), "SUCCESS");
    assert_eq!(
        codes(r#"{"signatureId":"a"}"#),
        "SIGNATURE_ALREADY_ENROLLED"
    );
    assert_eq!(codes(r#"{"signatureId":"b"}"#), "SUCCESS");
    assert_eq!(codes("{}"), "EMPTY_PARAMETER_ERROR");
    // Each operation has its own memory.
    assert!(!sandbox.is_enrolled("a"));
    assert!(
        sandbox
            .examples()
            .any(|(id, name, _)| (id, name) == ("forget", "not-there"))
    );
}
