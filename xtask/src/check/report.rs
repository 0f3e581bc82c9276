//! Findings, for people and for programs.

use std::io::{self, Write};

use face_search_enroll_compatibility::Compatibility;
use serde::Serialize;
use serde_json::Value as Json;

use super::finding::{Checked, Finding};

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

/// Writes what was found.
///
/// # Errors
///
/// Where `out` fails.
pub fn write(checked: &Checked, format: Format, out: &mut dyn Write) -> io::Result<()> {
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
            let mut operation = None;
            for finding in &checked.findings {
                if checked.operations > 1 && operation != Some(&finding.operation) {
                    writeln!(out, "page of {}:\n", finding.operation)?;
                }
                operation = Some(&finding.operation);
                write_finding(finding, out)?;
            }
            let findings = checked.findings.len();
            writeln!(
                out,
                "{} facts: {} agree, {} errata, {} disagree",
                checked.facts,
                checked.facts.saturating_sub(findings),
                checked.errata(),
                findings.saturating_sub(checked.errata()),
            )?;
            checked
                .since_release
                .iter()
                .try_for_each(|since| since.write(out))
        }
    }
}

fn write_finding(finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let Finding {
        operation: _,
        fact,
        verdict,
        page,
        page_line,
        spec,
        spec_line,
        hint,
    } = finding;
    writeln!(out, "{verdict}: {fact}")?;
    for (who, text, line) in [("page", page, page_line), ("spec", spec, spec_line)] {
        if let Some(text) = text {
            match line {
                Some(line) => writeln!(out, "  {who} line {line}: {text}")?,
                None => writeln!(out, "  {who}: {text}")?,
            }
        }
    }
    for line in hint.lines() {
        writeln!(out, "  {line}")?;
    }
    writeln!(out)
}
