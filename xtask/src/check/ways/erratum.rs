//! An erratum: the contract stays as it is, and says why.

use serde_json::Value as Json;

use super::candidate::Candidate;
use crate::check::{
    edit::{Edit, Place},
    errata::WHY,
    finding::{Finding, Open},
    group::Group,
    subject::Subject,
    write::quoted,
};

/// The entry that settles a finding, and what a person must write in it.
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

/// The contract stays as it is, against what the page says or lacks.
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
        // The entry that is there says what the page says now; its reason may hold still.
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
        "keep it, though the page does not state it any more"
    } else if known.is_some() {
        "keep the contract as it is: the page has another slip now"
    } else {
        "keep the contract as it is, and say why"
    };
    let is_some = !edits.is_empty();
    is_some.then(|| Candidate::new(what, edits).open(reason))
}

/// An entry that settles nothing goes.
pub(super) fn gone(entry: &Json) -> Edit {
    Place::errata().item(entry.clone()).remove()
}
