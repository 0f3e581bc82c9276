//! The document itself: its head, the regions, the tags and the security schemes.

use face_search_enroll_contract::yaml::Node;

use super::{
    super::{
        change::{Affected::Callers, Change, Class},
        pair::By,
        spot::Difference,
    },
    Both,
    Judge::{Adds, Breaks, By as Depends, Words},
    Row,
    Rule::{Each, Entries, Value, Version},
    row,
};

const REGION: &[&[&str]] = &[&["x-region", "code"], &["url"], &["x-region", "name"]];
const TAG: &[&[&str]] = &[&["name"], &["description"]];

pub(super) const ROWS: &[Row] = &[
    row("openapi", "version of OpenAPI", Value(Depends(openapi))),
    row("info/version", "version", Version),
    row(
        "info/title",
        "title",
        Value(Breaks(Callers, "generators name packages by it")),
    ),
    row(
        "info/description",
        "description of the document",
        Value(Words),
    ),
    row("info/termsOfService", "terms of service", Value(Words)),
    row("info/contact", "contact", Value(Words)),
    row("info/license", "license", Value(Words)),
    row("info/x-sources", "sources", Entries(By::Key)),
    row("info/x-sources/*", "source {0}", Value(Words)),
    row("externalDocs", "external documentation", Value(Words)),
    row("servers", "servers", Entries(By::Fields(REGION))),
    row(
        "servers/*",
        "region {0}",
        Each(
            By::Key,
            Adds {
                affected: Callers,
                added: "one more region can be called",
                broken: "calls to this region have no address",
            },
        ),
    ),
    row(
        "servers/*/url",
        "region {0}: address",
        Value(Breaks(Callers, "calls go to another address")),
    ),
    row(
        "servers/*/description",
        "region {0}: description",
        Value(Words),
    ),
    row(
        "servers/*/x-region/name",
        "region {0}: name",
        Value(Breaks(
            Callers,
            "code that names the region does not compile",
        )),
    ),
    row(
        "servers/*/x-region/code",
        "region {0}: code",
        Value(Breaks(
            Callers,
            "configuration that names the region finds none",
        )),
    ),
    row(
        "servers/*/x-region/country",
        "region {0}: country",
        Value(Breaks(
            Callers,
            "a country leads to another region, or to none",
        )),
    ),
    row(
        "servers/*/x-region/source",
        "region {0}: source",
        Value(Words),
    ),
    row("tags", "tags", Entries(By::Fields(TAG))),
    row(
        "tags/*",
        "tag {0}",
        Each(
            By::Key,
            Adds {
                affected: Callers,
                added: "one more group of calls",
                broken: "generators name classes by it",
            },
        ),
    ),
    row(
        "tags/*/name",
        "tag {0}: name",
        Value(Breaks(Callers, "generators name classes by it")),
    ),
    row("tags/*/description", "tag {0}: description", Value(Words)),
    row(
        "security",
        "security of every call",
        Value(Breaks(Callers, "calls are let in by other means")),
    ),
    row(
        "components/securitySchemes",
        "security schemes",
        Entries(By::KeyOrContent),
    ),
    row(
        "components/securitySchemes/*",
        "security scheme {0}",
        Each(
            By::Key,
            Adds {
                affected: Callers,
                added: "nothing asks for it yet",
                broken: "generated clients take the token under this name",
            },
        ),
    ),
    row(
        "components/securitySchemes/*/type",
        "security scheme {0}: type",
        Value(Breaks(Callers, "the token is sent another way")),
    ),
    row(
        "components/securitySchemes/*/in",
        "security scheme {0}: place of the token",
        Value(Breaks(Callers, "the token is sent somewhere else")),
    ),
    row(
        "components/securitySchemes/*/name",
        "security scheme {0}: header of the token",
        Value(Breaks(Callers, "the token is sent under another name")),
    ),
    row(
        "components/securitySchemes/*/description",
        "security scheme {0}: description",
        Value(Words),
    ),
];

/// The last number is of wording; those before it say which tools can read the document.
fn openapi(_: &Both<'_>, difference: &Difference<'_>) -> Vec<Change> {
    let (was, is) = difference.values();
    let minor = |node: Option<&Node>| {
        let text = node.and_then(Node::as_str)?;
        text.rsplit_once('.').map(|(minor, _)| minor.to_owned())
    };
    let change = if minor(was).is_some() && minor(was) == minor(is) {
        super::words(difference)
    } else {
        difference.change(Class::Major, Callers, "tools may not read it any more")
    };
    vec![change]
}
