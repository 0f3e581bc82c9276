//! A change of the contract needs no Rust: these tests build a copy of the project with a changed
//! contract.

use face_search_enroll_contract::Contract;
use face_search_enroll_test_support::forget::with_forget;

use crate::copy::{BASE, Copy};

/// Builds the command.
const COMMAND: [&str; 3] = ["--package", "face-search-enroll-cli", "--quiet"];

/// A seventh region, a new code with a new outcome, and a new message for a known code.
const GROWN: [(&str, &str); 5] = [
    (
        "\ntags:\n",
        "  - url: https://jp-api.advance.ai\n    description: Japan\n    x-region: { name: Japan, code: jp, country: JP, source: ours }\n\ntags:\n",
    ),
    (
        "          description: Vietnam\n          x-source: ours\n",
        "          description: Vietnam\n          x-source: ours\n        - url: https://jp-api.advance.ai\n          description: Japan\n          x-source: ours\n",
    ),
    (
        "        - ERROR\n",
        "        - ERROR\n        - FACE_TOO_SMALL\n",
    ),
    (
        "        ServerError:\n",
        "        FaceTooSmall:\n          summary: The face in the journey is too small.\n          action: Ask for a new journey.\n          enrolled: 'no'\n          retry: never\n          charge: free\n          codes: [FACE_TOO_SMALL]\n        ServerError:\n",
    ),
    (
        "                server-error:\n",
        "                face-too-small:\n                  x-outcome: FaceTooSmall\n                  value:\n                    code: ERROR\n                    message: Face is too small.\n                    data: null\n                    extra: null\n                    transactionId: 1deae5a13ef2bd5e\n                    pricingStrategy: FREE\n                server-error:\n",
    ),
];

#[test]
fn a_new_region_a_new_code_and_a_new_operation_need_no_rust() {
    let copy = Copy::new();
    copy.change(with_forget(&crate::read(BASE)), &GROWN);

    // The user is a program with assertions about the region, the classification and the sandbox.
    // Build the command at the same time, so that shared dependencies are compiled once.
    let output = copy.build(&[&COMMAND[..], &["--package", "user"]].concat());
    assert!(output.status.success(), "{output:?}");
    let shown = copy.run("user", &[]);
    assert_eq!(
        shown,
        "Japan JP JPN https://jp-api.advance.ai\nFaceTooSmall FACE_TOO_SMALL\nforget: SUCCESS, SIGNATURE_ALREADY_ENROLLED\n"
    );

    let regions = copy.run("face-search-enroll", &["regions"]);
    let base = Contract::parse(BASE, &crate::read(BASE)).unwrap();
    assert_eq!(regions.lines().count(), base.regions.len() + 1);
    assert!(
        regions.contains("jp  Japan        JP  JPN  https://jp-api.advance.ai\n"),
        "{regions}"
    );
}

#[test]
fn an_unusable_contract_fails_the_build_with_its_problems_only() {
    let copy = Copy::new();
    copy.change_contract(&[
        ("          retry: never", "          retry: perhaps"),
        ("country: SG", "country: XX"),
        (
            "    enrolled: 'no'\n    when: unauthorized",
            "    enrolled: maybe\n    when: unauthorized",
        ),
    ]);

    let output = copy.build(&COMMAND);

    assert!(!output.status.success());
    let shown = String::from_utf8(output.stderr).unwrap();
    let lines: Vec<_> = shown.lines().collect();
    let place = format!(
        "error: face-search-enroll@{}: {}:",
        env!("CARGO_PKG_VERSION"),
        crate::CONTRACT_FILE
    );
    assert_eq!(lines.len(), 4, "{shown}");
    for (line, what) in lines.iter().zip([
        "country XX",
        "\"perhaps\" of retry",
        "\"maybe\" of enrolled",
    ]) {
        assert!(line.starts_with(&place) && line.contains(what), "{line}");
    }
    assert!(
        lines[3].starts_with("error: build script logged errors"),
        "{shown}"
    );
}

#[test]
fn the_build_script_runs_only_when_the_contract_changes() {
    let copy = Copy::new();
    let build = || {
        let output = copy.build(&["--package", "face-search-enroll-cli", "--verbose"]);
        let shown = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{shown}");
        let ran = |line: &str| {
            line.contains("Running")
                && line.contains("face-search-enroll")
                && line.contains("build-script-build")
        };
        shown.lines().any(ran)
    };
    copy.change_contract(&[]);
    build();
    assert!(!build(), "nothing has changed");

    copy.write(
        "src/region.rs",
        &(crate::read("src/region.rs") + "\n// changed\n"),
    );
    copy.write("README.md", &(crate::read("README.md") + "\nchanged\n"));
    copy.write("openapi/errata.yaml", "changed: true\n");
    assert!(!build(), "what has changed is not the contract");

    copy.change_contract(&[("version: ", "version: 9")]);
    assert!(build(), "the contract has changed");
}
