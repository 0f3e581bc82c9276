//! A field that signs other fields (`x-signature`), and fields for a time (`x-clock`) and a
//! lifetime (`x-lifetime`).

use crate::{mapping::Mapping, position::Located, reader::Reader, sources::Sources, yaml::Node};

/// How a signature is computed: the SHA-256 of the values in UTF-8, joined without a separator, as
/// hexadecimal digits in lower case.
#[derive(Debug, Clone)]
pub struct Signature {
    /// What is signed, in this order: the names of fields of the request, and the name of the
    /// secret, which is not sent.
    pub over: Vec<Located<String>>,
    /// A worked example: a value for each name that is signed, and the resulting signature.
    pub example: Vec<(Located<String>, String)>,
}

/// A time in milliseconds since 1970-01-01 00:00 UTC.
#[derive(Debug, Clone)]
pub struct Clock {
    /// How many seconds it may be before or after the time of the server; `None` if that does not
    /// matter, as for an expiry.
    pub tolerance: Option<Located<u64>>,
    /// The source of the tolerance, if it is not on the page.
    pub source: Option<Located<String>>,
}

/// The only algorithm that is supported.
const SHA_256: [(&str, ()); 1] = [("sha256-hex", ())];

/// The only unit of a time that is supported.
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
            "the tolerance is not a number of seconds",
            "write a whole number",
        );
        seconds.map(|seconds| Located::new(seconds, node.at))
    });
    Some(Clock { tolerance, source })
}

/// The only unit of a lifetime that is supported.
const SECONDS: [(&str, ()); 1] = [("seconds", ())];

pub(super) fn read_lifetime(reader: &mut Reader, property: &Node) -> bool {
    let unit = property.get("x-lifetime");
    unit.is_some_and(|unit| reader.word(unit, "x-lifetime", &SECONDS).is_some())
}
