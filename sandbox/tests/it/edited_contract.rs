//! A sandbox serves an edited contract before anything is built from it.

use face_search_enroll::{Outcome, openapi};
use face_search_enroll_sandbox::{Contract, Reply, Sandbox, StartError};

use crate::{client, enroll};

/// The contract with this text in place of that one, which must be there.
pub(crate) fn edited(changes: &[(&str, &str)]) -> Contract {
    let mut text = openapi::YAML.to_owned();
    for (old, new) in changes {
        assert!(text.contains(old), "the contract has no {old:?}");
        text = text.replace(old, new);
    }
    Contract::parse("edited.yaml", &text).unwrap()
}

#[tokio::test]
async fn it_answers_as_the_edited_contract_says() {
    let contract = edited(&[("message: Server error", "message: The server is on fire")]);
    let sandbox = Sandbox::builder().contract(contract).start().unwrap();
    sandbox.enqueue_reply(Reply::outcome(Outcome::ServerError));
    let error = client(&sandbox).enroll("a").await.unwrap_err();
    assert_eq!(error.message(), Some("The server is on fire"));
    // The client was built from another contract, and goes by the code.
    assert_eq!(error.outcome(), Some(Outcome::ServerError));
}

#[tokio::test]
async fn an_outcome_that_the_edited_contract_lacks_is_not_made_up() {
    let contract = edited(&[("\n  Throttled:\n", "\n  SlowDown:\n")]);
    let sandbox = Sandbox::builder().contract(contract).start().unwrap();
    assert!(
        sandbox
            .examples()
            .any(|example| example.outcome == "SlowDown")
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
fn a_contract_that_no_server_can_serve_is_refused_with_what_it_lacks() {
    let path = &*enroll().path.value;
    for (change, what) in [
        (
            ("    post:\n", "    options:\n"),
            "a method that can be served",
        ),
        ((path, "/enroll/{id}"), "a path without parameters"),
        (("          when: done\n", ""), "an outcome with when: done"),
    ] {
        let contract = edited(&[change]);
        let error = Sandbox::builder().contract(contract).start().unwrap_err();
        assert!(matches!(error, StartError::Unusable { .. }), "{error:?}");
        assert!(error.to_string().contains(what), "{error}");
    }
}
