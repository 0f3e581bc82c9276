//! The meaning of a saved call, according to the contract.

use std::collections::BTreeMap;

use face_search_enroll::Stage;
use face_search_enroll_contract::{Effected, Operation, Outcome, Precision, Retry, Scope};
use serde::Serialize;

use super::saved_call::SavedCall;
use crate::failure_advice::StageAdvice;

/// One meaning, with all operations that share it.
#[derive(Debug, Serialize)]
pub(crate) struct Explanation<'c> {
    pub(crate) subject: &'c SavedCall,
    pub(crate) operations: Vec<&'c str>,
    #[serde(flatten)]
    pub(crate) meaning: Meaning<'c>,
    /// Whether the effect of an operation happened, by the name of the effect.
    pub(crate) effects: BTreeMap<&'c str, &'static str>,
}

#[derive(Debug, PartialEq, Serialize)]
pub(crate) struct Meaning<'c> {
    pub(crate) outcome: Option<&'c str>,
    pub(crate) stage: Option<&'static str>,
    pub(crate) summary: &'c str,
    pub(crate) action: &'c str,
    pub(crate) retry: &'static str,
    /// The same as `retry`, for people.
    #[serde(skip)]
    pub(crate) retry_text: &'static str,
    pub(crate) account_wide: bool,
    /// The other meanings of the same code, with another message.
    pub(crate) other_outcomes: Vec<OtherOutcome<'c>>,
}

#[derive(Debug, PartialEq, Serialize)]
pub(crate) struct OtherOutcome<'c> {
    pub(crate) outcome: &'c str,
    pub(crate) summary: &'c str,
}

/// Explains a call by its outcome, or else by its stage. Operations for which the explanation is the same
/// share one.
///
/// # Errors
///
/// If the call has an unknown outcome or stage.
pub(crate) fn explain<'c>(
    subject: &'c SavedCall,
    operations: &[&'c Operation],
) -> Result<Vec<Explanation<'c>>, String> {
    let found = match (&subject.outcome, &subject.code, &subject.stage) {
        (Some(name), ..) => {
            let named = by_name(operations, name);
            if named.is_empty() {
                return Err(format!(
                    "unknown outcome {name:?}; it may come from a newer version of this command"
                ));
            }
            named
        }
        (None, Some(code), _) => by_answer(
            operations,
            code,
            subject.message.as_deref().unwrap_or_default(),
        ),
        (None, None, None) => subject
            .http_status
            .map_or_else(Vec::new, |status| by_status(operations, status)),
        (None, None, Some(_)) => Vec::new(),
    };
    if found.is_empty() {
        let stage = subject.stage.as_deref();
        let stage = stage.unwrap_or(Stage::Unreadable.as_str());
        let advice = StageAdvice::find(stage).ok_or_else(|| {
            format!("unknown stage {stage:?}; it may come from a newer version of this command")
        })?;
        return Ok(vec![Explanation::of_stage(subject, operations, advice)]);
    }
    let mut explanations: Vec<Explanation<'c>> = Vec::new();
    for (operation, outcome) in found {
        let next = Explanation::of_outcome(subject, operation, outcome);
        let mut before = explanations.iter_mut();
        match before.find(|before| before.meaning == next.meaning) {
            Some(same) => {
                same.operations.extend(next.operations);
                same.effects.extend(next.effects);
            }
            None => explanations.push(next),
        }
    }
    Ok(explanations)
}

type Found<'c> = Vec<(&'c Operation, &'c Outcome)>;

fn by_name<'c>(operations: &[&'c Operation], name: &str) -> Found<'c> {
    let with_name = |operation: &&'c Operation| {
        let mut outcomes = operation.outcomes.iter();
        let outcome = outcomes.find(|outcome| outcome.name.eq_ignore_ascii_case(name))?;
        Some((*operation, outcome))
    };
    operations.iter().filter_map(with_name).collect()
}

/// The operations that classify the response most precisely.
fn by_answer<'c>(operations: &[&'c Operation], code: &str, message: &str) -> Found<'c> {
    let classify = |operation: &&'c Operation| {
        let (outcome, precision) = operation.classify(code, message)?;
        Some((*operation, outcome, precision))
    };
    let all: Vec<_> = operations.iter().filter_map(classify).collect();
    let most = all.iter().map(|(.., precision)| *precision);
    let most = most.max().unwrap_or(Precision::Nothing);
    let known = all.into_iter().filter(|(.., known)| *known == most);
    known
        .map(|(operation, outcome, _)| (operation, outcome))
        .collect()
}

fn by_status<'c>(operations: &[&'c Operation], status: u16) -> Found<'c> {
    let with_status = |operation: &&'c Operation| {
        let mut outcomes = operation.outcomes.iter();
        let outcome = outcomes.find(|outcome| {
            let mut statuses = outcome.statuses.iter();
            statuses.any(|known| known.value == status)
        })?;
        Some((*operation, outcome))
    };
    operations.iter().filter_map(with_status).collect()
}

impl<'c> Explanation<'c> {
    fn of_stage(subject: &'c SavedCall, operations: &[&'c Operation], advice: StageAdvice) -> Self {
        let (retry, retry_text) = retry_names(match advice.stage {
            Stage::Invalid => Retry::Never,
            _ => Retry::Backoff,
        });
        let there = if advice.may_have_enrolled {
            Effected::Unknown
        } else {
            Effected::No
        };
        let ids = operations.iter().map(|operation| operation.id.as_str());
        let effects = operations
            .iter()
            .filter_map(|operation| operation.effect.as_ref());
        Self {
            subject,
            operations: ids.collect(),
            meaning: Meaning {
                outcome: None,
                stage: Some(advice.stage.as_str()),
                summary: advice.summary,
                action: advice.action,
                retry,
                retry_text,
                account_wide: false,
                other_outcomes: Vec::new(),
            },
            effects: effects
                .map(|effect| (effect.name.as_str(), effect_name(there)))
                .collect(),
        }
    }

    fn of_outcome(subject: &'c SavedCall, operation: &'c Operation, outcome: &'c Outcome) -> Self {
        let code = subject.code.as_deref();
        let others = operation.outcomes.iter().filter(|other| {
            *other.name != *outcome.name && code.is_some_and(|code| other.codes().contains(&code))
        });
        let other_outcomes = others
            .map(|other| OtherOutcome {
                outcome: &other.name,
                summary: &other.summary,
            })
            .collect();
        let (retry, retry_text) = retry_names(retry(subject, operation, outcome));
        let effect = operation.effect.as_ref().zip(outcome.effect);
        Self {
            subject,
            operations: vec![&operation.id],
            meaning: Meaning {
                outcome: Some(&outcome.name),
                stage: None,
                summary: &outcome.summary,
                action: &outcome.action,
                retry,
                retry_text,
                account_wide: outcome.scope == Scope::Account,
                other_outcomes,
            },
            effects: effect
                .map(|(effect, there)| (effect.name.as_str(), effect_name(there)))
                .into_iter()
                .collect(),
        }
    }
}

/// The retry rule. If the outcome leaves it to the HTTP status, the status of the call decides.
fn retry(subject: &SavedCall, operation: &Operation, outcome: &Outcome) -> Retry {
    match (outcome.retry, subject.http_status) {
        (Retry::ByStatus, Some(status)) => by_status(&[operation], status)
            .first()
            .map_or(Retry::Never, |(_, outcome)| outcome.retry),
        (retry, _) => retry,
    }
}

fn effect_name(there: Effected) -> &'static str {
    match there {
        Effected::Yes => "yes",
        Effected::No => "no",
        Effected::Unknown => "unknown",
    }
}

/// The name in the contract, and the text for people.
fn retry_names(retry: Retry) -> (&'static str, &'static str) {
    match retry {
        Retry::Never => ("never", "no"),
        Retry::Backoff => ("backoff", "after a delay"),
        Retry::Throttled => (
            "throttled",
            "after the delay that the server asks for, and at a lower rate",
        ),
        Retry::RefreshToken => ("refresh-token", "once, with a new token"),
        Retry::ByStatus => ("by-status", "depends on the HTTP status"),
    }
}

/// The codes of these operations, in the order of the contract.
pub(crate) fn known_codes<'c>(operations: &[&'c Operation]) -> Vec<&'c str> {
    let mut known = Vec::new();
    let outcomes = operations.iter().flat_map(|operation| &operation.outcomes);
    for code in outcomes.flat_map(Outcome::codes) {
        if !known.contains(&code) {
            known.push(code);
        }
    }
    known
}
