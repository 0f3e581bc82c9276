//! The file of facts: the same facts give the same bytes, and are read back as the same facts.

use face_search_enroll_vendor_page::{ResponseCode, Section, Unread, from_yaml, read, to_yaml};
use proptest::prelude::*;
use serde_json::json;

use crate::render::{Rendering, render};
use crate::{facts, generated};

#[test]
fn the_format_is_as_shown_here() {
    let page = read(render(&facts::base(), Rendering::Glued).as_bytes()).unwrap();
    let yaml = to_yaml(&page);
    for line in [
        "title: { value: Face-Search Enroll Face API, line: 3 }",
        "  method: { value: POST, line: 9 }",
        "    - { name: X-ACCESS-TOKEN, value: \"{Your Access Token}\", line: 12 }",
        "    - { kind: address-runs-into-backslash, line: 10 }",
        "  - { name: transactionId, max_length: 64, line: 48 }",
        "  - { name: pricingStrategy, deprecated: true, constant: FREE, line: 49 }",
        "  - { name: data, members: [{ name: signatureId, line: 51 }], line: 51 }",
        "  - { code: SUCCESS, charge: free, message: \"OK\", line: 57 }",
        "  - heading: SUCCESS Response",
        "        \"code\": \"SUCCESS\",",
    ] {
        assert!(yaml.lines().any(|it| it == line), "{line}\n{yaml}");
    }
    assert!(yaml.starts_with("# What the vendor's page states"));
    assert!(
        !yaml.contains("echo of what was asked"),
        "prose of the page"
    );
}

/// The files in the repository are what the code writes.
#[test]
fn the_kept_files_are_written_byte_for_byte() {
    for kept in [
        include_str!("../../../openapi/vendor-pages/enroll.yaml"),
        include_str!("../../../openapi/vendor-pages/generateToken.yaml"),
    ] {
        assert_eq!(to_yaml(&from_yaml(kept).unwrap()), kept);
    }
}

#[test]
fn strings_that_look_like_other_types_survive() {
    let odd = [
        "",
        " ",
        "true",
        "No",
        "null",
        "~",
        "1",
        "1.0",
        "1e3",
        "0x1f",
        ".inf",
        "2024-01-01",
        "a: b",
        "a #b",
        "- a",
        "[a]",
        "{a}",
        "*a",
        "&a",
        "!a",
        "%a",
        "@a",
        "`a`",
        "'a'",
        "\"a\"",
        "a\\nb",
        "a\nb",
        "\t",
        "ends:",
        "\u{7f}",
        "\u{85}",
        "\u{2028}",
        "\u{feff}",
        "\u{fffe}",
        "\u{1}",
        "😀",
        "é",
        "---",
        "...",
        "?",
        "a,b",
    ];
    for text in odd {
        let mut page = facts::base();
        page.title = Some(generated::sourced(text));
        page.response_codes[0].message = text.to_owned();
        page.response_examples[0].heading = text.to_owned();
        page.response_examples[0].body = generated::body(json!({ text: text }));
        assert_eq!(from_yaml(&to_yaml(&page)).as_ref(), Ok(&page), "{text:?}");
    }
}

#[test]
fn absent_facts_stay_absent() {
    let mut page = facts::base();
    page.title = None;
    page.addresses[0].method = None;
    page.addresses[0].media_type = None;
    page.header_parameters[0].type_name = None;
    page.response_codes[0].charge = None;
    page.response_fields.clear();
    page.request_example.as_mut().unwrap().body = None;
    page.unread.push(Unread {
        section: Section::ResponseCode,
        line: 7,
    });
    assert_eq!(from_yaml(&to_yaml(&page)), Ok(page));
    let empty = face_search_enroll_vendor_page::VendorPage::default();
    assert_eq!(from_yaml(&(to_yaml(&empty) + "{}\n")), Ok(empty));
}

#[test]
fn an_error_has_its_position() {
    let base = to_yaml(&facts::base());
    let slips = [
        ("title: {", "titel: {", "3:1: unknown name `titel`"),
        ("charge: free", "charge: gratis", "expected free or pay"),
        (
            "deprecated: true",
            "deprecated: maybe",
            "expected true or false",
        ),
        (
            "max_length: 64",
            "max_length: many",
            "expected a whole number",
        ),
        (
            "max_length: 64",
            "max_length: -1",
            "expected a whole number",
        ),
        ("kind: address", "kind: some", "unknown kind of slip"),
        ("json: |", "text: |", "unknown name `text`"),
        ("addresses:", "addresses: none\nunread:", "expected a list"),
        ("  - { url: ", "  - { - url: ", ""),
    ];
    for (right, wrong, message) in slips {
        let text = base.replacen(right, wrong, 1);
        assert_ne!(text, base);
        let error = from_yaml(&text).unwrap_err();
        assert!(error.to_string().contains(message), "{error}");
        assert!(error.line > 2 && error.column > 0, "{error}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn generated_facts_survive(page in generated::generated(), line: u32, message in ".{0,40}") {
        let mut page = page;
        page.response_codes.push(ResponseCode { code: message.clone(), charge: None, message, line });
        let yaml = to_yaml(&page);
        prop_assert_eq!(&from_yaml(&yaml).unwrap(), &page);
        prop_assert_eq!(to_yaml(&page), yaml);
    }
}
