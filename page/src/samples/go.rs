//! The call by Go's standard library, in the form that `gofmt` writes.

use std::fmt::Write;

use serde_json::Value;

use super::call::{Call, Part, TOKEN, concatenated, lines, quoted, signed_text};

pub(super) fn write(call: &Call<'_>) -> String {
    let imports = [
        (true, "bytes"),
        (call.is_signed(), "crypto/sha256"),
        (true, "encoding/json"),
        (true, "fmt"),
        (true, "io"),
        (true, "log"),
        (true, "net/http"),
        (!call.environment().is_empty(), "os"),
        (true, "time"),
    ];
    let imports = imports.into_iter().filter(|(is_needed, _)| *is_needed);
    let mut setup = String::new();
    if call.needs_time() {
        setup += "\ttimestamp := time.Now().UnixMilli()\n";
    }
    if call.is_signed() {
        let signed = concatenated(&call.signed, |part| match part {
            Part::Literal(value) => quoted(&signed_text(value)),
            Part::Now => "fmt.Sprint(timestamp)".to_owned(),
            other => expression(other),
        });
        _ = write!(
            setup,
            "\tsigned := {signed}\n\tsignature := fmt.Sprintf(\"%x\", sha256.Sum256([]byte(signed)))\n"
        );
    }
    let token = call.token_header.map(|header| {
        format!(
            "\trequest.Header.Set({}, os.Getenv({}))\n",
            quoted(header),
            quoted(TOKEN)
        )
    });
    format!(
        r#"package main

import (
{imports})

// The server of {region}. Use the address of your region.
const server = {server}

func main() {{
{setup}	body, err := json.Marshal(map[string]any{{
{body}	}})
	if err != nil {{
		log.Fatal(err)
	}}
	request, err := http.NewRequest(
		{method},
		server+{path},
		bytes.NewReader(body),
	)
	if err != nil {{
		log.Fatal(err)
	}}
	request.Header.Set("Content-Type", {media_type})
{token}
	client := http.Client{{
		Timeout: 30 * time.Second,
		// Do not send secrets to the target of a redirect.
		CheckRedirect: func(*http.Request, []*http.Request) error {{
			return http.ErrUseLastResponse
		}},
	}}
	response, err := client.Do(request)
	if err != nil {{
		log.Fatal(err)
	}}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {{
		log.Fatal(err)
	}}
	fmt.Println(response.StatusCode, string(text))
}}
"#,
        imports = lines(imports.map(|(_, name)| quoted(name)), "\t", ""),
        region = call.region,
        server = quoted(call.server),
        method = quoted(call.method),
        path = quoted(call.path),
        media_type = quoted(call.media_type),
        body = lines(entries(call), "\t\t", ","),
        token = token.unwrap_or_default(),
    )
}

/// The entries of the body, their values aligned.
fn entries(call: &Call<'_>) -> Vec<String> {
    let keys = || {
        call.body
            .iter()
            .map(|(name, _)| format!("{}:", quoted(name)))
    };
    let width = keys()
        .map(|key| key.chars().count())
        .max()
        .unwrap_or_default();
    let parts = call.body.iter().map(|(_, part)| expression(part));
    keys()
        .zip(parts)
        .map(|(key, value)| format!("{key:width$} {value}"))
        .collect()
}

fn expression(part: &Part<'_>) -> String {
    match part {
        Part::Literal(Value::Null) => "nil".to_owned(),
        Part::Literal(value @ (Value::Array(_) | Value::Object(_))) => {
            format!("json.RawMessage({})", quoted(&value.to_string()))
        }
        Part::Literal(value) => value.to_string(),
        Part::Environment(name) => format!("os.Getenv({})", quoted(name)),
        Part::Now => "timestamp".to_owned(),
        Part::Signature => "signature".to_owned(),
    }
}
