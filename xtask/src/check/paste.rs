//! Edits that would settle a finding, ready to paste.

use serde_json::Value as Json;

use face_search_enroll_vendor_page::{Parameter, ResponseCode};

/// The server to paste for a new address: of the operation, where it `has_servers` of its own, or of
/// a region.
pub(super) fn new_server(url: &str, has_servers: bool) -> String {
    let host = host_of(url);
    if has_servers {
        return format!(
            "add under servers of the operation, with the name of the country:\n  - url: https://{host}\n    description: NAME"
        );
    }
    let code = host.split(['-', '.']).next().unwrap_or_default();
    let country = code.to_uppercase();
    format!(
        "add under servers, with the name of the country:\n  - url: https://{host}\n    description: NAME\n    x-region: {{ name: NAME, code: {code}, country: {country} }}"
    )
}

/// The example to paste for a new row of the table, whose code is one of `schema`.
pub(super) fn new_example(row: &ResponseCode, schema: &str) -> String {
    format!(
        "add {code} to x-extensible-enum of {schema} if it is new, an outcome with codes: [{code}], and under the examples of the answer:\n  NAME:\n    x-outcome: OUTCOME\n    value:\n      code: {code}\n      message: {message:?}",
        code = row.code,
        message = row.message,
    )
}

/// The example to paste for a body that the contract does not have.
pub(super) fn pasted(body: &Json) -> String {
    let members = body.as_object().into_iter().flatten();
    let lines: Vec<String> = members
        .map(|(key, value)| format!("\n      {key}: {value}"))
        .collect();
    let lines = lines.concat();
    format!("  NAME:\n    x-outcome: OUTCOME\n    value:{lines}")
}

/// The host of an address.
pub(super) fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split('/').next().unwrap_or_default()
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
