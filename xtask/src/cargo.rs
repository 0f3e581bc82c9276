//! Running cargo on this workspace.

use std::{
    error::Error,
    io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde_json::Value;

/// Builds, and returns cargo's messages.
pub(crate) fn build(arguments: &[&str]) -> Result<Vec<Value>, Box<dyn Error>> {
    let command = ["build", "--message-format=json-render-diagnostics"];
    let messages = run(&[&command, arguments].concat())?;
    let messages = messages.lines();
    Ok(messages
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect())
}

/// The root of this workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Runs cargo with an environment variable, and returns whether it succeeded. Its output goes to standard\n/// error.
pub(crate) fn succeeds(arguments: &[&str], (name, value): (&str, &str)) -> io::Result<bool> {
    let status = Command::new(env!("CARGO"))
        .current_dir(root())
        .args(arguments)
        .env(name, value)
        .stdout(io::stderr())
        .status()?;
    Ok(status.success())
}

/// Runs cargo, and returns its standard output.
pub(crate) fn run(arguments: &[&str]) -> Result<String, Box<dyn Error>> {
    let output = Command::new(env!("CARGO"))
        .current_dir(root())
        .args(arguments)
        .stderr(Stdio::inherit())
        .output()?;
    if !output.status.success() {
        return Err(format!(
            "`cargo {}` failed; correct what it reports above",
            arguments.join(" ")
        )
        .into());
    }
    Ok(String::from_utf8(output.stdout)?)
}
