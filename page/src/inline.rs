//! Scripts, styles and data inside the page: none of them may end the element that holds it.

use std::fmt::Write;

use serde_json::Value;

use crate::html::Html;

/// What would end a script, or keep its end from being seen, after a `<`.
const IN_SCRIPTS: [&str; 3] = ["/script", "script", "!--"];

/// The code of a script element. In the strings and patterns of JavaScript, where alone such text
/// can stand, `\x3c` is a `<`; control characters, which HTML does not have, are written so too.
pub(crate) fn script(code: &str) -> Html {
    let mut safe = String::with_capacity(code.len());
    for c in escape_before(code, &IN_SCRIPTS, r"\x3c").chars() {
        if c.is_control() && !c.is_ascii_whitespace() {
            // A string takes whatever is written to it.
            let _ = write!(safe, "\\x{:02x}", u32::from(c));
        } else {
            safe.push(c);
        }
    }
    Html::made_safe(safe)
}

/// The rules of a style element; in the strings of CSS `\3c ` is a `<`.
pub(crate) fn style(css: &str) -> Html {
    let mut css = css.to_owned();
    // A source map would be asked for by the browser's tools, and is not here.
    while let Some(start) = css.find("/*# sourceMappingURL") {
        let end = css
            .get(start..)
            .and_then(|comment| comment.find("*/"))
            .map_or(css.len(), |length| start + length + 2);
        css.replace_range(start..end, "");
    }
    Html::made_safe(escape_before(&css, &["/style"], r"\3c "))
}

/// JSON in a script element that is data. None of these characters means anything outside of its
/// strings.
pub(crate) fn json(value: &Value) -> Html {
    let mut safe = String::new();
    for c in value.to_string().chars() {
        match c {
            '<' => safe.push_str(r"\u003c"),
            '>' => safe.push_str(r"\u003e"),
            '&' => safe.push_str(r"\u0026"),
            _ => safe.push(c),
        }
    }
    Html::made_safe(safe)
}

/// Writes `escaped` for each `<` that one of `names` follows.
fn escape_before(text: &str, names: &[&str], escaped: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        let comes = |name: &&str| {
            after
                .get(..name.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(name))
        };
        safe.push_str(before);
        safe.push_str(if names.iter().any(comes) {
            escaped
        } else {
            "<"
        });
        rest = after;
    }
    safe.push_str(rest);
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_cannot_be_ended_or_hide_its_end() {
        assert_eq!(
            script("a='</ScRiPt><script><!--'; b=1<2").as_str(),
            r"a='\x3c/ScRiPt>\x3cscript>\x3c!--'; b=1<2"
        );
        assert_eq!(script("'\u{7}\u{85}'\n\t").as_str(), "'\\x07\\x85'\n\t");
    }

    #[test]
    fn a_style_cannot_be_ended_and_names_no_source_map() {
        assert_eq!(
            style("a{content:'</style>'}/*# sourceMappingURL=a.map*/b{}").as_str(),
            r"a{content:'\3c /style>'}b{}"
        );
    }

    #[test]
    fn data_holds_no_markup_and_stays_the_same_data() {
        let value = Value::from("</script><!-- & é");
        let safe = json(&value);
        assert!(!safe.as_str().contains(['<', '>', '&']));
        assert_eq!(
            serde_json::from_str::<Value>(safe.as_str()).ok(),
            Some(value)
        );
    }
}
