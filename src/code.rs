//! Parsing codes from answers. The listed codes are generated from the contract.

use std::{borrow::Cow, convert::Infallible, fmt, str::FromStr};

use face_search_enroll_runtime::lenient::string;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use crate::Code;

/// A code that the contract does not list, exactly as in the answer.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct UnlistedCode(Box<str>);

impl UnlistedCode {
    /// The text of the code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Code {
    fn from(text: &str) -> Self {
        Self::listed(text).unwrap_or_else(|| Self::Unlisted(UnlistedCode(text.into())))
    }
}

impl FromStr for Code {
    type Err = Infallible;

    /// Does the same as [`from`](Self::from). It never fails, because every text is a code.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(text.into())
    }
}

/// The text of the code, as on the wire.
impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Reads a string, or the digits of a number, so that a code of the wrong type does not make an answer
/// unreadable. This works only for JSON in a string or in bytes. In other formats, read a string and use
/// `FromStr`.
impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?.get();
        let text = match raw.bytes().next() {
            Some(b'"') => string(raw).ok_or_else(|| {
                serde::de::Error::custom("the code has an invalid escape sequence")
            })?,
            Some(b'-' | b'0'..=b'9') => Cow::Borrowed(raw),
            _ => {
                return Err(serde::de::Error::custom(
                    "the code is neither a string nor a number",
                ));
            }
        };
        Ok(Self::from(&*text))
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
