//! What a file begins with: whether it can be of the format that it is read in.

use std::io;

use super::{format::InputFormat, id_name::names_ids, lines::BOM};

/// Refuses a file that is of another format than it is read in: its lines would be called as ids.
pub(crate) fn refuse_other_formats(
    beginning: &[u8],
    format: InputFormat,
    is_named: bool,
) -> io::Result<()> {
    let refused = |what: &str| Err(io::Error::new(io::ErrorKind::InvalidData, what));
    if beginning.starts_with(b"\xff\xfe") || beginning.starts_with(b"\xfe\xff") {
        return refused("it is UTF-16; save it as UTF-8");
    }
    let beginning = beginning.strip_prefix(BOM).unwrap_or(beginning);
    let text = beginning.trim_ascii_start();
    if format != InputFormat::Csv && text.starts_with(b"[") {
        return refused("it is one JSON array; write an object a line, as `jq -c '.[]'` does");
    }
    if format != InputFormat::Lines || is_named {
        return Ok(());
    }
    if text.starts_with(b"{") {
        return refused("it has JSON; pass --input-format jsonl");
    }
    let first = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let first = String::from_utf8_lossy(first);
    let mut cells = first.split([',', ';', '\t']);
    if cells.any(names_ids) {
        return refused("its first line is a header; pass --input-format csv");
    }
    Ok(())
}
