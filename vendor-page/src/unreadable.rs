//! Why bytes are not a page of the vendor.

use std::fmt;

use crate::section::Section;

/// Why a page could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unreadable {
    /// The reason.
    pub reason: Reason,
    /// The expected sections that were not found.
    pub missing: Vec<Section>,
}

/// Why bytes are not a page of the vendor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// The page has no text.
    Empty,
    /// The page has too many bytes, lines or facts.
    TooLarge,
    /// The text is not UTF-8.
    NotUtf8 {
        /// The offset of the first invalid byte.
        offset: usize,
    },
    /// The page has zero bytes.
    Binary {
        /// The offset of the first zero byte.
        offset: usize,
    },
    /// The page is text, but almost all sections of a page about an endpoint are missing.
    AnotherPage,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the page is empty"),
            Self::TooLarge => f.write_str("the page is larger than any page of the vendor"),
            Self::NotUtf8 { offset } => {
                write!(f, "the page is not UTF-8 text, from byte {offset} on")
            }
            Self::Binary { offset } => {
                write!(f, "the page is binary: byte {offset} is zero")
            }
            Self::AnotherPage => f.write_str("this is not the page of an endpoint"),
        }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.reason)?;
        for (i, section) in self.missing.iter().enumerate() {
            let lead = if i == 0 { "; not found: " } else { ", " };
            write!(f, "{lead}{section}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Unreadable {}
