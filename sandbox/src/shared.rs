//! The data that the handlers of all requests share.

use std::sync::Arc;

use face_search_enroll_contract::Answer;

use crate::{
    operation::ServedOperation,
    reply::{Reply, UnknownExample},
    settings::Settings,
    state::State,
};

/// The operations of the contract, the settings of the sandbox, and the state that requests change.
pub(crate) struct Shared {
    pub(crate) operations: Vec<ServedOperation>,
    pub(crate) settings: Settings,
    pub(crate) state: State,
}

impl Shared {
    /// A reply with the example of this name from any operation.
    pub(crate) fn example(&self, name: &str) -> Result<Reply, UnknownExample> {
        find_example(&self.operations, name)
    }

    /// The answer with this name from the operation, or else from another one.
    pub(crate) fn answer_named<'s>(
        &'s self,
        operation: &'s ServedOperation,
        name: &str,
    ) -> Option<&'s Arc<Answer>> {
        let others = self.operations.iter();
        let mut all = std::iter::once(operation).chain(others);
        all.find_map(|operation| operation.answers.named(name))
    }
}

/// A reply with the example of this name from these operations.
pub(crate) fn find_example(
    operations: &[ServedOperation],
    name: &str,
) -> Result<Reply, UnknownExample> {
    let answers = operations
        .iter()
        .flat_map(|operation| operation.answers.iter());
    let mut known: Vec<String> = Vec::new();
    for answer in answers {
        if answer.name == name {
            return Ok(Reply::example(name));
        }
        if !known.contains(&answer.name) {
            known.push(answer.name.clone());
        }
    }
    Err(UnknownExample {
        name: name.to_owned(),
        known,
    })
}
