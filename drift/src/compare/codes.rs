//! Codes, messages, and what an answer costs, as both sides state them.

use face_search_enroll_contract::{Charge, Match, Origin, Outcome};
use face_search_enroll_vendor_page::{PrintedCharge, ResponseCode, VendorPage};

use super::{
    contract::Own,
    fact::{Fact, Sides, located, on_page},
};
use crate::{source::TABLE, subject::Subject};

/// The rows of the table of codes.
pub(super) fn messages(own: Own<'_>, page: &VendorPage) -> Sides {
    let stated = page.response_codes.iter().map(|row| {
        let name = message_name(&row.code, &row.message);
        let charge = row.charge.map(|it| on_page(it.as_str(), row.line));
        let charge = Fact::optional(format!("{name} charge"), charge);
        let outcome = own.operation.classify(&row.code, &row.message);
        let charge = match (outcome, row.charge) {
            (Some((outcome, _)), Some(charged)) => charge.about(Subject::Charge(
                outcome.name.value.clone(),
                charged.as_str().to_owned(),
            )),
            _ => charge,
        };
        let said = on_page(&row.message, row.line);
        let hint = "add it as a message of an outcome, or as an example";
        Fact::new(name, said, hint)
            .with(vec![charge])
            .about(Subject::answer(&row.code, &row.message))
    });
    let outcomes = &own.operation.outcomes;
    let examples = own.operation.examples.iter().map(|example| {
        let name = message_name(&example.code, &example.message);
        let mut outcomes = outcomes.iter();
        let outcome = outcomes.find(|outcome| outcome.name.value == example.outcome.value);
        let charge = outcome.map(|outcome| charge(&name, outcome));
        // An example that the page prints under another code than its table is an erratum.
        let mut rows = page.response_codes.iter();
        let listed = rows.any(|row| row.message == example.message.value);
        // An example made from the table must be in the table. One from another source need not be.
        let mut source = example.source.iter();
        let is_from_page = source.all(|source| source.value == TABLE);
        let hint = "the table of codes no longer has this message";
        Fact::new(name, located(&example.message), hint)
            .wanted(!listed && is_from_page)
            .with(charge.into_iter().collect())
            .about(Subject::answer(&example.code, &example.message))
    });
    // A message without an example, including those of the platform.
    let rules = outcomes.iter().flat_map(|outcome| {
        outcome.rules.iter().filter_map(move |rule| {
            let Match::Exactly(message) = &rule.message else {
                return None;
            };
            let name = message_name(&rule.code, message);
            // The page of each operation says what an answer of the platform costs.
            let is_own = outcome.origin == Origin::Operation;
            let charge = is_own.then(|| charge(&name, outcome));
            let said = (message.clone(), rule.code.at.line);
            Some(Fact::optional(name, said).with(charge.into_iter().collect()))
        })
    });
    (stated.collect(), examples.chain(rules).collect())
}

fn message_name(code: &str, message: &str) -> String {
    format!("response code {code} {message:?}")
}

fn charge(name: &str, outcome: &Outcome) -> Fact {
    let line = outcome.name.at.line;
    let said = outcome.charge.map(|it| (word(it).to_owned(), line));
    let mend = format!("set charge of the outcome {} to it", outcome.name);
    Fact::optional(format!("{name} charge"), said).mend(mend)
}

fn word(charge: Charge) -> &'static str {
    match charge {
        Charge::Free => PrintedCharge::Free.as_str(),
        Charge::Pay => PrintedCharge::Pay.as_str(),
    }
}

pub(super) fn of(own: Own<'_>, page: &VendorPage) -> Sides {
    let name = |code: &str| format!("response code {code}");
    let listed = &own.operation.codes;
    let schema = own.code_schema();
    let is_known = |row: &ResponseCode| {
        let outcomes = own.operation.outcomes.iter();
        let mut rules = outcomes.flat_map(|outcome| &outcome.rules);
        rules.any(|rule| {
            let exactly = matches!(&rule.message, Match::Exactly(it) if *it == row.message);
            exactly && *rule.code == row.code
        })
    };
    let mut seen: Vec<&str> = Vec::new();
    let stated = page.response_codes.iter().filter_map(|row| {
        // A message without a meaning is reported together with its code.
        let is_listed = listed.iter().any(|code| **code == row.code);
        if seen.contains(&row.code.as_str()) || !(is_listed || is_known(row)) {
            return None;
        }
        seen.push(&row.code);
        let hint = format!("add it to x-extensible-enum of {schema}");
        let said = on_page(&row.code, row.line);
        let fact = Fact::new(name(&row.code), said, hint);
        Some(fact.about(Subject::Code(row.code.clone())))
    });
    let stated = stated.collect();
    let own = listed.iter().map(|code| {
        let hint = format!(
            "remove it from x-extensible-enum of {schema}, and from the outcomes and examples"
        );
        Fact::new(name(code), located(code), hint).about(Subject::Code(code.value.clone()))
    });
    (stated, own.collect())
}
