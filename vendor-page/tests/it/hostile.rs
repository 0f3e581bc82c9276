//! Hostile input is read or rejected without a panic or a stack overflow. Quadratic work would make
//! these tests very slow.

use face_search_enroll_vendor_page::{Section, read, to_yaml};

use crate::facts;
use crate::render::{Rendering, render};

const SIZE: usize = 256 * 1024;

/// Pieces to repeat, each aimed at one of the readers.
const PIECES: [&str; 43] = [
    "x",
    " ",
    "  x",
    "\t",
    "a\t",
    "|",
    "a|",
    "{",
    "{\n",
    "{}",
    "{}\n",
    "{\"a\":",
    "[",
    "{\"a\":[0,",
    "}",
    "XRequest Url",
    "XRequest Url ",
    "xResponse Code\n",
    "{}X Response",
    "https://a)",
    "https://a\n",
    "Afree\n",
    "aBc\n",
    "aB",
    "dataListThings found\n",
    "aBstring\n",
    "aB\n\nstring\n\n",
    "a: b ",
    "At least 1, ",
    "curl -X ",
    "-H 'a:b' ",
    "'",
    "\\",
    "\\\n",
    "# a\n",
    "```\n",
    "--|--\n",
    "<div>",
    "<table>",
    "<td rowspan=60000>x",
    "<pre>",
    " a=b",
    "&amp;",
];

#[test]
fn a_repeated_piece() {
    for piece in PIECES {
        let text = piece.repeat(SIZE / piece.len());
        assert!(read(text.as_bytes()).is_err());
        let html = format!("<h1>x</h1><table><tr><td {text}");
        assert!(read(html.as_bytes()).is_err());
    }
}

#[test]
fn a_repeated_piece_in_each_section() {
    let page = render(&facts::base(), Rendering::Glued);
    for section in Section::ALL {
        let heading = section.heading();
        let (before, after) = page.split_once(heading).unwrap();
        for piece in PIECES {
            let text = piece.repeat(SIZE / 4 / piece.len());
            let padding = " ".repeat(SIZE / 4);
            let text = format!("{before}{heading}\n{text}{padding}\n{heading}{after}");
            // The page is rejected, or the other sections are read.
            if let Ok(page) = read(text.as_bytes()) {
                assert!(page.missing_sections().len() <= 4, "{section} {piece:?}");
                assert!(to_yaml(&page).len() < 8 * SIZE, "{section} {piece:?}");
            }
        }
    }
}

#[test]
fn a_body_with_too_deep_nesting_is_broken() {
    let page = render(&facts::base(), Rendering::Glued);
    let deep = format!("{{\"a\": {}0{}}}", "[".repeat(100_000), "]".repeat(100_000));
    let text = format!("{page}\nDEEP Response\n\n{deep}\n");
    let page = read(text.as_bytes()).unwrap();
    let last = page.response_examples.last().unwrap();
    assert_eq!(last.heading, "DEEP Response");
    assert_eq!(
        last.body.json.as_ref().unwrap_err().reason,
        "recursion limit exceeded"
    );
}

#[test]
fn more_json_than_any_page_has_is_not_parsed() {
    let page = render(&facts::base(), Rendering::Glued);
    let long = format!("{{\"a\": \"{}\"}}", "x".repeat(2 * 1024 * 1024));
    let text = format!("{page}\nLONG Response\n\n{long}\n");
    let page = read(text.as_bytes()).unwrap();
    assert_eq!(page.response_examples.len(), 9);
    let last = page.response_examples.last().unwrap();
    assert_eq!(
        last.body.json.as_ref().unwrap_err().reason,
        "too long to be an example"
    );
}
