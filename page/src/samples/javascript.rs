//! The call by `fetch`, for Node.js.

use std::fmt::Write;

use super::call::{Call, Part, TOKEN, concatenated, lines, quoted, signed_text};

pub(super) fn write(call: &Call<'_>) -> String {
    let mut sample = String::new();
    if call.is_signed() {
        sample += "import { createHash } from \"node:crypto\";\n\n";
    }
    _ = write!(
        sample,
        "// The server of {}. Use the address of your region.\nconst server = {};\n",
        call.region,
        quoted(call.server)
    );
    if call.needs_time() {
        sample += "const timestamp = Date.now();\n";
    }
    if call.is_signed() {
        let signed = concatenated(&call.signed, |part| match part {
            Part::Literal(value) => quoted(&signed_text(value)),
            other => expression(other),
        });
        _ = write!(
            sample,
            "const signature = createHash(\"sha256\")\n  .update({signed})\n  .digest(\"hex\");\n"
        );
    }
    let mut headers = vec![format!("\"Content-Type\": {}", quoted(call.media_type))];
    let token = |header| format!("{}: process.env.{TOKEN}", quoted(header));
    headers.extend(call.token_header.map(token));
    let body = call.body.iter();
    let body = body.map(|(name, part)| format!("{}: {}", quoted(name), expression(part)));
    sample
        + &format!(
            r#"
const response = await fetch(server + {path}, {{
  method: {method},
  headers: {{
{headers}  }},
  body: JSON.stringify({{
{body}  }}),
  // Do not send secrets to the target of a redirect.
  redirect: "error",
  signal: AbortSignal.timeout(30_000),
}});
console.log(response.status, await response.text());
"#,
            path = quoted(call.path),
            method = quoted(call.method),
            headers = lines(headers, "    ", ","),
            body = lines(body, "    ", ","),
        )
}

fn expression(part: &Part<'_>) -> String {
    match part {
        Part::Literal(value) => value.to_string(),
        Part::Environment(name) => format!("process.env.{name}"),
        Part::Now => "timestamp".to_owned(),
        Part::Signature => "signature".to_owned(),
    }
}
