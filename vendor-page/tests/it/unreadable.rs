//! Input that is not a page about an endpoint is rejected with the reason and the missing sections.

use face_search_enroll_vendor_page::{MAX_BYTES, Reason, Section, read};

use crate::facts;
use crate::render::{Rendering, render};

fn refused(bytes: &[u8]) -> (Reason, usize, String) {
    let error = read(bytes).unwrap_err();
    (error.reason, error.missing.len(), error.to_string())
}

#[test]
fn nothing() {
    for nothing in ["", "\u{feff}", " \r\n\u{a0}\n\t"] {
        assert_eq!(refused(nothing.as_bytes()).0, Reason::Empty);
    }
}

#[test]
fn no_text() {
    assert_eq!(refused(b"abc\xff\xfe").0, Reason::NotUtf8 { offset: 3 });
    assert_eq!(
        refused(b"\x89PNG\r\n\x1a\n\0\0").0,
        Reason::NotUtf8 { offset: 0 }
    );
    assert_eq!(refused(b"PK\x03\x04\0\0").0, Reason::Binary { offset: 4 });
}

#[test]
fn too_much() {
    assert_eq!(refused(&vec![b' '; MAX_BYTES + 1]).0, Reason::TooLarge);
    assert_eq!(refused(&b"a\n".repeat(200_001)).0, Reason::TooLarge);
    let page = render(&facts::base(), Rendering::Glued);
    let codes = "NEWfree message\n".repeat(10_001);
    let page = page.replace(
        "Status CodeMessage\n",
        &format!("Status CodeMessage\n{codes}"),
    );
    assert_eq!(refused(page.as_bytes()).0, Reason::TooLarge);
}

#[test]
fn another_page() {
    let pages = [
        "Just some words.",
        "# Request Example\n\nNo curl here.\n\n# Response Code\n",
        "<html><body><h1>Sign in</h1><form></form></body></html>",
        "{\"code\": \"SUCCESS\"}",
    ];
    for page in pages {
        let (reason, missing, message) = refused(page.as_bytes());
        assert_eq!(
            (reason, missing),
            (Reason::AnotherPage, Section::ALL.len()),
            "{page}"
        );
        assert_eq!(
            message,
            "this is not the page of an endpoint; not found: Request Example, Request Url, \
             Request Header Parameters, Request Parameters, Response Description, Response Code, \
             Response Examples"
        );
    }
}
