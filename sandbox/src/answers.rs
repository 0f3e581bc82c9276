//! The answers of an operation, as `contract/src/answers.rs` lists them, and how an answer is
//! completed for a request.

use std::sync::Arc;

use face_search_enroll_contract::{Answer, envelope};
use serde_json::Value;

/// The answers of an operation, in the order of the contract.
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

    /// The first answer that means `outcome`. Each outcome of the contract has at least one.
    pub(crate) fn of(&self, outcome: &str) -> Option<&Arc<Answer>> {
        self.iter().find(|answer| answer.outcome == outcome)
    }

    /// The answer that means `outcome` and whose message contains the HTTP status, or else the
    /// first that means `outcome`.
    pub(crate) fn of_status(&self, outcome: &str, status: u16) -> Option<&Arc<Answer>> {
        let status = status.to_string();
        self.iter()
            .find(|answer| answer.outcome == outcome && answer.message.contains(&status))
            .or_else(|| self.of(outcome))
    }
}

/// The values in an envelope that depend on the request.
pub(crate) struct Filling<'r> {
    /// The number of the request. The transaction id is derived from it.
    pub(crate) number: u64,
    /// Members of the data and their values.
    pub(crate) data: Vec<(&'r str, Value)>,
}

/// The envelope of `answer` with the values of this request. Only members that the example has are
/// set.
pub(crate) fn fill_in(answer: &Answer, extra: Option<&str>, filling: &Filling<'_>) -> Value {
    let mut body = answer.body.clone();
    let transaction_id = format!("{:016x}", filling.number);
    set(&mut body, envelope::TRANSACTION_ID, transaction_id.into());
    if let Some(extra) = extra {
        set(&mut body, envelope::EXTRA, extra.into());
    }
    if let Some(data) = body.get_mut(envelope::DATA) {
        for (member, value) in &filling.data {
            set(data, member, value.clone());
        }
    }
    body
}

/// Sets a member if the object has it.
fn set(object: &mut Value, member: &str, value: Value) {
    if let Some(member) = object.get_mut(member) {
        *member = value;
    }
}
