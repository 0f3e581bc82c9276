//! An entry of the input: the id of a line or record, or the reason why it has none.

use super::{
    id_text::{Damage, is_plain, stands_for_nothing, trimmed},
    lines::{LONGEST, Line},
};
use crate::id_digest::IdDigest;

/// The id of a line or record, or the reason why it has none.
#[derive(Debug)]
pub(crate) struct InputEntry {
    /// The line that it begins on, counted from 1.
    pub(crate) line: u64,
    /// The id, or why there is none.
    pub(crate) id: Result<String, BadLine>,
}

/// A line without a usable id.
#[derive(Debug)]
pub(crate) struct BadLine {
    pub(crate) reason: String,
    /// The digest of its text. It tells the line from another one at the same place of another input.
    pub(crate) digest: IdDigest,
}

impl InputEntry {
    pub(crate) fn id(line: u64, text: &str) -> Self {
        let is_plain = is_plain(text);
        let id = if is_plain { text } else { trimmed(text) };
        let mut letters = id.char_indices();
        if !is_plain && let Some((at, _)) = letters.find(|(_, letter)| letter.is_control()) {
            let reason = format!(
                "byte {} of the id is a control character; remove it",
                at + 1
            );
            return Self::bad(line, text.as_bytes(), reason);
        }
        if stands_for_nothing(id) {
            let reason = format!("{id} stands for a missing value; write the id");
            return Self::bad(line, text.as_bytes(), reason);
        }
        let id = Ok(id.to_owned());
        Self { line, id }
    }

    /// The entry of a line that is an id as a whole.
    pub(crate) fn of_line(line: &Line) -> Self {
        match line.text() {
            Ok(text) => Self::id(line.number, text),
            Err(reason) => Self::bad_line(line, reason),
        }
    }

    /// The entry of a record without a usable id, which begins on this line.
    pub(crate) fn bad(line: u64, text: &[u8], reason: String) -> Self {
        let digest = IdDigest::of(text);
        let id = Err(BadLine { reason, digest });
        Self { line, id }
    }

    pub(crate) fn bad_line(line: &Line, reason: String) -> Self {
        Self::bad(line.number, &line.bytes, reason)
    }

    pub(crate) fn too_long(line: &Line) -> Self {
        Self::bad_line(
            line,
            format!("the line is longer than {LONGEST} bytes; check its line breaks"),
        )
    }

    /// The damage that another program seems to have done to the id.
    pub(crate) fn damage(&self) -> Option<Damage> {
        Damage::of(self.id.as_ref().ok()?)
    }

    /// Turns an entry whose id looks damaged into an invalid one.
    pub(crate) fn strict(self) -> Self {
        match (self.damage(), &self.id) {
            (Some(damage), Ok(id)) => {
                let reason = format!("{id:?} looks damaged: {}", damage.text());
                Self::bad(self.line, id.as_bytes(), reason)
            }
            _ => self,
        }
    }
}
