//! Another message, or another code, for an answer that the contract knows.

use face_search_enroll_contract::Match;

use super::added::added;
use crate::{
    edit::Edit,
    finding::Open,
    settle::{
        near::is_near,
        ways::{
            candidate::Candidate,
            code::{alone, list, listed},
            example::as_new,
            known::Known,
            meaning::{add_example, add_rule, claimed, of_new, rule, sourced},
            pair::{Pair, in_table, own_example, own_rules, printed},
        },
    },
    source::{EARLIER, OF_TABLE},
    yaml::quoted,
};

/// The ways to settle a changed message, or a changed code, of an answer that the contract has.
pub(super) fn changed(known: Known<'_>, new: Pair<'_>, old: Pair<'_>) -> Vec<Candidate> {
    let own = own_example(known, old);
    let rules = own_rules(known, old);
    let outcome = own.map(|own| own.outcome.as_str());
    let outcome = outcome.or(rules.first().map(|(outcome, _)| *outcome));
    let Some(outcome) = outcome else {
        return added(known, new);
    };
    let body = printed(known, new);
    if in_table(known, old) || printed(known, old).is_some() {
        // The page states both.
        let mut edits = match body {
            Some(body) => vec![add_example(known, outcome, new.0, body)],
            None => vec![add_rule(known, outcome, new, None)],
        };
        if let Some(own) = own.filter(|own| own.source.is_none())
            && printed(known, old).is_none()
        {
            edits.extend(sourced(known, own, OF_TABLE));
        }
        edits.extend(claimed(known, outcome, new.0));
        let what = format!("add it as another message of {outcome}");
        return doubted(known, new, old, vec![Candidate::new(what, edits)]);
    }
    let set = |pair, source| {
        let rules = rules.iter().map(|(_, place)| place.clone());
        rules.map(move |place| place.set(rule(pair, source)))
    };
    let mut replaced = match (own, body) {
        (Some(own), _) => as_new(known, own, new, body),
        (None, Some(body)) => vec![add_example(known, outcome, new.0, body)],
        (None, None) => Vec::new(),
    };
    let mut kept: Vec<_> = EARLIER.named(known.contract).into_iter().collect();
    if new.0 == old.0 {
        kept.extend(replaced.iter().cloned());
        if rules.is_empty() {
            kept.push(add_rule(known, outcome, old, Some(EARLIER)));
        } else if body.is_none() {
            kept.push(add_rule(known, outcome, new, None));
        }
    } else {
        replaced.extend(renamed(known, new.0, old.0));
        // The example keeps its code for those who ask for it by name.
        kept.extend(own.and_then(|own| sourced(known, own, EARLIER).pop()));
        kept.push(match body {
            Some(body) => add_example(known, outcome, new.0, body),
            None => add_rule(known, outcome, new, None),
        });
        kept.extend(list(known, new.0));
        kept.extend(claimed(known, outcome, new.0));
    }
    replaced.extend(set(new, None));
    kept.extend(set(old, Some(EARLIER)));
    let what = format!("add it, and keep the old one as another message of {outcome}");
    let ways = vec![
        Candidate::new("replace the old one", replaced),
        Candidate::new(what, kept),
    ];
    doubted(known, new, old, ways)
}

/// If the messages are not similar and the code has several, the message may be a new one. A person must
/// decide.
fn doubted(known: Known<'_>, new: Pair<'_>, old: Pair<'_>, ways: Vec<Candidate>) -> Vec<Candidate> {
    let rules = known.operation.outcomes.iter().flat_map(|it| &it.rules);
    let messages = rules.filter(|rule| *rule.code == old.0 && rule.message != Match::Any);
    if is_near(new.1, old.1) || messages.count() < 2 {
        return ways;
    }
    let ways = ways.into_iter().map(|way| way.open(Open::Choice));
    ways.chain([of_new(known, new).open(Open::Names)]).collect()
}

/// The edits that replace a code in the lists of codes.
fn renamed(known: Known<'_>, new: &str, old: &str) -> Vec<Edit> {
    let mut rows = known.page.response_codes.iter();
    if rows.any(|row| row.code == old) {
        return list(known, new).into_iter().collect();
    }
    let entry = listed(known).item(old);
    let entry = match list(known, new) {
        Some(_) => entry.set(quoted(new)),
        None => entry.remove(),
    };
    let claim = alone(known, old).map(|claim| match alone(known, new) {
        None => claim.set(quoted(new)),
        Some(_) => claim.remove(),
    });
    std::iter::once(entry).chain(claim).collect()
}
