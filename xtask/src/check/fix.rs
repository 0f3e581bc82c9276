//! Writing the edits that need no decision, one after the other: each is tried on what the ones before
//! left.

use std::io::{self, Write};

use super::{
    advice::{advise, told},
    documents::Documents,
    edit::{Hunk, Place},
    finding::{Checked, Finding, Verdict, Way},
};

/// Whether a change may break those who rely on the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Step {
    /// Nothing breaks: what the page had before is kept.
    Minor,
    /// What the page states now takes the place of what it stated before.
    Major,
}

/// An edit that was written, in words.
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

/// Checks, and tells what to do about what does not agree.
///
/// # Errors
///
/// Where the contract or the errata cannot be read.
pub fn check(documents: &Documents) -> Result<Checked, String> {
    let (contract, mut checked) = documents.compare()?;
    advise(documents, &contract, &mut checked);
    Ok(checked)
}

/// Writes into the documents what needs no decision but that of `step`. Gives what was done, and what is
/// left.
///
/// # Errors
///
/// Where the contract or the errata cannot be read.
pub fn fix(documents: &mut Documents, step: Option<Step>) -> Result<(Vec<Done>, Checked), String> {
    let mut done = Vec::new();
    let mut left: Vec<(String, String)> = Vec::new();
    let mut has_written = false;
    loop {
        let (contract, mut checked) = documents.compare()?;
        let mut open = checked.findings.clone();
        open.retain(|finding| finding.verdict != Verdict::Erratum);
        let name = |it: &Finding| (it.operation.clone(), it.fact.clone());
        let is_new = |finding: &Finding| !left.contains(&name(finding));
        let takes = |finding: &Finding| taken(finding, step).is_some();
        let mut told = told(documents, &contract, &open, is_new, takes);
        let next = told.pop().filter(takes);
        left.extend(told.iter().map(name));
        let Some(finding) = next else {
            advise(documents, &contract, &mut checked);
            // What was written may have made way for more.
            let is_done = !std::mem::take(&mut has_written);
            if is_done || !checked.findings.iter().any(takes) {
                return Ok((done, checked));
            }
            left.clear();
            continue;
        };
        let way = taken(&finding, step);
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

/// Writes the version that the changes demand.
pub(super) fn version(documents: &mut Documents, version: &str) -> Option<Done> {
    let edit = Place::of(["info", "version"]).set(version);
    let hunks = documents.hunks(std::slice::from_ref(&edit));
    *documents = documents.edited(std::slice::from_ref(&edit))?;
    Some(Done {
        operation: "info".to_owned(),
        fact: "version".to_owned(),
        what: format!("write {version}, which the changes since the release demand"),
        places: places(&hunks),
    })
}

fn places(hunks: &[Hunk]) -> Vec<String> {
    let places = hunks.iter();
    places
        .map(|it| format!("{}:{}", it.file, it.line))
        .collect()
}

/// The way to take without asking, if there is one.
fn taken(finding: &Finding, step: Option<Step>) -> Option<&Way> {
    let mut ways = finding.ways.iter();
    match (step, finding.ways.as_slice()) {
        (None, [way]) => way.is_plain().then_some(way),
        (None, _) => None,
        (Some(Step::Minor), _) => ways.find(|way| way.is_plain()),
        (Some(Step::Major), _) => ways.find(|way| way.open.is_none()),
    }
}

/// Tells what was done.
///
/// # Errors
///
/// Where `out` fails.
pub fn tell(done: &[Done], out: &mut dyn Write) -> io::Result<()> {
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
