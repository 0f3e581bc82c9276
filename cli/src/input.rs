//! The input: a file or standard input, in one of several formats, compressed or not, in UTF-8 or UTF-16.

mod cells;
mod column;
mod compression;
mod csv;
mod dialect;
mod entry;
mod format;
mod id_name;
mod id_text;
mod json_lines;
mod lines;
mod observed_reader;
mod options;
mod other_format;
mod quotes;
mod source;
mod utf16;
#[cfg(feature = "xlsx")]
mod workbook;

use std::{
    io::{self, BufRead},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use self::{
    csv::Csv,
    format::InputFormat,
    lines::{Line, Lines},
    source::Source,
};
use crate::problem::file_advice;
pub(crate) use entry::{BadLine, InputEntry};
pub(crate) use id_text::Damage;
pub(crate) use options::{InputOptions, is_standard_input};

/// The entries of an input, read on demand.
pub(crate) struct Input {
    entries: Entries,
    /// The first entry, read ahead.
    first: Option<InputEntry>,
    strict: bool,
    /// A note for the user about how the input is read.
    pub(crate) note: Option<String>,
}

enum Entries {
    Text(Box<Text>),
    /// With the number of bytes read from the file.
    #[cfg(feature = "xlsx")]
    Workbook(workbook::Workbook, Arc<AtomicU64>),
}

struct Text {
    lines: Lines<Box<dyn BufRead + Send>>,
    line: Line,
    parser: Parser,
    /// The number of bytes read from the file, if it is compressed or not in UTF-8.
    taken: Option<Arc<AtomicU64>>,
}

/// Turns lines into entries.
enum Parser {
    Lines,
    Csv(Csv),
    /// With the name of the field.
    Jsonl(Option<String>),
}

impl Input {
    /// Opens the file, and reads enough of it to find where the ids are and whether there are any.
    /// `before_read` is called before each read of the file, because a read may block.
    pub(crate) fn open(
        options: &InputOptions,
        path: &Path,
        before_read: impl FnMut() + Send + 'static,
    ) -> Result<Self, String> {
        let failed = |error| {
            let advice = file_advice(&error);
            format!(
                "could not read the input {}: {error}{advice}",
                path.display()
            )
        };
        let source = Source::open(path, before_read).map_err(failed)?;
        let format = options.format(path, source.is_workbook())?;
        Self::read(source, format, options, path).map_err(failed)
    }

    fn read(
        source: Source,
        format: InputFormat,
        options: &InputOptions,
        path: &Path,
    ) -> io::Result<Self> {
        let (entries, note) = match format {
            #[cfg(feature = "xlsx")]
            InputFormat::Xlsx => {
                let taken = Arc::clone(&source.taken);
                let (sheet, column) = (options.sheet.as_deref(), options.column.as_ref());
                let has_header = !options.no_header;
                let bytes = source.bytes()?;
                let read = workbook::Workbook::read(bytes, sheet, column, has_header);
                let (workbook, note) = read.map_err(io::Error::other)?;
                (Entries::Workbook(workbook, taken), note)
            }
            format => {
                let (text, note) = Text::new(source, format, options, path)?;
                (Entries::Text(Box::new(text)), note)
            }
        };
        let mut input = Self {
            entries,
            first: None,
            strict: options.strict,
            note,
        };
        input.first = input.next()?;
        Ok(input)
    }

    /// Whether there is neither an id nor an invalid line. To be called before the first `next`.
    pub(crate) fn is_empty(&self) -> bool {
        self.first.is_none()
    }

    pub(crate) fn next(&mut self) -> io::Result<Option<InputEntry>> {
        if let Some(first) = self.first.take() {
            return Ok(Some(first));
        }
        let entry = match &mut self.entries {
            Entries::Text(text) => text.next()?,
            #[cfg(feature = "xlsx")]
            Entries::Workbook(workbook, _) => workbook.next(),
        };
        Ok(if self.strict {
            entry.map(InputEntry::strict)
        } else {
            entry
        })
    }

    /// How many bytes of the file were read.
    pub(crate) fn position(&self) -> u64 {
        match &self.entries {
            Entries::Text(text) => text.position(),
            #[cfg(feature = "xlsx")]
            Entries::Workbook(workbook, taken) => workbook.position(taken.load(Ordering::Relaxed)),
        }
    }
}

impl Text {
    fn new(
        source: Source,
        format: InputFormat,
        options: &InputOptions,
        path: &Path,
    ) -> io::Result<(Self, Option<String>)> {
        let is_named = options.input_format.is_some();
        other_format::refuse_binary(&source.beginning)?;
        other_format::refuse_other_texts(&source.beginning, format, is_named)?;
        let taken = source.is_converted.then_some(source.taken);
        let mut lines = Lines::new(source.reader);
        let mut note = None;
        let parser = match format {
            InputFormat::Lines | InputFormat::Xlsx => Parser::Lines,
            InputFormat::Jsonl => Parser::Jsonl(options.field.clone()),
            InputFormat::Csv => {
                let usual = InputOptions::usual_delimiter(path);
                let (delimiter, column) = (options.delimiter, options.column.as_ref());
                let csv;
                (csv, note) = Csv::new(&mut lines, delimiter, usual, column, !options.no_header)?;
                Parser::Csv(csv)
            }
        };
        let text = Self {
            lines,
            line: Line::default(),
            parser,
            taken,
        };
        Ok((text, note))
    }

    fn next(&mut self) -> io::Result<Option<InputEntry>> {
        if let Parser::Csv(csv) = &mut self.parser {
            return csv.next(&mut self.lines);
        }
        while self.lines.next(&mut self.line)? {
            let line = &self.line;
            return Ok(Some(match &self.parser {
                _ if line.is_blank() => continue,
                _ if line.too_long => InputEntry::too_long(line),
                Parser::Jsonl(field) => json_lines::entry(line, field.as_deref()),
                _ if is_comment(line) => continue,
                _ => InputEntry::of_line(line),
            }));
        }
        Ok(None)
    }

    fn position(&self) -> u64 {
        let taken = self.taken.as_ref();
        taken.map_or(self.lines.position(), |taken| taken.load(Ordering::Relaxed))
    }
}

/// Whether a line is a comment, in the format with one id per line.
fn is_comment(line: &Line) -> bool {
    let text = line.bytes.trim_ascii();
    text.starts_with(b"#") && !id_text::is_spreadsheet_error(text)
}
