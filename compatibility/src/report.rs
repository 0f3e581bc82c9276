//! What a comparison found, for people and for programs.

use std::io::{self, Write};

use serde_json::{Value as Json, json};

use crate::{
    change::{Change, Class, Said},
    compatibility::Compatibility,
    excerpt::excerpts,
    version::{Step, least},
};

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
        let (released, current) = (&self.released, &self.current);
        let (version, file) = (&released.version, &released.file);
        writeln!(out, "\nsince the release {version} ({file}):\n")?;
        for change in &self.changes {
            self.write_change(change, out)?;
        }
        if let Some(Refusal { what, hint }) = self.refusal() {
            writeln!(out, "wrong-version: {what}")?;
            writeln!(
                out,
                "  at {}:{}: {}",
                current.file, current.line, current.version
            )?;
            writeln!(out, "  {hint}\n")?;
        }
        // The changes by class, counted, what they demand, and what the version is.
        let counts = Class::ALL.map(|class| format!("{} {}", self.count(class), class.as_str()));
        let counts = counts.join(", ");
        let demand = match (self.changes.len(), self.demanded()) {
            (_, None) => "no change".to_owned(),
            (1, Some(least)) => format!("1 change ({counts}) demands {least}"),
            (n, Some(least)) => format!("{n} changes ({counts}) demand {least}"),
        };
        writeln!(
            out,
            "since {version}: {demand}; info.version is {}",
            current.version
        )
    }

    fn write_change(&self, change: &Change, out: &mut dyn Write) -> io::Result<()> {
        let Change {
            class,
            kind,
            was,
            is,
            ..
        } = change;
        let what = change.what(str::to_owned);
        let (class, kind) = (class.as_str(), kind.as_str());
        writeln!(
            out,
            "{class}: {what} {kind} (demands {})",
            self.least(change)
        )?;
        let values = [was, is].map(|said| said.as_ref().map(|said| &said.value));
        let [was_text, is_text] = excerpts(values);
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
        writeln!(out, "  {}: {}", change.affected.as_str(), change.why)?;
        if change.rule.is_none() {
            writeln!(out, "  {UNKNOWN}")?;
        }
        writeln!(out)
    }

    /// The least version that may follow with this change.
    fn least(&self, change: &Change) -> String {
        least(&self.released.version, change.class).to_string()
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
        let hint = format!("write version: {least}, or take back what demands it");
        Some(Refusal { what, hint })
    }

    /// Every change, and a version that does not make the step, as objects: the keys of what a check
    /// finds on the page, and those that only a comparison has.
    #[must_use]
    pub fn records(&self) -> Vec<Json> {
        let refusal = self.refusal().map(|Refusal { what, hint }| {
            json!({
                "fact": "info.version",
                "verdict": "wrong-version",
                "page": null,
                "page_line": null,
                "spec": self.current.version.to_string(),
                "spec_line": self.current.line,
                "hint": format!("{what}; {hint}"),
                "released": self.released.version.to_string(),
                "released_line": self.released.line,
                "class": null,
                "kind": null,
                "pointer": "/info/version",
                "affected": null,
                "rule": null,
                "demands": self.demanded().map(|version| version.to_string()),
            })
        });
        let changes = self.changes.iter().map(|change| self.record(change));
        changes.chain(refusal).collect()
    }

    fn record(&self, change: &Change) -> Json {
        let value = |said: &Option<Said>| said.as_ref().map(|said| said.value.clone());
        let line = |said: &Option<Said>| said.as_ref().and_then(|said| said.at).map(|at| at.line);
        let hint = match change.rule {
            Some(_) => change.why.to_owned(),
            None => format!("{}; {UNKNOWN}", change.why),
        };
        json!({
            "fact": change.what(str::to_owned),
            "verdict": "changed-since-release",
            "page": null,
            "page_line": null,
            "spec": value(&change.is),
            "spec_line": line(&change.is),
            "hint": hint,
            "released": value(&change.was),
            "released_line": line(&change.was),
            "class": change.class,
            "kind": change.kind,
            "pointer": change.pointer,
            "affected": change.affected,
            "rule": change.rule,
            "demands": self.least(change),
        })
    }
}

struct Refusal {
    what: String,
    hint: String,
}
