//! The page of an operation that the contract does not have.

use super::{
    facts,
    render::{Rendering, render},
};

pub(crate) const PATH: &str = "/intl/openapi/faces/v1/query-face-set";

/// The page, as plain text.
pub(crate) fn page() -> String {
    let mut page = facts::base();
    page.title.as_mut().unwrap().value = "Query Face Set".into();
    let moved = |url: &str| {
        let host = url.split('/').nth(2).unwrap();
        format!("https://{host}{PATH}")
    };
    for address in &mut page.addresses {
        address.url = moved(&address.url);
    }
    let example = page.request_example.as_mut().unwrap();
    let address = example.address.as_mut().unwrap();
    address.value = moved(&address.value);
    example.slips.clear();
    let text = |text: &str| serde_json::from_str(text).unwrap();
    example.body.as_mut().unwrap().json = Ok(text(r#"{"faceSetId":"a: b","limit":5}"#));
    page.request_parameters.truncate(1);
    page.request_parameters[0].name = "faceSetId".into();
    let mut limit = page.request_parameters[0].clone();
    limit.name = "limit".into();
    limit.type_name = Some("integer".to_owned());
    limit.optional = true;
    limit.default = Some(10);
    limit.minimum = Some(1);
    limit.maximum = Some(100);
    page.request_parameters.push(limit);
    let mut data = page.response_fields.iter_mut();
    let data = data.find(|it| !it.members.is_empty()).unwrap();
    data.members[0].name = "faceCount".into();
    page.response_codes.truncate(3);
    page.response_codes[2].code = "FACE_SET_EMPTY".into();
    page.response_codes[2].message = "No face: yet".into();
    let mut platform = page.response_codes[2].clone();
    platform.code = "ACCOUNT_DISABLED".into();
    platform.message = "Account Disabled".into();
    page.response_codes.push(platform);
    let mut failed = page.response_codes[2].clone();
    failed.code = "ERROR".into();
    failed.message = "It broke".into();
    page.response_codes.push(failed);
    page.response_examples.truncate(2);
    let body = page.response_examples[0].body.json.as_mut().unwrap();
    body["data"] = text(r#"{"faceCount":3}"#);
    render(&page, Rendering::Glued)
}
