//! Where results go: to the journal, to standard output, or to both.

use std::io::{self, Write};

use crate::{
    journal::Journal,
    output_format::{OutputFormat, write_json},
    record::Record,
    terminal::say,
};

#[derive(Debug)]
pub(crate) struct Output {
    journal: Option<Journal>,
    printed: Option<PrintedResults>,
    /// Whether people read a line an id, and want to know what to do about each.
    advise: bool,
}

/// Standard output, and what is to be written to it.
#[derive(Debug)]
struct PrintedResults {
    format: OutputFormat,
    pending: Vec<u8>,
}

impl Output {
    pub(crate) fn new(
        journal: Option<Journal>,
        printed: Option<OutputFormat>,
        advise: bool,
    ) -> Self {
        let printed = printed.map(|format| PrintedResults {
            format,
            pending: Vec::new(),
        });
        Self {
            journal,
            printed,
            advise,
        }
    }

    /// Adds a result, which counts for nothing until it is [flushed](Self::flush).
    pub(crate) fn add(&mut self, record: &Record<'_>) -> Result<(), String> {
        if let Some(journal) = &mut self.journal {
            journal.add(record).map_err(|error| error.to_string())?;
        }
        if let Some(printed) = &mut self.printed {
            printed.add(record).map_err(|error| error.to_string())?;
        }
        if self.journal.is_none() && self.printed.is_none() {
            say(serde_json::to_string(record).unwrap_or_else(|_| record.text()));
        }
        if let Some(action) = record.action().filter(|_| self.advise) {
            self.flush()?;
            say(format_args!("  what to do: {action}"));
        }
        Ok(())
    }

    /// Whether there is anything to flush.
    pub(crate) fn is_pending(&self) -> bool {
        let journal = self.journal.as_ref();
        let printed = self.printed.as_ref();
        journal.is_some_and(|journal| !journal.unwritten().is_empty())
            || printed.is_some_and(|printed| !printed.pending.is_empty())
    }

    /// Writes what was added. Where that fails it is said on standard error instead: it may be all
    /// that is known of faces that are enrolled.
    ///
    /// # Errors
    ///
    /// What could not be written to; it is not tried again.
    pub(crate) fn flush(&mut self) -> Result<(), String> {
        let mut problem = None;
        if let Some(Err(error)) = self.journal.as_mut().map(Journal::flush) {
            problem = Some(format!("cannot write to the journal: {error}"));
            if let Some(journal) = self.journal.take() {
                say(String::from_utf8_lossy(journal.unwritten()).trim_end());
            }
        }
        if let Some(Err(error)) = self.printed.as_mut().map(PrintedResults::flush) {
            problem = Some(format!("cannot write to standard output: {error}"));
            if let Some(printed) = self.printed.take()
                && self.journal.is_none()
            {
                say(String::from_utf8_lossy(&printed.pending).trim_end());
            }
        }
        problem.map_or(Ok(()), Err)
    }

    /// Waits until all of it is where it shall be kept.
    pub(crate) fn finish(mut self) -> Result<(), String> {
        self.flush()?;
        let finished = self.journal.map_or(Ok(()), Journal::finish);
        finished.map_err(|error| format!("the journal may not be on the disk: {error}"))
    }
}

impl PrintedResults {
    fn add(&mut self, record: &Record<'_>) -> io::Result<()> {
        match self.format {
            OutputFormat::Json => write_json(&mut self.pending, record),
            OutputFormat::Text => writeln!(self.pending, "{}", record.text()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.pending.is_empty() {
            return Ok(());
        }
        let mut out = anstream::stdout().lock();
        out.write_all(&self.pending)?;
        out.flush()?;
        self.pending.clear();
        Ok(())
    }
}
