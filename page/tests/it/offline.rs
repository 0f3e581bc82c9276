//! The page is one file: it asks for nothing, is small enough to be sent, and is always the same.

use crate::{CONTRACT, PAGE, parsed::elements, render};

/// Attributes whose address a browser asks for by itself; links are followed by people.
const FETCHED: [&str; 8] = [
    "src",
    "srcset",
    "poster",
    "data",
    "background",
    "action",
    "formaction",
    "manifest",
];

#[test]
fn no_element_fetches_anything() {
    for element in elements(&PAGE) {
        for name in FETCHED {
            assert_eq!(
                element.attribute(name),
                None,
                "{} of {}",
                name,
                element.name
            );
        }
        assert!(
            !matches!(
                element.name.as_str(),
                "iframe" | "img" | "object" | "embed" | "base"
            ),
            "{}",
            element.name
        );
        if element.name == "link" {
            let address = element.attribute("href").unwrap();
            assert!(address.starts_with("data:"), "{address}");
        }
    }
}

#[test]
fn no_style_fetches_anything() {
    for style in elements(&PAGE) {
        let css = match style.name.as_str() {
            "style" => style.text.as_str(),
            _ => style.attribute("style").unwrap_or_default(),
        };
        for address in css.split("url(").skip(1) {
            let address = address.trim_start_matches(['"', '\'', ' ']);
            let start: String = address.chars().take(20).collect();
            assert!(start.starts_with("data:"), "url({start}");
        }
        for word in ["@import", "@font-face", "image-set(", "sourceMappingURL"] {
            assert!(!css.contains(word), "{word}");
        }
    }
}

#[test]
fn no_script_names_a_source_map() {
    assert!(!PAGE.contains("sourceMappingURL"));
}

/// By default Swagger UI shows a badge that it asks a server for.
#[test]
fn the_badge_of_the_validator_is_off() {
    assert!(PAGE.contains("validatorUrl: null"));
}

#[test]
fn tokens_are_not_kept() {
    assert!(PAGE.contains("persistAuthorization: false"));
    let start = include_str!("../../src/page.js");
    for word in ["localStorage", "sessionStorage", "cookie", "indexedDB"] {
        assert!(!start.contains(word), "{word}");
    }
}

#[test]
fn it_is_under_two_megabytes() {
    assert!(PAGE.len() < 2_000_000, "{} bytes", PAGE.len());
}

#[test]
fn the_same_contract_gives_the_same_page() {
    assert!(render(&CONTRACT) == *PAGE);
}
