//! What a report shows of the texts of a change: one line each, cut to where they differ.

use serde_json::Value as Json;

/// How many characters of a text are shown.
const SHOWN: usize = 100;
/// How many characters that are the same are shown before the first that is not.
const BEFORE: usize = 20;

/// Both texts on one line each, cut to where they differ; a side without a value has none.
pub(crate) fn excerpts(values: [Option<&Json>; 2]) -> [String; 2] {
    let texts = values.map(|value| value.map(one_line).unwrap_or_default());
    let [was, is] = &texts;
    let pairs = was.chars().zip(is.chars());
    let same = pairs.take_while(|(was, is)| was == is).count();
    // Short texts are better read whole.
    let fit = texts.iter().all(|text| text.chars().count() <= SHOWN);
    let start = if fit { 0 } else { same.saturating_sub(BEFORE) };
    texts.map(|text| cut(&text, start))
}

fn one_line(value: &Json) -> String {
    let text = value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn cut(text: &str, start: usize) -> String {
    let shown: String = text.chars().skip(start).take(SHOWN).collect();
    let before = if start > 0 { "…" } else { "" };
    let is_cut = text.chars().count() > start + SHOWN;
    let after = if is_cut { "…" } else { "" };
    format!("{before}{shown}{after}")
}
