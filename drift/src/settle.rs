//! Groups findings into changes, and adds the ways to settle each.

mod group;
mod near;
mod region;
mod skeleton;
mod trial;
mod ways;

use face_search_enroll_compatibility::Class;
use face_search_enroll_contract::Contract;

use crate::{
    documents::Documents,
    finding::{Checked, Finding, Open, Verdict, Way},
    subject::Subject,
};
use group::{Group, group};
use trial::Trial;
use ways::erratum;

/// Replaces open findings by changes with their ways. Findings that errata settle come last.
pub(crate) fn advise(documents: &Documents, contract: &Contract, checked: &mut Checked) {
    let findings = std::mem::take(&mut checked.findings);
    let (settled, open): (Vec<_>, Vec<_>) = findings
        .into_iter()
        .partition(|finding| finding.verdict == Verdict::Erratum);
    checked.disagree = open.len();
    checked.findings = told(documents, contract, &open, |_| true, |_| false);
    checked.findings.sort_by_key(Next::of);
    checked.findings.extend(settled);
}

/// The changes that `counts` selects, with their ways, until one is `enough`.
pub(crate) fn told(
    documents: &Documents,
    contract: &Contract,
    findings: &[Finding],
    counts: impl Fn(&Finding) -> bool,
    enough: impl Fn(&Finding) -> bool,
) -> Vec<Finding> {
    let trial = Trial {
        documents,
        contract,
        findings,
    };
    let mut told = Vec::new();
    for group in group(findings.to_vec(), contract) {
        let Some(mut finding) = group.lead().filter(&counts) else {
            continue;
        };
        finding.ways = ways(&trial, &group);
        let is_enough = enough(&finding);
        told.push(finding);
        if is_enough {
            break;
        }
    }
    told
}

fn ways(trial: &Trial<'_>, group: &Group) -> Vec<Way> {
    let of_page = |finding: &&Finding| finding.operation == group.operation;
    let mut findings = trial.findings.iter().filter(of_page);
    let is_cut = findings.any(|finding| finding.subject == Subject::Cut);
    let pages = &trial.documents.pages;
    let mut ways = match group.subject {
        // No edit settles it, or it is unknown what the page lacks.
        Subject::Look => return Vec::new(),
        Subject::Cut => Vec::new(),
        _ if is_cut => return Vec::new(),
        _ => trial.ways(group, ways::candidates(trial.contract, pages, group)),
    };
    let is_breaking = |way: &Way| way.class == Some(Class::Major);
    let is_gone = group.is_gone();
    // The page may have another mistake than before. A person must decide.
    let slips = |finding: &Finding| matches!(finding.subject, Subject::Erratum(_));
    let has_slip = !is_gone && group.findings.len() > 1 && group.findings.iter().any(slips);
    for way in ways.iter_mut().filter(|_| has_slip) {
        way.open = way.open.or(Some(Open::Choice));
    }
    if ways.is_empty() || has_slip || (is_gone && ways.iter().all(is_breaking)) {
        ways.extend(trial.ways(group, erratum::candidate(group).into_iter().collect()));
    }
    ways
}

/// What a person does next about a finding; the order of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Next {
    /// Look at the page or the contract.
    Look,
    /// Write a name, a sentence or a reason.
    Write,
    /// Choose whether callers break.
    Choose,
    /// Nothing: `--fix` settles it.
    Fix,
    /// Nothing: an erratum settles it.
    Settled,
}

impl Next {
    pub(crate) fn of(finding: &Finding) -> Self {
        if finding.verdict == Verdict::Erratum {
            return Self::Settled;
        }
        match finding.ways.as_slice() {
            // The page was probably cut off.
            _ if finding.subject == Subject::Cut => Self::Look,
            [] => Self::Look,
            [way] if way.is_plain() => Self::Fix,
            ways if ways.iter().any(|way| way.open.is_none()) => Self::Choose,
            _ => Self::Write,
        }
    }
}
