//! The servers and their regions.

use crate::{
    identifiers, mapping::Mapping, position::Located, reader::Reader, sources::Sources, yaml::Node,
};

/// A region and its server.
#[derive(Debug, Clone)]
pub struct Region {
    /// The base URL without a path: `https://HOST`.
    pub url: Located<String>,
    /// The host of the URL.
    pub host: String,
    /// The name, which is also the Rust variant: `Singapore`.
    pub name: Located<String>,
    /// The short code in lower case: `sg`.
    pub code: Located<String>,
    /// The country of the region.
    pub country: Country,
}

/// A country of ISO 3166-1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Country {
    /// The alpha-2 code: two letters in upper case.
    pub alpha2: &'static str,
    /// The alpha-3 code: three letters in upper case.
    pub alpha3: &'static str,
    /// The common English name.
    pub name: &'static str,
}

impl Country {
    /// The country with this alpha-2 or alpha-3 code. Upper and lower case are equal.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let found = iso3166::Country::from_alpha2_ignore_case(code)
            .or_else(|| iso3166::Country::from_alpha3_ignore_case(code))?;
        Some(Self {
            alpha2: found.alpha2,
            alpha3: found.alpha3,
            name: found.name,
        })
    }
}

impl Region {
    /// Every text that names this region: its code, name and host, and the alpha-2 code, alpha-3
    /// code and name of its country. Compare them without regard to case.
    pub fn aliases(&self) -> impl Iterator<Item = &str> {
        [
            self.code.as_str(),
            &self.name,
            self.country.alpha2,
            self.country.alpha3,
            self.country.name,
            &self.host,
        ]
        .into_iter()
    }
}

pub(crate) fn read(reader: &mut Reader, root: &Node, sources: &Sources) -> Vec<Region> {
    let servers = root.items_at(&["servers"]);
    if servers.is_empty() {
        reader.problem(
            root.at,
            "the document has no servers",
            "write servers: with one entry for each region",
        );
    }
    let regions: Vec<Region> = servers
        .iter()
        .filter_map(|server| read_server(reader, server, sources))
        .collect();
    check_distinct(reader, &regions);
    let names = regions.iter().map(|region| &region.name);
    identifiers::check_variants(reader, "region", names, str::to_owned);
    regions
}

fn read_server(reader: &mut Reader, server: &Node, sources: &Sources) -> Option<Region> {
    let extension = reader.require(
        server.get("x-region"),
        server.at,
        "the server has no x-region",
        "write x-region: { name: Singapore, code: sg, country: SG } with the values of its region",
    )?;
    let url = server.get("url").and_then(|url| reader.text(url, "url"));
    let host = url.as_ref().and_then(|url| read_host(reader, url));

    let mut mapping = Mapping::of(reader, extension, "x-region");
    let name = mapping.required_text(reader, "name");
    let code = mapping.required_text(reader, "code");
    let country = mapping.required_text(reader, "country");
    sources.read_optional(reader, &mut mapping);
    mapping.finish(reader);

    let code = code.filter(|code| check_code(reader, code));
    let country = country.and_then(|country| read_country(reader, &country));
    Some(Region {
        url: url?,
        host: host?,
        name: name?,
        code: code?,
        country: country?,
    })
}

/// The host of a URL that must be `https://` and a host. The path belongs to the operation.
pub(crate) fn read_host(reader: &mut Reader, url: &Located<String>) -> Option<String> {
    let host = url
        .parse::<http::Uri>()
        .ok()
        .filter(|uri| uri.scheme_str() == Some("https"))
        .and_then(|uri| uri.host().map(str::to_owned))
        .filter(|host| url.value == format!("https://{host}"));
    reader.require(
        host,
        url.at,
        format!("the server address {url} is not https:// and a host in lower case"),
        "write https://HOST without a port, a path or a final slash",
    )
}

fn check_code(reader: &mut Reader, code: &Located<String>) -> bool {
    let fits = code
        .chars()
        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if !fits {
        reader.problem(
            code.at,
            format!("the region code {code} is not in lower case"),
            "use the letters a to z, digits and hyphens",
        );
    }
    fits
}

fn read_country(reader: &mut Reader, code: &Located<String>) -> Option<Country> {
    let known = Country::from_code(code);
    let found = known.filter(|country| country.alpha2 == code.value);
    let (what, remedy) = match known {
        Some(country) if country.alpha3 == code.value => (
            format!("country {code} is the alpha-3 code of {}", country.name),
            format!("write its alpha-2 code {}", country.alpha2),
        ),
        _ => (
            format!("ISO 3166-1 has no country {code}"),
            "write an assigned alpha-2 code such as SG".to_owned(),
        ),
    };
    reader.require(found, code.at, what, remedy)
}

/// No text may name two regions, because a call could then go to the wrong face set.
fn check_distinct(reader: &mut Reader, regions: &[Region]) {
    for (index, region) in regions.iter().enumerate() {
        for other in regions.iter().take(index) {
            let shared = region.aliases().find(|alias| {
                other
                    .aliases()
                    .any(|taken| taken.eq_ignore_ascii_case(alias))
            });
            if let Some(shared) = shared {
                let at = if shared == region.host {
                    region.url.at
                } else if shared == region.code.value {
                    region.code.at
                } else {
                    region.name.at
                };
                reader.problem(
                    at,
                    format!(
                        "{shared} names two regions, {} and {} at {}",
                        region.name, other.name, other.name.at
                    ),
                    "write a code, a name, a country and a host that no other region has",
                );
            }
        }
    }
}
