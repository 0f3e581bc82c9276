//! What an operation changes: its `x-effect`. An operation without one only reads, or issues something.

use crate::{mapping::Mapping, position::Located, reader::Reader, yaml::Node};

/// What an operation changes, in the words of the contract.
#[derive(Debug, Clone)]
pub struct Effect {
    /// The key by which each outcome says whether the effect is there: `enrolled`.
    pub name: Located<String>,
    /// The field of the request that names what is changed. A server remembers its value, and so
    /// recognises a second request for it.
    pub of: Located<String>,
    /// What is said where the effect is there: `the face is enrolled`.
    pub yes: String,
    /// What is said where it is not.
    pub no: String,
    /// What is said where that is not known.
    pub unknown: String,
}

/// Whether the effect of an operation is there after an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effected {
    /// It is.
    Yes,
    /// It is not, by this call.
    No,
    /// It may be or not.
    Unknown,
}

const EFFECTED: [(&str, Effected); 3] = [
    ("yes", Effected::Yes),
    ("no", Effected::No),
    ("unknown", Effected::Unknown),
];

/// The keys of outcomes that say whether an effect is there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct EffectKeys<'k> {
    /// That of the operation, if it has an effect.
    pub(crate) own: Option<&'k str>,
    /// Those of all operations: an outcome of the platform may say it for each.
    pub(crate) all: &'k [String],
}

impl EffectKeys<'_> {
    /// Whether the effect is there after an outcome; None where the operation has none.
    pub(crate) fn read(self, reader: &mut Reader, outcome: &mut Mapping<'_>) -> Option<Effected> {
        for key in self.all.iter().filter(|key| self.own != Some(key)) {
            outcome.optional(key);
        }
        let own = self.own?;
        let effected = outcome.required_word(reader, own, &EFFECTED);
        // What cannot be read refuses the contract.
        Some(effected.unwrap_or(Effected::Unknown))
    }
}

/// The effect of the operation at `node`.
pub(crate) fn read(reader: &mut Reader, node: &Node) -> Option<Effect> {
    let mut mapping = Mapping::of(reader, node.get("x-effect")?, "x-effect");
    let name = mapping.required_text(reader, "name");
    let of = mapping.required_text(reader, "of");
    let mut words = |key| mapping.required_text(reader, key).map(|text| text.value);
    let (yes, no, unknown) = (words("yes"), words("no"), words("unknown"));
    mapping.finish(reader);
    Some(Effect {
        name: name?,
        of: of?,
        yes: yes?,
        no: no?,
        unknown: unknown?,
    })
}

/// The names of the effects of all operations.
pub(crate) fn names<'n>(operations: impl Iterator<Item = &'n Node>) -> Vec<String> {
    operations
        .filter_map(|operation| operation.at_path(&["x-effect", "name"])?.as_str())
        .map(str::to_owned)
        .collect()
}
