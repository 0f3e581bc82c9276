//! What the handlers of all requests share.

use crate::{
    operation::ServedOperation,
    reply::{Reply, UnknownExample},
    settings::Settings,
    state::State,
};

/// What the contract says, what the sandbox was set up with, and what requests change.
pub(crate) struct Shared {
    pub(crate) operation: ServedOperation,
    pub(crate) settings: Settings,
    pub(crate) state: State,
}

impl Shared {
    /// The reply with the example of this name.
    pub(crate) fn example(&self, name: &str) -> Result<Reply, UnknownExample> {
        let answers = &self.operation.answers;
        answers
            .named(name)
            .map(Reply::answer)
            .ok_or_else(|| UnknownExample {
                name: name.to_owned(),
                known: answers.iter().map(|answer| answer.name.clone()).collect(),
            })
    }
}
