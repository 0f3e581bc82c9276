//! Counting the instructions of a program, and comparing the count with a stored figure.

use std::{io::Write, process::Command};

use crate::{path, read};

/// The command that runs a program and counts its instructions.
pub const COUNTING: [&str; 3] = [
    "valgrind",
    "--tool=callgrind",
    "--callgrind-out-file=/dev/null",
];

/// The file with the figures, which depend on the version of the compiler.
const FIGURES: &str = "benches/figures.toml";

/// The relative difference that is allowed between a count and its figure.
const BAND: f64 = 0.05;

/// Runs a program with [`COUNTING`] and returns the number of its instructions in user space. The program must
/// succeed.
pub fn instructions(command: &mut Command) -> f64 {
    let output = command.output().unwrap();
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}");
    let count = text
        .lines()
        .find_map(|line| line.split("Collected :").nth(1));
    count.expect(&text).trim().parse().unwrap()
}

/// Compares a count with the figure of this name. With `UPDATE_EXPECTED=1`, it stores the count as the figure.
///
/// Nothing is counted without valgrind, or with another version of the compiler. A line on standard error says
/// so, even if the output of tests is captured.
pub fn assert_figure(name: &str, count: impl FnOnce() -> f64) {
    let compiler = output_of("rustc").unwrap_or_default();
    let figures = read(FIGURES);
    let update = std::env::var_os("UPDATE_EXPECTED").is_some();
    let reason = if output_of(COUNTING[0]).is_none() {
        "valgrind is not installed".to_owned()
    } else if !update && value(&figures, "compiler") != Some(&*format!("\"{compiler}\"")) {
        format!("{FIGURES} was counted with another compiler than {compiler}")
    } else {
        String::new()
    };
    if !reason.is_empty() {
        let _ = writeln!(std::io::stderr(), "{name} is not counted: {reason}");
        return;
    }
    let count = count().round();
    if update {
        let figures = with(
            &with(&figures, "compiler", &format!("\"{compiler}\"")),
            name,
            &count.to_string(),
        );
        std::fs::write(path(FIGURES), figures).unwrap();
        return;
    }
    let figure = value(&figures, name).and_then(|figure| figure.parse::<f64>().ok());
    let figure = figure.unwrap_or_else(|| panic!("{FIGURES} has no {name}"));
    assert!(
        (count / figure - 1.0).abs() <= BAND,
        "{name} takes {count} instructions, and {FIGURES} has {figure}. Find what costs or saves them. If \
         it is worth it, set UPDATE_EXPECTED=1, run the test of the whole workspace again, and commit the \
         figure"
    );
}

fn output_of(program: &str) -> Option<String> {
    let output = Command::new(program).arg("--version").output().ok()?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The value of a line `name = value`.
fn value<'f>(figures: &'f str, name: &str) -> Option<&'f str> {
    let mut lines = figures.lines().filter_map(|line| line.split_once(" = "));
    lines
        .find(|(known, _)| *known == name)
        .map(|(_, value)| value)
}

/// Replaces the value of an existing figure.
fn with(figures: &str, name: &str, value: &str) -> String {
    let lines = figures.lines().map(|line| match line.split_once(" = ") {
        Some((known, _)) if known == name => format!("{name} = {value}\n"),
        _ => format!("{line}\n"),
    });
    lines.collect()
}
