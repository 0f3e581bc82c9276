//! Printing, parsing and serialising enums by the names of their values.

/// The error for a text that is not the name of any value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown {kind} {input:?}; use one of {}", known.join(", "))]
pub struct UnknownName {
    kind: &'static str,
    input: String,
    known: Vec<&'static str>,
}

impl UnknownName {
    /// Creates an error. `kind` says what the text should name, and `known` has the valid names.
    #[doc(hidden)]
    pub fn new(
        kind: &'static str,
        input: &str,
        known: impl IntoIterator<Item = &'static str>,
    ) -> Self {
        Self {
            kind,
            input: input.to_owned(),
            known: known.into_iter().collect(),
        }
    }

    /// The text that was parsed.
    #[must_use]
    pub fn input(&self) -> &str {
        &self.input
    }
}

/// Prints, parses and serialises an enum by the text that its `as_str` returns.
#[doc(hidden)]
#[macro_export]
macro_rules! by_name {
    ($type:ident, $kind:literal) => {
        /// The name, as `as_str` returns it.
        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $type {
            type Err = $crate::names::UnknownName;

            /// Parses the name that `as_str` returns.
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let mut values = Self::ALL.iter().copied();
                values.find(|value| value.as_str() == text).ok_or_else(|| {
                    let known = Self::ALL.iter().map(|value| value.as_str());
                    $crate::names::UnknownName::new($kind, text, known)
                })
            }
        }

        $crate::serde_by_text!($type, as_str);
    };
}

/// Serialises a type as a text, and deserialises any text that it can be parsed from. The crate that uses this
/// macro needs a feature `serde`.
#[doc(hidden)]
#[macro_export]
macro_rules! serde_by_text {
    ($type:ident, $text:ident) => {
        #[cfg(feature = "serde")]
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.$text())
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <String as serde::Deserialize>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}
