//! The section with the table of regions.

use face_search_enroll_contract::Contract;
use maud::{Markup, html};

use crate::sources;

pub(crate) fn section(contract: &Contract) -> Markup {
    let countries = country_sources(contract);
    html! {
        section #regions.prose aria-labelledby="regions-title" {
            h2 #regions-title { "Regions" }
            p {
                "The address of a call is the base address of its region followed by the path of \
                 the operation."
            }
            .table {
                table.regions aria-labelledby="regions-title" {
                    thead {
                        tr {
                            th scope="col" { "Region" }
                            th scope="col" { "Region code" }
                            th scope="col" { "ISO 3166-1" }
                            th scope="col" { "Base address" }
                        }
                    }
                    tbody {
                        @for (region, source) in contract.regions.iter().zip(&countries) {
                            tr {
                                th scope="row" {
                                    (region.name)
                                    // Some regions have another name in ISO 3166-1.
                                    @if region.country.name != *region.name {
                                        " " span.alias { "(" (region.country.name) ")" }
                                    }
                                }
                                td data-label="Region code" { code { (region.code) } }
                                td data-label="ISO 3166-1" {
                                    code { (region.country.alpha2) } ", "
                                    code { (region.country.alpha3) }
                                    (sources::note(*source))
                                }
                                td data-label="Base address" { code.address { (region.url) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The source of the country of each server, if it is not the page.
fn country_sources(contract: &Contract) -> Vec<Option<&str>> {
    let servers = contract.tree.get("servers");
    servers
        .map_or(&[][..], |servers| servers.items())
        .iter()
        .map(|server| server.at_path(&["x-region", "source"])?.as_str())
        .collect()
}
