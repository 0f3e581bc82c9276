//! Reading fields of an answer whatever their type is: one odd field must not lose an answer.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::DeserializeOwned};
use serde_json::value::RawValue;

/// A value of type `T`, or the JSON of what came instead.
///
/// It deserializes from text and bytes only: a reader or a `serde_json::Value` cannot lend raw JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lenient<T> {
    /// A value of the expected type.
    Read(T),
    /// Anything else, as JSON.
    Unexpected(String),
}

impl Lenient<String> {
    /// The text, or the JSON of what came instead.
    #[must_use]
    #[inline]
    pub fn as_str(&self) -> &str {
        let (Self::Read(text) | Self::Unexpected(text)) = self;
        text
    }
}

/// A text, or the JSON of what came instead. It borrows from the answer if the text has no escapes.
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
        // The raw JSON first: reading it fails on no type and does not recurse into nested values.
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

/// The text of a JSON string. None for any other JSON.
#[must_use]
#[inline]
pub fn string(raw: &str) -> Option<Cow<'_, str>> {
    let inner = raw.strip_prefix('"')?.strip_suffix('"')?;
    if !inner.contains('\\') {
        // Without escapes, the JSON between the quotation marks is the text.
        return Some(Cow::Borrowed(inner));
    }
    serde_json::from_str(raw).ok()
}
