//! Parsing a region from any of its names. The regions are generated from `servers` in the contract.

use std::{fmt, str::FromStr};

use face_search_enroll_runtime::serde_by_text;

use crate::Region;

impl Region {
    /// Whether `text` is a name of this region, ignoring case: its code, its name, its host, or the alpha-2
    /// code, the alpha-3 code or the name of its country.
    fn is_named(self, text: &str) -> bool {
        [
            self.code(),
            self.name(),
            self.host(),
            self.country(),
            self.country_alpha3(),
            self.country_name(),
        ]
        .into_iter()
        .any(|name| name.eq_ignore_ascii_case(text))
    }
}

impl FromStr for Region {
    type Err = UnknownRegion;

    /// Parses a region code (`sg`), an ISO 3166-1 alpha-2 or alpha-3 code (`SG`, `SGP`), a country name
    /// (`Singapore`) or the host of a server. Case and outer white space do not matter.
    ///
    /// # Errors
    ///
    /// [`UnknownRegion`] for any other text. The error lists all regions.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        Self::ALL
            .iter()
            .copied()
            .find(|region| region.is_named(text))
            .ok_or_else(|| UnknownRegion {
                // The text may be an address with a password, passed by mistake.
                input: without_credentials(text),
            })
    }
}

/// The name, such as `Singapore`.
impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

serde_by_text!(Region, code);

/// The error for a text that does not name a region.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "unknown region {input:?}; use one of {}, or the country's ISO 3166-1 code, or the server's host",
    known()
)]
pub struct UnknownRegion {
    /// The text, without credentials.
    input: String,
}

fn known() -> String {
    let regions = Region::ALL.iter();
    let known: Vec<_> = regions
        .map(|region| format!("{} ({region})", region.code()))
        .collect();
    known.join(", ")
}

impl UnknownRegion {
    /// The text, without outer white space and credentials.
    #[must_use]
    pub fn input(&self) -> &str {
        &self.input
    }
}

/// Removes everything before the last `@`, which may be a password even if the text does not parse.
pub(crate) fn without_credentials(text: &str) -> String {
    match text.rsplit_once('@') {
        Some((_, rest)) => format!("…@{rest}"),
        None => text.to_owned(),
    }
}
