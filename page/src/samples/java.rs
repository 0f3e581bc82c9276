//! The call by the `HttpClient` of Java, which follows no redirects.

use std::fmt::Write;

use super::call::{Call, Part, TOKEN, concatenated, lines, quoted, signed_text};

pub(super) fn write(call: &Call<'_>) -> String {
    let imports = [
        (true, "java.net.URI"),
        (true, "java.net.http.HttpClient"),
        (true, "java.net.http.HttpRequest"),
        (true, "java.net.http.HttpResponse"),
        (call.is_signed(), "java.nio.charset.StandardCharsets"),
        (call.is_signed(), "java.security.MessageDigest"),
        (true, "java.time.Duration"),
        (call.is_signed(), "java.util.HexFormat"),
    ];
    let imports = imports.into_iter().filter(|(is_needed, _)| *is_needed);
    let imports = imports.map(|(_, name)| format!("import {name}"));
    let mut setup = String::new();
    if call.needs_time() {
        setup += "        long timestamp = System.currentTimeMillis();\n";
    }
    if call.is_signed() {
        let signed = concatenated(&call.signed, |part| match part {
            Part::Literal(value) => quoted(&signed_text(value)),
            other => expression(other),
        });
        _ = write!(
            setup,
            "        String signed = {signed};
        byte[] digest = MessageDigest.getInstance(\"SHA-256\")
            .digest(signed.getBytes(StandardCharsets.UTF_8));
        String signature = HexFormat.of().formatHex(digest);\n"
        );
    }
    let token = call.token_header.map(|header| {
        format!(
            "            .header({}, System.getenv({}))\n",
            quoted(header),
            quoted(TOKEN)
        )
    });
    format!(
        r#"{imports}
public final class Call {{
    // The server of {region}. Use the address of your region.
    private static final String SERVER = {server};

    public static void main(String[] arguments) throws Exception {{
{setup}        String body = {body};
        HttpRequest request = HttpRequest.newBuilder()
            .uri(URI.create(SERVER + {path}))
            .header("Content-Type", {media_type})
{token}            .method({method}, HttpRequest.BodyPublishers.ofString(body))
            .timeout(Duration.ofSeconds(30))
            .build();
        HttpResponse<String> response = HttpClient.newHttpClient()
            .send(request, HttpResponse.BodyHandlers.ofString());
        System.out.println(response.statusCode() + " " + response.body());
    }}
}}
"#,
        imports = lines(imports, "", ";"),
        region = call.region,
        server = quoted(call.server),
        body = body(call),
        path = quoted(call.path),
        media_type = quoted(call.media_type),
        token = token.unwrap_or_default(),
        method = quoted(call.method),
    )
}

/// The body as a text block, with a place in it for each value that is not a literal.
fn body(call: &Call<'_>) -> String {
    let values = call
        .body
        .iter()
        .filter(|(_, part)| !matches!(part, Part::Literal(_)));
    let values: Vec<_> = values.map(|(_, part)| expression(part)).collect();
    let is_format = !values.is_empty();
    let fields = call.body.iter().map(|(name, part)| {
        let place = match part {
            Part::Literal(value) => in_block(&value.to_string(), is_format),
            Part::Now => "%d".to_owned(),
            Part::Environment(_) | Part::Signature => "\"%s\"".to_owned(),
        };
        format!(
            "              {}: {place}",
            in_block(&quoted(name), is_format)
        )
    });
    let fields = fields.collect::<Vec<_>>().join(",\n");
    let block = format!("\"\"\"\n            {{\n{fields}\n            }}\n            \"\"\"");
    if is_format {
        format!("{block}.formatted({})", values.join(", "))
    } else {
        block
    }
}

/// JSON that a text block does not change. It never has three quotes in a row.
fn in_block(json: &str, is_format: bool) -> String {
    let text = json.replace('\\', r"\\");
    if is_format {
        text.replace('%', "%%")
    } else {
        text
    }
}

fn expression(part: &Part<'_>) -> String {
    match part {
        Part::Literal(value) => value.to_string(),
        Part::Environment(name) => format!("System.getenv({})", quoted(name)),
        Part::Now => "timestamp".to_owned(),
        Part::Signature => "signature".to_owned(),
    }
}
