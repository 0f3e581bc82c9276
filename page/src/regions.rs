//! The table of regions.

use face_search_enroll_contract::Contract;

use crate::{html::Html, sources};

/// The rows, in the order of the contract.
pub(crate) fn rows(contract: &Contract) -> Html {
    let mut rows = Html::default();
    for region in &contract.regions {
        let country = &region.country;
        rows.wrapped("<tr><th scope=\"row\">", &region.name, "");
        // ISO's name is another one now and then; both name the region.
        if country.name != region.name.value {
            rows.wrapped(" <span class=\"alias\">(", country.name, ")</span>");
        }
        rows.wrapped("</th><td><code>", &region.code, "</code></td>")
            .wrapped("<td><code>", country.alpha2, "</code>, ")
            .wrapped("<code>", country.alpha3, "</code>");
        if let Some(source) = country_source(contract, &region.url) {
            rows.markup(" ").html(&sources::link(source));
        }
        rows.wrapped("</td><td><code>", &region.url, "</code></td></tr>\n");
    }
    rows
}

/// Where the country of the server at `url` comes from, if not from the page.
fn country_source<'c>(contract: &'c Contract, url: &str) -> Option<&'c str> {
    let mut servers = contract.tree.get("servers")?.items().iter();
    let server = servers.find(|server| server.get("url").and_then(|url| url.as_str()) == Some(url));
    server?.at_path(&["x-region", "source"])?.as_str()
}
