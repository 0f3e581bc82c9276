//! Reading fields of any JSON type, so that one odd field does not make an answer unreadable.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::DeserializeOwned};
use serde_json::value::RawValue;

/// A value of type `T`, or the JSON of a value of another type.
///
/// It deserializes only from a string or bytes, because it borrows raw JSON. A reader or a `serde_json::Value`
/// does not support that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lenient<T> {
    /// A value of the expected type.
    Read(T),
    /// Any other value, as JSON.
    Unexpected(String),
}

impl Lenient<String> {
    /// Returns the text, or the JSON of a value that is not a string.
    #[must_use]
    #[inline]
    pub fn as_str(&self) -> &str {
        let (Self::Read(text) | Self::Unexpected(text)) = self;
        text
    }
}

/// A text, or the JSON of a value that is not a string. It borrows from the answer if the text has no escapes.
#[derive(Debug)]
pub struct LenientText<'a>(pub Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for LenientText<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?.get();
        Ok(Self(string(raw).unwrap_or(Cow::Borrowed(raw))))
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Lenient<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Read raw JSON first, which accepts any type and does not recurse into nested values.
        let raw = <&RawValue>::deserialize(deserializer)?.get();
        Ok(match serde_json::from_str(raw) {
            Ok(value) => Self::Read(value),
            Err(_) => Self::Unexpected(raw.to_owned()),
        })
    }
}

impl<T: Serialize> Serialize for Lenient<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Read(value) => value.serialize(serializer),
            Self::Unexpected(json) => serializer.serialize_str(json),
        }
    }
}

/// Returns the text of a JSON string. None for any other JSON.
#[must_use]
#[inline]
pub fn string(raw: &str) -> Option<Cow<'_, str>> {
    let inner = raw.strip_prefix('"')?.strip_suffix('"')?;
    if !inner.contains('\\') {
        // Without escapes, the JSON between the quotation marks is the text itself.
        return Some(Cow::Borrowed(inner));
    }
    serde_json::from_str(raw).ok()
}
