//! What an operation changes: its `x-effect`. An operation without an effect only reads data or
//! issues something.

use crate::{mapping::Mapping, position::Located, reader::Reader, yaml::Node};

/// What an operation changes, as its `x-effect` describes it.
#[derive(Debug, Clone)]
pub struct Effect {
    /// The key in which each outcome says whether the effect took place: `enrolled`.
    pub name: Located<String>,
    /// The field of the request that names what is changed. A server remembers its value to
    /// recognise a second request for the same thing.
    pub of: Located<String>,
    /// The words for an effect that took place: `the face is enrolled`.
    pub yes: String,
    /// The words for an effect that did not take place.
    pub no: String,
    /// The words for an unknown effect.
    pub unknown: String,
}

/// Whether the effect of an operation is in place after an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effected {
    /// It is in place.
    Yes,
    /// This call did not bring it about.
    No,
    /// It may or may not be in place.
    Unknown,
}

const EFFECTED: [(&str, Effected); 3] = [
    ("yes", Effected::Yes),
    ("no", Effected::No),
    ("unknown", Effected::Unknown),
];

/// The keys in which outcomes state effects.
#[derive(Debug, Clone, Copy)]
pub(crate) struct EffectKeys<'k> {
    /// The key of this operation, if it has an effect.
    pub(crate) own: Option<&'k str>,
    /// The keys of all operations. An outcome of the platform may have each of them.
    pub(crate) all: &'k [String],
}

impl EffectKeys<'_> {
    /// Whether the effect is in place after an outcome; `None` if the operation has no effect.
    pub(crate) fn read(self, reader: &mut Reader, outcome: &mut Mapping<'_>) -> Option<Effected> {
        for key in self.all.iter().filter(|key| self.own != Some(key)) {
            outcome.optional(key);
        }
        let own = self.own?;
        let effected = outcome.required_word(reader, own, &EFFECTED);
        // An unreadable value was reported, so the contract is rejected anyway.
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
