//! The reports on contracts that changed since their release. Each case is a small patch of a small
//! contract, with its expected reports as text and JSON next to it.
//!
//! The first line of a patch is the measured result of `redocly diff` 2.77 for the same two
//! documents. That tool does not see lists of outcomes or codes, nor their order, and calls any
//! other `x-` key a patch.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use face_search_enroll_compatibility::{Class, Compatibility, Document, changes, patterns};
use face_search_enroll_contract::Contract;
use serde_json::Value as Json;

use super::patch;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

fn base() -> Document {
    let text = fs::read_to_string(folder().join("base.yaml")).unwrap();
    Document::parse("released/1.0.0.yaml", text).unwrap()
}

fn current(text: &str) -> Document {
    Document::parse("contract.yaml", text).unwrap()
}

fn text(since: &Compatibility) -> String {
    let mut out = Vec::new();
    since.write(&mut out).unwrap();
    if out.is_empty() {
        out.extend(b"nothing to say\n");
    }
    String::from_utf8(out).unwrap().trim_start().to_owned()
}

/// The records as `cargo xtask check` prints them if the contract agrees with the page.
fn json(since: &Compatibility) -> String {
    serde_json::to_string_pretty(&since.records()).unwrap() + "\n"
}

#[test]
fn the_base_is_a_valid_contract() {
    let Document { file, text, .. } = base();
    Contract::parse(&file, &text).unwrap();
}

#[test]
fn every_patch_gives_its_report() {
    let base = base();
    let mut wrong = patch::Wrong::default();
    let cases = patch::cases(&folder(), &base.text);
    let mut tried = BTreeSet::new();
    for case in &cases {
        let patch::Case { path, name, .. } = case;
        let since = Compatibility::between(&base, &current(&case.text)).unwrap();
        tried.extend(since.changes.iter().filter_map(|change| change.rule));
        wrong.compare(&path.with_extension("txt"), &text(&since));
        wrong.compare(&path.with_extension("json"), &json(&since));
        let markdown = since.markdown();
        let mut said = BTreeSet::new();
        let mut leads = markdown.lines().filter(|line| line.starts_with("For "));
        assert!(leads.all(|lead| said.insert(lead)), "twice: {markdown}");
        assert!(
            !markdown.contains(".`.") && !markdown.contains(".."),
            "{markdown}"
        );
        if name == "many-changes-at-once" {
            wrong.compare(&path.with_extension("md"), &markdown);
        }
    }
    let count = cases.len();
    assert!(count >= 35, "only {count} patches; has the folder moved?");
    wrong.assert_none();
    let untried: Vec<_> = patterns().filter(|rule| !tried.contains(rule)).collect();
    assert!(untried.is_empty(), "rules without a case: {untried:#?}");
}

/// The contract of this repository as JSON. Tests derive other contracts from it.
fn contract() -> Json {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi/face-search-enroll.yaml");
    let text = fs::read_to_string(path).unwrap();
    Document::parse("contract", text).unwrap().tree.to_json()
}

fn document(json: &Json) -> Document {
    Document::parse("contract", json.to_string()).unwrap()
}

/// Calls `each` with the pointer of every value except the root.
fn pointers(json: &Json, at: &str, each: &mut dyn FnMut(&str)) {
    let escape = |key: &str| key.replace('~', "~0").replace('/', "~1");
    let children: Vec<(String, &Json)> = match json {
        Json::Object(entries) => {
            let entries = entries.iter();
            entries.map(|(key, value)| (escape(key), value)).collect()
        }
        Json::Array(items) => {
            let items = items.iter().enumerate();
            items
                .map(|(index, value)| (index.to_string(), value))
                .collect()
        }
        _ => Vec::new(),
    };
    for (key, value) in children {
        let pointer = format!("{at}/{key}");
        each(&pointer);
        pointers(value, &pointer, each);
    }
}

/// Removes, replaces or extends the value at `pointer`.
fn mutated(json: &Json, pointer: &str, how: &str) -> Option<Json> {
    let mut json = json.clone();
    if how == "taken away" {
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        match json.pointer_mut(parent).unwrap() {
            Json::Object(entries) => {
                entries.shift_remove(&key.replace("~1", "/").replace("~0", "~"));
            }
            Json::Array(items) => drop(items.remove(key.parse().unwrap())),
            _ => unreachable!(),
        }
        return Some(json);
    }
    let value = json.pointer_mut(pointer).unwrap();
    match (how, &mut *value) {
        ("replaced", Json::String(text)) => text.push_str(" changed"),
        ("replaced", Json::Bool(flag)) => *flag = !*flag,
        ("replaced", Json::Number(number)) => *value = (number.as_u64().unwrap() + 1).into(),
        ("added to", Json::Object(entries)) => drop(entries.insert("x-new".to_owned(), 1.into())),
        ("replaced", Json::Null) | ("of another form", Json::Object(_) | Json::Array(_)) => {
            *value = "changed".into();
        }
        _ => return None,
    }
    Some(json)
}

/// Every edit, at every place of the contract, is found by a rule.
#[test]
fn every_edit_is_found() {
    let released = contract();
    let mut all = Vec::new();
    pointers(&released, "", &mut |pointer| all.push(pointer.to_owned()));
    assert!(all.len() > 500, "only {} values", all.len());
    let was = document(&released);
    let mut passed_over = Vec::new();
    for pointer in all.iter().filter(|pointer| *pointer != "/info/version") {
        for how in ["taken away", "replaced", "added to", "of another form"] {
            let Some(current) = mutated(&released, pointer, how) else {
                continue;
            };
            let found = changes(&was, &document(&current));
            // The fallback for a different layout does not count.
            if !found.iter().any(|change| change.rule != Some("")) {
                passed_over.push(format!("{pointer} {how}"));
            }
        }
    }
    assert!(passed_over.is_empty(), "{passed_over:#?}");
}

fn reversed(json: &Json) -> Json {
    match json {
        Json::Object(entries) => {
            let entries = entries.iter().rev();
            entries
                .map(|(key, value)| (key.clone(), reversed(value)))
                .collect()
        }
        Json::Array(items) => items.iter().rev().map(reversed).collect(),
        other => other.clone(),
    }
}

/// Order matters only for texts that messages are searched for, and for values that are signed.
#[test]
fn a_change_of_order_is_not_breaking() {
    let released = contract();
    let found = changes(&document(&released), &document(&reversed(&released)));
    let beyond: Vec<_> = found
        .iter()
        .filter(|change| change.class != Class::Patch)
        .filter(|change| change.rule != Some("{outcomes}/*/messages/*"))
        .filter(|change| change.rule != Some("{schema}/x-signature"))
        .collect();
    assert!(beyond.is_empty(), "{beyond:#?}");
    assert!(!found.is_empty());
}

#[test]
fn the_same_contract_has_no_changes() {
    let released = document(&contract());
    assert_eq!(changes(&released, &released), []);
}
