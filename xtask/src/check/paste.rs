//! Edits that would settle a finding, ready to paste.

use serde_json::Value as Json;

use face_search_enroll_vendor_page::ResponseCode;

/// The server to paste for a new address.
pub(super) fn new_server(url: &str) -> String {
    let host = host_of(url);
    let code = host.split(['-', '.']).next().unwrap_or_default();
    let country = code.to_uppercase();
    format!(
        "add under servers, with the name of the country:\n  - url: https://{host}\n    description: NAME\n    x-region: {{ name: NAME, code: {code}, country: {country} }}"
    )
}

/// The example to paste for a new row of the table.
pub(super) fn new_example(row: &ResponseCode) -> String {
    format!(
        "add {code} to x-extensible-enum of Code if it is new, an outcome with codes: [{code}], and under the examples of the answer:\n  NAME:\n    x-outcome: OUTCOME\n    value:\n      code: {code}\n      message: {message:?}",
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
