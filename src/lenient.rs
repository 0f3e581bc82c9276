//! Fields of an answer that are read whatever they are: one odd field must not lose an answer.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::DeserializeOwned};
use serde_json::value::RawValue;

/// A value of type `T`, or the JSON of what came instead.
///
/// It reads from text and bytes alone: a reader or a `serde_json::Value` cannot lend raw JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lenient<T> {
    /// What the contract says.
    Read(T),
    /// Something else, as JSON.
    Unexpected(String),
}

#[cfg(feature = "unstable-raw")]
impl Lenient<String> {
    /// The text, or the JSON of what came instead.
    #[must_use]
    pub fn as_str(&self) -> &str {
        let (Self::Read(text) | Self::Unexpected(text)) = self;
        text
    }
}

/// A text, or the JSON of what came instead; borrowed from the answer where it has no escapes.
#[derive(Debug)]
pub(crate) struct LenientText<'a>(pub(crate) Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for LenientText<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?.get();
        Ok(Self(string(raw).unwrap_or(Cow::Borrowed(raw))))
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Lenient<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // The raw JSON first: that neither fails on types nor recurses into what is deeply nested.
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

/// The text of a JSON string, or nothing for what is none.
pub(crate) fn string(raw: &str) -> Option<Cow<'_, str>> {
    let inner = raw.strip_prefix('"')?.strip_suffix('"')?;
    if !inner.contains('\\') {
        // As it stands: without escapes there is nothing to read.
        return Some(Cow::Borrowed(inner));
    }
    serde_json::from_str(raw).ok()
}
