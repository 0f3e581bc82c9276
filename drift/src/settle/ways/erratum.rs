//! An erratum: the contract stays the same, and the erratum says why.

use serde_json::Value as Json;

use super::candidate::Candidate;
use crate::{
    edit::{Edit, Place},
    errata::WHY,
    finding::{Finding, Open},
    settle::group::Group,
    subject::Subject,
    yaml::quoted,
};

/// The erratum that settles a finding, and whether a person must write the reason.
pub(crate) fn edit(finding: &Finding) -> Option<(Edit, Option<Open>)> {
    let (why, open) = match (&finding.page, &finding.spec) {
        (Some(_), _) => (WHY, Some(Open::Reason)),
        (None, Some(_)) => (
            "The page does not state it here. Callers may rely on it.",
            None,
        ),
        (None, None) => return None,
    };
    let said = [
        ("operation", Some(&finding.operation)),
        ("fact", Some(&finding.fact)),
        ("page", finding.page.as_ref()),
        ("contract", finding.spec.as_ref()),
    ];
    let said = said
        .into_iter()
        .filter_map(|(key, text)| Some(format!("{key}: {}", quoted(text?))));
    let lines = said.chain([format!("why: {why}")]);
    let lines = lines.zip(["- "].into_iter().chain(std::iter::repeat("  ")));
    let lines = lines.map(|(line, indent)| format!("{indent}{line}"));
    Some((Place::errata().insert(lines.collect()), open))
}

/// Keeps the contract, against what the page says or lacks.
pub(crate) fn candidate(group: &Group) -> Option<Candidate> {
    let known = group.findings.iter().find_map(|it| match &it.subject {
        Subject::Erratum(entry) => Some((entry, it)),
        _ => None,
    });
    let mut edits = Vec::new();
    let mut reason = None;
    for finding in &group.findings {
        if matches!(finding.subject, Subject::Erratum(_)) {
            continue;
        }
        // The existing entry gets the page's new text. Its reason may still hold.
        let old = known.filter(|(_, stale)| stale.fact == finding.fact);
        if let (Some((entry, _)), Some(page)) = (old, &finding.page) {
            let place = Place::errata().item(entry.clone()).key("page");
            edits.push(place.set(quoted(page)));
            reason = reason.or(Some(Open::Choice));
            continue;
        }
        let (edit, open) = edit(finding)?;
        edits.push(edit);
        reason = reason.or(open);
    }
    let what = if group.is_gone() {
        "keep it, although the page no longer states it"
    } else if known.is_some() {
        "keep the contract: the page has another mistake now"
    } else {
        "keep the contract, and say why in an erratum"
    };
    let is_some = !edits.is_empty();
    is_some.then(|| Candidate::new(what, edits).open(reason))
}

/// Removes an entry that no longer applies.
pub(super) fn gone(entry: &Json) -> Edit {
    Place::errata().item(entry.clone()).remove()
}
