//! The formats of an input, and the extensions that name them.

use std::path::Path;

use clap::ValueEnum;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum InputFormat {
    /// One id per line
    Lines,
    /// Rows of columns, with a header line
    Csv,
    /// One JSON object per line
    Jsonl,
    /// An Excel workbook, which is recognized by its first bytes
    #[value(skip)]
    Xlsx,
}

impl InputFormat {
    pub(crate) fn of_name(path: &Path) -> Self {
        let has = |extension: &&str| has_extension(path, extension);
        if ["csv", "tsv"].iter().any(has) {
            Self::Csv
        } else if ["jsonl", "ndjson", "json"].iter().any(has) {
            Self::Jsonl
        } else if has_extension(path, "xlsx") {
            Self::Xlsx
        } else {
            Self::Lines
        }
    }
}

/// Whether a file has this extension, apart from that of a compression.
pub(crate) fn has_extension(path: &Path, extension: &str) -> bool {
    let name = path.to_string_lossy().to_lowercase();
    let compressed = [".gz", ".zst"];
    let stem = compressed.iter().find_map(|end| name.strip_suffix(end));
    let name = stem.unwrap_or(&name);
    name.strip_suffix(extension)
        .is_some_and(|stem| stem.ends_with('.'))
}
