//! What to do about findings: told as changes, each with the ways to settle it.

use face_search_enroll_compatibility::Class;
use face_search_enroll_contract::Contract;

use super::{
    documents::Documents,
    edit::Hunk,
    finding::{Checked, Finding, Open, Verdict, Way},
    group::{Group, group},
    subject::Subject,
    trial::Trial,
    ways::{self, erratum},
};

/// Tells the findings that no erratum settles as changes, before those that errata settle.
pub(super) fn advise(documents: &Documents, contract: &Contract, checked: &mut Checked) {
    let findings = std::mem::take(&mut checked.findings);
    let (settled, open): (Vec<_>, Vec<_>) = findings
        .into_iter()
        .partition(|finding| finding.verdict == Verdict::Erratum);
    checked.disagree = open.len();
    checked.findings = told(documents, contract, &open, |_| true, |_| false);
    checked.findings.sort_by_key(Next::of);
    checked.findings.extend(settled);
}

/// The findings that `counts`, told as changes, until one is `enough`.
pub(super) fn told(
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
        // It cannot be settled by an edit, or what the page lacks is not known.
        Subject::Look => return Vec::new(),
        Subject::Cut => Vec::new(),
        _ if is_cut => return Vec::new(),
        _ => trial.ways(group, ways::candidates(trial.contract, pages, group)),
    };
    let is_breaking = |way: &Way| way.class == Some(Class::Major);
    let is_gone = group.is_gone();
    // The page may have another slip than before: a person must say.
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

/// What a person does next about a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Next {
    /// Look at the page, or at the contract.
    Look,
    /// Write what only a person can.
    Write,
    /// Choose whether callers break.
    Choose,
    /// Nothing: it needs no decision.
    Fix,
    /// Nothing: an erratum settles it.
    Settled,
}

impl Next {
    pub(super) fn of(finding: &Finding) -> Self {
        if finding.verdict == Verdict::Erratum {
            return Self::Settled;
        }
        match finding.ways.as_slice() {
            // A page that was cut off is the likeliest reason.
            _ if finding.subject == Subject::Cut => Self::Look,
            [] => Self::Look,
            [way] if way.is_plain() => Self::Fix,
            ways if ways.iter().any(|way| way.open.is_none()) => Self::Choose,
            _ => Self::Write,
        }
    }
}

impl Way {
    /// What it is for others, in brackets.
    fn effect(&self) -> String {
        let Some(class) = self.class else {
            return "callers notice nothing".to_owned();
        };
        let notices = self.notices.join("; ");
        match (class, self.notices.as_slice()) {
            (_, []) => class.as_str().to_owned(),
            _ => format!("{}: {notices}", class.as_str()),
        }
    }
}

/// A line of advice.
pub(super) enum Line {
    /// What is said of an edit.
    Says(String),
    /// A line to paste, as it stands in its file.
    Paste(String),
}

/// The ways with their edits, for people.
pub(super) fn lines(finding: &Finding) -> Vec<Line> {
    let mut lines = Vec::new();
    let is_numbered = finding.ways.len() > 1;
    for (way, number) in finding.ways.iter().zip(1..) {
        let number = if is_numbered {
            format!("{number}. ")
        } else {
            String::new()
        };
        lines.push(Line::Says(format!(
            "{number}{} ({})",
            way.what,
            way.effect()
        )));
        for hunk in &way.hunks {
            lines.push(Line::Says(at(hunk)));
            lines.extend(hunk.lines.iter().cloned().map(Line::Paste));
        }
    }
    lines
}

/// Where the lines of an edit go.
fn at(hunk: &Hunk) -> String {
    let Hunk {
        file,
        line,
        taken,
        lines,
    } = hunk;
    if *taken == 0 {
        return format!("{file}:{}: add below", line - 1);
    }
    let what = if lines.is_empty() {
        "take away"
    } else {
        "write instead"
    };
    match taken {
        1 => format!("{file}:{line}: {what}"),
        _ => format!("{file}:{line} to {}: {what}", line + taken - 1),
    }
}
