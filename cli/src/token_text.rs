//! An access token as it stands in a file or a variable: alone, or in a whole answer of the server that
//! issued it.

use face_search_enroll::{AccessToken, IssuedToken, token_source::parse_answer};

use crate::plain_text::{mistake, trimmed};

/// Reads the token. An answer has its expiry too.
///
/// # Errors
///
/// What is wrong with the text and what to do, as what follows the name of its place. It does not show the text.
pub(crate) fn read(text: &str) -> Result<IssuedToken, String> {
    let text = trimmed(text);
    if text.starts_with('{') {
        return parse_answer(text)
            .map_err(|error| format!("looks like JSON, but {error}; pass the token alone, or the whole answer that issued it"));
    }
    if let Some(mistake) = mistake(text) {
        return Err(mistake.to_owned());
    }
    match AccessToken::new(text) {
        Ok(token) => Ok(token.into()),
        Err(error) => Err(format!("cannot be used: {error}")),
    }
}
