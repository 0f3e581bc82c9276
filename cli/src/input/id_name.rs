//! The name of the column, or of the field, that holds ids.

/// Whether a column or a field has the ids, by its name: `signatureId`, `Signature ID` and alike.
pub(crate) fn names_ids(name: &str) -> bool {
    let letters = name.chars().filter(|letter| letter.is_alphanumeric());
    letters
        .flat_map(char::to_lowercase)
        .eq("signatureid".chars())
}
