//! The call by `curl`, for a POSIX shell.

use std::fmt::Write;

use super::call::{Call, Part, TOKEN, quoted, signed_text};

pub(super) fn write(call: &Call<'_>) -> String {
    let mut sample = format!(
        "# The server of {}. Use the address of your region.\nSERVER={}\n",
        call.region,
        single_quoted(call.server)
    );
    if call.needs_time() {
        sample += "TIMESTAMP=$(date +%s)000\n";
    }
    if call.is_signed() {
        let signed: String = call.signed.iter().map(signed_word).collect();
        _ = write!(
            sample,
            "SIGNATURE=$(printf %s \"{signed}\" |\n  openssl dgst -sha256 -r | cut -d ' ' -f 1)\n"
        );
    }
    _ = write!(
        sample,
        "\ncurl --request {} \\\n  \"$SERVER{}\" \\\n  --header {} \\\n",
        call.method,
        in_double_quotes(call.path),
        single_quoted(&format!("Content-Type: {}", call.media_type))
    );
    if let Some(header) = call.token_header {
        let header = in_double_quotes(header);
        _ = writeln!(sample, "  --header \"{header}: ${TOKEN}\" \\");
    }
    let body = call.body.iter();
    let fields: Vec<_> = body
        .map(|(name, part)| format!("  {}: {}", here(&quoted(name)), json(part)))
        .collect();
    // A quoted delimiter would keep the variables from being read.
    sample + &format!("  --data @- <<BODY\n{{\n{}\n}}\nBODY\n", fields.join(",\n"))
}

/// A value in the JSON of a here-document.
fn json(part: &Part<'_>) -> String {
    match part {
        Part::Literal(value) => here(&value.to_string()),
        Part::Environment(name) => format!("\"${name}\""),
        Part::Now => "$TIMESTAMP".to_owned(),
        Part::Signature => "\"$SIGNATURE\"".to_owned(),
    }
}

/// A value between double quotes.
fn signed_word(part: &Part<'_>) -> String {
    match part {
        Part::Literal(value) => in_double_quotes(&signed_text(value)),
        Part::Environment(name) => format!("${{{name}}}"),
        Part::Now => "${TIMESTAMP}".to_owned(),
        Part::Signature => "${SIGNATURE}".to_owned(),
    }
}

/// A word that a POSIX shell does not change.
fn single_quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// Text that a POSIX shell does not change between double quotes.
fn in_double_quotes(text: &str) -> String {
    escaped(text, &['\\', '"', '$', '`'])
}

/// Text that a POSIX shell does not change in a here-document.
fn here(text: &str) -> String {
    escaped(text, &['\\', '$', '`'])
}

fn escaped(text: &str, special: &[char]) -> String {
    let mut safe = String::new();
    for c in text.chars() {
        if special.contains(&c) {
            safe.push('\\');
        }
        safe.push(c);
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_end_its_quotes() {
        assert_eq!(single_quoted("a'; rm $x '"), r"'a'\''; rm $x '\'''");
        assert_eq!(in_double_quotes(r#"a"$(b)`c\"#), r#"a\"\$(b)\`c\\"#);
        assert_eq!(here(r#"a"$(b)`c\"#), r#"a"\$(b)\`c\\"#);
    }
}
