//! Checks of the contract alone: its examples fit its schemas, and what it adds to the page has a source.

use face_search_enroll_contract::{Match, Origin, Rule, fold};
use face_search_enroll_vendor_page::{Section, VendorPage};

use super::{contract::Own, schema, signature};
use crate::{
    finding::{Checked, Verdict},
    pieces::pair_of,
    subject::Subject,
};

/// The contract's examples fit its schemas.
pub(super) fn examples(own: Own<'_>, checked: &mut Checked) {
    let operation = own.operation;
    let requests = operation.request_examples.iter();
    let requests = requests.map(|it| (&it.name, &it.body, &operation.request.schema));
    let answers = operation.examples.iter();
    let answers = answers.map(|it| (&it.name, &it.body, &operation.response.schema));
    for (name, body, schema) in requests.chain(answers) {
        let misfits = schema::misfits(&own.contract.tree, schema, body);
        if misfits.is_empty() {
            checked.facts += 1;
        }
        for misfit in misfits {
            checked.found(
                Verdict::InvalidExample,
                &format!("example {name}"),
                None,
                Some((misfit, body.at.line)),
                &format!("correct the example, or the schema {schema}"),
                Subject::Look,
            );
        }
    }
    signature::prove(operation, checked);
}

/// Messages of outcomes and rules of parameters are on the page, or name their source.
pub(super) fn sources(own: Own<'_>, page: &VendorPage, cut: &[Section], checked: &mut Checked) {
    let mut missing = |fact: String, said, hint, subject| {
        checked.found(
            Verdict::MissingOnPage,
            &fact,
            None,
            Some(said),
            hint,
            subject,
        );
    };
    let is_cut = [Section::ResponseCode, Section::ResponseExamples]
        .iter()
        .any(|section| cut.contains(section));
    let outcomes = own.operation.outcomes.iter().filter(|_| !is_cut);
    for outcome in outcomes.filter(|outcome| outcome.origin == Origin::Operation) {
        for rule in outcome.rules.iter().filter(|rule| rule.source.is_none()) {
            if let Match::Exactly(message) = &rule.message
                && !is_on_page(page, rule, message)
            {
                missing(
                    format!("message {message:?} of {}", outcome.name),
                    (format!("{} {message}", rule.code), rule.code.at.line),
                    "remove it, or name its source",
                    Subject::answer(&rule.code, message),
                );
            }
        }
    }
    let request = &own.operation.request;
    let ruled = request.fields.iter();
    for field in ruled.filter(|field| field.not_blank || field.min_length.is_some()) {
        let source = own.property(&request.schema, &field.name, "x-source");
        if source.is_none() {
            missing(
                format!("request parameter {} rule", field.name),
                ("minLength or pattern".to_owned(), field.name.at.line),
                "the page states no such rule; remove it, or add x-source: ours",
                Subject::ParameterRules(field.name.value.clone()),
            );
        }
    }
}

fn is_on_page(page: &VendorPage, rule: &Rule, message: &str) -> bool {
    let table = page.response_codes.iter();
    let table = table.map(|row| (row.code.as_str(), row.message.as_str()));
    let bodies = page
        .response_examples
        .iter()
        .filter_map(|example| pair_of(example.body.json.as_ref().ok()?));
    table
        .chain(bodies)
        .any(|(code, text)| code == rule.code.value && fold(text) == fold(message))
}
