//! The outcomes: what answers mean, and the codes, messages and statuses that identify them.

mod check;
mod classify;
mod message;
mod outcome;
mod rule;

pub use classify::Precision;
pub(crate) use classify::classify;
pub use message::{FINAL_PUNCTUATION, Match, fold};
pub use outcome::{Charge, Condition, Origin, Outcome, Retry, Scope};
pub use rule::Rule;

use crate::{
    effect::EffectKeys,
    examples::Example,
    identifiers,
    reader::Reader,
    sources::Sources,
    yaml::{Key, Node},
};

/// Reads the outcomes of the operation and of the platform. Each example adds its pair of code and
/// message.
pub(crate) fn read(
    reader: &mut Reader,
    root: &Node,
    operation: &Node,
    examples: &[Example],
    effects: EffectKeys<'_>,
    sources: &Sources,
) -> Vec<Outcome> {
    let own = operation.entries_at(&["x-outcomes"]);
    if own.is_empty() {
        reader.problem(
            operation.at,
            "the operation has no x-outcomes",
            "write x-outcomes: NAME: …",
        );
    }
    let read = |reader: &mut Reader, (name, node): &(Key, Node), origin| {
        outcome::read(reader, name, node, origin, effects, sources)
    };
    let mut outcomes: Vec<_> = own
        .iter()
        .map(|entry| read(reader, entry, Origin::Operation))
        .collect();
    add_examples(reader, &mut outcomes, examples);
    for entry in root.entries_at(&["x-platform-outcomes"]) {
        let of_platform = read(reader, entry, Origin::Platform);
        match find(&mut outcomes, &of_platform.name) {
            Some(own) => own.add_platform(of_platform),
            None => outcomes.push(of_platform),
        }
    }
    check::default(reader, root, &outcomes);
    check::reached(reader, &outcomes);
    check::unambiguous(reader, &outcomes);
    check::conditions(reader, &outcomes);
    let names = outcomes.iter().map(|outcome| &outcome.name);
    identifiers::check_variants(reader, "outcome", names, str::to_owned);
    outcomes
}

fn find<'o>(outcomes: &'o mut [Outcome], name: &str) -> Option<&'o mut Outcome> {
    outcomes.iter_mut().find(|outcome| *outcome.name == name)
}

/// Makes the code and message of each example a rule of the outcome that the example names.
fn add_examples(reader: &mut Reader, outcomes: &mut [Outcome], examples: &[Example]) {
    for example in examples {
        if let Some(outcome) = find(outcomes, &example.outcome) {
            outcome.rules.push(Rule {
                code: example.code.clone(),
                message: Match::Exactly(example.message.value.clone()),
                source: example.source.clone(),
            });
        } else {
            let known: Vec<_> = outcomes.iter().map(|known| known.name.as_str()).collect();
            reader.problem(
                example.outcome.at,
                format!(
                    "example {} names the unknown outcome {}",
                    example.name, example.outcome
                ),
                format!("use one of: {}", known.join(", ")),
            );
        }
    }
}
