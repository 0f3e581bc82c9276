//! Checks all outcomes together: each answer must mean exactly one, and each outcome must be
//! possible.

use super::outcome::Outcome;
use crate::{position::Position, reader::Reader, yaml::Node};

/// Exactly one outcome is the default.
pub(super) fn default(reader: &mut Reader, root: &Node, outcomes: &[Outcome]) {
    let mut defaults = outcomes.iter().filter(|outcome| outcome.default);
    let platform = root.entry("x-platform-outcomes");
    reader.require(
        defaults.next(),
        platform.map_or(root.at, |(key, _)| key.at),
        "no outcome is the default for answers that match no other",
        "write default: true on one outcome",
    );
    for second in defaults {
        reader.problem(
            second.name.at,
            "this is a second default outcome",
            "write default: true on one outcome only",
        );
    }
}

/// Every outcome has an answer that means it.
pub(super) fn reached(reader: &mut Reader, outcomes: &[Outcome]) {
    for outcome in outcomes {
        if outcome.rules.is_empty() && !outcome.default {
            reader.problem(
                outcome.name.at,
                format!(
                    "outcome {} has no code, message or example, so no answer means it",
                    outcome.name
                ),
                "write its codes: or messages:, or name it in x-outcome: of an example",
            );
        }
    }
}

/// No two outcomes claim the same answer. The problem is reported at the second.
pub(super) fn unambiguous(reader: &mut Reader, outcomes: &[Outcome]) {
    let mut claims: Vec<(String, &Outcome, Position)> = Vec::new();
    for outcome in outcomes {
        let rules = outcome.rules.iter();
        let rules = rules.map(|rule| (rule.describe(), rule.code.at));
        let statuses = outcome.statuses.iter();
        let statuses = statuses.map(|status| (format!("status {status}"), status.at));
        for (claim, at) in rules.chain(statuses) {
            let mut others = claims.iter().filter(|(_, by, _)| *by.name != *outcome.name);
            if let Some((_, by, first)) = others.find(|(other, ..)| *other == claim) {
                reader.problem(
                    at,
                    format!(
                        "{claim} means {} here and {} at {first}",
                        outcome.name, by.name
                    ),
                    "write it under one outcome",
                );
            }
            claims.push((claim, outcome, at));
        }
    }
}

/// No two outcomes have the same condition.
pub(super) fn conditions(reader: &mut Reader, outcomes: &[Outcome]) {
    let mut seen: Vec<&Outcome> = Vec::new();
    for outcome in outcomes.iter().filter(|outcome| outcome.when.is_some()) {
        if let Some(first) = seen.iter().find(|first| first.when == outcome.when) {
            reader.problem(
                outcome.name.at,
                format!(
                    "outcome {} has the same condition as {} at {}",
                    outcome.name, first.name, first.name.at
                ),
                "keep when: on one of them",
            );
        }
        seen.push(outcome);
    }
}
