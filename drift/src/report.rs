//! Reports of findings, as text and as JSON.

mod ways;

use std::io::{self, Write};

use face_search_enroll_compatibility::Compatibility;
use serde::Serialize;
use serde_json::Value as Json;

use crate::{
    finding::{Checked, Finding, Open},
    settle::Next,
};
use ways::Line;

/// One object of the array: a finding of the page, or a change since the release.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum JsonEntry<'c> {
    Page(&'c Finding),
    Release(&'c Json),
}

/// Writes the findings as a JSON array.
///
/// # Errors
///
/// If `out` fails.
pub fn write_json(checked: &Checked, out: &mut dyn Write) -> io::Result<()> {
    let since = checked.since_release.iter();
    let mut changes: Vec<_> = since.flat_map(Compatibility::records).collect();
    for change in changes.iter_mut().filter_map(Json::as_object_mut) {
        // A change has every key of a finding, but belongs to no page.
        change.insert("operation".to_owned(), Json::Null);
    }
    let findings = checked.findings.iter().map(JsonEntry::Page);
    let entries: Vec<_> = findings
        .chain(changes.iter().map(JsonEntry::Release))
        .collect();
    serde_json::to_writer_pretty(&mut *out, &entries)?;
    writeln!(out)
}

/// Writes the findings as text, and a line with the counts. With `errata`, findings that an erratum settles
/// are written in full; without it, in one line each.
///
/// # Errors
///
/// If `out` fails.
pub fn write_text(checked: &Checked, errata: bool, out: &mut dyn Write) -> io::Result<()> {
    write_findings(checked, errata, out)?;
    let disagree = checked.disagree;
    let settled = checked.errata();
    let open = checked.findings.len() - settled;
    let told = match open {
        _ if open == disagree => String::new(),
        1 => ", reported as 1 finding".to_owned(),
        _ => format!(", reported as {open} findings"),
    };
    writeln!(
        out,
        "{} facts: {} agree, {settled} errata, {disagree} disagree{told}",
        checked.facts,
        checked.facts.saturating_sub(disagree + settled),
    )?;
    checked
        .since_release
        .iter()
        .try_for_each(|since| since.write(out))
}

/// Findings that an erratum settles come last.
fn write_findings(checked: &Checked, errata: bool, out: &mut dyn Write) -> io::Result<()> {
    let several = checked.operations > 1;
    let mut before = None;
    for finding in &checked.findings {
        let next = Next::of(finding);
        let is_short = next == Next::Settled && !errata;
        if before != Some(next) {
            writeln!(out, "{}:", heading(next))?;
            if !is_short {
                writeln!(out)?;
            }
        }
        before = Some(next);
        if is_short {
            let of = if several {
                format!("{}: ", finding.operation)
            } else {
                String::new()
            };
            writeln!(out, "  {of}{}", finding.fact)?;
        } else {
            write_finding(finding, several, out)?;
        }
    }
    if before == Some(Next::Settled) && !errata {
        writeln!(out)?;
    }
    Ok(())
}

/// What to do next, as a heading.
fn heading(next: Next) -> &'static str {
    match next {
        Next::Look => "look at these first",
        Next::Write => "paste one of the ways, with your own text for the words in capitals",
        Next::Choose => {
            "paste one of the ways, or choose with `cargo xtask check --fix --edition minor` or `--edition major`"
        }
        Next::Fix => "`cargo xtask check --fix` settles these",
        Next::Settled => "settled by errata (`--errata` prints them in full)",
    }
}

fn write_finding(finding: &Finding, several: bool, out: &mut dyn Write) -> io::Result<()> {
    let Finding {
        operation,
        fact,
        verdict,
        page,
        page_line,
        spec,
        spec_line,
        hint,
        parts,
        ways,
        subject: _,
    } = finding;
    writeln!(out, "{verdict}: {fact}")?;
    let of = if several {
        format!(" of {operation}")
    } else {
        String::new()
    };
    let sides = [
        (format!("page{of}"), page, page_line),
        ("spec".to_owned(), spec, spec_line),
    ];
    for (who, text, line) in sides {
        if let Some(text) = text {
            match line {
                Some(line) => writeln!(out, "  {who} line {line}: {text}")?,
                None => writeln!(out, "  {who}: {text}")?,
            }
        }
    }
    if page.is_none() && several {
        writeln!(out, "  page{of}: does not state it")?;
    }
    for part in parts {
        writeln!(out, "  also: {part}")?;
    }
    // If an erratum is the only way, the hint says what it is about.
    if ways.iter().all(|way| way.open == Some(Open::Reason)) {
        writeln!(out, "  {hint}")?;
    }
    for line in ways::lines(finding) {
        match line {
            Line::Says(text) => writeln!(out, "  {text}")?,
            Line::Paste(text) => writeln!(out, "{text}")?,
        }
    }
    writeln!(out)
}
