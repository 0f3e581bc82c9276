//! The READMEs' tables are those of the contract, and their commands and programs those that are checked.

use std::fmt::Write;

use face_search_enroll::{Outcome, Region, Retry};

/// The README with the tables between these marks as the contract has them.
fn with_tables(readme: &str) -> String {
    let readme = replace_between(readme, "regions", &regions());
    replace_between(&readme, "outcomes", &outcomes())
}

fn replace_between(text: &str, name: &str, table: &str) -> String {
    let (start, end) = (
        format!("<!-- {name} -->\n"),
        format!("<!-- end of {name} -->"),
    );
    let (before, rest) = text.split_once(&start).expect("the mark before the table");
    let (_, after) = rest.split_once(&end).expect("the mark after the table");
    format!("{before}{start}\n{table}\n{end}{after}")
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
        "| outcome | what happened | what to do | repeat? |\n|---|---|---|---|\n".to_owned();
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

#[test]
fn the_tables_are_those_of_the_contract() {
    let readme = crate::read("README.md");
    crate::assert_file("README.md", &with_tables(&readme));
}

/// The programs that other teams copy, with the languages that Markdown knows them by.
const PROGRAMS: [(&str, &str); 6] = [
    ("signing/sign.ts", "ts"),
    ("signing/sign.py", "python"),
    ("signing/Sign.java", "java"),
    ("signing/sign.go", "go"),
    ("typescript/src/call.ts", "ts"),
    ("python/call.py", "python"),
];

#[test]
fn the_programs_for_other_teams_are_those_that_are_run() {
    let path = "openapi/README.md";
    let mut expected = crate::read(path);
    for (path, language) in PROGRAMS {
        let program = crate::read(&format!("tests/consumers/{path}"));
        let (_, name) = path.rsplit_once('/').unwrap();
        let block = format!("```{language}\n{program}```\n");
        expected = replace_between(&expected, name, &block);
    }
    crate::assert_file(path, &expected);
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
