//! What the handlers of all requests share.

use std::{sync::Arc, time::Duration};

use serde_json::Value;

use crate::{
    body::Members,
    issuing::Issuing,
    operation::ServedOperation,
    reply::{Reply, UnknownExample},
    settings::Settings,
    state::State,
};

/// What the contract says, what the sandbox was set up with, and what requests change.
pub(crate) struct Shared {
    /// In the order of the contract.
    pub(crate) operations: Vec<Arc<ServedOperation>>,
    pub(crate) settings: Settings,
    pub(crate) state: State,
}

impl Shared {
    pub(crate) fn operation(&self, id: &str) -> Option<&ServedOperation> {
        let mut operations = self.operations.iter();
        let found = operations.find(|operation| *operation.facts.id == id);
        found.map(|operation| &**operation)
    }

    /// The operations that are served at `path`.
    pub(crate) fn at<'s>(
        &'s self,
        path: &'s str,
    ) -> impl Iterator<Item = &'s Arc<ServedOperation>> {
        let operations = self.operations.iter();
        operations.filter(move |operation| *operation.facts.path == path)
    }

    /// The reply with the example of this name of whichever operation is called.
    pub(crate) fn example(&self, name: &str) -> Result<Reply, UnknownExample> {
        find_example(self.operations.iter().map(|operation| &**operation), name)
    }

    /// Whether an operation takes this token: any if the sandbox has no keys, or else one that it has
    /// issued.
    pub(crate) fn takes(&self, token: &str) -> bool {
        self.settings.keys.is_empty() || self.state.is_issued(token, self.settings.clock.now())
    }

    /// A new token, and when it expires, as members of an answer's data.
    pub(crate) fn issue<'i>(
        &self,
        issuing: &'i Issuing,
        request: Option<&Members>,
    ) -> impl Iterator<Item = (&'i str, Value)> {
        let life = self.settings.token_life;
        let life = life.unwrap_or_else(|| issuing.life(request));
        let now = self.settings.clock.now();
        let expiry = now.saturating_add(milliseconds(life));
        let token = format!("{:032x}", fastrand::u128(..));
        // Without keys any token is taken.
        if !self.settings.keys.is_empty() {
            self.state.issue(&token, expiry, now);
        }
        let token = (&*issuing.token, token.into());
        let expiry = issuing.expiry.as_deref().map(|name| (name, expiry.into()));
        [token].into_iter().chain(expiry)
    }
}

/// The reply with the example of this name, which one of `operations` must have.
pub(crate) fn find_example<'o>(
    operations: impl Iterator<Item = &'o ServedOperation>,
    name: &str,
) -> Result<Reply, UnknownExample> {
    let mut known: Vec<String> = Vec::new();
    for answer in operations.flat_map(|operation| operation.answers.iter()) {
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

fn milliseconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}
