//! Running cargo on this workspace.

use std::{
    error::Error,
    path::Path,
    process::{Command, Stdio},
};

use serde_json::Value;

/// Builds, and gives what cargo tells of it.
pub(crate) fn build(arguments: &[&str]) -> Result<Vec<Value>, Box<dyn Error>> {
    let command = ["build", "--message-format=json-render-diagnostics"];
    let messages = run(&[&command, arguments].concat())?;
    let messages = messages.lines();
    Ok(messages
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect())
}

/// Runs cargo and gives what it prints; its messages go to standard error.
pub(crate) fn run(arguments: &[&str]) -> Result<String, Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let output = Command::new(env!("CARGO"))
        .current_dir(root)
        .args(arguments)
        .stderr(Stdio::inherit())
        .output()?;
    if !output.status.success() {
        return Err(format!(
            "cargo {} failed; mend what it reports above",
            arguments.join(" ")
        )
        .into());
    }
    Ok(String::from_utf8(output.stdout)?)
}
