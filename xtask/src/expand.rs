//! `cargo xtask expand`: prints the code that the build script generated.

use std::{error::Error, fs, io::Write, path::PathBuf};

use serde_json::Value;

use crate::cargo;

/// The package whose build script generates code.
const PACKAGE: &str = "face-search-enroll";

/// Builds the crate and prints what its build script wrote.
///
/// # Errors
///
/// If the build fails, or `out`.
pub fn run(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let folder = build()?;
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "rs"));
    files.sort();
    for file in &files {
        let name = file.file_name().unwrap_or_default();
        writeln!(out, "// {}", name.to_string_lossy())?;
        writeln!(out, "{}", fs::read_to_string(file)?)?;
    }
    Ok(())
}

/// Builds the crate, and returns the folder that its build script wrote to.
fn build() -> Result<PathBuf, Box<dyn Error>> {
    let id = cargo::run(&["pkgid", "--package", PACKAGE])?;
    let messages = cargo::build(&["--quiet", "--package", PACKAGE])?;
    messages
        .iter()
        .find(|message| {
            let text = |key: &str| message.get(key).and_then(Value::as_str);
            text("reason") == Some("build-script-executed") && text("package_id") == Some(id.trim())
        })
        .and_then(|message| message.get("out_dir")?.as_str().map(PathBuf::from))
        .ok_or_else(|| {
            format!("cargo did not report the output folder of the build script of {PACKAGE}")
                .into()
        })
}
