//! Mistakes in the printed curl command are recorded, and the rest of the command is still read.

use face_search_enroll_vendor_page::{SlipKind, VendorPage, read};

use crate::facts;
use crate::render::{Rendering, render};

/// The base page with this curl command, and its slips as index of the line and kind.
fn slips(curl: &[&str]) -> (VendorPage, Vec<(usize, SlipKind)>) {
    let text = render(&facts::base(), Rendering::Glued);
    let (before, rest) = text.split_once("curl").unwrap();
    let (_, after) = rest.split_once("Request Url").unwrap();
    let text = format!("{before}{}\n\nRequest Url{after}", curl.join("\n"));
    let page = read(text.as_bytes()).unwrap();
    let example = page.request_example.as_ref().unwrap();
    let index = |line: u32| (line - example.line) as usize;
    let slips = example
        .slips
        .iter()
        .map(|it| (index(it.line), it.kind))
        .collect();
    (page, slips)
}

const BODY: &str = "-d '{\"signatureId\": \"730baa5ab2e34e53\"}'";

#[test]
fn a_working_command_has_no_slips() {
    let (page, slips) = slips(&[
        "curl -X POST \\",
        "  https://a.example/x \\",
        "  -H 'A: b' \\",
        BODY,
    ]);
    assert_eq!(slips, []);
    let example = page.request_example.unwrap();
    assert_eq!(example.address.unwrap().value, "https://a.example/x");
    assert_eq!(example.headers[0].value, "b");
    assert!(example.body.unwrap().json.is_ok());
}

#[test]
fn a_missing_space_before_the_backslash_is_a_slip() {
    for end in ["\\", "\\ ", "\\   "] {
        let address = format!(" https://a.example/x{end}");
        let (page, slips) = slips(&["curl -X POST \\", &address, " -H 'A: b' \\", BODY]);
        assert_eq!(slips, [(1, SlipKind::AddressRunsIntoBackslash)], "{end:?}");
        let example = page.request_example.unwrap();
        assert_eq!(example.address.unwrap().value, "https://a.example/x");
        assert_eq!(example.headers.len(), 1);
    }
}

#[test]
fn a_space_after_a_backslash_is_a_slip() {
    let (page, slips) = slips(&[
        "curl -X POST \\",
        " https://a.example/x \\ ",
        " -H 'A: b' \\",
        BODY,
    ]);
    assert_eq!(slips, [(1, SlipKind::SpaceAfterBackslash)]);
    assert!(page.request_example.unwrap().body.is_some());
}

#[test]
fn spaces_after_every_backslash_come_from_the_rendering() {
    let (_, slips) = slips(&[
        "curl -X POST \\ ",
        " https://a.example/x \\ ",
        " -H 'A: b' \\ ",
        BODY,
    ]);
    assert_eq!(slips, []);
}

#[test]
fn a_continued_line_without_a_backslash_is_a_slip() {
    let (page, slips) = slips(&[
        "curl -X POST \\",
        " https://a.example/x",
        " -H 'A: b' \\",
        BODY,
    ]);
    assert_eq!(slips, [(1, SlipKind::LineNotContinued)]);
    assert_eq!(page.request_example.unwrap().headers.len(), 1);
}

#[test]
fn other_spellings_of_options_say_the_same() {
    let (page, slips) = slips(&[
        "$ curl --request=POST --url https://a.example/x --header \"A: b\" -H'C:d' \\",
        "--data-raw '{",
        "  \"signatureId\": \"730baa5ab2e34e53\"",
        "}'",
        "This line is no part of it. -H 'E: f'",
    ]);
    assert_eq!(slips, []);
    let example = page.request_example.unwrap();
    assert_eq!(example.method.unwrap().value, "POST");
    assert_eq!(example.address.unwrap().value, "https://a.example/x");
    let headers: Vec<_> = example
        .headers
        .iter()
        .map(|it| (it.name.as_str(), it.value.as_str()))
        .collect();
    assert_eq!(headers, [("A", "b"), ("C", "d")]);
    assert!(example.body.unwrap().json.is_ok());
}

#[test]
fn a_broken_body_keeps_the_rest() {
    let (page, _) = slips(&["curl -X POST https://a.example/x -d '{\"a\" 1}'"]);
    let body = page.request_example.unwrap().body.unwrap();
    assert_eq!(body.json.unwrap_err().reason, "expected `:`");
    let (page, _) = slips(&["curl -X POST https://a.example/x -d '{\"a\": 1}"]);
    let body = page.request_example.unwrap().body.unwrap();
    assert_eq!(body.json.unwrap_err().reason, "the quote is not closed");
}
