//! Notes of an operation's page, and where the document tells what they say: its `x-notes`.

use crate::{mapping::Mapping, position::Located, reader::Reader, yaml::Node};

/// A note of the page.
#[derive(Debug, Clone)]
pub struct Note {
    /// The digest of its words.
    pub digest: Located<String>,
    /// Where the document tells it, as it is written, at the place that it names.
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
        format!("a note that is told in {told}, which is not there"),
        "write description, or a place from the top of the document such as info.description",
    )?;
    Some(Note {
        digest: digest?,
        told: Located::new(told.value, place.at),
    })
}
