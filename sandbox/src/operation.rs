//! An operation as the server needs it: its path, its checks and its answers.

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
    /// `None` if the operation takes no token.
    pub(crate) token_header: Option<HeaderName>,
    pub(crate) media_type: String,
    pub(crate) fields: Vec<Field>,
    /// The field that identifies what the operation changes, if it changes something.
    pub(crate) effect_of: Option<String>,
    /// What the operation issues, if anything.
    pub(crate) issues: Option<Issued>,
    /// The body of the first example of a request, as JSON.
    pub(crate) request_example: String,
    pub(crate) answers: Answers,
    /// The name of the outcome for each condition.
    conditions: Vec<(Condition, String)>,
    /// The name of the outcome for each HTTP status.
    statuses: Vec<(u16, String)>,
    default_outcome: String,
}

/// The members in the data of an answer that issues something.
#[derive(Debug)]
pub(crate) struct Issued {
    /// The member with the secret that is issued.
    pub(crate) secret: String,
    /// The member with the time when the secret expires.
    pub(crate) expiry: Option<String>,
}

impl ServedOperation {
    /// The operations of a contract, in the order of the file.
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
            // The server uses OPTIONS for the preflight requests of browsers.
            .filter(|method| method != Method::OPTIONS)
            .ok_or_else(|| unusable("a method that can be served"))?;
        // The router would panic on a path with parameters.
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
            // Without an example, show an empty request.
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

    /// The answer for a condition. If the contract has none, the answer for a more general
    /// condition.
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

    /// The answer to a request that is rejected with this HTTP status.
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
