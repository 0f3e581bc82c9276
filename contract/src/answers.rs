//! The answers that a server may send according to the contract: the examples, and generated
//! answers for each outcome that has no example. The server chooses which answer a request gets.

use heck::{ToKebabCase, ToShoutySnakeCase};
use serde_json::Value;

use crate::{
    envelope::DATA,
    examples::Example,
    outcomes::{Condition, Match, Outcome},
};

/// An answer that a server may send.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The name of the example, or a name that is derived from the outcome.
    pub name: String,
    /// The name of the outcome that the answer means.
    pub outcome: String,
    /// The HTTP status that the answer is sent with.
    pub status: u16,
    /// The `message` of the body.
    pub message: String,
    /// The body, which is an envelope. Its keys are in the order of the file.
    pub body: Value,
}

/// The examples in the order of the file. Then, for each outcome without an example, one answer for
/// each of its messages, or for each of its codes that has no known message.
pub(crate) fn of(examples: &[Example], outcomes: &[Outcome], status: u16) -> Vec<Answer> {
    let mut answers: Vec<Answer> = examples
        .iter()
        .map(|example| Answer {
            name: example.name.value.clone(),
            outcome: example.outcome.value.clone(),
            status,
            message: example.message.value.clone(),
            body: example.body.value.clone(),
        })
        .collect();
    let mut failures = examples
        .iter()
        .filter(|example| is_failure(example, outcomes));
    let Some(template) = failures.next().or(examples.first()) else {
        return answers;
    };
    for outcome in outcomes {
        let has_example = |example: &Example| *example.outcome == *outcome.name;
        if !examples.iter().any(has_example) {
            answers.extend(make_answers(outcome, template, status));
        }
    }
    answers
}

/// An answer to a request that succeeds now, or succeeded before, has data. Only a failure is a
/// good template.
fn is_failure(example: &Example, outcomes: &[Outcome]) -> bool {
    let is_done = |when| matches!(when, Some(Condition::Done | Condition::DoneBefore));
    outcomes
        .iter()
        .any(|outcome| *outcome.name == *example.outcome && !is_done(outcome.when))
}

fn make_answers<'a>(
    outcome: &'a Outcome,
    template: &'a Example,
    status: u16,
) -> impl Iterator<Item = Answer> + 'a {
    let name = outcome.name.to_kebab_case();
    let numbered = codes_and_messages(outcome).into_iter().zip(1..);
    numbered.map(move |((code, message), number)| Answer {
        name: match number {
            1 => name.clone(),
            _ => format!("{name}-{number}"),
        },
        outcome: outcome.name.value.clone(),
        status,
        body: make_body(template, &code, &message),
        message,
    })
}

/// The pairs of code and message that mean `outcome`. Its summary replaces an unknown message.
fn codes_and_messages(outcome: &Outcome) -> Vec<(String, String)> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    for rule in &outcome.rules {
        let message = match &rule.message {
            Match::Exactly(text) | Match::Containing(text) => text,
            Match::Any if pairs.iter().any(|(code, _)| code == &*rule.code) => continue,
            Match::Any => &outcome.summary,
        };
        pairs.push((rule.code.value.clone(), message.clone()));
    }
    if pairs.is_empty() {
        // The default outcome has no code, so any unlisted code will do.
        pairs.push((outcome.name.to_shouty_snake_case(), outcome.summary.clone()));
    }
    pairs
}

/// The body of `template` with another code and message, and without data.
fn make_body(template: &Example, code: &str, message: &str) -> Value {
    let mut body = template.body.value.clone();
    if let Some(data) = body.get_mut(DATA) {
        *data = Value::Null;
    }
    let members = body.as_object_mut().into_iter();
    for value in members.flat_map(|members| members.values_mut()) {
        if *value == template.code.value {
            *value = code.into();
        } else if *value == template.message.value {
            *value = message.into();
        }
    }
    body
}
