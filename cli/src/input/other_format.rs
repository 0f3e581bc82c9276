//! Checks by the first bytes of a file whether it can have the format in which it is to be read.

use std::io;

use serde_json::{Map, Value, error::Category};

use super::{
    compression::is_zstd,
    dialect,
    format::InputFormat,
    id_name::names_ids,
    lines::{BOM, Line},
};

/// Binary formats, by their first bytes.
const BINARY: [(&[u8], &str); 15] = [
    (
        b"\xfd7zXZ\0",
        "it is compressed with xz; decompress it with `xz -d`",
    ),
    (b"\xff\xfe\0\0", UTF32),
    (b"\0\0\xfe\xff", UTF32),
    (b"BZh11AY&SY", BZIP2),
    (b"BZh91AY&SY", BZIP2),
    (
        b"\x04\x22\x4d\x18",
        "it is compressed with lz4; decompress it with `lz4 -d`",
    ),
    (
        b"\x1f\x8b",
        "it is compressed twice; decompress it with `gzip -d`",
    ),
    // A build with the feature `xlsx` reads workbooks before this check.
    (
        b"PK\x03\x04",
        "it is a zip archive; extract it, or save a workbook as CSV",
    ),
    (
        b"7z\xbc\xaf\x27\x1c",
        "it is a 7z archive; extract it and pass the file in it",
    ),
    (b"%PDF-", "it is a PDF; export the ids as CSV"),
    (
        b"PAR1\x15",
        "it is a Parquet file; export the ids as CSV or JSON Lines",
    ),
    (
        b"ARROW1\0",
        "it is an Arrow file; export the ids as CSV or JSON Lines",
    ),
    (
        b"Obj\x01",
        "it is an Avro file; export the ids as CSV or JSON Lines",
    ),
    (
        b"SQLite format 3\0",
        "it is an SQLite database; export the ids with `sqlite3 -csv -header`",
    ),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "it is an old Excel workbook (.xls), or one with a password; save it as .xlsx without a password, or as CSV",
    ),
];

const UTF32: &str = "it is UTF-32; save it as UTF-8";

const BZIP2: &str = "it is compressed with bzip2; decompress it with `bzip2 -d`";

/// Documents that are text but not lists of ids, by their beginning in lower case.
const MARKUP: [&str; 6] = ["<!doctype", "<?xml", "<html", "<table", "<head", "{\\rtf"];

/// Refuses binary files: their bytes would be sent as ids.
pub(crate) fn refuse_binary(beginning: &[u8]) -> io::Result<()> {
    let known = BINARY
        .iter()
        .find(|(magic, _)| beginning.starts_with(magic));
    if let Some((_, what)) = known {
        return refused(what);
    }
    if is_zstd(beginning) {
        return refused("it is compressed with zstd; decompress it with `zstd -d`");
    }
    let is_text =
        std::str::from_utf8(beginning).map_or_else(|error| error.error_len().is_none(), |_| true);
    if !is_text && beginning.contains(&0) {
        return refused("it is not a text file; export the ids as CSV or JSON Lines");
    }
    Ok(())
}

/// Refuses a text in another format than the one it is read in: its lines would be sent as ids.
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
        return refused("it is an HTML, XML or RTF document; save it as CSV or .xlsx");
    }
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default();
    if format != InputFormat::Csv {
        if text.starts_with('[') {
            return refused(
                "it is a JSON array; write one object per line, for example with `jq -c '.[]'`",
            );
        }
        if is_begun_object(first)
            && lines
                .next()
                .is_some_and(|line| !line.trim_start().starts_with('{'))
        {
            return refused(
                "its JSON objects span several lines; write one object per line, for example with `jq -c .`",
            );
        }
    }
    if format != InputFormat::Lines || is_named {
        return Ok(());
    }
    if text.starts_with('{') {
        return refused("it contains JSON; pass --input-format jsonl");
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
        return refused("its first line names a delimiter; pass --input-format csv");
    }
    Ok(())
}

/// Whether the text is the beginning of a JSON object that is not complete.
fn is_begun_object(text: &str) -> bool {
    let read = serde_json::from_str::<Map<String, Value>>(text);
    text.starts_with('{') && read.is_err_and(|error| error.classify() == Category::Eof)
}

fn refused(what: &str) -> io::Result<()> {
    Err(io::Error::new(io::ErrorKind::InvalidData, what))
}
