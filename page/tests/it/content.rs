//! Everything that the contract says of regions, outcomes and the call stands on the page, in
//! elements that say what they are.

use std::collections::BTreeSet;

use face_search_enroll_contract::{Contract, Match, Origin, Outcome};
use face_search_enroll_test_support::forget::with_forget;

use crate::{
    CONTRACT, PAGE, YAML, parse,
    parsed::{Element, elements, named},
    render, root,
};

/// The rows of the tables in the section `id`: the words of the row's head, and of the whole row.
fn rows(elements: &[Element], id: &str) -> Vec<(String, String)> {
    elements
        .iter()
        .enumerate()
        .filter(|(_, row)| row.name == "tr" && row.within.iter().any(|within| within == id))
        .filter(|(_, row)| row.parents.last().is_some_and(|parent| parent == "tbody"))
        .map(|(index, row)| {
            let head = elements.get(index + 1).unwrap();
            assert_eq!(head.name, "th");
            assert_eq!(head.attribute("scope"), Some("row"));
            (head.words(), row.words())
        })
        .collect()
}

#[test]
fn the_head_names_the_page() {
    let page = elements(&PAGE);
    let html = named(&page, "html").next().unwrap();
    assert_eq!(html.attribute("lang"), Some("en"));
    let title = named(&page, "title").next().unwrap();
    assert!(title.text.contains(CONTRACT.title.as_str()));
    let meta = |name: &str| {
        named(&page, "meta")
            .find(|meta| meta.attribute("name") == Some(name))
            .and_then(|meta| meta.attribute("content"))
            .unwrap()
    };
    assert!(meta("viewport").contains("width=device-width"));
    let description = CONTRACT.openapi.info.description.as_deref().unwrap();
    let start = description.split_once('\n').unwrap().0;
    assert!(meta("description").starts_with(start));
}

#[test]
fn headings_come_in_order_and_the_navigation_leads_to_them() {
    let page = elements(&PAGE);
    let headings: Vec<_> = page
        .iter()
        .filter(|element| matches!(element.name.as_str(), "h1" | "h2" | "h3" | "h4"))
        .map(|element| (element.name.as_str(), element.words()))
        .collect();
    let texts = |level: &str| -> Vec<_> {
        let of_level = headings.iter().filter(|(name, _)| *name == level);
        of_level.map(|(_, text)| text.clone()).collect()
    };
    assert_eq!(texts("h1"), [CONTRACT.title.as_str()]);
    let sections = ["What it is", "Regions", "Outcomes", "Call it", "Reference"];
    assert_eq!(texts("h2"), sections);

    let ids: Vec<_> = page
        .iter()
        .filter_map(|element| element.attribute("id"))
        .collect();
    let unique: BTreeSet<_> = ids.iter().collect();
    assert_eq!(unique.len(), ids.len(), "an id twice");
    let links: Vec<_> = named(&page, "a")
        .filter(|link| link.parents.iter().any(|parent| parent == "nav"))
        .collect();
    let linked: Vec<_> = links.iter().map(|link| link.words()).collect();
    let [what, regions, outcomes, call, reference] = sections;
    let operations = CONTRACT.operations.iter().map(|it| it.id.as_str());
    let expected: Vec<_> = [what, regions, outcomes, call]
        .into_iter()
        .chain(operations)
        .chain([reference])
        .collect();
    assert_eq!(linked, expected);
    for link in named(&page, "a") {
        let address = link.attribute("href").unwrap();
        if let Some(id) = address.strip_prefix('#') {
            assert!(ids.contains(&id), "{address} leads nowhere");
        }
    }
    for labelled in page
        .iter()
        .filter_map(|element| element.attribute("aria-labelledby"))
    {
        assert!(ids.contains(&labelled), "no label {labelled}");
    }
}

#[test]
fn every_table_is_named_and_has_heads() {
    let page = elements(&PAGE);
    let tables: Vec<_> = named(&page, "table").collect();
    // The regions, the platform, and for each operation its fields and its outcomes.
    assert_eq!(tables.len(), 2 + 2 * CONTRACT.operations.len());
    assert!(
        tables
            .iter()
            .all(|table| table.attribute("aria-labelledby").is_some())
    );
    for head in named(&page, "th") {
        assert!(
            head.attribute("scope").is_some(),
            "{} without a scope",
            head.text
        );
    }
}

#[test]
fn every_region_has_a_row() {
    let page = elements(&PAGE);
    let rows = rows(&page, "regions");
    assert_eq!(rows.len(), CONTRACT.regions.len());
    for (region, (head, row)) in CONTRACT.regions.iter().zip(&rows) {
        assert!(head.starts_with(region.name.as_str()), "{head}");
        let country = &region.country;
        let words = [
            country.name,
            country.alpha2,
            country.alpha3,
            &region.code,
            &region.url,
        ];
        for word in words {
            assert!(row.contains(word), "no {word} in {row}");
        }
    }
}

/// A source that all countries share stands in the head of their column; else each has its own.
#[test]
fn countries_name_their_source() {
    // In the real contract, a new region may have another source.
    let frozen = root().join("tests/frozen/face-search-enroll.yaml");
    let contract = parse(&std::fs::read_to_string(frozen).unwrap());
    let shared = contract.tree.get("servers").unwrap().items();
    let source = shared[0].at_path(&["x-region", "source"]).unwrap();
    let page = elements(&render(&contract));
    let heads: Vec<_> = named(&page, "th").map(Element::words).collect();
    assert!(heads.contains(&format!("ISO 3166-1 {}", source.as_str().unwrap())));

    let base = std::fs::read_to_string(root().join("contract/tests/cases/base.yaml")).unwrap();
    let page = elements(&render(&parse(&base)));
    let with_source: Vec<_> = rows(&page, "regions")
        .into_iter()
        .map(|(_, row)| row.contains("glossary"))
        .collect();
    assert_eq!(with_source, [false, true]);
}

/// The outcomes that have a row: those of each operation, and those of the platform once.
fn outcomes(contract: &Contract) -> Vec<&Outcome> {
    let all = contract.operations.iter().flat_map(|it| &it.outcomes);
    let mut seen = BTreeSet::new();
    all.filter(|outcome| {
        outcome.origin == Origin::Operation || seen.insert(outcome.name.value.clone())
    })
    .collect()
}

#[test]
fn every_outcome_has_a_row_with_all_that_is_known_of_it() {
    let page = elements(&PAGE);
    let rows = rows(&page, "outcomes");
    assert_eq!(rows.len(), outcomes(&CONTRACT).len());
    for outcome in outcomes(&CONTRACT) {
        let mut texts = vec![outcome.summary.clone(), outcome.action.clone()];
        for rule in &outcome.rules {
            texts.push(rule.code.value.clone());
            texts.push(match &rule.message {
                Match::Exactly(text) | Match::Containing(text) => text.clone(),
                Match::Any => "message".to_owned(),
            });
            texts.extend(rule.source.iter().map(|source| source.value.clone()));
        }
        texts.extend(outcome.statuses.iter().map(ToString::to_string));
        texts.extend(outcome.source.iter().map(|source| source.value.clone()));
        let words = |text: &String| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let has_all = |row: &str| texts.iter().all(|text| row.contains(&words(text)));
        let mut rows = rows.iter();
        assert!(
            rows.any(|(head, row)| *head == outcome.name.value && has_all(row)),
            "no row of {} with {texts:?}",
            outcome.name
        );
    }
}

#[test]
fn outcomes_of_the_platform_stand_apart() {
    let page = elements(&PAGE);
    for operation in &CONTRACT.operations {
        for outcome in &operation.outcomes {
            let label = match outcome.origin {
                Origin::Operation => format!("outcomes-of-{}", operation.id),
                Origin::Platform => "platform-outcomes".to_owned(),
            };
            let table = named(&page, "table")
                .filter(|table| {
                    table
                        .attribute("class")
                        .is_some_and(|it| it.starts_with("outcomes"))
                })
                .find(|table| table.attribute("aria-labelledby") == Some(&label))
                .unwrap();
            assert!(table.words().contains(&outcome.summary), "{}", outcome.name);
        }
    }
}

/// What an operation changes is said in the words of the contract.
#[test]
fn an_effect_is_named_by_the_contract() {
    let page = elements(&PAGE);
    let heads: Vec<_> = named(&page, "th").map(Element::words).collect();
    for operation in &CONTRACT.operations {
        let Some(effect) = &operation.effect else {
            continue;
        };
        assert!(heads.contains(&effect.name.value));
        let rows = rows(&page, "outcomes");
        for words in [&effect.yes, &effect.no, &effect.unknown] {
            assert!(rows.iter().any(|(_, row)| row.contains(words)), "{words}");
        }
    }
}

/// An operation that no Rust knows, with an effect of its own, stands on the page like the others.
#[test]
fn one_more_operation_has_its_outcomes_and_its_effect() {
    let page = elements(&render(&parse(&with_forget(&YAML))));
    let all = rows(&page, "outcomes");
    for (outcome, words) in [
        ("Forgotten", "the face is forgotten"),
        ("NotThere", "the face is forgotten"),
    ] {
        assert!(
            all.iter()
                .any(|(head, row)| head == outcome && row.contains(words))
        );
    }
    let platform: Vec<_> = named(&page, "table")
        .filter(|table| table.attribute("aria-labelledby") == Some("platform-outcomes"))
        .collect();
    let words = platform[0].words();
    for head in [
        "enrolled",
        "forgotten",
        "the face was not forgotten",
        "the face may be enrolled",
    ] {
        assert!(words.contains(head), "no {head} in {words}");
    }
    let commands: Vec<_> = named(&page, "pre").map(Element::words).collect();
    assert!(commands.iter().any(|it| it.contains("/v1/forget")));
}

#[test]
fn every_field_of_a_request_has_a_row_with_its_rules() {
    let page = elements(&PAGE);
    let rows = rows(&page, "call");
    let fields = CONTRACT.operations.iter().flat_map(|it| &it.request.fields);
    let fields: Vec<_> = fields.collect();
    assert_eq!(rows.len(), fields.len());
    for (field, (head, row)) in fields.into_iter().zip(&rows) {
        assert_eq!(*head, field.name.value);
        let numbers = [field.minimum, field.maximum, field.default];
        for number in numbers.into_iter().flatten() {
            assert!(row.contains(&number.to_string()), "no {number} in {row}");
        }
        for (name, value) in field.signature.iter().flat_map(|it| &it.example) {
            assert!(row.contains(&name.value) && row.contains(value), "{row}");
        }
    }
}

#[test]
fn every_source_is_explained() {
    let page = elements(&PAGE);
    let lists: Vec<_> = named(&page, "dl").map(Element::words).collect();
    for source in &CONTRACT.sources {
        let entry = format!("{} {}", source.name, source.description);
        assert!(lists.iter().any(|list| list.contains(&entry)), "{entry}");
    }
}

#[test]
fn the_commands_are_the_calls() {
    let page = elements(&PAGE);
    let region = CONTRACT.regions.first().unwrap();
    for operation in &CONTRACT.operations {
        let label = format!("Command of {}", operation.id);
        let command = named(&page, "pre")
            .find(|element| element.attribute("aria-label") == Some(&label))
            .unwrap();
        let example = operation.request_examples.first().unwrap();
        let mut parts = vec![
            format!("SERVER='{}'", region.url),
            format!("curl --request {}", operation.method),
            format!("\"$SERVER{}\"", operation.path),
            format!("--header 'Content-Type: {}'", operation.request.media_type),
            format!("--data '{}'", example.body.value),
        ];
        let header = operation.token_header.as_ref();
        parts.extend(header.map(|header| format!("--header \"{header}: $ACCESS_TOKEN\"")));
        for part in parts {
            assert!(
                command.text.contains(&part),
                "no {part} in {}",
                command.text
            );
        }
        assert_eq!(command.text.contains("ACCESS_TOKEN"), header.is_some());
    }
}

#[test]
fn no_place_of_the_template_is_left_open() {
    for element in elements(&PAGE) {
        if !matches!(element.name.as_str(), "html" | "body" | "script") {
            assert!(!element.text.contains("{{"), "in {}", element.name);
        }
    }
}

/// Descriptions, licenses and the like may be missing; the page is made all the same.
#[test]
fn a_contract_that_says_little_has_a_page_too() {
    let base = std::fs::read_to_string(root().join("contract/tests/cases/base.yaml")).unwrap();
    let contract = parse(&base);
    assert!(contract.openapi.info.description.is_none());
    assert!(contract.openapi.info.license.is_none());
    let page = elements(&render(&contract));
    assert_eq!(rows(&page, "regions").len(), contract.regions.len());
    assert_eq!(rows(&page, "outcomes").len(), outcomes(&contract).len());
}

/// The document that Swagger UI gets is the contract, in its order, with the outcome before the
/// summary of each response example.
#[test]
fn the_document_is_that_of_the_contract() {
    let page = elements(&PAGE);
    let given = named(&page, "script")
        .find(|script| script.attribute("id") == Some("document"))
        .unwrap();
    let given: serde_json::Value = serde_json::from_str(&given.text).unwrap();
    let written = CONTRACT.tree.to_json();
    let mut expected = written.to_string();
    let examples = CONTRACT.operations.iter().flat_map(|operation| {
        let examples = operation.examples.iter();
        examples.map(move |example| (operation, example))
    });
    for (operation, example) in examples {
        let pointer = format!(
            "/paths/{}/{}/responses/{}/content/{}/examples/{}/summary",
            operation.path.replace('/', "~1"),
            operation.method.to_lowercase(),
            operation.status,
            operation.response.media_type.replace('/', "~1"),
            example.name,
        );
        let summary = written.pointer(&pointer).unwrap().as_str().unwrap();
        let named = format!("{}: {summary}", example.outcome);
        assert_eq!(given.pointer(&pointer).unwrap(), &named);
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        expected = expected.replacen(&quoted(summary), &quoted(&named), 1);
    }
    assert_eq!(given.to_string(), expected);
}
