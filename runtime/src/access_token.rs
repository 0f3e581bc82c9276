//! The access token, which is never printed, and whose memory is overwritten when the last clone is dropped.

use std::{borrow::Cow, fmt};

use bytes::Bytes;
use reqwest::header::HeaderValue;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// An access token of the vendor's account.
///
/// It is never printed: not by `Debug`, not in errors, not in logs. Clones share one copy, which is
/// overwritten when the last clone is dropped. The buffers of HTTP and TLS, which contain the token while it
/// is sent, are not overwritten.
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
    /// Marked as sensitive. Its memory is overwritten on drop.
    header: HeaderValue,
}

/// How many characters of an unreadable body an error shows.
const EXCERPT: usize = 200;

/// Shorter tokens are not redacted from answers, because they could match other text by chance.
const SHORTEST_REDACTED: usize = 8;

impl AccessToken {
    /// Creates a token from the text that the vendor issued.
    ///
    /// # Errors
    ///
    /// [`AccessTokenError`] for an empty token, and for a token with a character that is not visible ASCII, such as
    /// a space, a line break or a typographic quotation mark.
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

    /// Returns the token as text, for another program.
    ///
    /// Keep it out of logs, errors, and files that others can read.
    #[must_use]
    pub fn expose(&self) -> &str {
        // A token is always ASCII.
        self.header.to_str().unwrap_or_default()
    }

    /// Takes the token from the header of a request.
    #[doc(hidden)]
    #[must_use]
    pub fn of_header(header: HeaderValue) -> Self {
        Self { header }
    }

    /// The header that carries the token.
    #[doc(hidden)]
    #[must_use]
    #[inline]
    pub fn header(&self) -> HeaderValue {
        self.header.clone()
    }

    /// Removes this token from `text`, in which a server may echo it. A token that is cut off at the end of
    /// `text` is removed too.
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
        // A token is ASCII, so it begins and ends at a character boundary.
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

/// Removes these secrets from `text`.
#[doc(hidden)]
#[must_use]
#[inline]
pub fn redact<'t>(secrets: &[AccessToken], text: &'t str) -> Cow<'t, str> {
    secrets.iter().fold(Cow::Borrowed(text), |text, secret| {
        match secret.redact(&text) {
            Cow::Borrowed(_) => text,
            Cow::Owned(redacted) => Cow::Owned(redacted),
        }
    })
}

/// Tokens of equal length are compared in constant time, so that the time does not reveal where they differ.
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

/// The error for a text that cannot be an access token. It does not contain the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AccessTokenError {
    /// The text is empty.
    #[error("the access token is empty; pass the token that the vendor's token endpoint returned")]
    Empty,
    /// The text has a character that an HTTP header cannot carry.
    #[error(
        "the access token has a character at byte {position} that is not visible ASCII, such as a space or a line break; pass only the token"
    )]
    Character {
        /// The position of the character in bytes, from 1.
        position: usize,
    },
}

/// The beginning of a body or header, without the secrets, and escaped so that it fits on one line.
#[must_use]
pub fn excerpt(bytes: &[u8], secrets: &[AccessToken]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let text = redact(secrets, &text);
    let shown: String = text.chars().take(EXCERPT).collect();
    let more = if shown.len() < text.len() { "…" } else { "" };
    format!("{}{more}", shown.escape_debug())
}
