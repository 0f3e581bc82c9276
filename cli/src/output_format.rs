//! The output formats: text for people, and JSON.

use std::io::{self, Write};

use clap::ValueEnum;
use serde::Serialize;

/// The format in which results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum OutputFormat {
    /// Text for people.
    Text,
    /// One JSON object per line.
    Json,
}

/// Writes an object as one line of JSON.
pub(crate) fn write_json(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}
