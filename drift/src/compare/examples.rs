//! Examples of answers.

use face_search_enroll_contract::Operation;
use face_search_enroll_vendor_page::{ResponseExample, VendorPage};
use serde_json::Value as Json;

use super::{
    contract::Own,
    fact::{Fact, Sides, located, on_page},
    limits,
};
use crate::subject::Subject;

pub(super) fn of(own: Own<'_>, page: &VendorPage) -> Sides {
    let stated = page.response_examples.iter();
    let stated = stated.flat_map(|example| printed(own.operation, page, example));
    let codes = own.contract.codes.iter();
    let codes = codes.map(|code| Fact::optional(&code.code.value, located(&code.code)));
    let own = own.operation.examples.iter().map(|own| {
        let said = (own.body.to_string(), own.body.at.line);
        let hint = "the page no longer has this example";
        Fact::new(format!("response example {}", own.name), said, hint)
            .key(format!("{} {}", own.code, own.message.value))
            .wanted(own.source.is_none())
            .about(Subject::answer(&own.code, &own.message))
    });
    (stated.collect(), codes.chain(own).collect())
}

/// The facts of an example on the page: the code in its heading, and its body.
fn printed(operation: &Operation, page: &VendorPage, example: &ResponseExample) -> Vec<Fact> {
    let ResponseExample { heading, body } = example;
    let name = format!("response example {heading:?}");
    let heading = heading.split_whitespace().next().unwrap_or_default();
    let json = match &body.json {
        Ok(json) => json,
        Err(broken) => {
            let about = Subject::Broken(heading.to_owned());
            return vec![Fact::broken(name, broken).about(about)];
        }
    };
    let text = |key: &str| json.get(key).and_then(Json::as_str).unwrap_or_default();
    let (code, message) = (text("code"), text("message"));
    let about = Subject::answer(code, message);
    let name = format!("{name} with {message:?}");
    let headed = Fact::new(
        format!("{name} code"),
        on_page(code, body.line),
        "the code in the body differs from the one in its heading",
    );
    let headed = headed.key(heading).about(about.clone()).wanted(false);
    let mut own = operation.examples.iter();
    let own = own.find(|own| own.code.value == code && own.message.value == message);
    // A member that breaks the page's own limit has a finding of its own.
    let json = own.map_or_else(|| json.clone(), |own| limits::within(page, json, &own.body));
    let hint = match own {
        Some(own) => format!("they differ in {}", differing(&json, &own.body).join(", ")),
        None => "add it as an example".to_owned(),
    };
    let body = Fact::new(name, on_page(json.to_string(), body.line), hint);
    vec![headed, body.key(format!("{code} {message}")).about(about)]
}

/// The members in which two bodies differ.
fn differing(page: &Json, own: &Json) -> Vec<String> {
    let members = |json: &Json| json.as_object().cloned().unwrap_or_default();
    let (page, own) = (members(page), members(own));
    let keys = page
        .keys()
        .chain(own.keys().filter(|key| !page.contains_key(*key)));
    keys.filter(|key| page.get(*key) != own.get(*key))
        .cloned()
        .collect()
}
