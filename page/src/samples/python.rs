//! The call by Python's standard library, which neither follows redirects nor throws at a status.

use std::fmt::Write;

use serde_json::Value;

use super::call::{Call, Part, TOKEN, concatenated, lines, quoted, signed_text};

pub(super) fn write(call: &Call<'_>) -> String {
    let needs_environment = !call.environment().is_empty();
    let imports = [
        (call.is_signed(), "import hashlib"),
        (true, "import json"),
        (needs_environment, "import os"),
        (call.needs_time(), "import time"),
        (true, "from http.client import HTTPSConnection"),
    ];
    let imports = imports.into_iter().filter(|(is_needed, _)| *is_needed);
    let mut sample = lines(imports.map(|(_, line)| line.to_owned()), "", "");
    sample.push('\n');
    if call.needs_time() {
        sample += "timestamp = time.time_ns() // 1_000_000\n";
    }
    if call.is_signed() {
        let signed = concatenated(&call.signed, |part| match part {
            Part::Literal(value) => quoted(&signed_text(value)),
            Part::Now => "str(timestamp)".to_owned(),
            other => expression(other),
        });
        _ = write!(
            sample,
            "signed = {signed}\nsignature = hashlib.sha256(signed.encode()).hexdigest()\n"
        );
    }
    let mut headers = vec![format!("\"Content-Type\": {}", quoted(call.media_type))];
    let token = |header| format!("{}: os.environ[{}]", quoted(header), quoted(TOKEN));
    headers.extend(call.token_header.map(token));
    let body = call.body.iter();
    let body = body.map(|(name, part)| format!("{}: {}", quoted(name), expression(part)));
    sample
        + &format!(
            r"headers = {{
{headers}}}
body = {{
{body}}}

# The server of {region}. Use the host of your region.
connection = HTTPSConnection({host}, timeout=30)
connection.request(
    {method},
    {path},
    json.dumps(body),
    headers,
)
response = connection.getresponse()
print(response.status, response.read().decode())
",
            headers = lines(headers, "    ", ","),
            body = lines(body, "    ", ","),
            region = call.region,
            host = quoted(call.host),
            method = quoted(call.method),
            path = quoted(call.path),
        )
}

fn expression(part: &Part<'_>) -> String {
    match part {
        Part::Literal(value) => literal(value),
        Part::Environment(name) => format!("os.environ[{}]", quoted(name)),
        Part::Now => "timestamp".to_owned(),
        Part::Signature => "signature".to_owned(),
    }
}

fn literal(value: &Value) -> String {
    match value {
        Value::Null => "None".to_owned(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Number(_) | Value::String(_) => value.to_string(),
        Value::Array(_) | Value::Object(_) => format!("json.loads({})", quoted(&value.to_string())),
    }
}
