//! Where a body that the page prints breaks a limit that the page states.

use face_search_enroll_vendor_page::{Parameter, ResponseField, VendorPage};
use serde_json::Value as Json;

use super::{
    contract::Own,
    fact::{Fact, Sides, on_page},
};
use crate::{finding::Verdict, pieces, subject::Subject};

/// The limits that examples break: one fact for each limit, about the first example that breaks it.
pub(super) fn broken(_: Own<'_>, page: &VendorPage) -> Sides {
    let fields = page.response_fields.iter().filter_map(|field| {
        let mut examples = page.response_examples.iter();
        let (example, broken) = examples.find_map(|example| {
            let json = example.body.json.as_ref().ok()?;
            Some((example, too_long(field, json)?))
        })?;
        let what = format!("{broken} in {:?}", example.heading);
        let name = format!("response field {} in examples", field.name);
        let fact = fact(name, what, field.line, example.body.line);
        Some(fact.about(Subject::FieldRules(field.name.clone())))
    });
    let parameters = page.request_parameters.iter().filter_map(|parameter| {
        let body = page.request_example.as_ref()?.body.as_ref()?;
        let what = out_of_range(parameter, body.json.as_ref().ok()?)?;
        let name = format!("request parameter {} in the example", parameter.name);
        let fact = fact(name, what, parameter.line, body.line);
        Some(fact.about(Subject::ParameterRules(parameter.name.clone())))
    });
    (fields.chain(parameters).collect(), vec![])
}

fn fact(name: String, what: String, stated: u32, line: u32) -> Fact {
    let hint = format!(
        "the page breaks its own limit, stated in line {stated}; ask the vendor which of the two is right"
    );
    Fact::new(name, on_page(what, line), hint).wrong(Verdict::Differs)
}

/// The body, with the members of `own` in place of those that break a limit of the page.
pub(super) fn within(page: &VendorPage, body: &Json, own: &Json) -> Json {
    let mut body = body.clone();
    for field in &page.response_fields {
        if too_long(field, &body).is_some()
            && let (Some(member), Some(own)) = (body.get_mut(&field.name), own.get(&field.name))
        {
            *member = own.clone();
        }
    }
    body
}

/// Which limit the field breaks in a body.
fn too_long(field: &ResponseField, body: &Json) -> Option<String> {
    let greatest = field.max_length?;
    let text = body.get(&field.name)?.as_str()?;
    let length = text.chars().count();
    let breaks = u32::try_from(length).is_ok_and(|length| length > greatest);
    breaks.then(|| format!("{length} characters, but the limit is {greatest},"))
}

/// Which limit the parameter breaks in a body.
fn out_of_range(parameter: &Parameter, body: &Json) -> Option<String> {
    let value = body.get(&parameter.name)?;
    let number = value.as_u64().or_else(|| value.as_str()?.parse().ok())?;
    let (least, greatest) = pieces::limits(parameter);
    let least = least.filter(|least| number < *least);
    let greatest = greatest.filter(|greatest| number > *greatest);
    match (least, greatest) {
        (Some(least), _) => Some(format!("{number}, but the least value is {least}")),
        (_, Some(greatest)) => Some(format!("{number}, but the greatest value is {greatest}")),
        (None, None) => None,
    }
}
