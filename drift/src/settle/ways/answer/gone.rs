//! An answer that the page does not state any more.

use face_search_enroll_contract::{Match, Rule};

use crate::{
    edit::Place,
    settle::ways::{
        candidate::Candidate,
        code::emptied,
        known::Known,
        meaning::{rule, sourced},
        pair::{Pair, in_table, own_example, own_rules, printed},
    },
    source::{EARLIER, OF_TABLE},
};

/// The ways to settle an answer that the page no longer states, or states in only one of two places.
pub(super) fn gone(known: Known<'_>, old: Pair<'_>) -> Vec<Candidate> {
    let own = own_example(known, old);
    match (in_table(known, old), printed(known, old)) {
        (true, None) => {
            let edits = own.map(|own| sourced(known, own, OF_TABLE));
            let what = "mark the example as made from the table of codes";
            vec![Candidate::new(what, edits.unwrap_or_default())]
        }
        (false, None) => {
            let rules = own_rules(known, old);
            let example = own.map(|own| known.examples().key(&own.name));
            let mut edits: Vec<_> = example.map(Place::remove).into_iter().collect();
            let is_it = |rule: &Rule| {
                let is_message = matches!(&rule.message, Match::Exactly(text) if text == old.1);
                is_message && *rule.code == old.0
            };
            let emptied = emptied(known, is_it);
            let staying = rules.iter().filter(|(name, _)| !emptied.contains(name));
            edits.extend(staying.map(|(_, it)| it.clone().remove()));
            edits.extend(emptied.into_iter().map(|name| known.outcome(name).remove()));
            let mut kept: Vec<_> = EARLIER.named(known.contract).into_iter().collect();
            if let Some(own) = own {
                let named = sourced(known, own, EARLIER).pop();
                kept.extend(named);
            }
            let rules = rules.into_iter();
            kept.extend(rules.map(|(_, it)| it.set(rule(old, Some(EARLIER)))));
            vec![
                Candidate::new("remove it", edits),
                Candidate::new("keep it, and name its source", kept),
            ]
        }
        _ => Vec::new(),
    }
}
