//! What to do about a call that did not enroll: for its outcome by the contract, else for how far it
//! got.

use face_search_enroll::{Outcome, Stage};

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
        action: "Look at what gives the token, then run again.",
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

/// What to do about an outcome, or a stage, by its name.
pub(crate) fn action(name: &str) -> Option<&'static str> {
    let outcome = name.parse().ok().map(Outcome::action);
    outcome.or_else(|| StageAdvice::find(name).map(|advice| advice.action))
}
