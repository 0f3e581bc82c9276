//! Looks up the outcome of an answer by the claims of all outcomes. A claim that moved but means
//! the same is not a change of meaning.
//!
//! It reads the tree and not the typed contract, because an old release must stay readable even if
//! the contract reader becomes stricter.

use face_search_enroll_contract::yaml::Node;

use crate::{
    claim::{Claim, Claimed},
    located::LocatedNode,
};

/// All claims of a contract.
#[derive(Debug)]
pub(crate) struct OutcomeLookup<'n> {
    /// In the order in which the client checks them: by outcome, those of the operation first.
    claims: Vec<Claimed<'n>>,
    /// The entries that define an outcome. Other entries only add to one.
    definitions: Vec<LocatedNode<'n>>,
    /// The outcome of answers that match no other outcome.
    pub(crate) default: Option<LocatedNode<'n>>,
}

impl<'n> OutcomeLookup<'n> {
    pub(crate) fn of(root: &LocatedNode<'n>) -> Self {
        let list =
            |list: Option<LocatedNode<'n>>| list.map_or_else(Vec::new, |list| list.children());
        let paths = list(root.get("paths")).into_iter();
        let mut operations = paths.flat_map(|path| path.children());
        let operation = operations.find(LocatedNode::is_method);
        let own = list(operation.as_ref().and_then(|node| node.get("x-outcomes")));
        let examples = operation
            .as_ref()
            .map_or_else(Vec::new, Claimed::of_examples);

        let platform = list(root.get("x-platform-outcomes"));
        let (additions, others): (Vec<_>, Vec<_>) = platform
            .into_iter()
            .partition(|entry| own.iter().any(|outcome| outcome.name == entry.name));
        let definitions: Vec<_> = own.into_iter().chain(others).collect();
        let mut claims = Vec::new();
        for outcome in &definitions {
            claims.extend(Claimed::of_outcome(outcome));
            let of_examples = examples.iter();
            let of_examples = of_examples.filter(|example| example.outcome == outcome.name);
            claims.extend(of_examples.cloned());
            let more = additions.iter().filter(|more| more.name == outcome.name);
            claims.extend(more.flat_map(Claimed::of_outcome));
        }
        let default = definitions.iter().find(|outcome| is_default(outcome.node));
        Self {
            claims,
            default: default.cloned(),
            definitions,
        }
    }

    /// This claim in the contract.
    pub(crate) fn find(&self, claim: &Claim) -> Option<&Claimed<'n>> {
        self.claims.iter().find(|claimed| claimed.claim == *claim)
    }

    /// The claim at this pointer.
    pub(crate) fn at(&self, pointer: &str) -> Option<&Claimed<'n>> {
        let mut claims = self.claims.iter();
        claims.find(|claimed| claimed.located.pointer == pointer)
    }

    /// The entry that defines the outcome.
    pub(crate) fn definition(&self, outcome: &str) -> Option<&LocatedNode<'n>> {
        let mut definitions = self.definitions.iter();
        definitions.find(|definition| definition.name == outcome)
    }

    /// Whether the entry defines its outcome, instead of adding to an outcome of the other list.
    pub(crate) fn defines(&self, entry: &LocatedNode<'_>) -> bool {
        let definition = self.definition(&entry.name);
        definition.is_some_and(|definition| definition.pointer == entry.pointer)
    }

    /// The outcome of an answer that fits `claim`, only by its message: the exact message, or the
    /// first matching text in it.
    pub(crate) fn by_message(&self, claim: &Claim) -> Option<&str> {
        let found = match claim {
            Claim::Code(_) | Claim::Status(_) => self.find(claim),
            Claim::Message { code, text } => self.find(claim).or_else(|| self.searched(code, text)),
            Claim::Containing { code, text } => self.searched(code, text),
        };
        found.map(|claimed| claimed.outcome.as_str())
    }

    fn searched(&self, code: &str, text: &str) -> Option<&Claimed<'n>> {
        let mut searches = self.searches();
        searches.find(|claimed| {
            matches!(&claimed.claim, Claim::Containing { code: other, text: part }
                if code == other && text.contains(part))
        })
    }

    /// The outcome of an answer that fits `claim`. As in the client, the message decides, then the
    /// code, then the default. A status without an outcome has none.
    pub(crate) fn outcome_of(&self, claim: &Claim) -> Option<&str> {
        let by_code = || match claim {
            Claim::Message { code, .. } | Claim::Containing { code, .. } => {
                self.by_message(&Claim::Code(code.clone()))
            }
            Claim::Code(_) | Claim::Status(_) => None,
        };
        let default = || match claim {
            Claim::Status(_) => None,
            _ => self.default.as_ref().map(|outcome| outcome.name.as_str()),
        };
        self.by_message(claim).or_else(by_code).or_else(default)
    }

    /// The texts that messages are searched for, in the order of the search.
    pub(crate) fn searches(&self) -> impl Iterator<Item = &Claimed<'n>> {
        let claims = self.claims.iter();
        claims.filter(|claimed| matches!(claimed.claim, Claim::Containing { .. }))
    }
}

pub(crate) fn is_default(outcome: &Node) -> bool {
    outcome.get("default").and_then(Node::as_bool) == Some(true)
}
