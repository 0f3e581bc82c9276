//! Reports of a comparison, as text and as JSON.

use std::io::{self, Write};

use serde_json::{Value as Json, json};

use crate::{
    change::{Change, Class, Said},
    compatibility::Compatibility,
    excerpt::excerpts,
    version::{Step, least},
};

/// The advice for a change that no rule knows.
const UNKNOWN: &str = "add a rule for it to compatibility/src/rules, or undo the change";

impl Compatibility {
    /// Writes every change, and then whether the version was raised far enough. Writes nothing if
    /// there are no changes and the version is right.
    ///
    /// # Errors
    ///
    /// The error of writing to `out`.
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
        // The number of changes by class, the version that they require, and the current version.
        let counts = Class::ALL.map(|class| format!("{} {}", self.count(class), class.as_str()));
        let counts = counts.join(", ");
        let demand = match (self.changes.len(), self.demanded()) {
            (_, None) => "no changes".to_owned(),
            (1, Some(least)) => format!("1 change ({counts}) requires {least}"),
            (n, Some(least)) => format!("{n} changes ({counts}) require {least}"),
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
            "{class}: {what} {kind} (requires {})",
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

    /// The lowest version that this change allows.
    fn least(&self, change: &Change) -> String {
        least(&self.released.version, change.class).to_string()
    }

    /// What is wrong with the version, and what to write.
    fn refusal(&self) -> Option<Refusal> {
        let released = &self.released.version;
        let (what, least) = match &self.step {
            Step::Fits => return None,
            Step::Unchanged { least } => (
                format!("the contract changed since {released}, but its version did not"),
                least,
            ),
            Step::Lower { least } => (
                format!("the version is lower than the release {released}"),
                least,
            ),
            Step::TooSmall { least } => (
                format!("the step from {released} is too small for the changes"),
                least,
            ),
        };
        let hint = format!("write version: {least}, or undo the changes that require it");
        Some(Refusal { what, hint })
    }

    /// Every change, and a version that is too low, as JSON objects. They have the keys of the
    /// findings of a check, and further keys that only a comparison has.
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
