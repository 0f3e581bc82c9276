//! Enums that are printed, parsed and serialised by the names of their values.

/// A text that names none of the values there are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown {kind} {input:?}; use one of {}", known.join(", "))]
pub struct UnknownName {
    pub(crate) kind: &'static str,
    pub(crate) input: String,
    pub(crate) known: Vec<&'static str>,
}

impl UnknownName {
    /// The text.
    #[must_use]
    pub fn input(&self) -> &str {
        &self.input
    }
}

/// Prints and parses an enum by what its `as_str` gives.
macro_rules! by_name {
    ($type:ident, $kind:literal) => {
        /// The name, as `as_str` gives it.
        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $type {
            type Err = $crate::UnknownName;

            /// Reads the name that `as_str` gives.
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let mut values = Self::ALL.iter().copied();
                values
                    .find(|value| value.as_str() == text)
                    .ok_or_else(|| $crate::UnknownName {
                        kind: $kind,
                        input: text.to_owned(),
                        known: Self::ALL.iter().map(|value| value.as_str()).collect(),
                    })
            }
        }

        $crate::names::serde_by_text!($type, as_str);
    };
}

/// Serialises by a text, and reads whatever the type can be parsed from.
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

pub(crate) use {by_name, serde_by_text};
