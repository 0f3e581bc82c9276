//! The regions are those of the contract, and can be parsed from each of their names.

use face_search_enroll::{Endpoint, Region};

use crate::CONTRACT;

#[test]
fn regions_are_those_of_the_contract() {
    assert_eq!(Region::ALL.len(), CONTRACT.regions.len());
    for (region, fact) in Region::ALL.iter().zip(&CONTRACT.regions) {
        assert_eq!(region.name(), fact.name.value);
        assert_eq!(region.code(), fact.code.value);
        assert_eq!(region.country(), fact.country.alpha2);
        assert_eq!(region.country_alpha3(), fact.country.alpha3);
        assert_eq!(region.country_name(), fact.country.name);
        assert_eq!(region.host(), fact.host);
        assert_eq!(region.base_url(), fact.url.value);
        assert_eq!(region.to_string(), fact.name.value);
        let endpoint = Endpoint::from(*region);
        assert_eq!(
            (endpoint.region(), endpoint.base_url()),
            (Some(*region), fact.url.as_str())
        );
    }
}

#[test]
fn a_region_is_parsed_from_each_of_its_names_in_any_case() {
    for (region, fact) in Region::ALL.iter().zip(&CONTRACT.regions) {
        for alias in fact.aliases() {
            for text in [
                alias.to_lowercase(),
                alias.to_uppercase(),
                format!(" {alias}\n"),
            ] {
                assert_eq!(text.parse(), Ok(*region), "{text:?}");
            }
        }
    }
}

#[test]
fn the_error_for_an_unknown_region_lists_the_known_ones() {
    for text in [
        "",
        "atlantis",
        "s",
        "sgg",
        "https://sg-api.advance.ai",
        "ｓｇ",
        "sg\0",
    ] {
        let error = text.parse::<Region>().unwrap_err();
        assert_eq!(error.input(), text);
        let shown = error.to_string();
        for region in Region::ALL {
            assert!(
                shown.contains(region.code()) && shown.contains(region.name()),
                "{shown}"
            );
        }
    }
}

#[test]
fn an_address_parsed_as_a_region_does_not_show_its_password() {
    let error = "https://user:p@ss@sg.example"
        .parse::<Region>()
        .unwrap_err();
    assert_eq!(error.input(), "…@sg.example");
    assert!(!format!("{error} {error:?}").contains("p@ss"));
}
