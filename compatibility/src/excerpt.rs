//! The excerpts of both values that a report shows: one line each, starting near the first
//! difference.

use serde_json::Value as Json;

/// The maximum number of characters that are shown.
const SHOWN: usize = 100;
/// The number of equal characters before the first difference.
const BEFORE: usize = 20;

/// Both values on one line each, cut near their first difference. A missing value gives an empty
/// text.
pub(crate) fn excerpts(values: [Option<&Json>; 2]) -> [String; 2] {
    let texts = values.map(|value| value.map(one_line).unwrap_or_default());
    let [was, is] = &texts;
    let pairs = was.chars().zip(is.chars());
    let same = pairs.take_while(|(was, is)| was == is).count();
    // Short texts are shown in full.
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
