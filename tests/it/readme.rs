//! The tables of the READMEs come from the contract, and their commands and programs are ones that run.

use std::fmt::Write;

use face_search_enroll::{Outcome, Region, Retry};

/// The guide for other languages.
const GUIDE: &str = "openapi/README.md";

fn replace_between(text: &str, name: &str, content: &str) -> String {
    let (start, end) = (
        format!("<!-- {name} -->\n"),
        format!("<!-- end of {name} -->"),
    );
    let (before, rest) = text.split_once(&start).expect("the mark before");
    let (_, after) = rest.split_once(&end).expect("the mark after");
    format!("{before}{start}\n{content}\n{end}{after}")
}

fn regions() -> String {
    let mut table = "| region | code | country | address |\n|---|---|---|---|\n".to_owned();
    for region in Region::ALL {
        let (code, alpha2, alpha3) = (region.code(), region.country(), region.country_alpha3());
        let url = region.base_url();
        writeln!(
            table,
            "| {region} | `{code}` | {alpha2}, {alpha3} | `{url}` |"
        )
        .unwrap();
    }
    table
}

fn outcomes() -> String {
    let mut table =
        "| outcome | what happened | what to do | retry? |\n|---|---|---|---|\n".to_owned();
    for outcome in Outcome::ALL {
        let retry = match outcome.retry() {
            Retry::Backoff => "after a delay",
            Retry::Throttled => "after `Retry-After`, and slower",
            Retry::RefreshToken => "once, with a new token",
            Retry::ByStatus => "as the HTTP status says",
            _ => "no",
        };
        let (summary, action) = (outcome.summary(), outcome.action());
        writeln!(table, "| `{outcome}` | {summary} | {action} | {retry} |").unwrap();
    }
    table
}

/// The programs that other teams copy, with the language of their code blocks.
const PROGRAMS: [(&str, &str); 6] = [
    ("signing/sign.ts", "ts"),
    ("signing/sign.py", "python"),
    ("signing/Sign.java", "java"),
    ("signing/sign.go", "go"),
    ("typescript/src/call.ts", "ts"),
    ("python/call.py", "python"),
];

#[test]
fn the_guide_has_the_tables_of_the_contract_and_the_programs_that_are_run() {
    let mut expected = crate::read(GUIDE);
    expected = replace_between(&expected, "regions", &regions());
    expected = replace_between(&expected, "outcomes", &outcomes());
    for (path, language) in PROGRAMS {
        let program = crate::read(&format!("tests/consumers/{path}"));
        let (_, name) = path.rsplit_once('/').unwrap();
        let block = format!("```{language}\n{program}```\n");
        expected = replace_between(&expected, name, &block);
    }
    crate::assert_file(GUIDE, &expected);
}

#[test]
fn the_blocks_of_the_sandbox_are_tests_that_run() {
    let readme = crate::read("sandbox/README.md");
    let blocks = readme.split("```rust\n").skip(1);
    let blocks: Vec<_> = blocks
        .map(|block| block.split("```\n").next().unwrap())
        .collect();
    let tests = crate::read("examples/tests/with_a_sandbox.rs");
    let (_, tests) = tests
        .split_once("#![allow(missing_docs)]\n\n")
        .expect("the head of the tests");
    assert!(
        blocks.join("\n") == tests,
        "sandbox/README.md and examples/tests/with_a_sandbox.rs differ; copy the Rust blocks of the one into the other, with a blank line between them"
    );
}

#[test]
fn the_commands_are_those_that_are_checked() {
    let checks = crate::read(".ci/run");
    for command in [
        "cargo run -- enroll --sandbox 730baa5ab2e34e53",
        "cargo test --workspace",
    ] {
        assert!(crate::read("README.md").contains(command), "{command}");
        assert!(
            checks.lines().any(|line| line.trim().ends_with(command)),
            "{command}"
        );
    }
}
