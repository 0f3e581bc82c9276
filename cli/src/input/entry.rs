//! What a line, or a record, of the input gives.

use super::lines::{LONGEST, Line};

/// What a line, or a record, gives.
#[derive(Debug)]
pub(crate) struct InputEntry {
    /// The line that it begins on, from 1.
    pub(crate) line: u64,
    /// The id, or why there is none.
    pub(crate) id: Result<String, String>,
}

impl InputEntry {
    pub(crate) fn id(line: u64, text: &str) -> Self {
        let text = text.trim();
        let id = match text.char_indices().find(|(_, letter)| letter.is_control()) {
            Some((at, _)) => Err(format!("byte {} of the id is a control character", at + 1)),
            None => Ok(text.to_owned()),
        };
        Self { line, id }
    }

    /// The line as a whole is the id.
    pub(crate) fn of_line(line: &Line) -> Self {
        match line.text() {
            Ok(text) => Self::id(line.number, text),
            Err(reason) => Self::bad(line.number, reason),
        }
    }

    pub(crate) fn bad(line: u64, reason: String) -> Self {
        let id = Err(reason);
        Self { line, id }
    }

    pub(crate) fn too_long(line: u64) -> Self {
        Self::bad(line, format!("it is longer than {LONGEST} bytes"))
    }
}
