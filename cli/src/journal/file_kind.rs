//! A journal must be a regular file, because only that can be locked, resumed and kept.

use std::{fs::FileType, path::Path};

/// Refuses an existing path that is not a regular file.
pub(super) fn refuse_irregular(path: &Path) -> Result<(), String> {
    match path.metadata() {
        Ok(metadata) if !metadata.is_file() => Err(format!(
            "the journal {} is {}, not a regular file; pass --output with a file name, or - for standard output",
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
