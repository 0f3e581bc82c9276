//! Names that become Rust identifiers: what they may look like, and that they stay apart.

use heck::ToUpperCamelCase;

use crate::{position::Located, reader::Reader};

/// The name as a Rust variant: `PARAMETER_ERROR` becomes `ParameterError`.
pub(crate) fn variant_of(name: &str) -> String {
    name.to_upper_camel_case()
}

/// Whether `name` can name a variant: `PascalCase`, ASCII, no keyword.
fn is_variant(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric())
        // The only keyword that starts with a capital.
        && name != "Self"
}

/// Checks names, each of which becomes a `variant`: each an identifier, and none of them twice.
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
                format!("{what} {name} gives the name {variant:?}, which is no Rust identifier in PascalCase"),
                "write letters and digits, the first a letter",
            );
        }
        if let Some((twin, _)) = seen.iter().find(|(_, other)| *other == variant) {
            reader.problem(
                name.at,
                format!(
                    "{what} {name} collides with {twin} at {}: both become {variant}",
                    twin.at
                ),
                "write another name",
            );
        }
        seen.push((name, variant));
    }
}
