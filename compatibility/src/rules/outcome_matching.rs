//! Matches the outcomes of the release and the contract. An outcome may move between the list of
//! the operation and the list of the platform.

use crate::{
    comparison::Comparison,
    difference::{Difference, Relation},
    located::LocatedNode,
    matching::{MatchBy, matched},
};

/// Matches the outcomes of one list. An entry that defines an outcome matches another that defines
/// one, in either list. An entry that adds to an outcome matches another that adds.
pub(crate) fn matched_outcomes<'n>(
    comparison: &Comparison<'n>,
    was: Vec<LocatedNode<'n>>,
    is: Vec<LocatedNode<'n>>,
) -> Vec<Difference<'n>> {
    let (before, now) = (&comparison.was.outcomes, &comparison.is.outcomes);
    let (old, old_additions): (Vec<_>, Vec<_>) =
        was.into_iter().partition(|entry| before.defines(entry));
    let (mut new, new_additions): (Vec<_>, Vec<_>) =
        is.into_iter().partition(|entry| now.defines(entry));

    // An outcome that moved to the other list is matched here, and not again from that list.
    let has = |list: &[LocatedNode<'n>], name: &str| list.iter().any(|entry| entry.name == name);
    let (stayed, left): (Vec<_>, Vec<_>) = old
        .into_iter()
        .partition(|old| has(&new, &old.name) || now.definition(&old.name).is_none());
    new.retain(|new| has(&stayed, &new.name) || before.definition(&new.name).is_none());

    let mut all = matched(MatchBy::KeyOrContent, stayed, new);
    all.extend(left.into_iter().map(|old| {
        let new = now.definition(&old.name).cloned();
        Difference::new(Some(old), new, Relation::Moved)
    }));
    all.extend(matched(MatchBy::Key, old_additions, new_additions));
    // In the order of the contract, and then those that are gone.
    all.sort_by_key(|entry| {
        let at = entry.is.as_ref().map(|is| is.at);
        (at.is_none(), at)
    });
    all
}
