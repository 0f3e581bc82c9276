//! Matches the entries of the release and the contract: by key, by what identifies an item in a
//! list, or by equal content under another name.

use serde_json::Value as Json;

use crate::{
    claim::Claim,
    difference::{Difference, Relation},
    located::LocatedNode,
};

/// What identifies an entry of a mapping or a list.
#[derive(Debug, Clone, Copy)]
pub(crate) enum MatchBy {
    /// The key.
    Key,
    /// The key in any case, as for the name of a header.
    KeyInAnyCase,
    /// The key, or else the content. Equal content under another key is a renamed entry.
    KeyOrContent,
    /// The key, or else being the only unmatched entry on each side.
    KeyOrAlone,
    /// The key, or else being the only unmatched method on each side.
    Method,
    /// The value of an item.
    Value,
    /// The values of an item at these paths. Items that the first path does not match are matched
    /// by the next.
    Fields(&'static [&'static [&'static str]]),
    /// The code, message or status that an item claims.
    Claim,
}

/// Matches the entries. The result has the entries of the contract in order, and then those that
/// are gone.
pub(crate) fn matched<'n>(
    by: MatchBy,
    was: Vec<LocatedNode<'n>>,
    is: Vec<LocatedNode<'n>>,
) -> Vec<Difference<'n>> {
    let mut matching = Matching {
        gone: was.into_iter().map(Some).collect(),
        found: is
            .into_iter()
            .map(|is| Difference::new(None, Some(is), Relation::Same))
            .collect(),
    };
    let by_name = |was: &LocatedNode<'_>, is: &LocatedNode<'_>| was.name == is.name;
    match by {
        MatchBy::Key => matching.join(Relation::Same, by_name),
        MatchBy::KeyInAnyCase => matching.join(Relation::Same, |was, is| {
            was.name.eq_ignore_ascii_case(&is.name)
        }),
        MatchBy::KeyOrContent => {
            matching.join(Relation::Same, by_name);
            matching.join(Relation::Renamed, |was, is| {
                was.node.to_json() == is.node.to_json()
            });
        }
        MatchBy::KeyOrAlone => {
            matching.join(Relation::Same, by_name);
            matching.join_alone(|_| true);
        }
        MatchBy::Method => {
            matching.join(Relation::Same, by_name);
            matching.join_alone(LocatedNode::is_method);
        }
        MatchBy::Value => matching.join_fields(&[&[]]),
        MatchBy::Fields(paths) => matching.join_fields(paths),
        MatchBy::Claim => {
            let claim = |item: &LocatedNode<'_>| Some(Claim::of(item.node)?.to_string().into());
            matching.call_by(claim);
            matching.join_by(claim);
        }
    }
    let gone = matching.gone.into_iter().flatten();
    let gone = gone.map(|was| Difference::new(Some(was), None, Relation::Same));
    matching.found.into_iter().chain(gone).collect()
}

struct Matching<'n> {
    gone: Vec<Option<LocatedNode<'n>>>,
    found: Vec<Difference<'n>>,
}

impl<'n> Matching<'n> {
    /// Joins each new entry with the first gone entry that belongs to it.
    fn join(
        &mut self,
        relation: Relation,
        belong: impl Fn(&LocatedNode<'n>, &LocatedNode<'n>) -> bool,
    ) {
        for new in self.found.iter_mut().filter(|new| new.was.is_none()) {
            let Some(is) = &new.is else { continue };
            let belongs = |was: &LocatedNode<'n>| belong(was, is);
            let mut gone = self.gone.iter_mut();
            if let Some(found) = gone.find(|was| was.as_ref().is_some_and(belongs)) {
                (new.was, new.relation) = (found.take(), relation);
            }
        }
    }

    /// Joins a new entry with a gone one if each is the only one that counts.
    fn join_alone(&mut self, counts: impl Fn(&LocatedNode<'n>) -> bool) {
        let gone = self.gone.iter().flatten().filter(|was| counts(was));
        let new = self.found.iter().filter(|new| new.was.is_none());
        let new = new.filter(|new| new.is.as_ref().is_some_and(&counts));
        if (gone.count(), new.count()) == (1, 1) {
            self.join(Relation::Renamed, |was, is| counts(was) && counts(is));
        }
    }

    /// Joins items with equal values at the first of `paths`, and then at the others. The value at
    /// the first path becomes the name.
    fn join_fields(&mut self, paths: &[&[&str]]) {
        for (index, path) in paths.iter().enumerate() {
            let field = |item: &LocatedNode<'_>| Some(item.node.at_path(path)?.to_json());
            if index == 0 {
                self.call_by(field);
            }
            self.join_by(field);
        }
    }

    /// Names items by a value instead of by their index.
    fn call_by(&mut self, value: impl Fn(&LocatedNode<'n>) -> Option<Json>) {
        let new = self.found.iter_mut().filter_map(|new| new.is.as_mut());
        for item in new.chain(self.gone.iter_mut().flatten()) {
            if let Some(value) = value(item) {
                let text = value.as_str().map(str::to_owned);
                item.name = text.unwrap_or_else(|| value.to_string());
            }
        }
    }

    /// Joins items with equal values.
    fn join_by(&mut self, value: impl Fn(&LocatedNode<'n>) -> Option<Json>) {
        self.join(Relation::Same, |was, is| {
            value(was).is_some_and(|was| value(is) == Some(was))
        });
    }
}
