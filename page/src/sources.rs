//! The sources of facts that do not come from the vendor's page of the operation: the list of sources,
//! and the links to it.

use face_search_enroll_contract::Source;
use maud::{Markup, html};

use crate::markdown;

pub(crate) fn list(sources: &[Source]) -> Markup {
    html! {
        dl.sources {
            @for source in sources {
                div {
                    dt id={"source-" (source.name)} { (source.name) }
                    dd { (markdown::to_html(&source.description)) }
                }
            }
        }
    }
}

/// The name of a source, as a link to its entry in the list.
pub(crate) fn link(name: &str) -> Markup {
    html! { a.source href={"#source-" (name)} { (name) } }
}

/// The link after a fact to its source, if it has one.
pub(crate) fn note(source: Option<&str>) -> Markup {
    html! { @if let Some(name) = source { " " (link(name)) } }
}
