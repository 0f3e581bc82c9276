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
    /// The results since the last flush.
    pending: Vec<UnwrittenResult>,
    /// Whether the ids were arguments. Each failed id is then followed by what to do.
    is_for_few: bool,
}

/// Standard output, with the results that are not written yet.
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

    /// Adds a result. It is written by the next [`flush`](Self::flush).
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

    /// Whether there are results to flush.
    pub(crate) fn is_pending(&self) -> bool {
        let journal = self.journal.as_ref();
        let printed = self.printed.as_ref();
        journal.is_some_and(|journal| !journal.unwritten().is_empty())
            || printed.is_some_and(|printed| !printed.pending.is_empty())
    }

    /// Writes the results. If that fails, they are printed on standard error instead, so that the user
    /// learns which faces were enrolled.
    ///
    /// # Errors
    ///
    /// A message that says what could not be written. That output is not used again.
    pub(crate) fn flush(&mut self) -> Result<(), String> {
        let mut problem = None;
        let mut lost = false;
        if let Some(Err(error)) = self.journal.as_mut().map(Journal::flush) {
            problem = Some(error_text(format_args!(
                "could not write to the journal: {error}"
            )));
            self.journal = None;
            lost = true;
        }
        if let Some(Err(error)) = self.printed.as_mut().map(PrintedResults::flush) {
            problem = Some(match error.kind() {
                // The reading program has ended, such as `head`.
                io::ErrorKind::BrokenPipe => "standard output is closed".to_owned(),
                _ => error_text(format_args!("could not write to standard output: {error}")),
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

    /// Flushes all results to the outputs and the journal to disk.
    pub(crate) fn finish(mut self) -> Result<(), String> {
        self.flush()?;
        let finished = self.journal.map_or(Ok(()), Journal::finish);
        finished.map_err(|error| {
            error_text(format_args!("could not flush the journal to disk: {error}; check the disk, then run again with --resume"))
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
