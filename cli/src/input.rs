//! Where the ids come from: a file or standard input, in one of three formats, compressed or not.

mod column;
mod csv;
mod entry;
mod format;
mod id_name;
mod json_lines;
mod lines;
mod observed_reader;
mod options;
mod other_format;
mod quotes;

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use flate2::bufread::MultiGzDecoder;

use self::{
    csv::Csv,
    format::InputFormat,
    lines::{LONGEST, Line, Lines},
    observed_reader::ObservedReader,
};
pub(crate) use entry::InputEntry;
pub(crate) use options::InputOptions;

/// Entries, read as they are asked for.
pub(crate) struct Input {
    lines: Lines<Box<dyn BufRead + Send>>,
    line: Line,
    parser: Parser,
    /// How many bytes were taken from the file, if they are not those of the text.
    compressed: Option<Arc<AtomicU64>>,
    /// What to tell of it before it is read.
    pub(crate) note: Option<String>,
}

/// What makes entries of lines.
enum Parser {
    Lines,
    Csv(Csv),
    /// With the name of the field.
    Jsonl(Option<String>),
}

impl Input {
    /// Opens the file, and reads as much of it as tells where the ids are. `before_read` is called
    /// before each read of it, which may have to wait.
    pub(crate) fn open(
        options: &InputOptions,
        path: &Path,
        before_read: impl FnMut() + Send + 'static,
    ) -> Result<Self, String> {
        let format = options.format(path)?;
        Self::open_as(format, options, path, before_read)
            .map_err(|error| format!("cannot read the input {}: {error}", path.display()))
    }

    fn open_as(
        format: InputFormat,
        options: &InputOptions,
        path: &Path,
        before_read: impl FnMut() + Send + 'static,
    ) -> io::Result<Self> {
        let source: Box<dyn Read + Send> = if is_standard_input(path) {
            Box::new(io::stdin())
        } else {
            if path.is_dir() {
                return Err(io::Error::from(io::ErrorKind::IsADirectory));
            }
            Box::new(File::open(path)?)
        };
        let source = ObservedReader::new(source, before_read);
        let taken = Arc::clone(&source.taken);
        // Small reads: how much of a compressed file is taken says how far reading has got.
        let mut reader = BufReader::with_capacity(8 * 1024, source);
        // No text begins like this.
        let compressed = reader.fill_buf()?.starts_with(b"\x1f\x8b");
        let mut reader: Box<dyn BufRead + Send> = if compressed {
            let decoder = MultiGzDecoder::new(reader);
            Box::new(BufReader::with_capacity(LONGEST, decoder))
        } else {
            Box::new(reader)
        };
        let is_named = options.input_format.is_some();
        other_format::refuse_other_formats(reader.fill_buf()?, format, is_named)?;
        let mut lines = Lines::new(reader);
        let mut note = None;
        let parser = match format {
            InputFormat::Lines => Parser::Lines,
            InputFormat::Jsonl => Parser::Jsonl(options.field.clone()),
            InputFormat::Csv => {
                let (delimiter, column) = (options.delimiter(path), options.column.as_ref());
                let csv;
                (csv, note) = Csv::new(&mut lines, delimiter, column, !options.no_header)?;
                Parser::Csv(csv)
            }
        };
        Ok(Self {
            lines,
            line: Line::default(),
            parser,
            compressed: compressed.then_some(taken),
            note,
        })
    }

    pub(crate) fn next(&mut self) -> io::Result<Option<InputEntry>> {
        if let Parser::Csv(csv) = &mut self.parser {
            return csv.next(&mut self.lines);
        }
        while self.lines.next(&mut self.line)? {
            let line = &self.line;
            if line.is_nothing() {
                continue;
            }
            return Ok(Some(match &self.parser {
                _ if line.too_long => InputEntry::too_long(line.number),
                Parser::Jsonl(field) => json_lines::entry(line, field.as_deref()),
                _ => InputEntry::of_line(line),
            }));
        }
        Ok(None)
    }

    /// How many bytes of the file were read.
    pub(crate) fn position(&self) -> u64 {
        let taken = self.compressed.as_ref();
        taken.map_or(self.lines.position(), |taken| taken.load(Ordering::Relaxed))
    }
}

pub(crate) fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == "-"
}
