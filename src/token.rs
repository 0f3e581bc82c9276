//! The access token: kept out of sight, and wiped when nobody needs it any more. Getting one is
//! left to sources.

use std::{borrow::Cow, fmt};

use bytes::Bytes;
use reqwest::header::HeaderValue;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// An access token of the vendor's account.
///
/// It is never printed: not by `Debug`, not in errors, not in logs. Clones share one copy, which is
/// overwritten when the last of them is dropped; what HTTP and TLS buffer of it on its way is theirs.
///
/// ```
/// use face_search_enroll::AccessToken;
///
/// let token = AccessToken::new("an-access-token")?;
/// assert_eq!(format!("{token:?}"), "AccessToken(…)");
/// # Ok::<(), face_search_enroll::AccessTokenError>(())
/// ```
#[derive(Clone)]
pub struct AccessToken {
    /// Marked sensitive, over memory that wipes itself.
    header: HeaderValue,
}

/// Tokens shorter than this are not looked for in answers: they would match by chance.
const SHORTEST_REDACTED: usize = 8;

impl AccessToken {
    /// Takes a token as the vendor gave it.
    ///
    /// # Errors
    ///
    /// [`AccessTokenError`] for an empty token, and for one with anything but visible ASCII
    /// characters: a space, a line break, a quotation mark from a word processor.
    pub fn new(token: impl Into<String>) -> Result<Self, AccessTokenError> {
        let token = Zeroizing::new(token.into().into_bytes());
        if token.is_empty() {
            return Err(AccessTokenError::Empty);
        }
        if let Some(at) = token.iter().position(|byte| !byte.is_ascii_graphic()) {
            return Err(AccessTokenError::Character { position: at + 1 });
        }
        let mut header = HeaderValue::from_maybe_shared(Bytes::from_owner(token))
            .map_err(|_| AccessTokenError::Empty)?;
        header.set_sensitive(true);
        Ok(Self { header })
    }

    /// The token as text, to hand it to another program. Keep it out of logs, errors and files that
    /// others can read.
    #[must_use]
    pub fn expose(&self) -> &str {
        // It is ASCII.
        self.header.to_str().unwrap_or_default()
    }

    /// The token that a request carries.
    pub(crate) fn of_header(header: HeaderValue) -> Self {
        Self { header }
    }

    pub(crate) fn header(&self) -> HeaderValue {
        self.header.clone()
    }

    /// `text` without this token in it, as when a server echoes what it was sent; also where the
    /// text breaks off within the token.
    fn redact<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let token = self.header.as_bytes();
        let Some(beginning) = token.first_chunk::<SHORTEST_REDACTED>() else {
            return Cow::Borrowed(text);
        };
        let found = |text: &str| {
            let mut windows = text.as_bytes().windows(SHORTEST_REDACTED);
            windows.position(|window| window == beginning)
        };
        let mut shown = String::new();
        let mut rest = text;
        // A token is ASCII, so that it begins and ends between two characters.
        while let Some((before, token_and_more)) =
            found(rest).and_then(|at| rest.split_at_checked(at))
        {
            shown.push_str(before);
            shown.push('…');
            let pairs = token_and_more.bytes().zip(token);
            let same = pairs.take_while(|(one, other)| one == *other).count();
            rest = token_and_more.get(same..).unwrap_or_default();
        }
        if shown.is_empty() {
            return Cow::Borrowed(text);
        }
        shown.push_str(rest);
        Cow::Owned(shown)
    }
}

/// `text` without any of these secrets in it.
pub(crate) fn redact<'t>(secrets: &[AccessToken], text: &'t str) -> Cow<'t, str> {
    secrets.iter().fold(Cow::Borrowed(text), |text, secret| {
        match secret.redact(&text) {
            Cow::Borrowed(_) => text,
            Cow::Owned(redacted) => Cow::Owned(redacted),
        }
    })
}

/// In constant time for tokens of one length: how long it takes says nothing of where they differ.
impl PartialEq for AccessToken {
    fn eq(&self, other: &Self) -> bool {
        self.header.as_bytes().ct_eq(other.header.as_bytes()).into()
    }
}

impl Eq for AccessToken {}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccessToken(…)")
    }
}

/// A text that cannot be an access token. It does not hold the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AccessTokenError {
    /// There is nothing in it.
    #[error("access token is empty; pass the token that the vendor's token endpoint gave")]
    Empty,
    /// It has a character that a header cannot carry.
    #[error(
        "access token has a character at byte {position} that is not visible ASCII, such as a space or a line break; pass the token alone"
    )]
    Character {
        /// Which byte of the text, from 1.
        position: usize,
    },
}
