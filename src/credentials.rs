//! The two keys of an account.

use std::{fmt, time::Duration};

use face_search_enroll_runtime::Hidden;
use zeroize::Zeroizing;

use crate::{Invalid, generated::facts::generate_token::rule};

/// The access key and the secret key of an account, with which a client requests tokens.
///
/// You find both in the account management of the vendor's console. The secret key never leaves this process:
/// it only signs requests. The keys are never printed. The memory of each copy is overwritten when the copy is
/// dropped.
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
    pub(crate) access_key: Hidden,
    pub(crate) secret_key: Zeroizing<String>,
    /// The requested lifetime of tokens, in seconds.
    pub(crate) period: i64,
}

impl Credentials {
    /// Creates credentials from the keys that the vendor's console shows. White space around a key is removed.
    ///
    /// # Errors
    ///
    /// [`CredentialsError`] for a key that is blank, or that contains a character that is not visible ASCII,
    /// such as a space, a line break or a typographic quotation mark.
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

    /// Sets the lifetime to request for tokens. The default is that of the server.
    ///
    /// Fractions of a second are ignored.
    ///
    /// # Errors
    ///
    /// [`CredentialsError`] for a lifetime that the contract does not allow. The error says what is allowed.
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

/// Checks a key, and removes the white space around it.
fn checked(name: &'static str, key: String) -> Result<Zeroizing<String>, CredentialsError> {
    let key = Zeroizing::new(key);
    let trimmed = key.trim();
    if trimmed.is_empty() {
        return Err(CredentialsError::Blank { name });
    }
    if trimmed.contains(|c: char| !c.is_ascii_graphic()) {
        return Err(CredentialsError::Character { name });
    }
    Ok(Zeroizing::new(trimmed.to_owned()))
}

/// The reason why credentials are not valid. The error does not contain a key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CredentialsError {
    /// A key is blank.
    #[error("the {name} is blank; copy it from the account management of the vendor's console")]
    #[non_exhaustive]
    Blank {
        /// `access key` or `secret key`.
        name: &'static str,
    },
    /// A key contains a character that is not visible ASCII.
    #[error(
        "the {name} has a character that is not visible ASCII, such as a space or a line break; pass only the key"
    )]
    #[non_exhaustive]
    Character {
        /// `access key` or `secret key`.
        name: &'static str,
    },
    /// The contract does not allow this lifetime of tokens.
    #[error("the period of tokens, in seconds, {}", .0.rule)]
    Period(Invalid),
}
