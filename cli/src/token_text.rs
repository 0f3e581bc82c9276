//! An access token as it stands in a file or a variable: alone, or in a whole answer of the server that
//! issued it.

use face_search_enroll::{AccessToken, IssuedToken};

/// Reads the token. An answer has its expiry too.
///
/// # Errors
///
/// What is wrong with the text and what to do, as what follows the name of its place. It does not show the text.
pub(crate) fn read(text: &str) -> Result<IssuedToken, String> {
    let text = text.trim_start_matches('\u{feff}');
    let start = text.trim_start();
    if start.starts_with('{') {
        return IssuedToken::from_answer(text)
            .map_err(|error| format!("looks like JSON, but {error}; pass the token alone, or the whole answer that issued it"));
    }
    if start.starts_with(['"', '\'']) {
        return Err("begins with a quotation mark; pass the token alone".to_owned());
    }
    if is_assignment(start) {
        return Err("looks like NAME=VALUE; pass the token alone".to_owned());
    }
    match AccessToken::new(text) {
        Ok(token) => Ok(token.into()),
        Err(error) => Err(format!("cannot be used: {error}")),
    }
}

/// Whether it begins as a line of a shell does that sets a variable. What encodes bytes may end with
/// equals signs, which begin no value.
fn is_assignment(text: &str) -> bool {
    let text = text.strip_prefix("export ").unwrap_or(text);
    let Some((name, value)) = text.split_once('=') else {
        return false;
    };
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    !name.is_empty()
        && name.chars().all(is_name)
        && !value.trim_end_matches(['=', '\r', '\n']).is_empty()
}
