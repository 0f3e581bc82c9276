//! The rules for the top of the document: its head, the regions, the tags and the security schemes.

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
    breaks("info/title", "title", Callers, "the names of generated packages change"),
    words("info/description", "description of the document"),
    words("info/termsOfService", "terms of service"),
    words("info/contact", "contact"),
    words("info/license", "license"),
    entries("info/x-sources", "sources", Key),
    words("info/x-sources/*", "source {0}"),
    words("externalDocs", "external documentation"),

    entries("servers", "servers", Fields(REGION)),
    each("servers/*", "region {0}", adds(Callers,
        "callers can use an additional region", "calls to this region have no address any more")),
    breaks("servers/*/url", "region {0}: address", Callers, "calls go to another address"),
    words("servers/*/description", "region {0}: description"),
    breaks("servers/*/x-region/name", "region {0}: name",
        Callers, "code that uses the region no longer compiles"),
    breaks("servers/*/x-region/code", "region {0}: code",
        Callers, "configuration that names the region is no longer valid"),
    breaks("servers/*/x-region/country", "region {0}: country",
        Callers, "a country selects another region, or none"),
    words("servers/*/x-region/source", "region {0}: source"),

    entries("tags", "tags", Fields(TAG)),
    each("tags/*", "tag {0}", adds(Callers,
        "there is an additional group of calls", "the names of generated classes change")),
    breaks("tags/*/name", "tag {0}: name", Callers, "the names of generated classes change"),
    words("tags/*/description", "tag {0}: description"),

    breaks("security", "security of every call", Callers, "calls are authorized in another way"),
    entries("components/securitySchemes", "security schemes", KeyOrContent),
    each("components/securitySchemes/*", "security scheme {0}", adds(Callers,
        "no operation uses it yet", "generated clients take the token under this name")),
    breaks("components/securitySchemes/*/type", "security scheme {0}: type",
        Callers, "the token is sent in another way"),
    breaks("components/securitySchemes/*/in", "security scheme {0}: place of the token",
        Callers, "the token is sent somewhere else"),
    value("components/securitySchemes/*/name", "security scheme {0}: header of the token",
        Depends(header)),
    words("components/securitySchemes/*/description", "security scheme {0}: description"),
];

/// The name of a header is not case-sensitive (RFC 9110, section 5.1).
fn header(_: &Comparison<'_>, difference: &Difference<'_>) -> Effect {
    match difference.values().map(|node| node.and_then(Node::as_str)) {
        [Some(was), Some(is)] if was.eq_ignore_ascii_case(is) => SAME,
        _ => major(Callers, "the token is sent in another header"),
    }
}

/// The last number changes for wording only. The others decide which tools can read the document.
fn openapi(_: &Comparison<'_>, difference: &Difference<'_>) -> Effect {
    let minor = |node: Option<&Node>| {
        let text = node.and_then(Node::as_str)?;
        text.rsplit_once('.').map(|(minor, _)| minor.to_owned())
    };
    let [was, is] = difference.values().map(minor);
    if was.is_some() && was == is {
        WORDS
    } else {
        major(Callers, "some tools may no longer read it")
    }
}
