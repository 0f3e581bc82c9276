//! What stands at the top of the document: its head, the regions, the tags and the security schemes.

use face_search_enroll_contract::yaml::Node;

use super::rule::{
    Judge::Depends, Row, Rule::Version, adds, breaks, each, entries, row, value, words,
};
use crate::{
    change::Affected::Callers,
    comparison::Comparison,
    difference::Difference,
    effect::{Effect, SAME, WORDS, major},
    matching::MatchBy::{Fields, Key, KeyOrContent},
};

const REGION: &[&[&str]] = &[&["x-region", "code"], &["url"], &["x-region", "name"]];
const TAG: &[&[&str]] = &[&["name"], &["description"]];

#[rustfmt::skip] // A table is read across.
pub(crate) const ROWS: &[Row] = &[
    value("openapi", "version of OpenAPI", Depends(openapi)),
    row("info/version", "version", Version),
    breaks("info/title", "title", Callers, "generators name packages by it"),
    words("info/description", "description of the document"),
    words("info/termsOfService", "terms of service"),
    words("info/contact", "contact"),
    words("info/license", "license"),
    entries("info/x-sources", "sources", Key),
    words("info/x-sources/*", "source {0}"),
    words("externalDocs", "external documentation"),

    entries("servers", "servers", Fields(REGION)),
    each("servers/*", "region {0}", adds(Callers,
        "one more region can be called", "calls to this region have no address")),
    breaks("servers/*/url", "region {0}: address", Callers, "calls go to another address"),
    words("servers/*/description", "region {0}: description"),
    breaks("servers/*/x-region/name", "region {0}: name",
        Callers, "code that names the region does not compile"),
    breaks("servers/*/x-region/code", "region {0}: code",
        Callers, "configuration that names the region finds none"),
    breaks("servers/*/x-region/country", "region {0}: country",
        Callers, "a country leads to another region, or to none"),
    words("servers/*/x-region/source", "region {0}: source"),

    entries("tags", "tags", Fields(TAG)),
    each("tags/*", "tag {0}", adds(Callers,
        "one more group of calls", "generators name classes by it")),
    breaks("tags/*/name", "tag {0}: name", Callers, "generators name classes by it"),
    words("tags/*/description", "tag {0}: description"),

    breaks("security", "security of every call", Callers, "calls are let in by other means"),
    entries("components/securitySchemes", "security schemes", KeyOrContent),
    each("components/securitySchemes/*", "security scheme {0}", adds(Callers,
        "nothing asks for it yet", "generated clients take the token under this name")),
    breaks("components/securitySchemes/*/type", "security scheme {0}: type",
        Callers, "the token is sent another way"),
    breaks("components/securitySchemes/*/in", "security scheme {0}: place of the token",
        Callers, "the token is sent somewhere else"),
    value("components/securitySchemes/*/name", "security scheme {0}: header of the token",
        Depends(header)),
    words("components/securitySchemes/*/description", "security scheme {0}: description"),
];

/// The case of a header's name says nothing: RFC 9110, section 5.1.
fn header(_: &Comparison<'_>, difference: &Difference<'_>) -> Effect {
    match difference.values().map(|node| node.and_then(Node::as_str)) {
        [Some(was), Some(is)] if was.eq_ignore_ascii_case(is) => SAME,
        _ => major(Callers, "the token is sent under another name"),
    }
}

/// The last number is of wording; those before it say which tools can read the document.
fn openapi(_: &Comparison<'_>, difference: &Difference<'_>) -> Effect {
    let minor = |node: Option<&Node>| {
        let text = node.and_then(Node::as_str)?;
        text.rsplit_once('.').map(|(minor, _)| minor.to_owned())
    };
    let [was, is] = difference.values().map(minor);
    if was.is_some() && was == is {
        WORDS
    } else {
        major(Callers, "tools may not read it any more")
    }
}
