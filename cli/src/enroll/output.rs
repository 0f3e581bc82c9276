//! Where results go: to the journal, to standard output, or to both.

use std::io::{self, Write};

use crate::{
    journal::Journal,
    output_format::{OutputFormat, write_json},
    record::{Record, UnwrittenResult},
    terminal::{error_text, say},
};

#[derive(Debug)]
pub(crate) struct Output {
    journal: Option<Journal>,
    printed: Option<PrintedResults>,
    /// What was added since the last flush.
    pending: Vec<UnwrittenResult>,
    /// Whether people passed a few ids, read a line for each, and want to know what to do about it.
    is_for_few: bool,
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
        is_for_few: bool,
    ) -> Self {
        let printed = printed.map(|format| PrintedResults {
            format,
            pending: Vec::new(),
        });
        Self {
            journal,
            printed,
            pending: Vec::new(),
            is_for_few,
        }
    }

    /// Adds a result, which counts for nothing until it is [flushed](Self::flush).
    pub(crate) fn add(&mut self, record: &Record<'_>) -> Result<(), String> {
        if let Some(journal) = &mut self.journal {
            journal.add(record).map_err(error_text)?;
        }
        if let Some(printed) = &mut self.printed {
            printed.add(record).map_err(error_text)?;
        }
        self.pending.push(record.unwritten());
        if self.journal.is_none() && self.printed.is_none() {
            self.say_unwritten();
        }
        if let Some(action) = record.action().filter(|_| self.is_for_few) {
            self.flush()?;
            say(format_args!("  what to do: {action}"));
        }
        Ok(())
    }

    /// Whether people read results on standard output.
    pub(crate) fn is_for_people(&self) -> bool {
        let format = self.printed.as_ref().map(|printed| printed.format);
        format == Some(OutputFormat::Text)
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
    /// What could not be written to, as it is told; it is not tried again.
    pub(crate) fn flush(&mut self) -> Result<(), String> {
        let mut problem = None;
        let mut lost = false;
        if let Some(Err(error)) = self.journal.as_mut().map(Journal::flush) {
            problem = Some(error_text(format_args!(
                "cannot write to the journal: {error}"
            )));
            self.journal = None;
            lost = true;
        }
        if let Some(Err(error)) = self.printed.as_mut().map(PrintedResults::flush) {
            problem = Some(match error.kind() {
                // Whoever reads has seen enough.
                io::ErrorKind::BrokenPipe => "standard output is closed".to_owned(),
                _ => error_text(format_args!("cannot write to standard output: {error}")),
            });
            self.printed = None;
            lost |= self.journal.is_none();
        }
        if lost {
            self.say_unwritten();
        }
        self.pending.clear();
        problem.map_or(Ok(()), Err)
    }

    fn say_unwritten(&mut self) {
        if !self.pending.is_empty() {
            let texts: Vec<_> = self.pending.iter().map(UnwrittenResult::text).collect();
            say(format_args!("not written: {}", texts.join(", ")));
            self.pending.clear();
        }
    }

    /// Waits until all of it is where it shall be kept.
    pub(crate) fn finish(mut self) -> Result<(), String> {
        self.flush()?;
        let finished = self.journal.map_or(Ok(()), Journal::finish);
        finished.map_err(|error| {
            error_text(format_args!("the journal may not be on the disk: {error}"))
        })
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
