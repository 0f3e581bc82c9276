//! An operation as the server needs it: what it listens for, what it demands, what it answers.

use std::sync::Arc;

use axum::{
    http::{HeaderName, Method},
    routing::MethodFilter,
};
use face_search_enroll_contract::{Answer, Condition, Contract, Field, Kind, Operation};

use crate::{answers::Answers, error::StartError};

/// The facts of the contract that the server uses.
#[derive(Debug)]
pub(crate) struct ServedOperation {
    pub(crate) id: String,
    pub(crate) method: Method,
    pub(crate) method_filter: MethodFilter,
    pub(crate) path: String,
    /// None where it takes no token.
    pub(crate) token_header: Option<HeaderName>,
    pub(crate) media_type: String,
    pub(crate) fields: Vec<Field>,
    /// The name of the field that names what the operation changes, if it changes something.
    pub(crate) effect_of: Option<String>,
    /// What it issues, if it does.
    pub(crate) issues: Option<Issued>,
    /// The body of the contract's example, as JSON.
    pub(crate) request_example: String,
    pub(crate) answers: Answers,
    /// Conditions, and the outcome of each.
    conditions: Vec<(Condition, String)>,
    /// HTTP statuses, and the outcome of each.
    statuses: Vec<(u16, String)>,
    default_outcome: String,
}

/// The members of the data of an answer that issues something.
#[derive(Debug)]
pub(crate) struct Issued {
    /// A secret.
    pub(crate) secret: String,
    /// When that expires.
    pub(crate) expiry: Option<String>,
}

impl ServedOperation {
    /// The operations of a contract, in its order.
    pub(crate) fn read_all(contract: &Contract) -> Result<Vec<Self>, StartError> {
        contract.operations.iter().map(Self::read).collect()
    }

    fn read(operation: &Operation) -> Result<Self, StartError> {
        let unusable = |what| StartError::Unusable {
            operation: operation.id.value.clone(),
            what,
        };
        let path = operation.path.value.clone();
        let method = Method::from_bytes(operation.method.as_bytes())
            .ok()
            // Browsers ask with that one before a call.
            .filter(|method| method != Method::OPTIONS)
            .ok_or_else(|| unusable("a method that can be served"))?;
        // The router panics at some paths.
        let is_parameter = |segment: &str| segment.starts_with([':', '*']);
        if !path.starts_with('/') || path.contains(['{', '}']) || path.split('/').any(is_parameter)
        {
            return Err(unusable("a path without parameters"));
        }
        let outcomes = operation.outcomes.iter();
        let conditions: Vec<_> = outcomes
            .filter_map(|outcome| Some((outcome.when?, outcome.name.value.clone())))
            .collect();
        if !conditions.iter().any(|(when, _)| *when == Condition::Done) {
            return Err(unusable("an outcome with `when: done`"));
        }
        let statuses = operation.outcomes.iter().flat_map(|outcome| {
            let statuses = outcome.statuses.iter();
            statuses.map(|status| (status.value, outcome.name.value.clone()))
        });
        let token_header = operation.token_header.as_ref().map(|header| {
            HeaderName::from_bytes(header.as_bytes())
                .map_err(|_| unusable("a token header that HTTP allows"))
        });
        let default_outcome = operation.default_outcome();
        Ok(Self {
            id: operation.id.value.clone(),
            method_filter: MethodFilter::try_from(method.clone())
                .map_err(|_| unusable("a method that can be served"))?,
            method,
            path,
            token_header: token_header.transpose()?,
            media_type: operation.request.media_type.value.clone(),
            fields: operation.request.fields.clone(),
            effect_of: operation
                .effect
                .as_ref()
                .map(|effect| effect.of.value.clone()),
            issues: issued(&operation.data),
            // Without an example, the request that leaves out all that it needs is as good as
            // another.
            request_example: operation
                .request_examples
                .first()
                .map_or_else(|| "{}".to_owned(), |example| example.body.to_string()),
            answers: Answers::new(operation.answers()),
            conditions,
            statuses: statuses.collect(),
            default_outcome: default_outcome
                .map_or_else(String::new, |outcome| outcome.name.value.clone()),
        })
    }

    /// The answer under a condition. Where the contract has none for it, the one that says the same less
    /// precisely.
    pub(crate) fn answer_when(&self, condition: Condition) -> Option<&Arc<Answer>> {
        let mut conditions = self.conditions.iter();
        let found = conditions.find(|(when, _)| *when == condition);
        if let Some((_, outcome)) = found {
            return self.answers.of(outcome);
        }
        match condition {
            Condition::DoneBefore => self.answer_when(Condition::Done),
            Condition::MissingParameter | Condition::WrongSignature | Condition::WrongTime => {
                self.answer_when(Condition::InvalidParameter)
            }
            Condition::Unauthorized => self.answer_of_status(401),
            Condition::InvalidParameter | Condition::Done => self.answer_of_status(400),
        }
    }

    /// The answer for what HTTP itself refuses.
    pub(crate) fn answer_of_status(&self, status: u16) -> Option<&Arc<Answer>> {
        let mut statuses = self.statuses.iter();
        let found = statuses.find(|(known, _)| *known == status);
        let outcome = found.map_or(&self.default_outcome, |(_, outcome)| outcome);
        self.answers.of_status(outcome, status)
    }
}

fn issued(data: &[Field]) -> Option<Issued> {
    let is_secret = |field: &&Field| field.secret && field.kind == Kind::Text;
    let name = |field: &Field| field.name.value.clone();
    Some(Issued {
        secret: data.iter().find(is_secret).map(name)?,
        expiry: data.iter().find(|field| field.clock.is_some()).map(name),
    })
}
