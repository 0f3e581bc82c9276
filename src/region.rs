//! Finding a region by what people write for it. The regions themselves are generated from `servers` in
//! the contract.

use std::{fmt, str::FromStr};

use face_search_enroll_runtime::serde_by_text;

use crate::Region;

impl Region {
    /// Whether `text` names this region, compared without case: by its code, its name, its host,
    /// or its country by alpha-2, alpha-3 or name.
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

    /// Reads a region code (`sg`), an ISO 3166-1 alpha-2 or alpha-3 code (`SG`, `SGP`), a country
    /// name (`Singapore`) or the host of a server, without regard to case and outer space.
    ///
    /// # Errors
    ///
    /// [`UnknownRegion`], which lists the regions there are.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        Self::ALL
            .iter()
            .copied()
            .find(|region| region.is_named(text))
            .ok_or_else(|| UnknownRegion {
                // An address with a password may be written by mistake.
                input: without_credentials(text),
            })
    }
}

/// The name: `Singapore`.
impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

serde_by_text!(Region, code);

/// A text that names no region.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "unknown region {input:?}; use one of {}, or the country's ISO 3166-1 code, or the server's host",
    known()
)]
pub struct UnknownRegion {
    /// Without credentials.
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
    /// The text, without outer space and credentials.
    #[must_use]
    pub fn input(&self) -> &str {
        &self.input
    }
}

/// `text` without what stands before its last `@`: it may be a password, also where nothing parses.
pub(crate) fn without_credentials(text: &str) -> String {
    match text.rsplit_once('@') {
        Some((_, rest)) => format!("…@{rest}"),
        None => text.to_owned(),
    }
}
