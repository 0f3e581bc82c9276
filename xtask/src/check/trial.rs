//! Trying edits before they are suggested: whether they settle what they are to settle and nothing
//! comes of them, and what those who rely on the contract notice of them.

use std::cmp::Reverse;

use face_search_enroll_compatibility::{Class, Document, changes};
use face_search_enroll_contract::{Contract, yaml::Node};

use super::{
    documents::Documents,
    edit::{Edit, Place},
    errata::WHY,
    finding::{Finding, Open, Verdict, Way},
    group::Group,
    subject::Subject,
    ways::{Candidate, erratum},
};

/// What is known before anything is tried.
pub(super) struct Trial<'d> {
    pub(super) documents: &'d Documents,
    pub(super) contract: &'d Contract,
    /// What no erratum settles.
    pub(super) findings: &'d [Finding],
}

impl Trial<'_> {
    /// The ways that settle a group, of those that were thought of; of several with the same words the
    /// first that does.
    pub(super) fn ways(&self, group: &Group, candidates: Vec<Candidate>) -> Vec<Way> {
        let mut ways: Vec<Way> = Vec::new();
        for candidate in candidates {
            if ways.iter().all(|way| way.what != candidate.what) {
                ways.extend(self.way(group, candidate));
            }
            // What needs no decision needs no other way.
            if ways.first().is_some_and(Way::is_plain) {
                break;
            }
        }
        ways
    }

    /// A way, with what else must change so that it leaves nothing behind.
    fn way(&self, group: &Group, candidate: Candidate) -> Option<Way> {
        let Candidate {
            what,
            mut edits,
            mut open,
        } = candidate;
        let is_of_group = |it: &Finding| group.findings.iter().any(|known| is_same(known, it));
        let is_known = |it: &Finding| self.findings.iter().any(|known| is_same(known, it));
        // Errata that settle nothing any more go; what is left of the thing becomes an erratum.
        for round in 0..3 {
            // What ends where its mapping does comes before what the mapping gets.
            edits.sort_by_key(|edit| Reverse(edit.depth()));
            let (contract, mut left) = self.left(&edits)?;
            left.retain(|it| is_of_group(it) || !is_known(it));
            if left.is_empty() {
                return Some(self.told(what, edits, open, &contract));
            }
            let settled = group
                .findings
                .iter()
                .filter(|it| !left.iter().any(|left| is_same(left, it)));
            if round == 0 && settled.count() == 0 {
                return None;
            }
            for finding in &left {
                match &finding.subject {
                    Subject::Erratum(entry) => {
                        edits.push(Place::errata().item(entry.clone()).remove());
                    }
                    subject
                        if is_of_group(finding)
                            || (subject.comes_with(&group.subject)
                                && finding.operation == group.operation) =>
                    {
                        let (edit, reason) = erratum::edit(finding)?;
                        edits.push(edit);
                        open = open.or(reason);
                    }
                    _ => return None,
                }
            }
        }
        None
    }

    /// What is found after edits, if the documents can be read then.
    fn left(&self, edits: &[Edit]) -> Option<(Contract, Vec<Finding>)> {
        let edits = filled_in(edits);
        let (contract, checked) = self.documents.edited(&edits)?.compare().ok()?;
        let mut findings = checked.findings;
        findings.retain(|finding| finding.verdict != Verdict::Erratum);
        Some((contract, findings))
    }

    fn told(&self, what: String, edits: Vec<Edit>, open: Option<Open>, is: &Contract) -> Way {
        let (class, notices) = noticed(&self.contract.tree, &is.tree);
        let names = edits.iter().any(|edit| edit.with_texts(named) != *edit);
        Way {
            what,
            class,
            notices,
            open: names.then_some(Open::Names).or(open),
            hunks: self.documents.hunks(&edits),
            edits,
        }
    }
}

/// The class of the changes of the contract, and what the gravest of them are to others.
fn noticed(was: &Node, is: &Node) -> (Option<Class>, Vec<String>) {
    let [was, is] = [was, is].map(|tree| Document {
        file: String::new(),
        text: String::new(),
        tree: tree.clone(),
    });
    let changes = changes(&was, &is);
    let class = changes.iter().map(|change| change.class).max();
    let gravest = changes.iter().filter(|change| Some(change.class) == class);
    // What each of them notices.
    let mut notices: Vec<(&str, Vec<&str>)> = Vec::new();
    for change in gravest {
        let who = change.affected.as_str();
        match notices.iter_mut().find(|(it, _)| *it == who) {
            Some((_, what)) if what.contains(&change.why) => {}
            Some((_, what)) => what.push(change.why),
            None => notices.push((who, vec![change.why])),
        }
    }
    let notices = notices.into_iter();
    let notices = notices.map(|(who, what)| format!("{who}: {}", what.join(", ")));
    let notices = notices.collect();
    (class, notices)
}

/// Edits with something in place of what a person has to write.
fn filled_in(edits: &[Edit]) -> Vec<Edit> {
    let why = format!("why: {WHY}");
    let filled = |text: &str| named(text).replace(&why, "why: A reason.");
    edits.iter().map(|edit| edit.with_texts(filled)).collect()
}

/// The text with something in place of names and sentences that are open. A code may hold such a word.
fn named(text: &str) -> String {
    let key = text.strip_prefix("NAME-").map(|rest| format!("Name{rest}"));
    let text = key.unwrap_or_else(|| text.to_owned());
    text.replace(" NAME-", " Name")
        .replace("country: Name1", "country: AQ")
        .replace("code: Name1", "code: name1")
        .replace("summary: SUMMARY", "summary: What is known.")
        .replace("action: ACTION", "action: Read it.")
}

/// Whether two findings say the same, whatever the lines that they are found in.
fn is_same(one: &Finding, other: &Finding) -> bool {
    one.operation == other.operation
        && one.fact == other.fact
        && one.verdict == other.verdict
        && one.page == other.page
        && one.spec == other.spec
        && (one.verdict != Verdict::StaleErratum || one.subject == other.subject)
}
