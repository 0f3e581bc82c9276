//! The possible ways to settle a group of findings. The first follows the page. None has been tried yet.

mod answer;
mod candidate;
mod code;
pub(super) mod erratum;
mod example;
mod field;
mod known;
mod meaning;
mod pair;
mod parameter;
mod rules;
mod server;
mod signature;
mod top;

use face_search_enroll_contract::Contract;

use super::{group::Group, skeleton};
use crate::{finding::Open, page::OperationPage, subject::Subject};
pub(super) use candidate::Candidate;
use known::Known;

/// The possible ways to settle a group.
pub(super) fn candidates(
    contract: &Contract,
    pages: &[OperationPage],
    group: &Group,
) -> Vec<Candidate> {
    let mut all_pages = pages.iter();
    let Some(OperationPage { page, .. }) = all_pages.find(|it| it.operation == group.operation)
    else {
        return erratum_alone(group);
    };
    let Some(operation) = contract.operation(&group.operation) else {
        return match group.subject {
            Subject::Operation => {
                let edits = skeleton::edits(contract, &group.operation, page);
                let what = "add the operation, with a name for each NAME and a sentence for each SUMMARY and ACTION";
                vec![Candidate::new(what, edits).open(Open::Names)]
            }
            _ => erratum_alone(group),
        };
    };
    let known = Known {
        contract,
        operation,
        page,
    };
    match (&group.subject, &group.went) {
        (Subject::Erratum(_), _) => erratum_alone(group),
        (
            Subject::Look | Subject::Cut | Subject::Operation | Subject::Page | Subject::Broken(_),
            _,
        ) => Vec::new(),
        (Subject::Title, _) => top::title(known),
        (Subject::Method(method), _) => top::method(known, method),
        (Subject::Path(path), _) => top::path(known, path),
        (Subject::Server(host), went) => server::ways(known, group, host, went.as_ref()),
        (Subject::Header(name), went) => top::header(known, group, name, went.as_ref()),
        (Subject::RequestExample, _) => example::request(known),
        (Subject::Parameter(name), went) => parameter::ways(known, group, name, went.as_ref()),
        (Subject::ParameterRules(name), _) => rules::ways(known, group, name),
        (Subject::Signature, _) => signature::ways(known),
        (Subject::Note(index), _) => top::note(known, *index),
        (Subject::Field(name), went) => field::ways(known, group, name, went.as_ref()),
        (Subject::FieldRules(name), _) => field::rules(known, name),
        (Subject::Member(field, name), went) => {
            field::member(known, group, (field, name), went.as_ref())
        }
        (Subject::Code(code), _) => code::ways(known, group, code),
        (Subject::Answer { code, message }, went) => {
            answer::ways(known, group, (code, message), went.as_ref())
        }
        (Subject::Charge(outcome, charge), _) => code::charge(known, outcome, charge),
    }
}

/// The way to settle an erratum that no longer applies.
fn erratum_alone(group: &Group) -> Vec<Candidate> {
    let entries = group.findings.iter().filter_map(|it| match &it.subject {
        Subject::Erratum(entry) => Some(erratum::gone(entry)),
        _ => None,
    });
    let edits: Vec<_> = entries.collect();
    vec![Candidate::new("remove the erratum", edits)]
}
