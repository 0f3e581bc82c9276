//! The table of regions.

use face_search_enroll_contract::Contract;

use crate::{html::Html, sources};

/// The rows, in the order of the contract.
pub(crate) fn rows(contract: &Contract) -> Html {
    let mut rows = Html::default();
    let countries = country_sources(contract);
    let shared = shared(&countries);
    for (region, source) in contract.regions.iter().zip(&countries) {
        let country = &region.country;
        rows.wrapped("<tr><th scope=\"row\">", &region.name, "");
        // ISO's name is another one now and then; both name the region.
        if country.name != region.name.value {
            rows.wrapped(" <span class=\"alias\">(", country.name, ")</span>");
        }
        rows.wrapped("</th><td><code>", &region.code, "</code></td>")
            .wrapped("<td><code>", country.alpha2, "</code>, ")
            .wrapped("<code>", country.alpha3, "</code>")
            .html(&source_link(source.filter(|_| shared.is_none())))
            .wrapped("</td><td><code>", &region.url, "</code></td></tr>\n");
    }
    rows
}

/// The source of the countries, for the head of their column, where all of them have the same.
pub(crate) fn shared_source(contract: &Contract) -> Html {
    source_link(shared(&country_sources(contract)))
}

fn shared<'c>(countries: &[Option<&'c str>]) -> Option<&'c str> {
    let first = *countries.first()?;
    first.filter(|_| countries.iter().all(|source| *source == first))
}

/// Where the country of each server comes from, if not from the page.
fn country_sources(contract: &Contract) -> Vec<Option<&str>> {
    let servers = contract.tree.get("servers");
    let servers = servers.map_or(&[][..], |servers| servers.items());
    servers
        .iter()
        .map(|server| server.at_path(&["x-region", "source"])?.as_str())
        .collect()
}

fn source_link(source: Option<&str>) -> Html {
    let mut html = Html::default();
    if let Some(source) = source {
        html.markup(" ").html(&sources::link(source));
    }
    html
}
