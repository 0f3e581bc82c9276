//! Scripts, styles and data inside the page. None of them may end the element that contains it.

use std::fmt::Write;

use maud::{Markup, PreEscaped};
use serde_json::Value;

/// Text that ends a script, or hides its end from the parser, after a `<`.
const IN_SCRIPTS: [&str; 3] = ["/script", "script", "!--"];

/// The code of a script element. Such text occurs only in strings and patterns of JavaScript, where
/// `\x3c` is a `<`. Control characters, which HTML does not allow, are escaped in the same way.
pub(crate) fn script(code: &str) -> Markup {
    let is_barred = |c: char| c.is_control() && !c.is_ascii_whitespace();
    let code = escape_before(code, &IN_SCRIPTS, r"\x3c");
    let mut safe = String::with_capacity(code.len());
    for piece in code.split_inclusive(is_barred) {
        safe.push_str(piece.trim_end_matches(is_barred));
        if let Some(c) = piece.chars().next_back().filter(|c| is_barred(*c)) {
            // Writing to a string does not fail.
            let _ = write!(safe, "\\x{:02x}", u32::from(c));
        }
    }
    PreEscaped(safe)
}

/// The rules of a style element; in the strings of CSS `\3c ` is a `<`.
pub(crate) fn style(css: &str) -> Markup {
    // The browser's developer tools would request the source map, which is not there.
    let mut pieces = css.split("/*# sourceMappingURL");
    let mut kept = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        kept.push_str(piece.split_once("*/").map_or("", |(_, after)| after));
    }
    PreEscaped(escape_before(&kept, &["/style"], r"\3c "))
}

/// JSON in a data script element. The escaped characters occur only in strings of JSON.
pub(crate) fn json(value: &Value) -> Markup {
    let json = value.to_string();
    let safe = json
        .replace('<', r"\u003c")
        .replace('>', r"\u003e")
        .replace('&', r"\u0026");
    PreEscaped(safe)
}

/// Replaces each `<` before one of `names` by `escaped`.
fn escape_before(text: &str, names: &[&str], escaped: &str) -> String {
    let mut pieces = text.split('<');
    let mut safe = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let begins_with = |name: &&str| {
            let start = piece.get(..name.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(name))
        };
        let is_barred = names.iter().any(begins_with);
        safe.push_str(if is_barred { escaped } else { "<" });
        safe.push_str(piece);
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_cannot_be_ended_or_hide_its_end() {
        assert_eq!(
            script("a='</ScRiPt><script><!--'; b=1<2").0,
            r"a='\x3c/ScRiPt>\x3cscript>\x3c!--'; b=1<2"
        );
        assert_eq!(script("'\u{7}\u{85}'\n\t").0, "'\\x07\\x85'\n\t");
    }

    #[test]
    fn a_style_cannot_be_ended_and_names_no_source_map() {
        assert_eq!(
            style("a{content:'</style>'}/*# sourceMappingURL=a.map*/b{}").0,
            r"a{content:'\3c /style>'}b{}"
        );
    }

    #[test]
    fn data_holds_no_markup_and_stays_the_same_data() {
        let value = Value::from("</script><!-- & é");
        let safe = json(&value);
        assert!(!safe.0.contains(['<', '>', '&']));
        assert_eq!(serde_json::from_str::<Value>(&safe.0).ok(), Some(value));
    }
}
