//! Findings, for people and for programs.

use std::io::{self, Write};

use face_search_enroll_compatibility::Compatibility;
use serde::Serialize;
use serde_json::Value as Json;

use super::{
    advice::{self, Line, Next},
    finding::{Checked, Finding, Open},
};

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Paragraphs for people, and a line that counts.
    Text,
    /// An array of objects.
    Json,
}

/// One object of the array: a finding of the page, or a change since the release.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum JsonEntry<'c> {
    Page(&'c Finding),
    Release(&'c Json),
}

/// Writes what was found; with `errata` those that settle something are told whole.
///
/// # Errors
///
/// Where `out` fails.
pub fn write(
    checked: &Checked,
    format: Format,
    errata: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        Format::Json => {
            let since = checked.since_release.iter();
            let mut changes: Vec<_> = since.flat_map(Compatibility::records).collect();
            for change in changes.iter_mut().filter_map(Json::as_object_mut) {
                // A change has every key of a finding, and is of no page.
                change.insert("operation".to_owned(), Json::Null);
            }
            let findings = checked.findings.iter().map(JsonEntry::Page);
            let entries: Vec<_> = findings
                .chain(changes.iter().map(JsonEntry::Release))
                .collect();
            serde_json::to_writer_pretty(&mut *out, &entries)?;
            writeln!(out)
        }
        Format::Text => {
            write_findings(checked, errata, out)?;
            let disagree = checked.disagree;
            let settled = checked.errata();
            let open = checked.findings.len() - settled;
            let told = match open {
                _ if open == disagree => String::new(),
                1 => ", told as 1 finding".to_owned(),
                _ => format!(", told as {open} findings"),
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
    }
}

/// Those that are settled stand last, each in a line.
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

/// What a person does next.
fn heading(next: Next) -> &'static str {
    match next {
        Next::Look => "to look at",
        Next::Write => "to write: what stands in capitals only a person can tell",
        Next::Choose => {
            "to choose: paste one of the ways, or take the first that fits with `cargo xtask check --fix --edition minor` or `major`"
        }
        Next::Fix => "settled by `cargo xtask check --fix`",
        Next::Settled => "settled by errata; `--errata` prints them whole",
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
        writeln!(out, "  page{of}: states nothing of it")?;
    }
    for part in parts {
        writeln!(out, "  with it: {part}")?;
    }
    // An erratum alone settles nothing by itself: what it is about is to be said.
    if ways.iter().all(|way| way.open == Some(Open::Reason)) {
        writeln!(out, "  {hint}")?;
    }
    for line in advice::lines(finding) {
        match line {
            Line::Says(text) => writeln!(out, "  {text}")?,
            Line::Paste(text) => writeln!(out, "{text}")?,
        }
    }
    writeln!(out)
}
