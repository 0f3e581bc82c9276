//! The sources of facts that are not from the vendor's page of the operation: the list of them, and
//! the links to it.

use face_search_enroll_contract::Source;
use maud::{Markup, html};

pub(crate) fn list(sources: &[Source]) -> Markup {
    html! {
        dl.sources {
            @for source in sources {
                div {
                    dt id={"source-" (source.name)} { (source.name) }
                    dd { (source.description) }
                }
            }
        }
    }
}

/// The name of a source, which leads to its entry.
pub(crate) fn link(name: &str) -> Markup {
    html! { a.source href={"#source-" (name)} { (name) } }
}

/// The link after the fact that has the source, where it has one.
pub(crate) fn note(source: Option<&str>) -> Markup {
    html! { @if let Some(name) = source { " " (link(name)) } }
}
