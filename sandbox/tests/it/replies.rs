//! A responder may call the sandbox whose request it treats.

use std::sync::{Arc, OnceLock, Weak};

use face_search_enroll::Outcome;
use face_search_enroll_sandbox::{Reply, Sandbox};

use crate::client;

#[tokio::test]
async fn a_responder_may_set_the_next_responder_and_replies() {
    let sandbox = Arc::new(Sandbox::start().unwrap());
    let own: OnceLock<Weak<Sandbox>> = OnceLock::from(Arc::downgrade(&sandbox));
    sandbox.respond_with(move |_| {
        let sandbox = own.get().and_then(Weak::upgrade).unwrap();
        sandbox.enqueue_reply(Reply::outcome(Outcome::ServerError));
        sandbox.respond_with(|_| Reply::usual());
        Reply::outcome(Outcome::Throttled)
    });
    let client = client(&*sandbox);
    for expected in [Outcome::Throttled, Outcome::ServerError] {
        let error = client.enroll("a").await.unwrap_err();
        assert_eq!(error.outcome(), Some(expected));
    }
    client.enroll("a").await.unwrap();
}
