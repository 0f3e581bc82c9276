//! A page that was cut off gives the facts that it has, and reports the missing sections.

use face_search_enroll_vendor_page::{Reason, Section, read};

use crate::facts;
use crate::render::{Rendering, render};

/// The page up to the middle of the first line that starts with this text.
fn cut(rendering: Rendering, at: &str) -> String {
    let text = render(&facts::base(), rendering);
    let start = text
        .find(at)
        .unwrap_or_else(|| panic!("{rendering:?}: no {at}"));
    text[..start + at.len() / 2].to_owned()
}

#[test]
fn in_the_table_of_codes() {
    for rendering in [
        Rendering::Glued,
        Rendering::Tabs,
        Rendering::Markdown,
        Rendering::Html,
    ] {
        let page = read(cut(rendering, "This signatureId is not exist.").as_bytes()).unwrap();
        assert_eq!(
            page.missing_sections(),
            [Section::ResponseExamples],
            "{rendering:?}"
        );
        assert_eq!(page.response_codes.len(), 6, "{rendering:?}");
        assert_eq!(
            page.response_codes[5].message, "This signatureI",
            "{rendering:?}"
        );
    }
}

#[test]
fn in_a_body() {
    for rendering in [
        Rendering::Glued,
        Rendering::Squeezed,
        Rendering::BareMarkdown,
    ] {
        let page = read(cut(rendering, "\"Transaction is not pass.\"").as_bytes()).unwrap();
        assert_eq!(page.missing_sections(), [], "{rendering:?}");
        let (last, whole) = page.response_examples.split_last().unwrap();
        assert_eq!(whole.len(), 3, "{rendering:?}");
        assert!(whole.iter().all(|it| it.body.json.is_ok()));
        let broken = last.body.json.as_ref().unwrap_err();
        assert_eq!(broken.reason, "EOF while parsing a string", "{rendering:?}");
        assert!(broken.line >= last.body.line);
    }
}

#[test]
fn anywhere() {
    for rendering in Rendering::ALL {
        let text = render(&facts::base(), rendering);
        let whole = read(text.as_bytes()).unwrap();
        // Every eleventh position is enough to cover every line.
        let ends = (0..text.len()).step_by(11);
        for end in ends.filter(|&end| text.is_char_boundary(end)) {
            match read(&text.as_bytes()[..end]) {
                Ok(page) => {
                    assert!(page.missing_sections().len() <= 4);
                    assert!(page.response_codes.len() <= whole.response_codes.len());
                }
                Err(error) => {
                    assert!(matches!(error.reason, Reason::Empty | Reason::AnotherPage));
                    assert!(error.missing.len() > 4, "{rendering:?} {end}: {error}");
                }
            }
        }
    }
}

#[test]
fn a_broken_body_does_not_affect_other_bodies() {
    let text = render(&facts::base(), Rendering::Glued);
    let slips = [
        ("\"FREE\"\n}", "\"FREE\"\n", "EOF while parsing an object"),
        (
            "\"message\": \"OK\",",
            "\"message\": \"OK,",
            "control character (\\u0000-\\u001F) found while parsing a string",
        ),
        (
            "\"FREE\"\n}",
            "\"FREE\"\n}\n}",
            "characters follow the end of the body",
        ),
        ("\"extra\": null,", "\"extra\": nil,", "expected ident"),
        ("\"extra\": null,", "\"extra\": {,", "key must be a string"),
    ];
    for (right, wrong, reason) in slips {
        let broken = text.replacen(right, wrong, 1);
        assert_ne!(broken, text);
        let page = read(broken.as_bytes()).unwrap();
        let bodies: Vec<_> = page
            .response_examples
            .iter()
            .map(|it| &it.body.json)
            .collect();
        assert_eq!(bodies.len(), 8, "{wrong}");
        let reasons: Vec<_> = bodies.iter().filter_map(|it| it.as_ref().err()).collect();
        assert_eq!(reasons.len(), 1, "{wrong}: {reasons:?}");
        assert_eq!(reasons[0].reason, reason, "{wrong}");
        assert_eq!(page.response_codes.len(), 8);
    }
}
