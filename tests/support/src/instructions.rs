//! Counting the instructions of a program, and comparing them with what they were.

use std::{io::Write, process::Command};

use crate::{path, read};

/// What starts a program so that its instructions are counted.
pub const COUNTING: [&str; 3] = [
    "valgrind",
    "--tool=callgrind",
    "--callgrind-out-file=/dev/null",
];

/// The file of the figures, by the version of the compiler that they are of.
const FIGURES: &str = "benches/figures.toml";

/// By how much of a figure a count may differ from it.
const BAND: f64 = 0.05;

/// The instructions in user space of a program that [`COUNTING`] starts. It must succeed.
pub fn instructions(command: &mut Command) -> f64 {
    let output = command.output().unwrap();
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}");
    let count = text
        .lines()
        .find_map(|line| line.split("Collected :").nth(1));
    count.expect(&text).trim().parse().unwrap()
}

/// Compares a count with the figure of this name. With `UPDATE_EXPECTED=1` the figure becomes the count.
///
/// Nothing is counted without valgrind, nor with another compiler than the figures are of: standard error
/// says so, whoever captures what tests print.
pub fn assert_figure(name: &str, count: impl FnOnce() -> f64) {
    let compiler = output_of("rustc").unwrap_or_default();
    let figures = read(FIGURES);
    let update = std::env::var_os("UPDATE_EXPECTED").is_some();
    let reason = if output_of(COUNTING[0]).is_none() {
        "there is no valgrind here".to_owned()
    } else if !update && value(&figures, "compiler") != Some(&*format!("\"{compiler}\"")) {
        format!("{FIGURES} is of another compiler than {compiler}")
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

/// The same figures with another value of one that is there.
fn with(figures: &str, name: &str, value: &str) -> String {
    let lines = figures.lines().map(|line| match line.split_once(" = ") {
        Some((known, _)) if known == name => format!("{name} = {value}\n"),
        _ => format!("{line}\n"),
    });
    lines.collect()
}
