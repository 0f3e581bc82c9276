//! The names of columns and fields, however they are written.

/// How it is written in most files.
pub(crate) const USUAL: &str = "signature_id";

const LETTERS: &str = "signatureid";

/// Whether a column or a field has the ids, by its name: `signatureId`, `Signature ID` and alike.
pub(crate) fn names_ids(name: &str) -> bool {
    // It is asked of each field of each line.
    name == USUAL || name.len() >= LETTERS.len() && letters(name).eq(LETTERS.chars())
}

/// Whether two names are one, apart from case, blanks, underscores and hyphens.
pub(crate) fn are_alike(name: &str, other: &str) -> bool {
    letters(name).next().is_some() && letters(name).eq(letters(other))
}

fn letters(name: &str) -> impl Iterator<Item = char> {
    let letters = name.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase)
}
