//! Names for a new region, from its host.

use face_search_enroll_contract::{Contract, Country};
use heck::ToUpperCamelCase;

/// The placeholder for a name, until a person writes it. A contract that contains it is refused.
pub(super) const NAME: &str = "NAME-1";

/// The names of a region in the contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// The name of the country, for descriptions.
    pub(super) title: String,
    pub(super) variant: String,
    pub(super) code: String,
    pub(super) country: String,
}

/// The country whose alpha-2 or alpha-3 code starts the host name.
pub(super) fn country_of(host: &str) -> Option<Country> {
    Country::from_code(host.split(['-', '.']).next()?)
}

/// The names of a new region at this host: those of its country, if that is known and has no region yet.
pub(super) fn named(contract: &Contract, host: &str) -> Named {
    let country = country_of(host);
    let is_free = |country: &Country| {
        let mut regions = contract.regions.iter();
        !regions.any(|region| region.country == *country)
    };
    let Some(country) = country.filter(is_free) else {
        return Named {
            title: NAME.to_owned(),
            variant: NAME.to_owned(),
            code: NAME.to_owned(),
            country: NAME.to_owned(),
        };
    };
    // "Korea (Republic of)" is Korea.
    let title = country.name;
    let variant = title.to_upper_camel_case();
    let is_variant = variant.chars().all(|c| c.is_ascii_alphanumeric());
    Named {
        title: title.to_owned(),
        variant: if is_variant { variant } else { NAME.to_owned() },
        code: country.alpha2.to_ascii_lowercase(),
        country: country.alpha2.to_owned(),
    }
}
