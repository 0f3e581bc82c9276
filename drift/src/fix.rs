//! Makes the edits that need no decision, one at a time: each is tried on the result of the ones before.

use std::io::{self, Write};

use crate::{
    documents::Documents,
    edit::{Hunk, Place},
    finding::{Checked, Finding, Verdict, Way},
    settle::{advise, told},
};

/// How far an edit may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edition {
    /// No caller breaks: what the page stated before stays in the contract.
    Minor,
    /// What the page states now replaces what it stated before.
    Major,
}

/// A change that was made, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// The operation whose page it is about.
    pub operation: String,
    /// The fact that it settles.
    pub fact: String,
    /// What was done.
    pub what: String,
    /// The files, by name and line.
    pub places: Vec<String>,
}

/// Compares, and applies the errata. The findings do not say yet how to settle them.
///
/// # Errors
///
/// If the contract or the errata cannot be read.
pub fn compare(documents: &Documents) -> Result<Checked, String> {
    documents.compare().map(|(_, checked)| checked)
}

/// Compares, and adds the ways to settle each finding.
///
/// # Errors
///
/// If the contract or the errata cannot be read.
pub fn check(documents: &Documents) -> Result<Checked, String> {
    let (contract, mut checked) = documents.compare()?;
    advise(documents, &contract, &mut checked);
    Ok(checked)
}

/// Edits the documents wherever no decision is needed, apart from `edition`. Returns what was done, and
/// the findings that are left.
///
/// # Errors
///
/// If the contract or the errata cannot be read.
pub fn fix(
    documents: &mut Documents,
    edition: Option<Edition>,
) -> Result<(Vec<Done>, Checked), String> {
    let mut done = Vec::new();
    let mut left: Vec<(String, String)> = Vec::new();
    let mut has_written = false;
    loop {
        let (contract, mut checked) = documents.compare()?;
        let mut open = checked.findings.clone();
        open.retain(|finding| finding.verdict != Verdict::Erratum);
        let name = |it: &Finding| (it.operation.clone(), it.fact.clone());
        let is_new = |finding: &Finding| !left.contains(&name(finding));
        let takes = |finding: &Finding| taken(finding, edition).is_some();
        let mut told = told(documents, &contract, &open, is_new, takes);
        let next = told.pop().filter(takes);
        left.extend(told.iter().map(name));
        let Some(finding) = next else {
            advise(documents, &contract, &mut checked);
            // An edit may make others possible.
            let is_done = !std::mem::take(&mut has_written);
            if is_done || !checked.findings.iter().any(takes) {
                return Ok((done, checked));
            }
            left.clear();
            continue;
        };
        let way = taken(&finding, edition);
        let edited = way.and_then(|way| Some((way, documents.edited(&way.edits)?)));
        let Some((way, edited)) = edited else {
            left.push(name(&finding));
            continue;
        };
        done.push(Done {
            operation: finding.operation.clone(),
            fact: finding.fact.clone(),
            what: way.what.clone(),
            places: places(&way.hunks),
        });
        *documents = edited;
        has_written = true;
    }
}

/// Sets the version that the changes require. None if the contract has no version.
pub fn write_version(documents: &mut Documents, version: &str) -> Option<Done> {
    let edit = Place::of(["info", "version"]).set(version);
    let hunks = documents.hunks(std::slice::from_ref(&edit));
    *documents = documents.edited(std::slice::from_ref(&edit))?;
    Some(Done {
        operation: "info".to_owned(),
        fact: "version".to_owned(),
        what: format!("set it to {version}, which the changes since the release require"),
        places: places(&hunks),
    })
}

fn places(hunks: &[Hunk]) -> Vec<String> {
    let places = hunks.iter();
    places
        .map(|it| format!("{}:{}", it.file, it.line))
        .collect()
}

/// The way that needs no decision, if there is one.
fn taken(finding: &Finding, edition: Option<Edition>) -> Option<&Way> {
    let mut ways = finding.ways.iter();
    match (edition, finding.ways.as_slice()) {
        (None, [way]) => way.is_plain().then_some(way),
        (None, _) => None,
        (Some(Edition::Minor), _) => ways.find(|way| way.is_plain()),
        (Some(Edition::Major), _) => ways.find(|way| way.open.is_none()),
    }
}

/// Writes what was done.
///
/// # Errors
///
/// If `out` fails.
pub fn write_done(done: &[Done], out: &mut dyn Write) -> io::Result<()> {
    for Done {
        operation,
        fact,
        what,
        places,
    } in done
    {
        writeln!(
            out,
            "fixed {operation}: {fact}\n  {what}: {}",
            places.join(", ")
        )?;
    }
    if !done.is_empty() {
        writeln!(out)?;
    }
    Ok(())
}
