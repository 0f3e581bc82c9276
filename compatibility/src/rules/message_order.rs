//! The texts that messages are searched for. The first that is found decides, so that a text may
//! change the meaning of another by where it stands, although neither is touched itself.

use super::claims::MESSAGES;
use crate::{
    change::{Change, Said, Subject},
    claim::{Claim, Claimed},
    comparison::Comparison,
    effect::READ_OTHERWISE,
};

/// What the walk cannot see, since it looks at one place at a time.
pub(crate) fn changes(comparison: &Comparison<'_>) -> Vec<Change> {
    let searches: Vec<_> = comparison.was.outcomes.searches().collect();
    let mut changes = Vec::new();
    for (index, second) in searches.iter().enumerate() {
        changes.extend(taken_over(comparison, second));
        let before = searches.iter().take(index);
        changes.extend(before.filter_map(|first| swapped(comparison, first, second)));
    }
    changes
}

/// A text that both contracts search for, for the same outcome, but before which another is found.
fn taken_over(comparison: &Comparison<'_>, old: &Claimed<'_>) -> Option<Change> {
    let new = comparison.is.outcomes.find(&old.claim)?;
    if new.outcome != old.outcome {
        return None;
    }
    change(comparison, &old.claim, old.claim.subject(), old)
}

/// Two texts of which a message may contain both, and then means something else than it did,
/// although a message that contains one of them does not.
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

/// What an answer that fits `claim` meant, and what it means.
fn outcomes<'c>(comparison: &'c Comparison<'_>, claim: &Claim) -> [Option<&'c str>; 2] {
    [&comparison.was, &comparison.is].map(|revision| revision.outcomes.outcome_of(claim))
}

/// The answers that fit `claim`, if they are read as another outcome; told where `old` stands.
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
        ..READ_OTHERWISE.change()
    })
}
