//! What a file begins with: whether it can be of the form that it is read in.

use std::io;

use super::{Form, lines::BOM, names_ids};

/// Refuses a file that is of another form than it is read in: its lines would be called as ids.
pub(crate) fn refuse_other_forms(beginning: &[u8], form: Form, told: bool) -> io::Result<()> {
    let refused = |what: &str| Err(io::Error::new(io::ErrorKind::InvalidData, what));
    if beginning.starts_with(b"\xff\xfe") || beginning.starts_with(b"\xfe\xff") {
        return refused("it is UTF-16; save it as UTF-8");
    }
    let beginning = beginning.strip_prefix(BOM).unwrap_or(beginning);
    let text = beginning.trim_ascii_start();
    if form != Form::Csv && text.starts_with(b"[") {
        return refused("it is one JSON array; write an object a line, as `jq -c '.[]'` does");
    }
    if form != Form::Lines || told {
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
