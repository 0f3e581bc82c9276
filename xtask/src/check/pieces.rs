//! Pieces of what a page states.

use serde_json::Value as Json;

use face_search_enroll_vendor_page::Parameter;

/// The host of an address.
pub(super) fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split('/').next().unwrap_or_default()
}

/// The path of an address.
pub(super) fn path_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.find('/')
        .and_then(|at| rest.get(at..))
        .unwrap_or_default()
}

/// The type of a value, as a schema names it.
pub(super) fn type_of(value: &Json) -> &'static str {
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

/// The least and the greatest value of a parameter: stated, or those of a number of so many digits.
pub(super) fn limits(parameter: &Parameter) -> (Option<u64>, Option<u64>) {
    let power = |digits: u32| 10_u64.checked_pow(digits);
    let digits = parameter.digits;
    let least = digits.and_then(|digits| power(digits.checked_sub(1)?));
    let greatest = digits.and_then(|digits| power(digits)?.checked_sub(1));
    (parameter.minimum.or(least), parameter.maximum.or(greatest))
}
