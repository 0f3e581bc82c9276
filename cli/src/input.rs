//! Where the ids come from: a file or standard input, in one of three forms, compressed or not.

mod counted;
mod csv;
mod json;
mod lines;
mod sniff;

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use clap::{Args, ValueEnum};
use flate2::bufread::MultiGzDecoder;

use counted::Counted;
use csv::{Column, Csv};
use lines::{LONGEST, Line, Lines};

#[derive(Debug, Clone, Args)]
#[group(skip)]
pub(crate) struct Options {
    /// The file that holds the ids, or - for standard input; compressed by gzip or not. Blank lines
    /// and lines that begin with # are skipped
    #[arg(long, value_name = "FILE", conflicts_with = "ids")]
    pub(crate) input: Option<PathBuf>,

    /// The form of the file, if its name does not tell by .csv, .tsv, .json, .jsonl or .ndjson
    #[arg(long, value_enum, value_name = "FORM", requires = "input")]
    input_format: Option<Form>,

    /// The column of a CSV file that holds the ids, by its name or its number from 1 on; otherwise
    /// the one named `signature_id` or alike
    #[arg(long, value_name = "NAME|N", requires = "input", value_parser = column)]
    column: Option<Column>,

    /// The first line of a CSV file holds an id already; needs the number of a column
    #[arg(long, requires = "column")]
    no_header: bool,

    /// What is between the columns of a CSV file, instead of a comma, or of a tab in a .tsv file
    #[arg(long, value_name = "CHAR", requires = "input", value_parser = delimiter)]
    delimiter: Option<u8>,

    /// The field of each JSON object that holds the id; otherwise `signature_id` or alike
    #[arg(long, value_name = "NAME", requires = "input")]
    field: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// An id a line
    Lines,
    /// Records of columns, with a header
    Csv,
    /// A JSON object a line
    Jsonl,
}

/// What a line, or a record, gives.
#[derive(Debug)]
pub(crate) struct Entry {
    /// The line that it begins on, from 1.
    pub(crate) line: u64,
    /// The id, or why there is none.
    pub(crate) id: Result<String, String>,
}

impl Entry {
    fn id(line: u64, text: &str) -> Self {
        let text = text.trim();
        let id = match text.char_indices().find(|(_, letter)| letter.is_control()) {
            Some((at, _)) => Err(format!("byte {} of the id is a control character", at + 1)),
            None => Ok(text.to_owned()),
        };
        Self { line, id }
    }

    fn bad(line: u64, reason: String) -> Self {
        let id = Err(reason);
        Self { line, id }
    }

    fn too_long(line: u64) -> Self {
        Self::bad(line, format!("it is longer than {LONGEST} bytes"))
    }

    fn reason(&self) -> String {
        let reason = self.id.as_ref().err().map_or("", String::as_str);
        format!("line {}: {reason}", self.line)
    }
}

/// Entries, read as they are asked for.
pub(crate) struct Input {
    entries: Entries,
    line: Line,
    field: Option<String>,
    /// How many bytes were taken from the file, if they are not those of the text.
    compressed: Option<Arc<AtomicU64>>,
    /// What to tell of it before it is read.
    pub(crate) note: Option<String>,
}

enum Entries {
    Lines(Lines<Box<dyn BufRead + Send>>),
    Csv(Csv<Box<dyn BufRead + Send>>),
    Jsonl(Lines<Box<dyn BufRead + Send>>),
}

impl Options {
    /// The length of the file, if that is known and says how far reading has got.
    pub(crate) fn length(&self) -> Option<u64> {
        let metadata = self.input.as_ref()?.metadata().ok()?;
        metadata.is_file().then_some(metadata.len())
    }

    /// Opens the file, and reads as much of it as tells where the ids are. `wrap` sees all that is
    /// read.
    pub(crate) fn open<R: Read + Send + 'static>(
        &self,
        path: &Path,
        wrap: impl FnOnce(Box<dyn Read + Send>) -> R,
    ) -> Result<Input, String> {
        let form = self.form(path)?;
        self.entries(path, form, wrap)
            .map_err(|error| format!("cannot read the input {}: {error}", path.display()))
    }

    fn entries<R: Read + Send + 'static>(
        &self,
        path: &Path,
        form: Form,
        wrap: impl FnOnce(Box<dyn Read + Send>) -> R,
    ) -> io::Result<Input> {
        let source: Box<dyn Read + Send> = if is_standard_input(path) {
            Box::new(io::stdin())
        } else {
            if path.is_dir() {
                return Err(io::Error::from(io::ErrorKind::IsADirectory));
            }
            Box::new(File::open(path)?)
        };
        let counted = Counted::new(source);
        let taken = Arc::clone(&counted.taken);
        // Small reads: how much of a compressed file is taken says how far reading has got.
        let mut reader = BufReader::with_capacity(8 * 1024, wrap(Box::new(counted)));
        // No text begins like this.
        let compressed = reader.fill_buf()?.starts_with(b"\x1f\x8b");
        let mut reader: Box<dyn BufRead + Send> = if compressed {
            Box::new(BufReader::with_capacity(
                LONGEST,
                MultiGzDecoder::new(reader),
            ))
        } else {
            Box::new(reader)
        };
        sniff::refuse_other_forms(reader.fill_buf()?, form, self.input_format.is_some())?;
        let lines = Lines::new(reader);
        let mut note = None;
        let entries = match form {
            Form::Lines => Entries::Lines(lines),
            Form::Jsonl => Entries::Jsonl(lines),
            Form::Csv => {
                let column = self.column.clone().unwrap_or(Column::Unnamed);
                let tab = has_extension(path, "tsv");
                let delimiter = self.delimiter.unwrap_or(if tab { b'\t' } else { b',' });
                let (csv, told) = Csv::new(lines, delimiter, &column, !self.no_header)?;
                note = told;
                Entries::Csv(csv)
            }
        };
        Ok(Input {
            entries,
            line: Line::default(),
            field: self.field.clone(),
            compressed: compressed.then_some(taken),
            note,
        })
    }

    fn form(&self, path: &Path) -> Result<Form, String> {
        let form = self.input_format.unwrap_or_else(|| {
            if has_extension(path, "csv") || has_extension(path, "tsv") {
                Form::Csv
            } else if ["jsonl", "ndjson", "json"]
                .iter()
                .any(|extension| has_extension(path, extension))
            {
                Form::Jsonl
            } else {
                Form::Lines
            }
        });
        if form != Form::Csv && (self.column.is_some() || self.delimiter.is_some()) {
            return Err("--column and --delimiter are for CSV; pass --input-format csv".to_owned());
        }
        if form != Form::Jsonl && self.field.is_some() {
            return Err("--field is for JSON lines; pass --input-format jsonl".to_owned());
        }
        if self.no_header && !matches!(self.column, Some(Column::Number(_))) {
            return Err("without a header a column has a number alone; pass --column N".to_owned());
        }
        Ok(form)
    }
}

impl Input {
    pub(crate) fn next(&mut self) -> io::Result<Option<Entry>> {
        let lines = match &mut self.entries {
            Entries::Csv(csv) => return csv.next(),
            Entries::Lines(lines) | Entries::Jsonl(lines) => lines,
        };
        loop {
            if !lines.next(&mut self.line)? {
                return Ok(None);
            }
            if !self.line.is_nothing() {
                break;
            }
        }
        let line = &self.line;
        if line.too_long {
            return Ok(Some(Entry::too_long(line.number)));
        }
        Ok(Some(match (&self.entries, line.text()) {
            (_, Err(reason)) => Entry::bad(line.number, reason),
            (Entries::Jsonl(_), Ok(_)) => json::entry(line, self.field.as_deref()),
            (_, Ok(text)) => Entry::id(line.number, text),
        }))
    }

    /// How many bytes of the file were read.
    pub(crate) fn position(&self) -> u64 {
        if let Some(taken) = &self.compressed {
            return taken.load(Ordering::Relaxed);
        }
        match &self.entries {
            Entries::Lines(lines) | Entries::Jsonl(lines) => lines.position(),
            Entries::Csv(csv) => csv.position(),
        }
    }
}

pub(crate) fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Whether the name ends so, but for `.gz`.
fn has_extension(path: &Path, extension: &str) -> bool {
    let name = path.to_string_lossy().to_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    name.strip_suffix(extension)
        .is_some_and(|stem| stem.ends_with('.'))
}

/// Whether a column or a field has the ids, by its name: `signatureId`, `Signature ID` and alike.
fn names_ids(name: &str) -> bool {
    let letters = name.chars().filter(|letter| letter.is_alphanumeric());
    letters
        .flat_map(char::to_lowercase)
        .eq("signatureid".chars())
}

fn column(text: &str) -> Result<Column, String> {
    match text.parse() {
        Ok(0) => Err("columns count from 1".to_owned()),
        Ok(number) => Ok(Column::Number(number)),
        Err(_) => Ok(Column::Named(text.to_owned())),
    }
}

fn delimiter(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        _ if text == "\\t" => Ok(b'\t'),
        [byte] if *byte != b'"' && *byte != b'\n' => Ok(*byte),
        _ => Err("not one ASCII character; write ; or \\t".to_owned()),
    }
}
