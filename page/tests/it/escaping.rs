//! What the contract says is text on the page, whatever it looks like.

use face_search_enroll_contract::Contract;

use crate::{
    CONTRACT, PAGE, YAML, parse,
    parsed::{elements, named},
    render,
};

const HOSTILE: &str =
    "</script><img src=x onerror=alert(1)><b>bold</b><!-- <script> & ' \" {{path}}";

/// The contract with `text` in place of what it has, and the page of it.
fn page_with(old: &str, text: &str) -> String {
    assert!(YAML.contains(old), "{old}");
    // JSON's strings are YAML's double-quoted ones.
    let quoted = serde_json::Value::from(text).to_string();
    let contract: Contract = parse(&YAML.replacen(old, &quoted, 1));
    render(&contract)
}

/// The names of all elements: what is escaped adds none.
fn shape(html: &str) -> Vec<String> {
    elements(html)
        .into_iter()
        .map(|element| element.name)
        .collect()
}

#[track_caller]
fn check(old: &str) {
    let page = page_with(old, HOSTILE);
    assert_eq!(shape(&page), shape(&PAGE));
    assert!(!page.contains("<img src=x"));
    // The one other place where this could stand is the data, where it is escaped.
    let (before, after) = page.split_once("<script").unwrap();
    assert!(
        !before.contains("onerror=alert(1)>"),
        "unescaped before the data"
    );
    let (data, _) = after.split_once("</script>").unwrap();
    assert!(!data.contains("<img") && data.contains("\\u003cimg src=x"));
    let page = elements(&page);
    let document = named(&page, "script").next().unwrap();
    let document: serde_json::Value = serde_json::from_str(&document.text).unwrap();
    assert!(
        document
            .to_string()
            .contains("</script><img src=x onerror=alert(1)>")
    );
}

#[test]
fn a_summary_of_an_outcome_is_text() {
    check(&CONTRACT.operations[0].outcomes.first().unwrap().summary);
}

#[test]
fn an_action_is_text() {
    check(&CONTRACT.operations[0].outcomes.last().unwrap().action);
}

#[test]
fn the_title_is_text() {
    let title = format!("{}\n  version", CONTRACT.title);
    let contract = parse(&YAML.replacen(
        &title,
        &format!("{}\n  version", serde_json::Value::from(HOSTILE)),
        1,
    ));
    let html = render(&contract);
    assert_eq!(shape(&html), shape(&PAGE));
    let page = elements(&html);
    assert_eq!(named(&page, "h1").next().unwrap().text, HOSTILE);
}

#[test]
fn a_message_is_text_as_it_is_on_the_wire() {
    check("This signatureId is not exist.");
}

#[test]
fn the_summary_of_an_example_is_text() {
    check("The signature id is missing or empty");
}

#[test]
fn markup_in_the_description_is_text() {
    let old = "Operations of ADVANCE.AI's identity verification platform that put faces";
    assert!(YAML.contains(old));
    let markup = "<b>x</b> <script>alert(1)</script> ![p](https://pictures.example/p.png) \
                  [l](javascript:alert(1)) they put faces";
    let page = render(&parse(&YAML.replacen(old, markup, 1)));
    assert_eq!(shape(&page), shape(&PAGE));
    let parsed = elements(&page);
    let about = parsed
        .iter()
        .find(|element| element.attribute("id") == Some("about"))
        .unwrap();
    assert!(
        about
            .text
            .contains("<b>x</b> <script>alert(1)</script> p l they put faces")
    );
}

/// The page's policy knows its scripts by what they hold, which no contract changes.
#[test]
fn no_contract_changes_a_script() {
    let page = page_with(
        &CONTRACT.operations[0].outcomes.first().unwrap().summary,
        HOSTILE,
    );
    let scripts = |html: &str| -> Vec<_> {
        let elements = elements(html);
        let scripts = named(&elements, "script").skip(1);
        scripts.map(|script| script.text.clone()).collect()
    };
    assert!(scripts(&page) == scripts(&PAGE));
}
