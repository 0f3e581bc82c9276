//! The options that describe the input, and the rules for combining them.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{
    column::IdColumn,
    format::{InputFormat, has_extension},
};

#[derive(Debug, Clone, Args)]
#[group(skip)]
pub(crate) struct InputOptions {
    /// Read the ids from this file, or from standard input if it is -
    ///
    /// The file has one id per line, or is CSV, JSON Lines or an Excel workbook (.xlsx). It may be
    /// compressed with gzip or zstd. The format is detected from the extension and from the first bytes;
    /// a file of another format is refused before anything is sent.
    ///
    /// Lines without a valid id are reported by number, and the other lines are sent. Ids that occur more
    /// than once are sent once.
    #[arg(long, value_name = "FILE", conflicts_with = "ids")]
    pub(crate) input: Option<PathBuf>,

    /// Read the input in this format instead of the one that its extension names
    ///
    /// By default, .csv and .tsv are CSV, .json, .jsonl and .ndjson are JSON Lines, and everything else has
    /// one id per line. Standard input has no extension, so name its format unless it has one id per line.
    #[arg(long, value_enum, value_name = "FORMAT", requires = "input")]
    pub(crate) input_format: Option<InputFormat>,

    /// The column with the ids, by its name or by its number from 1
    ///
    /// It applies to CSV and workbooks. Case, spaces, underscores and hyphens in names are ignored. By
    /// default, it is the column that is named `signature_id`, `signatureId` or similar.
    #[arg(long, value_name = "NAME|N", requires = "input")]
    pub(crate) column: Option<IdColumn>,

    /// Read the first line of a CSV file or a workbook as data; needs --column with a number
    #[arg(long, requires = "column")]
    pub(crate) no_header: bool,

    /// The character between the columns of a CSV file
    ///
    /// Write \t for a tab. By default, it is detected from the first line.
    #[arg(long, value_name = "CHAR", requires = "input", value_parser = delimiter)]
    pub(crate) delimiter: Option<u8>,

    /// The field with the id in each JSON object
    ///
    /// It can be a path, such as `data.id`. By default, it is the field that is named `signature_id`,
    /// `signatureId` or similar.
    #[arg(long, value_name = "NAME", requires = "input")]
    pub(crate) field: Option<String>,

    /// The sheet of a workbook with the ids [default: the first sheet]
    #[arg(long, value_name = "NAME", requires = "input")]
    pub(crate) sheet: Option<String>,

    /// Report ids that look damaged as invalid, and do not send them
    ///
    /// Spreadsheets and chat programs damage ids: 1.23E+15, ="A", an id in quotation marks or with
    /// invisible characters. By default, such ids are sent unchanged and listed before and after the run.
    #[arg(long, requires = "input")]
    pub(crate) strict: bool,

    /// Accept an input without ids
    ///
    /// By default, an empty input is an error, because it usually means that an export went wrong.
    #[arg(long, requires = "input")]
    pub(crate) allow_empty: bool,
}

impl InputOptions {
    /// The length of the file, if it is known and can be used to show the progress.
    pub(crate) fn length(&self) -> Option<u64> {
        let path = self.input.as_ref().filter(|path| !is_standard_input(path));
        let metadata = path?.metadata().ok()?;
        metadata.is_file().then_some(metadata.len())
    }

    /// Whether reading the input again yields the same lines.
    pub(crate) fn is_file(&self) -> bool {
        let path = self.input.as_ref();
        // Files in these folders may be the output of another program.
        let is_given = |path: &PathBuf| ["/dev", "/proc"].iter().any(|of| path.starts_with(of));
        self.length().is_some() && !path.is_some_and(is_given)
    }

    /// The format in which the input is read.
    ///
    /// # Errors
    ///
    /// If another option applies to another format only.
    pub(crate) fn format(&self, path: &Path, is_workbook: bool) -> Result<InputFormat, String> {
        let named = self
            .input_format
            .unwrap_or_else(|| InputFormat::of_name(path));
        let format = match named {
            _ if is_workbook => InputFormat::Xlsx,
            InputFormat::Xlsx => {
                return Err("the input is named .xlsx but is not an Excel workbook; pass --input-format with its format".to_owned());
            }
            named => named,
        };
        let has_columns = matches!(format, InputFormat::Csv | InputFormat::Xlsx);
        if !has_columns && (self.column.is_some() || self.delimiter.is_some()) {
            return Err("--column and --delimiter need an input with columns; pass --input-format csv if it is CSV".to_owned());
        }
        if is_workbook && self.delimiter.is_some() {
            return Err(
                "the input is a workbook, which has no delimiter; remove --delimiter".to_owned(),
            );
        }
        if !is_workbook && self.sheet.is_some() {
            return Err(
                "the input is not a workbook, so it has no sheets; remove --sheet".to_owned(),
            );
        }
        if format != InputFormat::Jsonl && self.field.is_some() {
            return Err(
                "--field needs JSON Lines; pass --input-format jsonl if the input is JSON Lines"
                    .to_owned(),
            );
        }
        if self.no_header && !matches!(self.column, Some(IdColumn::Number(_))) {
            return Err(
                "--no-header needs a column number, since there are no names; pass --column N"
                    .to_owned(),
            );
        }
        Ok(format)
    }

    /// The delimiter that the name of the file suggests.
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
        _ => Err("it must be one ASCII character, such as ; or \\t".to_owned()),
    }
}
