//! A field that signs others, and a field that holds the time: `x-signature` and `x-clock`.

use crate::{mapping::Mapping, position::Located, reader::Reader, sources::Sources, yaml::Node};

/// How a signature is made: the SHA-256 of texts one after the other, in UTF-8 and without anything
/// between them, as hexadecimal digits in lower case.
#[derive(Debug, Clone)]
pub struct Signature {
    /// What is signed, in its order: names of fields of the request, and of the secret, which is in no
    /// request.
    pub over: Vec<Located<String>>,
    /// A worked example: a text for each name that is signed, and for the signature itself.
    pub example: Vec<(Located<String>, String)>,
}

/// A time in milliseconds since the beginning of 1970, UTC.
#[derive(Debug, Clone)]
pub struct Clock {
    /// How far it may be from the time of the server, in seconds, before or after; none where that is
    /// not the point, as with an expiry.
    pub tolerance: Option<Located<u64>>,
    /// Where that comes from, if not from the page.
    pub source: Option<Located<String>>,
}

/// The one way to sign that there is.
const SHA_256: [(&str, ()); 1] = [("sha256-hex", ())];

/// The one way to write a time that there is.
const MILLISECONDS: [(&str, ()); 1] = [("milliseconds", ())];

pub(super) fn read(reader: &mut Reader, property: &Node) -> Option<Signature> {
    let mut mapping = Mapping::of(reader, property.get("x-signature")?, "x-signature");
    mapping.required_word(reader, "algorithm", &SHA_256);
    let over = mapping.items("over").iter();
    let over: Vec<_> = over.filter_map(|name| reader.text(name, "name")).collect();
    let example = mapping.optional("x-example").map_or(&[][..], Node::entries);
    let example = example.iter().filter_map(|(name, text)| {
        let text = reader.text(text, "text")?;
        Some((name.located(), text.value))
    });
    let example = example.collect();
    mapping.finish(reader);
    Some(Signature { over, example })
}

pub(super) fn read_clock(reader: &mut Reader, property: &Node, sources: &Sources) -> Option<Clock> {
    let mut mapping = Mapping::of(reader, property.get("x-clock")?, "x-clock");
    mapping.required_word(reader, "unit", &MILLISECONDS);
    let tolerance = mapping.optional("toleranceSeconds");
    let source = sources.read_optional(reader, &mut mapping);
    mapping.finish(reader);
    let tolerance = tolerance.and_then(|node| {
        let seconds = reader.require(
            node.as_u64(),
            node.at,
            "a tolerance that is no number of seconds",
            "write a whole number",
        );
        seconds.map(|seconds| Located::new(seconds, node.at))
    });
    Some(Clock { tolerance, source })
}

/// The one unit of a lifetime that there is.
const SECONDS: [(&str, ()); 1] = [("seconds", ())];

pub(super) fn read_lifetime(reader: &mut Reader, property: &Node) -> bool {
    let unit = property.get("x-lifetime");
    unit.is_some_and(|unit| reader.word(unit, "x-lifetime", &SECONDS).is_some())
}
