//! What the outcomes must be together: an answer means one of them, and each can be met.

use super::outcome::Outcome;
use crate::{position::Position, reader::Reader, yaml::Node};

/// Answers that nothing else matches mean one outcome.
pub(super) fn default(reader: &mut Reader, root: &Node, outcomes: &[Outcome]) {
    let mut defaults = outcomes.iter().filter(|outcome| outcome.default);
    let platform = root.entry("x-platform-outcomes");
    reader.require(
        defaults.next(),
        platform.map_or(root.at, |(key, _)| key.at),
        "no outcome for answers that nothing else matches",
        "write default: true on one outcome",
    );
    for second in defaults {
        reader.problem(
            second.name.at,
            "a second default outcome",
            "write default: true once",
        );
    }
}

/// Every outcome can be met.
pub(super) fn reached(reader: &mut Reader, outcomes: &[Outcome]) {
    for outcome in outcomes {
        if outcome.rules.is_empty() && !outcome.default {
            reader.problem(
                outcome.name.at,
                format!(
                    "outcome {} that neither an example nor a code reaches",
                    outcome.name
                ),
                "write codes: or messages:, or x-outcome: on an example",
            );
        }
    }
}

/// One answer, one outcome: whatever two outcomes claim is a problem of the second.
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

/// A condition leads to one outcome.
pub(super) fn conditions(reader: &mut Reader, outcomes: &[Outcome]) {
    let mut seen: Vec<&Outcome> = Vec::new();
    for outcome in outcomes.iter().filter(|outcome| outcome.when.is_some()) {
        if let Some(first) = seen.iter().find(|first| first.when == outcome.when) {
            reader.problem(
                outcome.name.at,
                format!(
                    "outcome {} has the condition of {} at {}",
                    outcome.name, first.name, first.name.at
                ),
                "write when: with that word on one of them",
            );
        }
        seen.push(outcome);
    }
}
