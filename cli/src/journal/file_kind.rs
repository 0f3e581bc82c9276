//! What a journal can be: a regular file, which can be locked, gone on with and kept.

use std::{fs::FileType, path::Path};

/// Refuses what is there and is something else.
pub(super) fn refuse_irregular(path: &Path) -> Result<(), String> {
    match path.metadata() {
        Ok(metadata) if !metadata.is_file() => Err(format!(
            "the journal {} is no regular file but {}; pass --output with the name of a file, or - for standard output",
            path.display(),
            kind(metadata.file_type())
        )),
        _ => Ok(()),
    }
}

#[cfg(unix)]
fn kind(file: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;

    match file {
        _ if file.is_dir() => "a folder",
        _ if file.is_fifo() => "a pipe",
        _ if file.is_socket() => "a socket",
        _ => "a device",
    }
}

#[cfg(not(unix))]
fn kind(file: FileType) -> &'static str {
    if file.is_dir() {
        "a folder"
    } else {
        "a device"
    }
}
