//! Parts of the facts of a page: hosts, paths, types, limits, the method.

use face_search_enroll_contract::envelope::{CODE, MESSAGE};
use face_search_enroll_vendor_page::{Parameter, VendorPage};
use serde_json::Value as Json;

/// The host of an address.
pub(crate) fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split('/').next().unwrap_or_default()
}

/// The path of an address.
pub(crate) fn path_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.find('/')
        .and_then(|at| rest.get(at..))
        .unwrap_or_default()
}

/// Whether a member of the body is masked with asterisks.
pub(crate) fn has_mask(body: &Json) -> bool {
    let mut values = body.as_object().into_iter().flat_map(|it| it.values());
    values.any(|value| value.as_str().is_some_and(|text| text.contains("**")))
}

/// The code and the message of an answer.
pub(crate) fn pair_of(body: &Json) -> Option<(&str, &str)> {
    Some((body.get(CODE)?.as_str()?, body.get(MESSAGE)?.as_str()?))
}

/// The type of a value, by its name in a schema.
pub(crate) fn type_of(value: &Json) -> &'static str {
    match value {
        Json::Null => "null",
        Json::Bool(_) => "boolean",
        Json::Number(number) if number.is_f64() => "number",
        Json::Number(_) => "integer",
        Json::String(_) => "string",
        Json::Array(_) => "array",
        Json::Object(_) => "object",
    }
}

/// The least and greatest value of a parameter: as stated, or as its number of digits implies.
pub(crate) fn limits(parameter: &Parameter) -> (Option<u64>, Option<u64>) {
    let power = |digits: u32| 10_u64.checked_pow(digits);
    let digits = parameter.digits;
    let least = digits.and_then(|digits| power(digits.checked_sub(1)?));
    let greatest = digits.and_then(|digits| power(digits)?.checked_sub(1));
    (parameter.minimum.or(least), parameter.maximum.or(greatest))
}

/// The method of the operation, in lower case.
pub(crate) fn method(page: &VendorPage) -> String {
    let mut addresses = page.addresses.iter();
    let stated = addresses.find_map(|address| address.method.as_deref());
    let sent = page.request_example.as_ref();
    let sent = sent.and_then(|example| example.method.as_ref());
    let method = stated.or(sent.map(|method| method.value.as_str()));
    method.unwrap_or("POST").to_ascii_lowercase()
}
