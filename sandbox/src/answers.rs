//! The answers that the contract has, as `contract/src/answers.rs` reads them, and one of them filled in
//! for a request.

use std::sync::Arc;

use face_search_enroll_contract::{Answer, envelope};
use serde_json::Value;

/// The answers of a contract, in its order.
#[derive(Debug)]
pub(crate) struct Answers(Vec<Arc<Answer>>);

impl Answers {
    pub(crate) fn new(answers: impl IntoIterator<Item = Answer>) -> Self {
        Self(answers.into_iter().map(Arc::new).collect())
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Arc<Answer>> {
        self.0.iter()
    }

    pub(crate) fn named(&self, name: &str) -> Option<&Arc<Answer>> {
        self.iter().find(|answer| answer.name == name)
    }

    /// The first answer of `outcome`. The contract has one for each of its outcomes.
    pub(crate) fn of(&self, outcome: &str) -> Option<&Arc<Answer>> {
        self.iter().find(|answer| answer.outcome == outcome)
    }

    /// The answer of `outcome` whose message names the HTTP status, or else its first.
    pub(crate) fn of_status(&self, outcome: &str, status: u16) -> Option<&Arc<Answer>> {
        let status = status.to_string();
        self.iter()
            .find(|answer| answer.outcome == outcome && answer.message.contains(&status))
            .or_else(|| self.of(outcome))
    }
}

/// What an envelope says of the request that it answers.
pub(crate) struct Filling<'r> {
    pub(crate) transaction_id: &'r str,
    pub(crate) extra: Option<&'r str>,
    /// The field of the request that names the journey, and its value.
    pub(crate) id: (&'r str, Option<&'r str>),
}

/// The envelope of `answer`, with the values of this request where the example has a member for
/// them.
pub(crate) fn fill_in(answer: &Answer, filling: &Filling<'_>) -> Value {
    let mut body = answer.body.clone();
    set(
        &mut body,
        envelope::TRANSACTION_ID,
        Some(filling.transaction_id),
    );
    set(&mut body, envelope::EXTRA, filling.extra);
    let (field, id) = filling.id;
    if let Some(data) = body.get_mut(envelope::DATA) {
        set(data, field, id);
    }
    body
}

/// Sets a member that is there already.
fn set(object: &mut Value, member: &str, text: Option<&str>) {
    if let (Some(member), Some(text)) = (object.get_mut(member), text) {
        *member = text.into();
    }
}
