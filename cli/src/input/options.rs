//! The options that say what the input is, and which of them go together.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{
    column::IdColumn,
    format::{InputFormat, has_extension},
};

#[derive(Debug, Clone, Args)]
#[group(skip)]
pub(crate) struct InputOptions {
    /// The file that holds the ids, or - for standard input: a line an id, CSV, JSON lines or a
    /// workbook (.xlsx), compressed by gzip or zstd or not
    #[arg(long, value_name = "FILE", conflicts_with = "ids")]
    pub(crate) input: Option<PathBuf>,

    /// The form of the file, if its name does not tell by .csv, .tsv, .json, .jsonl or .ndjson
    #[arg(long, value_enum, value_name = "FORM", requires = "input")]
    pub(crate) input_format: Option<InputFormat>,

    /// The column of a CSV file or a workbook that holds the ids, by its name or its number from 1 on;
    /// otherwise the one named `signature_id` or alike
    #[arg(long, value_name = "NAME|N", requires = "input")]
    pub(crate) column: Option<IdColumn>,

    /// The first line of a CSV file or a workbook holds an id already; needs the number of a column
    #[arg(long, requires = "column")]
    pub(crate) no_header: bool,

    /// What is between the columns of a CSV file; otherwise the first line tells
    #[arg(long, value_name = "CHAR", requires = "input", value_parser = delimiter)]
    pub(crate) delimiter: Option<u8>,

    /// The field of each JSON object that holds the id, or the path to it, as in `data.id`; otherwise
    /// `signature_id` or alike
    #[arg(long, value_name = "NAME", requires = "input")]
    pub(crate) field: Option<String>,

    /// The sheet of a workbook that holds the ids; otherwise the first one
    #[arg(long, value_name = "NAME", requires = "input")]
    pub(crate) sheet: Option<String>,

    /// Take ids that look damaged by a spreadsheet or a chat program for bad lines; otherwise they are
    /// called as they are, and shown
    #[arg(long, requires = "input")]
    pub(crate) strict: bool,

    /// An input without any id is no error
    #[arg(long, requires = "input")]
    pub(crate) allow_empty: bool,
}

impl InputOptions {
    /// The length of the file, if that is known and says how far reading has got.
    pub(crate) fn length(&self) -> Option<u64> {
        let path = self.input.as_ref().filter(|path| !is_standard_input(path));
        let metadata = path?.metadata().ok()?;
        metadata.is_file().then_some(metadata.len())
    }

    /// Whether it has the same lines when it is read again under its name.
    pub(crate) fn is_file(&self) -> bool {
        let path = self.input.as_ref();
        // What another program gives may be a file there, too.
        let is_given = |path: &PathBuf| ["/dev", "/proc"].iter().any(|of| path.starts_with(of));
        self.length().is_some() && !path.is_some_and(is_given)
    }

    /// What the input of this name is read as.
    ///
    /// # Errors
    ///
    /// If another option is for another format.
    pub(crate) fn format(&self, path: &Path, is_workbook: bool) -> Result<InputFormat, String> {
        let named = self
            .input_format
            .unwrap_or_else(|| InputFormat::of_name(path));
        let format = match named {
            _ if is_workbook => InputFormat::Xlsx,
            InputFormat::Xlsx => {
                return Err("it is no workbook; pass --input-format with what it is".to_owned());
            }
            named => named,
        };
        let has_columns = matches!(format, InputFormat::Csv | InputFormat::Xlsx);
        if !has_columns && (self.column.is_some() || self.delimiter.is_some()) {
            return Err("--column and --delimiter are for CSV; pass --input-format csv".to_owned());
        }
        if is_workbook && self.delimiter.is_some() {
            return Err("it is a workbook, whose columns have no --delimiter".to_owned());
        }
        if !is_workbook && self.sheet.is_some() {
            return Err("it is no workbook, and has no --sheet".to_owned());
        }
        if format != InputFormat::Jsonl && self.field.is_some() {
            return Err("--field is for JSON lines; pass --input-format jsonl".to_owned());
        }
        if self.no_header && !matches!(self.column, Some(IdColumn::Number(_))) {
            return Err("without a header a column has a number alone; pass --column N".to_owned());
        }
        Ok(format)
    }

    /// What is between the columns of a file of this name, if nothing else tells.
    pub(crate) fn usual_delimiter(path: &Path) -> u8 {
        if has_extension(path, "tsv") {
            b'\t'
        } else {
            b','
        }
    }
}

pub(crate) fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn delimiter(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        _ if text == "\\t" => Ok(b'\t'),
        [byte] if !b"\"\r\n".contains(byte) => Ok(*byte),
        _ => Err("not one ASCII character; write ; or \\t".to_owned()),
    }
}
