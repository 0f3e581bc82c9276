//! The names of columns and fields, however they are written.

/// Whether a column or a field has the ids, by its name: `signatureId`, `Signature ID` and alike.
pub(crate) fn names_ids(name: &str) -> bool {
    letters(name).eq("signatureid".chars())
}

/// Whether two names are one, apart from case, blanks, underscores and hyphens.
pub(crate) fn are_alike(name: &str, other: &str) -> bool {
    letters(name).next().is_some() && letters(name).eq(letters(other))
}

fn letters(name: &str) -> impl Iterator<Item = char> {
    let letters = name.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase)
}
