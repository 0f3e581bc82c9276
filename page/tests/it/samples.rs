//! The samples are the calls of the contract, in every language. `tests/consumers/run samples` runs them.

use std::collections::BTreeMap;

use face_search_enroll_contract::Operation;
use serde_json::Value;

use crate::{
    CONTRACT, PAGE, YAML, parse,
    parsed::{Element, elements, named},
    render,
};

const LANGUAGES: [&str; 5] = ["curl", "JavaScript", "Python", "Go", "Java"];

/// The samples of an operation, by their languages.
fn samples(page: &[Element], operation: &Operation) -> BTreeMap<String, String> {
    let samples = named(page, "pre")
        .filter(|pre| pre.attribute("data-operation") == Some(operation.id.as_str()));
    let by_language = |pre: &Element| {
        let language = pre.attribute("data-language")?.to_owned();
        Some((language, pre.text.clone()))
    };
    samples.filter_map(by_language).collect()
}

#[test]
fn every_sample_is_the_call() {
    let page = elements(&PAGE);
    let region = CONTRACT.regions.first().unwrap();
    for operation in &CONTRACT.operations {
        let samples = samples(&page, operation);
        assert_eq!(samples.len(), LANGUAGES.len());
        let example = operation.request_examples.first().unwrap();
        let fields = example.body.as_object().unwrap();
        for (language, sample) in &samples {
            let header = operation
                .token_header
                .as_ref()
                .map(|header| header.as_str());
            let facts = [
                &*region.host,
                &operation.path,
                &operation.method,
                &operation.request.media_type,
            ];
            let facts = facts.into_iter().chain(header);
            for fact in facts.chain(fields.keys().map(String::as_str)) {
                assert!(sample.contains(fact), "no {fact} in {language}:\n{sample}");
            }
            let reads_token = sample.contains("ACCESS_TOKEN");
            assert_eq!(reads_token, header.is_some(), "{language}:\n{sample}");
        }
    }
}

/// A signed request needs the time of the call, and keys that are not in the text of the sample.
#[test]
fn secrets_come_from_the_environment_and_signatures_are_computed() {
    let page = elements(&PAGE);
    let mut count = 0;
    for operation in &CONTRACT.operations {
        let example = operation.request_examples.first().unwrap();
        for field in &operation.request.fields {
            let Some(signature) = &field.signature else {
                continue;
            };
            for (language, sample) in samples(&page, operation) {
                for (name, value) in &signature.example {
                    assert!(!sample.contains(value), "{name} in {language}:\n{sample}");
                }
                assert!(sample.to_lowercase().contains("sha"), "{language}");
                for variable in ["ACCESS_KEY", "SECRET_KEY"] {
                    assert!(sample.contains(variable), "{language}:\n{sample}");
                }
                count += 1;
            }
            assert!(example.body.get(field.name.as_str()).is_some());
        }
    }
    assert_eq!(count, LANGUAGES.len());
}

/// Every kind of value has a literal in every language, and none of them can be left by a quote.
#[test]
fn values_of_any_kind_are_literals() {
    let old = "signatureId: 730baa5ab2e34e53";
    assert!(YAML.contains(old));
    let values = serde_json::json!({
        "signatureId": "a\"b'c$d`e\\f%s",
        "nothing": null,
        "yes": true,
        "list": [1, "\"\"\""],
    });
    let contract = parse(&YAML.replacen(old, &format!("{{ {} }}", inner(&values)), 1));
    let page = elements(&render(&contract));
    let operation = contract.operations.iter().find(|operation| {
        let example = operation.request_examples.first().unwrap();
        example.body.value == values
    });
    let samples = samples(&page, operation.unwrap());
    let expected = [
        ("curl", r#""a\\"b'c\$d\`e\\\\f%s""#),
        ("JavaScript", r#""nothing": null,"#),
        ("Python", r#""yes": True,"#),
        ("Go", r#""nothing":     nil,"#),
        ("Java", r#""a\\"b'c$d`e\\\\f%s""#),
        ("Python", r#"json.loads("[1,\"\\\"\\\"\\\"\"]")"#),
        ("Go", r#"json.RawMessage("[1,\"\\\"\\\"\\\"\"]")"#),
    ];
    for (language, text) in expected {
        let sample = &samples[language];
        assert!(sample.contains(text), "no {text} in {language}:\n{sample}");
    }
}

/// The entries of an object, without its braces.
fn inner(value: &Value) -> String {
    let text = value.to_string();
    text.trim_start_matches('{')
        .trim_end_matches('}')
        .to_owned()
}
