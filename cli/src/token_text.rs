//! Parses an access token from a file or a variable: the token alone, or the whole response that issued
//! it.

use face_search_enroll::{AccessToken, IssuedToken, token_source::parse_answer};

use crate::plain_text::{mistake, trimmed};

/// Parses the token. A response also has its expiry.
///
/// # Errors
///
/// What is wrong with the text, and what to do. The message follows the name of the place where the text
/// was, and does not show the text.
pub(crate) fn read(text: &str) -> Result<IssuedToken, String> {
    let text = trimmed(text);
    if text.starts_with('{') {
        return parse_answer(text)
            .map_err(|error| format!("looks like JSON, but {error}; pass the token alone, or the whole response that issued it"));
    }
    if let Some(mistake) = mistake(text) {
        return Err(mistake.to_owned());
    }
    match AccessToken::new(text) {
        Ok(token) => Ok(token.into()),
        Err(error) => Err(format!("cannot be used: {error}")),
    }
}
