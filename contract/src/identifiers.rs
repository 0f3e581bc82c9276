//! Checks names that become Rust identifiers: each must be valid, and no two may be the same.

use heck::ToUpperCamelCase;

use crate::{position::Located, reader::Reader};

/// The name as a Rust variant: `PARAMETER_ERROR` becomes `ParameterError`.
pub(crate) fn variant_of(name: &str) -> String {
    name.to_upper_camel_case()
}

/// Whether `name` can name a variant: ASCII in `PascalCase`, and not a keyword.
fn is_variant(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric())
        // The only keyword that starts with a capital.
        && name != "Self"
}

/// Checks that each name becomes a valid identifier by `variant`, and that no two become the same
/// one.
pub(crate) fn check_variants<'a>(
    reader: &mut Reader,
    what: &str,
    names: impl Iterator<Item = &'a Located<String>>,
    variant: fn(&str) -> String,
) {
    let mut seen: Vec<(&Located<String>, String)> = Vec::new();
    for name in names {
        let variant = variant(name);
        if !is_variant(&variant) {
            reader.problem(
                name.at,
                format!("{what} {name} becomes the Rust name {variant:?}, which is not an identifier in PascalCase"),
                "use ASCII letters and digits, a letter first; start an outcome or a region with a capital",
            );
        }
        if let Some((twin, _)) = seen.iter().find(|(_, other)| *other == variant) {
            reader.problem(
                name.at,
                format!(
                    "{what} {name} and {twin} at {} both become {variant} in Rust",
                    twin.at
                ),
                "rename one of them",
            );
        }
        seen.push((name, variant));
    }
}
