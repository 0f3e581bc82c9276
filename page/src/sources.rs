//! The sources of facts that are not from the vendor's page of this endpoint.

use face_search_enroll_contract::Source;

use crate::html::Html;

/// The list of them; `outcomes` link to its entries.
pub(crate) fn list(sources: &[Source]) -> Html {
    let mut list = Html::default();
    for source in sources {
        list.wrapped("<div><dt id=\"source-", &source.name, "\">")
            .wrapped("", &source.name, "</dt>")
            .wrapped("<dd>", &source.description, "</dd></div>\n");
    }
    list
}

/// The name of a source, which leads to its entry.
pub(crate) fn link(name: &str) -> Html {
    let mut link = Html::default();
    link.wrapped("<a class=\"source\" href=\"#source-", name, "\">")
        .wrapped("", name, "</a>");
    link
}
