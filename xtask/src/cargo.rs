//! Running cargo on this workspace.

use std::{
    error::Error,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde_json::Value;

/// A compiled binary with the tests of a package.
#[derive(Debug)]
pub(crate) struct TestBinary {
    /// The name of the package.
    pub(crate) package: String,
    /// The folder of the package.
    pub(crate) folder: PathBuf,
    /// The name of the test target.
    pub(crate) name: String,
    pub(crate) executable: PathBuf,
}

/// Builds, and returns cargo's messages.
pub(crate) fn build(arguments: &[&str]) -> Result<Vec<Value>, Box<dyn Error>> {
    messages(&[&["build"], arguments].concat())
}

/// Builds all tests of the workspace, as `cargo test --workspace` does, so that both share what they build.
pub(crate) fn tests() -> Result<Vec<TestBinary>, Box<dyn Error>> {
    let messages = messages(&["test", "--workspace", "--no-run"])?;
    Ok(messages.iter().filter_map(test_binary).collect())
}

fn test_binary(message: &Value) -> Option<TestBinary> {
    let text = |path: &str| message.pointer(path)?.as_str();
    let folder = Path::new(text("/manifest_path")?).parent()?.to_owned();
    // "path+file:///folder#package@1.0.0", or without the name if the folder has the same.
    let (_, package) = text("/package_id")?.rsplit_once('#')?;
    let package = match package.split_once('@') {
        Some((name, _)) => name.to_owned(),
        None => folder.file_name()?.to_str()?.to_owned(),
    };
    Some(TestBinary {
        package,
        folder,
        name: text("/target/name")?.to_owned(),
        executable: PathBuf::from(text("/executable")?),
    })
}

fn messages(command: &[&str]) -> Result<Vec<Value>, Box<dyn Error>> {
    let messages = run(&[command, &["--message-format=json-render-diagnostics"]].concat())?;
    let messages = messages.lines();
    Ok(messages
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect())
}

/// The root of this workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
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
