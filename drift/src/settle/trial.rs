//! Tries edits before they are suggested: do they settle their group without causing new findings, and what
//! do users of the contract notice?

use std::cmp::Reverse;

use face_search_enroll_compatibility::{Class, Document, changes};
use face_search_enroll_contract::{Contract, yaml::Node};

use crate::{
    documents::Documents,
    edit::{Edit, Place},
    errata::WHY,
    finding::{Finding, Open, Verdict, Way},
    settle::{
        group::Group,
        ways::{Candidate, erratum},
    },
    subject::Subject,
};

/// The state before any edit.
pub(super) struct Trial<'d> {
    pub(super) documents: &'d Documents,
    pub(super) contract: &'d Contract,
    /// The findings that no erratum settles.
    pub(super) findings: &'d [Finding],
}

impl Trial<'_> {
    /// The candidates that settle a group. Of several with the same words, the first that works.
    pub(super) fn ways(&self, group: &Group, candidates: Vec<Candidate>) -> Vec<Way> {
        let mut ways: Vec<Way> = Vec::new();
        for candidate in candidates {
            if ways.iter().all(|way| way.what != candidate.what) {
                ways.extend(self.way(group, candidate));
            }
            // A way that needs no decision is enough.
            if ways.first().is_some_and(Way::is_plain) {
                break;
            }
        }
        ways
    }

    /// A way, with the further edits that it needs to leave no finding.
    fn way(&self, group: &Group, candidate: Candidate) -> Option<Way> {
        let Candidate {
            what,
            mut edits,
            mut open,
        } = candidate;
        let is_of_group = |it: &Finding| group.findings.iter().any(|known| is_same(known, it));
        let is_known = |it: &Finding| self.findings.iter().any(|known| is_same(known, it));
        // Remove errata that no longer apply. Write an erratum for what is left of the thing.
        for round in 0..3 {
            // Edit deeper places first: an insertion goes to the end of its mapping.
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

    /// The findings after edits, if the documents can still be read.
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

/// The highest class of the changes to the contract, and what others notice of the changes of that class.
fn noticed(was: &Node, is: &Node) -> (Option<Class>, Vec<String>) {
    let [was, is] = [was, is].map(|tree| Document {
        file: String::new(),
        text: String::new(),
        tree: tree.clone(),
    });
    let changes = changes(&was, &is);
    let class = changes.iter().map(|change| change.class).max();
    let gravest = changes.iter().filter(|change| Some(change.class) == class);
    // Who notices what.
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

/// The edits with sample texts for the placeholders.
fn filled_in(edits: &[Edit]) -> Vec<Edit> {
    let why = format!("why: {WHY}");
    let filled = |text: &str| named(text).replace(&why, "why: A reason.");
    edits.iter().map(|edit| edit.with_texts(filled)).collect()
}

/// The text with samples for names and sentences. A code may contain such a word, so the patterns are strict.
fn named(text: &str) -> String {
    let key = text.strip_prefix("NAME-").map(|rest| format!("Name{rest}"));
    let text = key.unwrap_or_else(|| text.to_owned());
    text.replace(" NAME-", " Name")
        .replace("country: Name1", "country: AQ")
        .replace("code: Name1", "code: name1")
        .replace("summary: SUMMARY", "summary: What is known.")
        .replace("action: ACTION", "action: Read it.")
}

/// Whether two findings are the same, apart from line numbers.
fn is_same(one: &Finding, other: &Finding) -> bool {
    one.operation == other.operation
        && one.fact == other.fact
        && one.verdict == other.verdict
        && one.page == other.page
        && one.spec == other.spec
        && (one.verdict != Verdict::StaleErratum || one.subject == other.subject)
}
