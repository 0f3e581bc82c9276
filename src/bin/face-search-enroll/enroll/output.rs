//! Where results go: to the journal, to standard output, or to both.

use std::io::{self, Write};

use crate::{Format, journal::Journal, record::Record, terminal::say};

#[derive(Debug)]
pub(crate) struct Output {
    pub(crate) journal: Option<Journal>,
    pub(crate) lines: Option<Format>,
    /// Whether people read a line an id, and want to know what to do about each.
    pub(crate) advise: bool,
}

impl Output {
    /// Writes one result. Where that fails it is said on standard error instead: it may be all that
    /// is known of a face that is enrolled.
    ///
    /// # Errors
    ///
    /// What could not be written to; it is not tried again.
    pub(crate) fn write(&mut self, record: &Record<'_>) -> Result<(), String> {
        let mut problem = None;
        let mut kept = false;
        if let Some(journal) = &mut self.journal {
            match journal.write(record) {
                Ok(()) => kept = true,
                Err(error) => {
                    problem = Some(format!("cannot write to the journal: {error}"));
                    self.journal = None;
                }
            }
        }
        if let Some(format) = self.lines {
            match print(record, format) {
                Ok(()) => kept = true,
                Err(error) => {
                    problem = Some(format!("cannot write to standard output: {error}"));
                    self.lines = None;
                }
            }
        }
        if !kept {
            say(serde_json::to_string(record).unwrap_or_else(|_| record.text()));
        }
        if let Some(action) = record.action().filter(|_| self.advise) {
            say(format_args!("  what to do: {action}"));
        }
        problem.map_or(Ok(()), Err)
    }
}

fn print(record: &Record<'_>, format: Format) -> io::Result<()> {
    match format {
        Format::Json => {
            let mut out = io::stdout().lock();
            serde_json::to_writer(&mut out, record)?;
            writeln!(out)?;
            out.flush()
        }
        Format::Text => {
            let mut out = anstream::stdout().lock();
            writeln!(out, "{}", record.text())?;
            out.flush()
        }
    }
}
