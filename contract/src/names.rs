//! Names that become names in code: what they may look like, and that they stay apart.

use heck::ToUpperCamelCase;

use crate::reader::{Located, Reader};

/// The name of a code's variant: `PARAMETER_ERROR` becomes `ParameterError`.
#[must_use]
pub fn variant_of_code(code: &str) -> String {
    code.to_upper_camel_case()
}

/// Whether `name` can name a variant: `PascalCase`, ASCII, no keyword.
fn is_variant(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric())
        // The only keyword that starts with a capital.
        && name != "Self"
}

/// Checks `names`, each with the variant it becomes: each an identifier, and none of them twice.
pub(crate) fn check_variants(reader: &mut Reader, what: &str, names: &[(Located<String>, String)]) {
    for (index, (name, variant)) in names.iter().enumerate() {
        if !is_variant(variant) {
            reader.problem(
                name.at,
                format!("{what} {name} gives the name {variant:?}, which is no Rust identifier in PascalCase"),
                "write letters and digits, the first a letter",
            );
        }
        let twin = names.iter().take(index).find(|(_, other)| other == variant);
        if let Some((twin, _)) = twin {
            reader.problem(
                name.at,
                format!(
                    "{what} {name} collides with {twin} at {}: both become {variant}",
                    twin.at
                ),
                "write another name",
            );
        }
    }
}
