//! The rules for the order of texts that messages are searched for. The first match decides, so a
//! change of order can change the outcome of an answer, even if no text changes.

use super::claims::MESSAGES;
use crate::{
    change::{Change, Said, Subject},
    claim::{Claim, Claimed},
    comparison::Comparison,
    effect::OTHER_OUTCOME,
};

/// Changes that the walk through the trees cannot see, because it compares one place at a time.
pub(crate) fn changes(comparison: &Comparison<'_>) -> Vec<Change> {
    let searches: Vec<_> = comparison.was.outcomes.searches().collect();
    let mut changes = Vec::new();
    for (index, second) in searches.iter().enumerate() {
        changes.extend(preceded(comparison, second));
        let before = searches.iter().take(index);
        changes.extend(before.filter_map(|first| swapped(comparison, first, second)));
    }
    changes
}

/// A text of the same outcome in both contracts, which another text now precedes.
fn preceded(comparison: &Comparison<'_>, old: &Claimed<'_>) -> Option<Change> {
    let new = comparison.is.outcomes.find(&old.claim)?;
    if new.outcome != old.outcome {
        return None;
    }
    change(comparison, &old.claim, old.claim.subject(), old)
}

/// Two texts that one message may contain. That message has another outcome now, although a message
/// with only one of the texts does not.
fn swapped(
    comparison: &Comparison<'_>,
    first: &Claimed<'_>,
    second: &Claimed<'_>,
) -> Option<Change> {
    let (
        Claim::Containing { code, text: one },
        Claim::Containing {
            code: same,
            text: other,
        },
    ) = (&first.claim, &second.claim)
    else {
        return None;
    };
    let is_read_otherwise = |claimed: &Claimed<'_>| {
        let [was, is] = outcomes(comparison, &claimed.claim);
        was != is
    };
    if code != same || is_read_otherwise(first) || is_read_otherwise(second) {
        return None;
    }
    let message = Claim::Message {
        code: code.clone(),
        text: format!("{one}\n{other}"),
    };
    let subject = Subject::new(
        "code {0} with a message that contains both {1} and {2}",
        [code, one, other],
    );
    change(comparison, &message, subject, first)
}

/// The old and the new outcome of an answer that fits `claim`.
fn outcomes<'c>(comparison: &'c Comparison<'_>, claim: &Claim) -> [Option<&'c str>; 2] {
    [&comparison.was, &comparison.is].map(|revision| revision.outcomes.outcome_of(claim))
}

/// The change of the answers that fit `claim`, if their outcome changed. It is reported at the
/// position of `old`.
fn change(
    comparison: &Comparison<'_>,
    claim: &Claim,
    subject: Subject,
    old: &Claimed<'_>,
) -> Option<Change> {
    let [was, is] = outcomes(comparison, claim);
    let new = comparison.is.outcomes.find(&old.claim);
    let new = new.map(|new| &new.located);
    let is_said = |outcome: &str| match new {
        Some(new) => new.says(outcome),
        None => Said::derived(outcome),
    };
    (was != is).then(|| Change {
        subject,
        pointer: new.unwrap_or(&old.located).pointer.clone(),
        was: was.map(|outcome| old.located.says(outcome)),
        is: is.map(is_said),
        rule: Some(MESSAGES),
        ..OTHER_OUTCOME.change()
    })
}
