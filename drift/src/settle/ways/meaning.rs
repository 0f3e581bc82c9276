//! Edits that give an answer a meaning: as a message of an outcome, as an example, or as a new outcome.

use face_search_enroll_contract::{Example, Outcome};
use heck::ToKebabCase;
use serde_json::{Value as Json, json};

use super::{
    candidate::Candidate,
    code::{list, outcomes},
    known::Known,
    pair::{Pair, charge, printed},
};
use crate::{
    edit::Edit,
    settle::region::NAME,
    source::Source,
    yaml::{entry, inline, quoted},
};

/// A message of an outcome.
pub(super) fn rule((code, message): Pair<'_>, source: Option<Source>) -> String {
    let mut rule = json!({ "code": code, "message": message });
    if let (Some(members), Some(source)) = (rule.as_object_mut(), source) {
        members.insert("source".to_owned(), source.0.into());
    }
    inline(&rule)
}

pub(super) fn add_rule(
    known: Known<'_>,
    outcome: &str,
    pair: Pair<'_>,
    source: Option<Source>,
) -> Edit {
    let item = format!("- {}", rule(pair, source));
    known.outcome(outcome).key("messages").insert(vec![item])
}

pub(super) fn add_example(known: Known<'_>, outcome: &str, code: &str, body: &Json) -> Edit {
    let base = if outcome == NAME { code } else { outcome }.to_kebab_case();
    let is_taken = |name: &str| {
        let mut examples = known.operation.examples.iter();
        examples.any(|example| *example.name == *name)
    };
    let numbered = (2..).map(|number| format!("{base}-{number}"));
    let mut names = std::iter::once(base.clone()).chain(numbered);
    let name = names.find(|name| !is_taken(name)).unwrap_or(base);
    let inner = [format!("x-outcome: {outcome}")];
    let inner = inner.into_iter().chain(entry("value", body));
    let inner = inner.map(|line| format!("  {line}"));
    let lines = std::iter::once(format!("{}:", quoted(&name))).chain(inner);
    known.examples().insert(lines.collect())
}

/// The edits that name the source of an example.
pub(super) fn sourced(known: Known<'_>, own: &Example, source: Source) -> Vec<Edit> {
    let place = known.examples().key(&own.name);
    let mut edits: Vec<_> = source.named(known.contract).into_iter().collect();
    edits.push(match own.source {
        Some(_) => place.key("x-source").set(source.0),
        None => place.insert(vec![format!("x-source: {}", source.0)]),
    });
    edits
}

/// The edit that makes a code alone mean an outcome, unless it means one already.
pub(super) fn claimed(known: Known<'_>, outcome: &str, code: &str) -> Option<Edit> {
    let mut rules = known.operation.outcomes.iter().flat_map(|it| &it.rules);
    if rules.any(|rule| *rule.code == code) {
        return None;
    }
    let place = known.outcome(outcome);
    let mut own = outcomes(known).filter(|(name, _)| *name == outcome);
    let has_codes = own
        .next()
        .is_some_and(|(_, node)| node.get("codes").is_some());
    Some(if has_codes {
        place
            .key("codes")
            .insert(vec![format!("- {}", quoted(code))])
    } else {
        place.insert(vec![format!("codes: [{}]", quoted(code))])
    })
}

/// A new outcome, which a person names.
pub(super) fn of_new(known: Known<'_>, new: Pair<'_>) -> Candidate {
    let mut rules = known.operation.outcomes.iter().flat_map(|it| &it.rules);
    let is_new = !rules.any(|rule| *rule.code == new.0);
    let mut lines = vec![
        format!("{NAME}:"),
        "  summary: SUMMARY".to_owned(),
        "  action: ACTION".to_owned(),
    ];
    let effect = known.operation.effect.iter();
    lines.extend(effect.map(|effect| format!("  {}: 'unknown'", effect.name)));
    lines.push("  retry: never".to_owned());
    lines.extend(charge(known, new).map(|charge| format!("  charge: {charge}")));
    if is_new {
        lines.push(format!("  codes: [{}]", quoted(new.0)));
    }
    let body = printed(known, new);
    if body.is_none() {
        lines.push("  messages:".to_owned());
        lines.push(format!("    - {}", rule(new, None)));
    }
    let mut edits: Vec<_> = list(known, new.0).into_iter().collect();
    edits.push(known.place().key("x-outcomes").insert(lines));
    edits.extend(body.map(|body| add_example(known, NAME, new.0, body)));
    let what =
        "add an outcome for it, with a name for each NAME and a sentence for SUMMARY and ACTION";
    Candidate::new(what, edits)
}

/// The edit that copies an outcome of the platform into the operation, with or without a message of the page.
pub(super) fn own_outcome(
    known: Known<'_>,
    outcome: &Outcome,
    new: Pair<'_>,
    messages: bool,
) -> Vec<Edit> {
    let path = ["x-platform-outcomes", outcome.name.as_str()];
    let Some(node) = known.contract.tree.at_path(&path) else {
        return Vec::new();
    };
    let words = node.entries().iter().filter_map(|(key, value)| {
        let text = value.as_str()?;
        let is_own = !["source", "when"].contains(&key.text.as_str());
        is_own.then(|| format!("  {}: {}", key.text, inline(&text.into())))
    });
    let mut lines = vec![format!("{}:", outcome.name)];
    lines.extend(words);
    lines.extend(charge(known, new).map(|charge| format!("  charge: {charge}")));
    if messages {
        lines.push("  messages:".to_owned());
        lines.push(format!("    - {}", rule(new, None)));
    }
    vec![known.place().key("x-outcomes").insert(lines)]
}
