//! The notes on the page of an operation, and where the document covers them: `x-notes`.

use crate::{mapping::Mapping, position::Located, reader::Reader, yaml::Node};

/// A note on the page.
#[derive(Debug, Clone)]
pub struct Note {
    /// The digest of the words of the note.
    pub digest: Located<String>,
    /// The place in the document that covers the note, as the contract names it. The position is
    /// that of the place.
    pub told: Located<String>,
}

/// The notes of the operation at `node`.
pub(crate) fn read(reader: &mut Reader, root: &Node, node: &Node) -> Vec<Note> {
    let notes = node.items_at(&["x-notes"]).iter();
    notes
        .filter_map(|note| read_note(reader, root, node, note))
        .collect()
}

fn read_note(reader: &mut Reader, root: &Node, operation: &Node, note: &Node) -> Option<Note> {
    let mut mapping = Mapping::of(reader, note, "x-notes");
    let digest = mapping.required_text(reader, "digest");
    let told = mapping.required_text(reader, "told");
    mapping.finish(reader);
    let told = told?;
    let path: Vec<&str> = told.split('.').collect();
    let place = operation.at_path(&path).or_else(|| root.at_path(&path));
    let place = reader.require(
        place,
        told.at,
        format!("told names {told}, but the document has no such place"),
        "write description, or a path from the top of the document such as info.description",
    )?;
    Some(Note {
        digest: digest?,
        told: Located::new(told.value, place.at),
    })
}
