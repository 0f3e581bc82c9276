//! What a comparison found, for people and for programs.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value as Json;

use super::{
    Compatibility,
    change::{Affected, Change, Class, Kind, Said},
    version::{Step, least},
};

/// How many characters of a text are shown.
const SHOWN: usize = 100;
/// How many characters that are the same are shown before the first that is not.
const BEFORE: usize = 20;

/// What to do about a change that no rule knows.
const UNKNOWN: &str = "write a rule for it in compatibility/src/rules, or take it back";

impl Compatibility {
    /// Writes every change, then whether the version makes the step. Nothing where there is nothing
    /// to say.
    ///
    /// # Errors
    ///
    /// Where `out` fails.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.changes.is_empty() && !self.refused() {
            return Ok(());
        }
        writeln!(
            out,
            "\nsince the release {} ({}):\n",
            self.released.version, self.released.file
        )?;
        for change in &self.changes {
            self.write_change(change, out)?;
        }
        if let Some(refusal) = self.refusal() {
            writeln!(out, "wrong-version: {}", refusal.what)?;
            writeln!(
                out,
                "  at {}:{}: {}",
                self.current.file, self.current.line, self.current.version
            )?;
            writeln!(out, "  {}\n", refusal.hint)?;
        }
        writeln!(out, "{}", self.summary())
    }

    /// The changes by class, counted, what they demand, and what the version is.
    fn summary(&self) -> String {
        let counts = Class::ALL.map(|class| format!("{} {}", self.count(class), class.as_str()));
        let demand = match (self.changes.len(), self.demanded()) {
            (_, None) => "no change".to_owned(),
            (1, Some(least)) => format!("1 change ({}) demands {least}", counts.join(", ")),
            (n, Some(least)) => format!("{n} changes ({}) demand {least}", counts.join(", ")),
        };
        format!(
            "since {}: {demand}; info.version is {}",
            self.released.version, self.current.version
        )
    }

    fn write_change(&self, change: &Change, out: &mut dyn Write) -> io::Result<()> {
        let Change {
            class,
            subject,
            kind,
            pointer: _,
            was,
            is,
            affected,
            why,
            rule,
        } = change;
        writeln!(
            out,
            "{}: {subject} {} (demands {})",
            class.as_str(),
            kind.as_str(),
            least(&self.released.version, *class)
        )?;
        let (was_text, is_text) = excerpts(was.as_ref(), is.as_ref());
        for (word, file, said, text) in [
            ("was", &self.released.file, was, was_text),
            ("is ", &self.current.file, is, is_text),
        ] {
            match said.as_ref().map(|said| said.at) {
                Some(Some(at)) => writeln!(out, "  {word} {file}:{}: {text}", at.line)?,
                Some(None) => writeln!(out, "  {word} {text}")?,
                None => {}
            }
        }
        writeln!(out, "  {}: {why}", affected.as_str())?;
        if rule.is_none() {
            writeln!(out, "  {UNKNOWN}")?;
        }
        writeln!(out)
    }

    /// What is wrong with the version, and what to write.
    fn refusal(&self) -> Option<Refusal> {
        let released = &self.released.version;
        let (what, least) = match &self.step {
            Step::Fits => return None,
            Step::Unchanged { least } => (
                format!("the contract changed since {released}, and its version did not"),
                least,
            ),
            Step::Lower { least } => (
                format!("the version is lower than {released}, which is released"),
                least,
            ),
            Step::TooSmall { least } => (
                format!("the step from {released} is too small for what changed"),
                least,
            ),
        };
        Some(Refusal {
            what,
            hint: format!("write version: {least}, or take back what demands it"),
        })
    }

    /// The same as objects of the array that a check prints.
    #[must_use]
    pub fn records(&self) -> Vec<Record> {
        let changes = self.changes.iter().map(|change| self.record(change));
        let refusal = self.refusal().map(|refusal| Record {
            fact: "info.version".to_owned(),
            verdict: "wrong-version",
            page: None,
            page_line: None,
            spec: Some(self.current.version.to_string().into()),
            spec_line: Some(self.current.line),
            hint: format!("{}; {}", refusal.what, refusal.hint),
            released: Some(self.released.version.to_string().into()),
            released_line: Some(self.released.line),
            class: None,
            kind: None,
            pointer: "/info/version".to_owned(),
            affected: None,
            rule: None,
            demands: self.demanded().map(|version| version.to_string()),
        });
        changes.chain(refusal).collect()
    }

    fn demanded(&self) -> Option<semver::Version> {
        let gravest = self.changes.iter().map(|change| change.class).max();
        gravest.map(|class| least(&self.released.version, class))
    }

    fn record(&self, change: &Change) -> Record {
        let said = |said: &Option<Said>| {
            let line = said.as_ref().and_then(|said| said.at).map(|at| at.line);
            (said.as_ref().map(|said| said.value.clone()), line)
        };
        let (released, released_line) = said(&change.was);
        let (spec, spec_line) = said(&change.is);
        Record {
            fact: change.subject.to_string(),
            verdict: "changed-since-release",
            page: None,
            page_line: None,
            spec,
            spec_line,
            hint: match change.rule {
                Some(_) => change.why.to_string(),
                None => format!("{}; {UNKNOWN}", change.why),
            },
            released,
            released_line,
            class: Some(change.class),
            kind: Some(change.kind),
            pointer: change.pointer.clone(),
            affected: Some(change.affected),
            rule: change.rule,
            demands: Some(least(&self.released.version, change.class).to_string()),
        }
    }
}

struct Refusal {
    what: String,
    hint: String,
}

/// A change, or a version that makes no sufficient step, as programs read it: the keys of a finding
/// of the page, and those that only a comparison has.
#[derive(Debug, Serialize)]
pub struct Record {
    fact: String,
    verdict: &'static str,
    page: Option<String>,
    page_line: Option<usize>,
    spec: Option<Json>,
    spec_line: Option<usize>,
    hint: String,
    released: Option<Json>,
    released_line: Option<usize>,
    class: Option<Class>,
    kind: Option<Kind>,
    pointer: String,
    affected: Option<Affected>,
    rule: Option<&'static str>,
    demands: Option<String>,
}

/// Both texts on one line each, cut to where they differ.
pub(super) fn excerpts(was: Option<&Said>, is: Option<&Said>) -> (String, String) {
    let text = |said: Option<&Said>| said.map(|said| one_line(&said.value)).unwrap_or_default();
    let (was, is) = (text(was), text(is));
    let same = was
        .chars()
        .zip(is.chars())
        .take_while(|(was, is)| was == is);
    let start = same.count().saturating_sub(BEFORE);
    // Short texts are better read whole.
    let fit = [&was, &is].iter().all(|text| text.chars().count() <= SHOWN);
    let start = if fit { 0 } else { start };
    (cut(&was, start), cut(&is, start))
}

fn one_line(value: &Json) -> String {
    let text = value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn cut(text: &str, start: usize) -> String {
    let shown: String = text.chars().skip(start).take(SHOWN).collect();
    let before = if start > 0 { "…" } else { "" };
    let after = if text.chars().count() > start + SHOWN {
        "…"
    } else {
        ""
    };
    format!("{before}{shown}{after}")
}
