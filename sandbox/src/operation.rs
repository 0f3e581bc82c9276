//! An operation as the server needs it: what it listens for, what it demands, what it answers.

use axum::{
    http::{HeaderName, Method},
    routing::MethodFilter,
};
use face_search_enroll_contract::{Condition, Contract, Operation, Outcome};

use crate::{answers::Answers, error::StartError, issuing::Issuing};

/// An operation that can be served.
#[derive(Debug)]
pub(crate) struct ServedOperation {
    /// What the contract says of it.
    pub(crate) facts: Operation,
    pub(crate) method_filter: MethodFilter,
    /// The header that carries the token; none where it takes none.
    pub(crate) token_header: Option<HeaderName>,
    pub(crate) answers: Answers,
    /// How it issues tokens, if it does.
    pub(crate) issuing: Option<Issuing>,
}

impl ServedOperation {
    pub(crate) fn read(contract: &Contract, operation: &Operation) -> Result<Self, StartError> {
        let unusable = |what| StartError::Unusable {
            operation: operation.id.value.clone(),
            what,
        };
        let path = &*operation.path.value;
        // The router panics at some paths.
        let is_parameter = |segment: &str| segment.starts_with([':', '*']);
        if !path.starts_with('/') || path.contains(['{', '}']) || path.split('/').any(is_parameter)
        {
            return Err(unusable("a path without parameters"));
        }
        let header = operation.token_header.as_ref();
        let header = header.map(|header| HeaderName::from_bytes(header.as_bytes()));
        let served = Self {
            method_filter: method_filter(&operation.method)
                .ok_or_else(|| unusable("a method that can be served"))?,
            token_header: header
                .transpose()
                .map_err(|_| unusable("a token header that HTTP allows"))?,
            answers: Answers::new(operation.answers()),
            issuing: Issuing::read(contract, operation),
            facts: operation.clone(),
        };
        // Nothing else can stand in for it: every other answer would be untrue.
        if served.own_outcome(Condition::Done).is_none() {
            return Err(unusable("an outcome with when: done"));
        }
        Ok(served)
    }

    /// The outcome under this condition. Where the contract has none, it is the one that comes
    /// nearest: that of a wider condition, that of the HTTP status, or the default.
    pub(crate) fn outcome_when(&self, condition: Condition) -> Option<&Outcome> {
        let (nearest, status) = match condition {
            // Without a word for the second time, it is like the first.
            Condition::Done | Condition::DoneBefore => return self.done(condition),
            Condition::MissingParameter | Condition::WrongTime | Condition::InvalidParameter => {
                (Condition::InvalidParameter, 400)
            }
            Condition::WrongSignature | Condition::Unauthorized => (Condition::Unauthorized, 401),
        };
        self.own_outcome(condition)
            .or_else(|| self.own_outcome(nearest))
            .or_else(|| self.outcome_of_status(status))
    }

    fn done(&self, condition: Condition) -> Option<&Outcome> {
        self.own_outcome(condition)
            .or_else(|| self.own_outcome(Condition::Done))
    }

    fn own_outcome(&self, condition: Condition) -> Option<&Outcome> {
        let mut outcomes = self.facts.outcomes.iter();
        outcomes.find(|outcome| outcome.when == Some(condition))
    }

    /// The outcome that this HTTP status means, or else the default.
    pub(crate) fn outcome_of_status(&self, status: u16) -> Option<&Outcome> {
        let is_meant = |outcome: &&Outcome| outcome.statuses.iter().any(|own| **own == status);
        let mut outcomes = self.facts.outcomes.iter();
        outcomes
            .find(is_meant)
            .or_else(|| self.facts.default_outcome())
    }

    /// The body of the contract's request example, as JSON.
    pub(crate) fn request_example(&self) -> String {
        let example = self.facts.request_examples.first();
        // Without one, the request that leaves out all that it needs is as good as another.
        example.map_or_else(|| "{}".to_owned(), |example| example.body.to_string())
    }
}

fn method_filter(method: &str) -> Option<MethodFilter> {
    let method = Method::from_bytes(method.as_bytes()).ok();
    // Browsers ask with that one before a call.
    let method = method.filter(|method| method != Method::OPTIONS)?;
    MethodFilter::try_from(method).ok()
}
