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
    /// The file that holds the ids, or - for standard input; compressed by gzip or not. Blank lines
    /// and lines that begin with # are skipped
    #[arg(long, value_name = "FILE", conflicts_with = "ids")]
    pub(crate) input: Option<PathBuf>,

    /// The form of the file, if its name does not tell by .csv, .tsv, .json, .jsonl or .ndjson
    #[arg(long, value_enum, value_name = "FORM", requires = "input")]
    pub(crate) input_format: Option<InputFormat>,

    /// The column of a CSV file that holds the ids, by its name or its number from 1 on; otherwise
    /// the one named `signature_id` or alike
    #[arg(long, value_name = "NAME|N", requires = "input")]
    pub(crate) column: Option<IdColumn>,

    /// The first line of a CSV file holds an id already; needs the number of a column
    #[arg(long, requires = "column")]
    pub(crate) no_header: bool,

    /// What is between the columns of a CSV file, instead of a comma, or of a tab in a .tsv file
    #[arg(long, value_name = "CHAR", requires = "input", value_parser = delimiter)]
    delimiter: Option<u8>,

    /// The field of each JSON object that holds the id; otherwise `signature_id` or alike
    #[arg(long, value_name = "NAME", requires = "input")]
    pub(crate) field: Option<String>,
}

impl InputOptions {
    /// The length of the file, if that is known and says how far reading has got.
    pub(crate) fn length(&self) -> Option<u64> {
        let metadata = self.input.as_ref()?.metadata().ok()?;
        metadata.is_file().then_some(metadata.len())
    }

    /// What the input of this name is read as.
    ///
    /// # Errors
    ///
    /// If another option is for another format.
    pub(crate) fn format(&self, path: &Path) -> Result<InputFormat, String> {
        let format = self.input_format;
        let format = format.unwrap_or_else(|| InputFormat::of_name(path));
        if format != InputFormat::Csv && (self.column.is_some() || self.delimiter.is_some()) {
            return Err("--column and --delimiter are for CSV; pass --input-format csv".to_owned());
        }
        if format != InputFormat::Jsonl && self.field.is_some() {
            return Err("--field is for JSON lines; pass --input-format jsonl".to_owned());
        }
        if self.no_header && !matches!(self.column, Some(IdColumn::Number(_))) {
            return Err("without a header a column has a number alone; pass --column N".to_owned());
        }
        Ok(format)
    }

    pub(crate) fn delimiter(&self, path: &Path) -> u8 {
        let tab = has_extension(path, "tsv");
        self.delimiter.unwrap_or(if tab { b'\t' } else { b',' })
    }
}

fn delimiter(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        _ if text == "\\t" => Ok(b'\t'),
        [byte] if *byte != b'"' && *byte != b'\n' => Ok(*byte),
        _ => Err("not one ASCII character; write ; or \\t".to_owned()),
    }
}
