//! What a call means that somebody saved, by the contract.

use face_search_enroll::{InFaceSet, Outcome, Retry, Stage};
use serde::Serialize;

use super::saved_call::SavedCall;
use crate::failure_advice::StageAdvice;

/// What something means.
#[derive(Debug, Serialize)]
pub(crate) struct Explanation {
    pub(crate) subject: SavedCall,
    pub(crate) outcome: Option<&'static str>,
    pub(crate) stage: Option<&'static str>,
    pub(crate) summary: &'static str,
    pub(crate) action: &'static str,
    pub(crate) retry: &'static str,
    /// The same for people.
    #[serde(skip)]
    pub(crate) repeat: &'static str,
    pub(crate) in_face_set: &'static str,
    pub(crate) account_wide: bool,
    /// What the same code may also mean, with another message.
    pub(crate) other_outcomes: Vec<OtherOutcome>,
}

#[derive(Debug, Serialize)]
pub(crate) struct OtherOutcome {
    pub(crate) outcome: &'static str,
    pub(crate) summary: &'static str,
}

impl Explanation {
    /// What is said of a call, by its outcome or else by how far it got.
    ///
    /// # Errors
    ///
    /// If it has an outcome or a stage that is not known.
    pub(crate) fn of(subject: SavedCall) -> Result<Self, String> {
        let code = subject.code.as_deref();
        let outcome = match (&subject.outcome, code, &subject.stage) {
            (Some(name), ..) => {
                let unknown = |_| format!("unknown outcome {name:?}; is it of a newer version?");
                Some(name.parse().map_err(unknown)?)
            }
            (None, Some(code), _) => {
                let message = subject.message.as_deref().unwrap_or_default();
                Some(Outcome::classify(code, message))
            }
            (None, None, None) => subject.http_status.and_then(Outcome::of_status),
            (None, None, Some(_)) => None,
        };
        if let Some(outcome) = outcome {
            return Ok(Self::of_outcome(subject, outcome));
        }
        let stage = subject.stage.as_deref();
        let stage = stage.unwrap_or(Stage::Unreadable.as_str());
        let advice = StageAdvice::find(stage)
            .ok_or_else(|| format!("unknown stage {stage:?}; is it of a newer version?"))?;
        Ok(Self::of_stage(subject, advice))
    }

    fn of_stage(subject: SavedCall, advice: StageAdvice) -> Self {
        let (retry, repeat) = retry_names(match advice.stage {
            Stage::Invalid => Retry::Never,
            _ => Retry::Backoff,
        });
        Self {
            subject,
            outcome: None,
            stage: Some(advice.stage.as_str()),
            summary: advice.summary,
            action: advice.action,
            retry,
            repeat,
            in_face_set: if advice.may_have_enrolled {
                "unknown"
            } else {
                "no"
            },
            account_wide: false,
            other_outcomes: Vec::new(),
        }
    }

    fn of_outcome(subject: SavedCall, outcome: Outcome) -> Self {
        let code = subject.code.as_deref();
        let others = Outcome::ALL.iter().filter(|other| {
            **other != outcome && code.is_some_and(|code| other.codes().contains(&code))
        });
        let other_outcomes = others
            .map(|other| OtherOutcome {
                outcome: other.as_str(),
                summary: other.summary(),
            })
            .collect();
        let (retry, repeat) = retry_names(outcome.retry());
        Self {
            subject,
            outcome: Some(outcome.as_str()),
            stage: None,
            summary: outcome.summary(),
            action: outcome.action(),
            retry,
            repeat,
            in_face_set: match outcome.in_face_set() {
                InFaceSet::Yes => "yes",
                InFaceSet::No => "no",
                _ => "unknown",
            },
            account_wide: outcome.is_account_wide(),
            other_outcomes,
        }
    }
}

/// As the contract names it, and for people.
fn retry_names(retry: Retry) -> (&'static str, &'static str) {
    match retry {
        Retry::Backoff => ("backoff", "after a delay"),
        Retry::Throttled => (
            "throttled",
            "after the delay that the server asks for, and slower",
        ),
        Retry::RefreshToken => ("refresh-token", "once, with a new token"),
        _ => ("never", "no"),
    }
}

/// The codes of the contract, in its order.
pub(crate) fn known_codes() -> Vec<&'static str> {
    let mut known = Vec::new();
    for code in Outcome::ALL.iter().flat_map(|outcome| outcome.codes()) {
        if !known.contains(code) {
            known.push(*code);
        }
    }
    known
}
