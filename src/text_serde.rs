//! Serialisation of enums by their names.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

use crate::{Outcome, Region, Stage};

/// Serialises by a text, and reads whatever the type can be parsed from.
macro_rules! by_text {
    ($($type:ident::$text:ident),*) => {$(
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.$text())
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(D::Error::custom)
            }
        }
    )*};
}

by_text!(Outcome::as_str, Region::code, Stage::as_str);
