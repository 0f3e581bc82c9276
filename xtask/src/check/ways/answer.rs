//! Answers: a code with a message, in the table of codes, in an example, or in both.

use face_search_enroll_contract::{Charge, Example, Match, Origin, Outcome, Precision, Rule};
use face_search_enroll_vendor_page::PrintedCharge;
use serde_json::Value as Json;

use super::{
    candidate::Candidate,
    code::{alone, emptied, list, listed},
    example,
    known::Known,
    meaning::{add_example, add_rule, claimed, of_new, own_outcome, rule, sourced},
    pair::{Pair, charge, in_table, own_example, own_rules, printed},
};
use crate::check::{
    edit::{Edit, Place},
    finding::Open,
    group::Group,
    near::is_near,
    source::{EARLIER, OF_TABLE},
    subject::Subject,
    write::quoted,
};

pub(super) fn ways(
    known: Known<'_>,
    group: &Group,
    new: Pair<'_>,
    went: Option<&Subject>,
) -> Vec<Candidate> {
    let old = match went {
        Some(Subject::Answer { code, message }) => Some((code.as_str(), message.as_str())),
        Some(Subject::Code(code)) => Some((code.as_str(), new.1)),
        _ => None,
    };
    match old {
        Some(old) => changed(known, new, old),
        None if group.is_gone() => gone(known, new),
        None => added(known, new),
    }
}

/// Another message, or another code, for what is told already.
fn changed(known: Known<'_>, new: Pair<'_>, old: Pair<'_>) -> Vec<Candidate> {
    let own = own_example(known, old);
    let rules = own_rules(known, old);
    let outcome = own.map(|own| own.outcome.as_str());
    let outcome = outcome.or(rules.first().map(|(outcome, _)| *outcome));
    let Some(outcome) = outcome else {
        return added(known, new);
    };
    let body = printed(known, new);
    if in_table(known, old) || printed(known, old).is_some() {
        // The page says both.
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
        let what = format!("write it as another message of {outcome}");
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
        // Who asks for the example by its name gets the code that it had.
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
    let what = format!("write it, and keep the old one as another message of {outcome}");
    let ways = vec![
        Candidate::new("write it in place of the old one", replaced),
        Candidate::new(what, kept),
    ];
    doubted(known, new, old, ways)
}

/// A person must say whether a message means the same as another that it is not like: where the code has
/// more than one message, it may be a new one.
fn doubted(known: Known<'_>, new: Pair<'_>, old: Pair<'_>, ways: Vec<Candidate>) -> Vec<Candidate> {
    let rules = known.operation.outcomes.iter().flat_map(|it| &it.rules);
    let messages = rules.filter(|rule| *rule.code == old.0 && rule.message != Match::Any);
    if is_near(new.1, old.1) || messages.count() < 2 {
        return ways;
    }
    let ways = ways.into_iter().map(|way| way.open(Open::Choice));
    ways.chain([of_new(known, new).open(Open::Names)]).collect()
}

/// The edits that make an example that of a new message.
fn as_new(known: Known<'_>, own: &Example, new: Pair<'_>, body: Option<&Json>) -> Vec<Edit> {
    let place = known.examples().key(&own.name);
    if let Some(body) = body {
        let mut edits = example::edits(&place, &own.body, body);
        edits.extend(own.source.iter().map(|_| place.key("x-source").remove()));
        return edits;
    }
    let value = place.key("value");
    let mut edits = Vec::new();
    for (key, was, is) in [("code", &own.code, new.0), ("message", &own.message, new.1)] {
        if was.value != is {
            edits.push(value.key(key).set(quoted(is)));
        }
    }
    if own.source.is_none() {
        edits.extend(sourced(known, own, OF_TABLE));
    }
    edits
}

/// The edits that write a code in place of another in the lists of codes.
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

/// A message that the contract has nothing of.
fn added(known: Known<'_>, new: Pair<'_>) -> Vec<Candidate> {
    let Some((outcome, precision)) = known.operation.classify(new.0, new.1) else {
        return Vec::new();
    };
    let body = printed(known, new);
    if let (Some(own), Some(body)) = (own_example(known, new), body) {
        let what = format!("write the page's body in the example {}", own.name);
        return vec![Candidate::new(what, as_new(known, own, new, Some(body)))];
    }
    match (precision, body) {
        (Precision::Message, Some(body)) => {
            let mut edits = match outcome.origin {
                Origin::Operation => Vec::new(),
                Origin::Platform => own_outcome(known, outcome, new, false),
            };
            edits.push(add_example(known, &outcome.name, new.0, body));
            let what = format!("write it as an example of {}", outcome.name);
            vec![Candidate::new(what, edits)]
        }
        (Precision::Message, None) => vec![of_known(known, outcome, new)],
        (Precision::Code, _) => {
            let rules = known.operation.outcomes.iter();
            let claiming = rules.filter(|it| it.rules.iter().any(|rule| *rule.code == new.0));
            let is_the_only_one = claiming.count() == 1;
            let charge = charge(known, new);
            let own = outcome.charge.map(|_| charge_of(outcome));
            let costs_the_same = charge.is_none() || own.is_none() || charge == own;
            let meant = of_known(known, outcome, new);
            if is_the_only_one && costs_the_same {
                return vec![meant];
            }
            vec![
                meant.open(Open::Choice),
                of_new(known, new).open(Open::Names),
            ]
        }
        (Precision::Nothing, _) => vec![of_new(known, new).open(Open::Names)],
    }
}

/// The message means what its code alone means.
fn of_known(known: Known<'_>, outcome: &Outcome, new: Pair<'_>) -> Candidate {
    let name = &outcome.name;
    let mut edits: Vec<_> = list(known, new.0).into_iter().collect();
    match (outcome.origin, printed(known, new)) {
        (Origin::Operation, None) => edits.push(add_rule(known, name, new, None)),
        (Origin::Platform, body) => {
            edits.extend(own_outcome(known, outcome, new, body.is_none()));
            edits.extend(body.map(|body| add_example(known, name, new.0, body)));
        }
        (Origin::Operation, Some(body)) => edits.push(add_example(known, name, new.0, body)),
    }
    Candidate::new(format!("write it as a message of {name}"), edits)
}

fn charge_of(outcome: &Outcome) -> &'static str {
    match outcome.charge {
        Some(Charge::Pay) => PrintedCharge::Pay.as_str(),
        _ => PrintedCharge::Free.as_str(),
    }
}

/// A message that the page has nothing of any more, or not in one of two places.
fn gone(known: Known<'_>, old: Pair<'_>) -> Vec<Candidate> {
    let own = own_example(known, old);
    match (in_table(known, old), printed(known, old)) {
        (true, None) => {
            let edits = own.map(|own| sourced(known, own, OF_TABLE));
            let what = "say that the example is made from the table of codes";
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
                Candidate::new("take it away", edits),
                Candidate::new("keep it, and say where it is from", kept),
            ]
        }
        _ => Vec::new(),
    }
}
