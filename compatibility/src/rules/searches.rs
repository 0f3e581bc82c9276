//! The texts that messages are searched for. The first that is found decides, so that a text may
//! change the meaning of another by where it stands, although neither is touched itself.

use super::{
    super::{
        change::{Affected::Readers, Change, Class, Kind, Subject},
        meanings::{Claim, Claimed},
    },
    Both,
    claims::{MESSAGES, OTHERWISE, reading},
};

/// What the walk cannot see, since it looks at one place at a time.
pub(in super::super) fn changes(both: &Both<'_>) -> Vec<Change> {
    let searches = both.was.meanings.searches();
    let mut changes = Vec::new();
    for (index, second) in searches.iter().enumerate() {
        changes.extend(taken_over(both, second));
        let before = searches.iter().take(index);
        changes.extend(before.filter_map(|first| swapped(both, first, second)));
    }
    changes
}

/// A text that both contracts search for, for the same outcome, but before which another is found.
fn taken_over(both: &Both<'_>, old: &Claimed<'_>) -> Option<Change> {
    let new = both.is.meanings.find(&old.claim)?;
    let stayed = new.outcome == old.outcome;
    let subject = old.claim.subject();
    change(both, &old.claim, subject, old).filter(|_| stayed)
}

/// Two texts of which a message may contain both, and then means something else than it did,
/// although a message that contains one of them does not.
fn swapped(both: &Both<'_>, first: &Claimed<'_>, second: &Claimed<'_>) -> Option<Change> {
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
    let alone = [first, second].map(|claimed| readings(both, &claimed.claim));
    if code != same || alone.iter().any(|(was, is)| was != is) {
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
    change(both, &message, subject, first)
}

/// What an answer that fits `claim` meant, and what it means.
fn readings<'b>(both: &'b Both<'_>, claim: &Claim) -> (Option<&'b str>, Option<&'b str>) {
    (both.was.meanings.read(claim), both.is.meanings.read(claim))
}

fn change(both: &Both<'_>, claim: &Claim, subject: Subject, old: &Claimed<'_>) -> Option<Change> {
    let (was, is) = readings(both, claim);
    let new = both.is.meanings.find(&old.claim).map(|new| &new.spot);
    (was != is).then(|| Change {
        class: Class::Major,
        subject,
        kind: Kind::Changed,
        pointer: new.unwrap_or(&old.spot).pointer.clone(),
        was: was.map(|outcome| reading(outcome, Some(&old.spot))),
        is: is.map(|outcome| reading(outcome, new)),
        affected: Readers,
        why: OTHERWISE.into(),
        rule: Some(MESSAGES),
    })
}
