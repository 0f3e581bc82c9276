//! The section with the table of regions.

use face_search_enroll_contract::Contract;
use maud::{Markup, html};

use crate::sources;

pub(crate) fn section(contract: &Contract) -> Markup {
    let countries = country_sources(contract);
    let shared = shared(&countries);
    html! {
        section #regions.prose aria-labelledby="regions-title" {
            h2 #regions-title { "Regions" }
            p {
                "The address of a call is the base address of its region, followed by the path of \
                 the operation."
            }
            .scroll role="region" aria-label="Table of regions" tabindex="0" {
                table.regions aria-labelledby="regions-title" {
                    thead {
                        tr {
                            th scope="col" { "Region" }
                            th scope="col" { "Region code" }
                            th scope="col" { "ISO 3166-1" (sources::note(shared)) }
                            th scope="col" { "Base address" }
                        }
                    }
                    tbody {
                        @for (region, source) in contract.regions.iter().zip(&countries) {
                            tr {
                                th scope="row" {
                                    (region.name)
                                    // ISO's name is another one now and then.
                                    @if region.country.name != *region.name {
                                        " " span.alias { "(" (region.country.name) ")" }
                                    }
                                }
                                td { code { (region.code) } }
                                td {
                                    code { (region.country.alpha2) } ", "
                                    code { (region.country.alpha3) }
                                    (sources::note(source.filter(|_| shared.is_none())))
                                }
                                td { code { (region.url) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Where the country of each server comes from, if not from the page.
fn country_sources(contract: &Contract) -> Vec<Option<&str>> {
    let servers = contract.tree.get("servers");
    servers
        .map_or(&[][..], |servers| servers.items())
        .iter()
        .map(|server| server.at_path(&["x-region", "source"])?.as_str())
        .collect()
}

/// The source that all countries have, which then stands in the head of their column.
fn shared<'c>(countries: &[Option<&'c str>]) -> Option<&'c str> {
    let first = *countries.first()?;
    first.filter(|_| countries.iter().all(|source| *source == first))
}
