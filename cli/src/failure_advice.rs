//! What to do about a call that did not enroll: for its outcome by the contract, else for how far it
//! got.

use face_search_enroll::{NoToken, Outcome, Stage, TokenError, TokenOutcome};

use crate::exit::Exit;

/// What a call that got this far and has no outcome means.
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
        summary: "What was given is no signature id, and nothing was sent.",
        action: "Correct it where it comes from.",
        may_have_enrolled: false,
    },
    StageAdvice {
        stage: Stage::Token,
        summary: "There was no access token, and nothing was sent.",
        action: "Look at the keys or at what else gives the token, then run again.",
        may_have_enrolled: false,
    },
    StageAdvice {
        stage: Stage::Connect,
        summary: "No connection to the server could be made, and nothing was sent.",
        action: "Check the network, the proxy and the certificates, then run again.",
        may_have_enrolled: false,
    },
    StageAdvice {
        stage: Stage::NoAnswer,
        summary: "The request was sent, and no answer came in time.",
        action: "Run again: if the face is enrolled, that answer will say so.",
        may_have_enrolled: true,
    },
    StageAdvice {
        stage: Stage::Unreadable,
        summary: "An answer came that is not the endpoint's.",
        action: "Look at what is between this machine and the server, such as a proxy, then run again.",
        may_have_enrolled: true,
    },
];

impl StageAdvice {
    /// By the name that stands in records.
    pub(crate) fn find(stage: &str) -> Option<Self> {
        let mut stages = STAGES.into_iter();
        stages.find(|advice| advice.stage.as_str() == stage)
    }
}

/// What it means that there is no token.
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

    /// A call for a token changes nothing, so that there is less to say of one without an answer.
    fn of_stage(stage: Stage) -> Self {
        let advice = StageAdvice::find(stage.as_str());
        let advice = advice.map(|advice| (advice.summary, advice.action));
        let (summary, action) = match stage {
            Stage::NoAnswer => ("No answer came in time.", "Run again."),
            _ => advice.unwrap_or_default(),
        };
        Self {
            summary,
            action,
            exit: Exit::Failed,
        }
    }
}

/// The outcome of a call for a token that was refused for the whole account.
pub(crate) fn refused_account(no_token: &NoToken) -> Option<TokenOutcome> {
    let outcome = no_token.token_error().and_then(TokenError::outcome);
    outcome.filter(|outcome| outcome.is_account_wide())
}

/// What to do about an outcome, or a stage, by its name.
pub(crate) fn action(name: &str) -> Option<&'static str> {
    let outcome = name.parse().ok().map(Outcome::action);
    outcome.or_else(|| StageAdvice::find(name).map(|advice| advice.action))
}
