//! The answers that the contract has, and one of them made out for a request.

use serde_json::Value;

use crate::{
    Outcome,
    generated::facts::{
        ANSWERS,
        operation::{request, response},
    },
};

/// An answer of the contract.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) name: &'static str,
    pub(crate) outcome: Outcome,
    pub(crate) status: u16,
    pub(crate) message: &'static str,
    /// The envelope, as JSON.
    pub(crate) body: &'static str,
}

pub(crate) fn all() -> impl Iterator<Item = &'static Answer> {
    ANSWERS.iter()
}

pub(crate) fn named(name: &str) -> Option<&'static Answer> {
    all().find(|answer| answer.name == name)
}

/// The first answer of `outcome`; there is one for every outcome.
pub(crate) fn of(outcome: Outcome) -> Option<&'static Answer> {
    all().find(|answer| answer.outcome == outcome)
}

/// The answer of `outcome` whose message names the HTTP status, or else its first.
pub(crate) fn of_status(outcome: Outcome, status: u16) -> Option<&'static Answer> {
    let status = status.to_string();
    all()
        .find(|answer| answer.outcome == outcome && answer.message.contains(&status))
        .or_else(|| of(outcome))
}

impl Answer {
    /// The envelope with a transaction id of its own, and with the signature id of the request
    /// where the example has one.
    pub(crate) fn make_out(
        &self,
        signature_id: Option<&str>,
        transaction_id: &str,
        extra: Option<&str>,
    ) -> Value {
        let mut envelope: Value = serde_json::from_str(self.body).unwrap_or_default();
        set(
            &mut envelope,
            response::TRANSACTION_ID,
            Some(transaction_id),
        );
        set(&mut envelope, response::EXTRA, extra);
        if let Some(data) = envelope.get_mut(response::DATA) {
            set(data, request::SIGNATURE_ID, signature_id);
        }
        envelope
    }
}

/// Sets a member that is there already.
fn set(object: &mut Value, member: &str, text: Option<&str>) {
    if let (Some(member), Some(text)) = (object.get_mut(member), text) {
        *member = text.into();
    }
}
