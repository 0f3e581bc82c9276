//! The formats that an input may have, and how its name tells.

use std::path::Path;

use clap::ValueEnum;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum InputFormat {
    /// An id a line
    Lines,
    /// Records of columns, with a header
    Csv,
    /// A JSON object a line
    Jsonl,
    /// A workbook of Excel, which is known by its first bytes
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

/// Whether the name ends so, but for what a compression adds.
pub(crate) fn has_extension(path: &Path, extension: &str) -> bool {
    let name = path.to_string_lossy().to_lowercase();
    let compressed = [".gz", ".zst"];
    let stem = compressed.iter().find_map(|end| name.strip_suffix(end));
    let name = stem.unwrap_or(&name);
    name.strip_suffix(extension)
        .is_some_and(|stem| stem.ends_with('.'))
}
