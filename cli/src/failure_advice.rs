//! What to do about a call that did not enroll: by its outcome according to the contract, or else by its
//! stage, which says how far it got.

use face_search_enroll::{NoToken, Outcome, Stage, TokenError, TokenOutcome};

use crate::exit::Exit;

/// The meaning of a call that ended at this stage without an outcome.
#[derive(Debug, Clone, Copy)]
pub(crate) struct StageAdvice {
    pub(crate) stage: Stage,
    pub(crate) summary: &'static str,
    pub(crate) action: &'static str,
    pub(crate) may_have_enrolled: bool,
}

const STAGES: [StageAdvice; 5] = [
    StageAdvice {
        stage: Stage::Invalid,
        summary: "The input is not a valid signature id, so nothing was sent.",
        action: "Correct the id in the input.",
        may_have_enrolled: false,
    },
    StageAdvice {
        stage: Stage::Token,
        summary: "There was no access token, so nothing was sent.",
        action: "Check the keys or the source of the token, then run again.",
        may_have_enrolled: false,
    },
    StageAdvice {
        stage: Stage::Connect,
        summary: "No connection to the server could be made, so nothing was sent.",
        action: "Check the network, the proxy and the certificates, then run again.",
        may_have_enrolled: false,
    },
    StageAdvice {
        stage: Stage::NoAnswer,
        summary: "The request was sent, but no complete response arrived in time.",
        action: "Run again: if the face is enrolled by now, the response will say so.",
        may_have_enrolled: true,
    },
    StageAdvice {
        stage: Stage::Unreadable,
        summary: "The response is not one that the endpoint sends.",
        action: "Check what is between this machine and the server, such as a proxy, then run again.",
        may_have_enrolled: true,
    },
];

impl StageAdvice {
    /// Finds the advice by the name of the stage in records.
    pub(crate) fn find(stage: &str) -> Option<Self> {
        let mut stages = STAGES.into_iter();
        stages.find(|advice| advice.stage.as_str() == stage)
    }
}

/// The meaning of a failure to get a token.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TokenAdvice {
    pub(crate) summary: &'static str,
    pub(crate) action: &'static str,
    pub(crate) exit: Exit,
}

impl TokenAdvice {
    pub(crate) fn of(no_token: &NoToken) -> Self {
        let Some(error) = no_token.token_error() else {
            return Self::of_stage(Stage::Token);
        };
        match error.outcome() {
            Some(outcome) => Self {
                summary: outcome.summary(),
                action: outcome.action(),
                exit: if outcome.is_retryable() {
                    Exit::Failed
                } else {
                    Exit::Rejected
                },
            },
            None => Self::of_stage(error.stage()),
        }
    }

    /// A request for a token changes nothing on the server, so a missing response needs less advice.
    fn of_stage(stage: Stage) -> Self {
        let advice = StageAdvice::find(stage.as_str());
        let advice = advice.map(|advice| (advice.summary, advice.action));
        let (summary, action) = match stage {
            Stage::NoAnswer => ("No complete response arrived in time.", "Run again."),
            _ => advice.unwrap_or_default(),
        };
        Self {
            summary,
            action,
            exit: Exit::Failed,
        }
    }
}

/// The outcome of a request for a token, if it affects every call of the account.
pub(crate) fn refused_account(no_token: &NoToken) -> Option<TokenOutcome> {
    let outcome = no_token.token_error().and_then(TokenError::outcome);
    outcome.filter(|outcome| outcome.is_account_wide())
}

/// What to do about an outcome or a stage, by its name.
pub(crate) fn action(name: &str) -> Option<&'static str> {
    let outcome = name.parse().ok().map(Outcome::action);
    outcome.or_else(|| StageAdvice::find(name).map(|advice| advice.action))
}
