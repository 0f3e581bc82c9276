//! The fields of an answer, as both sides state them.

use face_search_enroll_vendor_page::{ResponseField, VendorPage};

use super::{
    contract::Own,
    fact::{Fact, Sides, located, on_page},
};
use crate::subject::Subject;

pub(super) fn of(own: Own<'_>, page: &VendorPage) -> Sides {
    let body = &own.operation.response;
    let hint = format!("add it to properties of {}", body.schema);
    let stated = page.response_fields.iter().map(|field| {
        let (named, hint) = reading(field, |name| body.field(name).is_some(), &hint);
        let name = format!("response field {named}");
        let details = details(&name, field);
        Fact::new(name, on_page(named, field.line), &hint)
            .with(details)
            .about(Subject::Field(named.to_owned()))
    });
    let own = body.fields.iter().map(|field| {
        let name = format!("response field {}", field.name);
        let stated = |(detail, key)| {
            let said = own.property(&body.schema, &field.name, key);
            Fact::optional(format!("{name} {detail}"), said)
        };
        let members = own.members(&body.schema, &field.name).iter();
        let members = members.map(|(member, _)| {
            let hint = "remove it from properties of the schema that the field refers to";
            let said = (member.text.clone(), member.at.line);
            Fact::new(format!("{name}.{}", member.text), said, hint).about(Subject::Member(
                field.name.value.clone(),
                member.text.clone(),
            ))
        });
        let details = DETAILS.map(stated).into_iter().chain(members).collect();
        let hint = format!("remove it from properties of {}", body.schema);
        Fact::new(&name, located(&field.name), hint)
            .with(details)
            .about(Subject::Field(field.name.value.clone()))
    });
    (stated.collect(), own.collect())
}

/// The name of a field, and the hint if the contract does not have it. If the text can be read as two
/// names, the one that the contract has is taken.
fn reading<'p>(
    field: &'p ResponseField,
    is_known: impl Fn(&str) -> bool,
    hint: &str,
) -> (&'p str, String) {
    let name = &field.name;
    match &field.other_reading {
        Some(other) if is_known(other) && !is_known(name) => (other, hint.to_owned()),
        Some(other) => (
            name,
            format!(
                "the text is ambiguous here: the field is {name} or {other}; save the page as HTML or \
                 Markdown, which keep names and descriptions apart, or {hint}"
            ),
        ),
        None => (name, hint.to_owned()),
    }
}

/// What the page may state of a field, and the key of a property that states it.
pub(crate) const DETAILS: [(&str, &str); 3] = [
    ("greatest length", "maxLength"),
    ("deprecated", "deprecated"),
    ("constant", "x-always"),
];

fn details(name: &str, field: &ResponseField) -> Vec<Fact> {
    let details = DETAILS
        .iter()
        .zip(stated_details(field))
        .map(|((detail, key), value)| {
            let said = value.map(|text| on_page(text, field.line));
            let hint = format!("set {key} of the property to it");
            Fact::new(format!("{name} {detail}"), said, hint)
                .about(Subject::FieldRules(field.name.clone()))
        });
    let members = field.members.iter().map(|member| {
        let hint = "add it to properties of the schema that the field refers to";
        let said = on_page(&member.name, member.line);
        Fact::new(format!("{name}.{}", member.name), said, hint)
            .about(Subject::Member(field.name.clone(), member.name.clone()))
    });
    details.chain(members).collect()
}

/// What the page states for each of them.
pub(crate) fn stated_details(field: &ResponseField) -> [Option<String>; 3] {
    [
        field.max_length.map(|length| length.to_string()),
        field.deprecated.then(|| "true".to_owned()),
        field.constant.clone(),
    ]
}
