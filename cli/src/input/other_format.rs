//! What a file begins with: whether it can be of the format that it is read in.

use std::io;

use serde_json::{Map, Value, error::Category};

use super::{
    compression::is_zstd,
    dialect,
    format::InputFormat,
    id_name::names_ids,
    lines::{BOM, Line},
};

/// Formats that are no text, by their first bytes.
const BINARY: [(&[u8], &str); 15] = [
    (
        b"\xfd7zXZ\0",
        "it is compressed by xz; unpack it by `xz -d`",
    ),
    (b"\xff\xfe\0\0", UTF32),
    (b"\0\0\xfe\xff", UTF32),
    (b"BZh11AY&SY", BZIP2),
    (b"BZh91AY&SY", BZIP2),
    (
        b"\x04\x22\x4d\x18",
        "it is compressed by lz4; unpack it by `lz4 -d`",
    ),
    (
        b"\x1f\x8b",
        "it is compressed twice; unpack it by `gzip -d`",
    ),
    // Workbooks are read before, by a build that can.
    (
        b"PK\x03\x04",
        "it is a zip archive; unpack it, and save a workbook as CSV",
    ),
    (
        b"7z\xbc\xaf\x27\x1c",
        "it is a 7z archive; unpack it, and pass the file that it holds",
    ),
    (b"%PDF-", "it is a PDF; export the ids as CSV"),
    (
        b"PAR1\x15",
        "it is Parquet; export the ids as CSV or as JSON lines",
    ),
    (
        b"ARROW1\0",
        "it is Arrow; export the ids as CSV or as JSON lines",
    ),
    (
        b"Obj\x01",
        "it is Avro; export the ids as CSV or as JSON lines",
    ),
    (
        b"SQLite format 3\0",
        "it is a database of SQLite; export the ids by `sqlite3 -csv -header`",
    ),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "it is a workbook of old Excel, or one with a password; save it as .xlsx without a password, or as CSV",
    ),
];

const UTF32: &str = "it is UTF-32; save it as UTF-8";

const BZIP2: &str = "it is compressed by bzip2; unpack it by `bzip2 -d`";

/// Texts that hold no ids a line, by what they begin with, in lower case.
const MARKUP: [&str; 6] = ["<!doctype", "<?xml", "<html", "<table", "<head", "{\\rtf"];

/// Refuses what is no text: its bytes would be called as ids.
pub(crate) fn refuse_binary(beginning: &[u8]) -> io::Result<()> {
    let known = BINARY
        .iter()
        .find(|(magic, _)| beginning.starts_with(magic));
    if let Some((_, what)) = known {
        return refused(what);
    }
    if is_zstd(beginning) {
        return refused("it is compressed by zstd; unpack it by `zstd -d`");
    }
    let is_text =
        std::str::from_utf8(beginning).map_or_else(|error| error.error_len().is_none(), |_| true);
    if !is_text && beginning.contains(&0) {
        return refused("it is no text; export the ids as CSV or as JSON lines");
    }
    Ok(())
}

/// Refuses a text that is of another format than it is read in: its lines would be called as ids.
pub(crate) fn refuse_other_texts(
    beginning: &[u8],
    format: InputFormat,
    is_named: bool,
) -> io::Result<()> {
    let beginning = beginning.strip_prefix(BOM).unwrap_or(beginning);
    let text = String::from_utf8_lossy(beginning.trim_ascii());
    let is_markup = |begin: &str| {
        let start = text.as_bytes().get(..begin.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(begin.as_bytes()))
    };
    if MARKUP.iter().any(|begin| is_markup(begin)) {
        return refused("it is a page or a document; save it as CSV or as .xlsx");
    }
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default();
    if format != InputFormat::Csv {
        if text.starts_with('[') {
            return refused("it is one JSON array; write an object a line, as `jq -c '.[]'` does");
        }
        if is_begun_object(first)
            && lines
                .next()
                .is_some_and(|line| !line.trim_start().starts_with('{'))
        {
            return refused(
                "its JSON objects take several lines; write an object a line, as `jq -c .` does",
            );
        }
    }
    if format != InputFormat::Lines || is_named {
        return Ok(());
    }
    if text.starts_with('{') {
        return refused("it has JSON; pass --input-format jsonl");
    }
    let mut cells = first.split([',', ';', '\t', '|']);
    if cells.any(names_ids) {
        return refused("its first line is a header; pass --input-format csv");
    }
    let line = Line {
        bytes: first.into(),
        ..Line::default()
    };
    if dialect::told(&line).is_some() {
        return refused("its first line tells a delimiter; pass --input-format csv");
    }
    Ok(())
}

/// Whether it is the beginning of a JSON object.
fn is_begun_object(text: &str) -> bool {
    let read = serde_json::from_str::<Map<String, Value>>(text);
    text.starts_with('{') && read.is_err_and(|error| error.classify() == Category::Eof)
}

fn refused(what: &str) -> io::Result<()> {
    Err(io::Error::new(io::ErrorKind::InvalidData, what))
}
