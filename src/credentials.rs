//! The two keys of an account, and requests that are signed with them.

use std::{
    fmt::{self, Write},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::{
    Invalid,
    generated::{facts::generate_token::rule, wire::types},
    hidden::Hidden,
};

/// The access key and the secret key of an account, from which a client gets its tokens.
///
/// You find both in the account management of the vendor's console. The secret key never leaves this
/// process: requests are signed with it. Neither key is printed, and their memory is overwritten when
/// the last clone is dropped.
///
/// ```
/// use face_search_enroll::{Client, Credentials, Region};
///
/// let credentials = Credentials::new("the-access-key", "the-secret-key")?;
/// let client = Client::builder(Region::Singapore).credentials(credentials).build()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Credentials {
    access_key: Hidden,
    secret_key: Zeroizing<String>,
    /// How long tokens are to be good, in seconds.
    period: i64,
}

impl Credentials {
    /// Takes the keys as the vendor's console shows them. White space around them is taken off.
    ///
    /// # Errors
    ///
    /// [`CredentialsError`] for a key that is blank, or that has white space or a control character
    /// within.
    pub fn new(
        access_key: impl Into<String>,
        secret_key: impl Into<String>,
    ) -> Result<Self, CredentialsError> {
        let access_key = checked("access key", access_key.into())?;
        let secret_key = checked("secret key", secret_key.into())?;
        Ok(Self {
            access_key: String::clone(&access_key).into(),
            secret_key,
            period: rule::PERIOD_SECOND_DEFAULT,
        })
    }

    /// How long the tokens are to be good. The default is an hour.
    ///
    /// # Errors
    ///
    /// [`CredentialsError`] for a period that the contract does not allow: less than a minute, or more
    /// than a day. Fractions of a second are left out.
    pub fn period(mut self, period: Duration) -> Result<Self, CredentialsError> {
        let seconds = i64::try_from(period.as_secs()).unwrap_or(i64::MAX);
        rule::PERIOD_SECOND
            .check(seconds)
            .map_err(CredentialsError::Period)?;
        self.period = seconds;
        Ok(self)
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials(…)")
    }
}

/// A key without the white space around it.
fn checked(name: &'static str, key: String) -> Result<Zeroizing<String>, CredentialsError> {
    let key = Zeroizing::new(key);
    let trimmed = key.trim();
    if trimmed.is_empty() {
        return Err(CredentialsError::Blank { name });
    }
    if trimmed.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Err(CredentialsError::Character { name });
    }
    Ok(Zeroizing::new(trimmed.to_owned()))
}

/// Keys that cannot be used, or a period that is not allowed. It does not hold a key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CredentialsError {
    /// There is nothing in a key.
    #[error(
        "the {name} is blank; pass the one from the account management of the vendor's console"
    )]
    #[non_exhaustive]
    Blank {
        /// `access key` or `secret key`.
        name: &'static str,
    },
    /// A key has white space or a control character within.
    #[error("the {name} has white space or a control character in it; pass the key alone")]
    #[non_exhaustive]
    Character {
        /// `access key` or `secret key`.
        name: &'static str,
    },
    /// Tokens cannot be good for so long.
    #[error("the period of tokens {}", .0.rule)]
    Period(Invalid),
}

/// A request for a token, and what it is signed with.
pub(crate) struct SignedRequest {
    credentials: Credentials,
    /// By how many seconds the clock of the server is ahead of that of this machine, if that is known.
    clock_offset: i64,
    pub(crate) body: types::TokenRequest,
}

impl SignedRequest {
    pub(crate) fn new(credentials: &Credentials, clock_offset: i64) -> Self {
        let time = time_of_server(clock_offset);
        Self {
            body: sign(credentials, time),
            credentials: credentials.clone(),
            clock_offset,
        }
    }

    /// Signs the request anew, at this time.
    pub(crate) fn sign(&mut self) {
        self.body = sign(&self.credentials, time_of_server(self.clock_offset));
    }
}

/// The time of the server in milliseconds since 1970.
fn time_of_server(clock_offset: i64) -> i64 {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    let now = i64::try_from(now.as_millis()).unwrap_or(i64::MAX);
    now.saturating_add(clock_offset.saturating_mul(1000))
}

fn sign(credentials: &Credentials, timestamp: i64) -> types::TokenRequest {
    let Credentials {
        access_key,
        secret_key,
        period,
    } = credentials;
    types::TokenRequest {
        access_key: access_key.clone(),
        signature: signature(access_key.expose(), secret_key, timestamp),
        timestamp,
        period_second: Some(*period),
    }
}

/// As the contract describes it: `x-signature`.
fn signature(access_key: &str, secret_key: &str, timestamp: i64) -> Hidden {
    let mut digest = Sha256::new();
    digest.update(access_key);
    digest.update(secret_key);
    digest.update(timestamp.to_string());
    let mut text = String::with_capacity(64);
    for byte in digest.finalize() {
        let _ = write!(text, "{byte:02x}");
    }
    text.into()
}
