//! An answer that the contract does not know.

use face_search_enroll_contract::{Charge, Origin, Outcome, Precision};
use face_search_enroll_vendor_page::PrintedCharge;

use crate::{
    finding::Open,
    settle::ways::{
        candidate::Candidate,
        code::list,
        example::as_new,
        known::Known,
        meaning::{add_example, add_rule, of_new, own_outcome},
        pair::{Pair, charge, own_example, printed},
    },
};

/// The ways to add an answer.
pub(super) fn added(known: Known<'_>, new: Pair<'_>) -> Vec<Candidate> {
    let Some((outcome, precision)) = known.operation.classify(new.0, new.1) else {
        return Vec::new();
    };
    let body = printed(known, new);
    if let (Some(own), Some(body)) = (own_example(known, new), body) {
        let what = format!(
            "replace the body of the example {} with the page's",
            own.name
        );
        return vec![Candidate::new(what, as_new(known, own, new, Some(body)))];
    }
    match (precision, body) {
        (Precision::Message, Some(body)) => {
            let mut edits = match outcome.origin {
                Origin::Operation => Vec::new(),
                Origin::Platform => own_outcome(known, outcome, new, false),
            };
            edits.push(add_example(known, &outcome.name, new.0, body));
            let what = format!("add it as an example of {}", outcome.name);
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

/// The message gets the meaning of its code.
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
    Candidate::new(format!("add it as a message of {name}"), edits)
}

fn charge_of(outcome: &Outcome) -> &'static str {
    match outcome.charge {
        Some(Charge::Pay) => PrintedCharge::Pay.as_str(),
        _ => PrintedCharge::Free.as_str(),
    }
}
