//! Compares the names of columns and fields, however they are written.

/// The most common spelling.
pub(crate) const USUAL: &str = "signature_id";

const LETTERS: &str = "signatureid";

/// Whether this is a name for signature ids: `signature_id`, `signatureId`, `Signature ID` and similar.
pub(crate) fn names_ids(name: &str) -> bool {
    // The fast path matters: this runs for every field of every line.
    name == USUAL || name.len() >= LETTERS.len() && letters(name).eq(LETTERS.chars())
}

/// Whether two names are equal apart from case, spaces, underscores and hyphens.
pub(crate) fn are_alike(name: &str, other: &str) -> bool {
    letters(name).next().is_some() && letters(name).eq(letters(other))
}

fn letters(name: &str) -> impl Iterator<Item = char> {
    let letters = name.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase)
}
