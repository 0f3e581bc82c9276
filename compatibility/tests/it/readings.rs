//! A change of the claims of outcomes is breaking exactly if a known answer gets another outcome.
//! The test generates random contracts, and classifies answers by an independent implementation of
//! the rules: code and message, then the code, then the default outcome.

use std::fmt::Write as _;

use face_search_enroll_compatibility::{Class, Document, changes};
use proptest::prelude::*;

/// The possible claims of outcomes.
#[derive(Debug, Clone, Copy)]
enum Claim {
    Code(&'static str),
    Message(&'static str, &'static str),
    Containing(&'static str, &'static str),
    Status(u16),
}

use Claim::{Code, Containing, Message, Status};

const CLAIMS: [Claim; 12] = [
    Code("X"),
    Code("Y"),
    Message("X", "late"),
    Message("X", "too late"),
    Message("Y", "late"),
    Containing("X", "late"),
    Containing("X", "too"),
    Containing("X", "too late"),
    Containing("Y", "late"),
    Containing("Y", "soon"),
    Status(429),
    Status(503),
];

const OUTCOMES: [&str; 5] = ["A", "B", "C", "D", "E"];
/// The outcomes from here on belong to the platform. The last is the default.
const PLATFORM: usize = 3;

/// For each claim, the outcome that makes it, if any.
type Owners = Vec<Option<usize>>;

fn owners() -> impl Strategy<Value = Owners> {
    let owner = prop::option::weighted(0.7, 0..OUTCOMES.len());
    prop::collection::vec(owner, CLAIMS.len())
}

fn contract(owners: &Owners) -> Document {
    let mut own = String::new();
    let mut platform = String::new();
    for (index, outcome) in OUTCOMES.iter().enumerate() {
        let (mut codes, mut messages, mut statuses) = (vec![], vec![], vec![]);
        for (claim, owner) in CLAIMS.iter().zip(owners) {
            if *owner == Some(index) {
                match claim {
                    Code(code) => codes.push((*code).to_owned()),
                    Message(code, text) => {
                        messages.push(format!("{{ code: {code}, message: {text} }}"));
                    }
                    Containing(code, text) => {
                        messages.push(format!("{{ code: {code}, contains: {text} }}"));
                    }
                    Status(status) => statuses.push(status.to_string()),
                }
            }
        }
        let list = if index < PLATFORM {
            &mut own
        } else {
            &mut platform
        };
        write!(
            list,
            "{outcome}: {{ default: {}, codes: [{}], messages: [{}], statuses: [{}] }}, ",
            index == OUTCOMES.len() - 1,
            codes.join(", "),
            messages.join(", "),
            statuses.join(", ")
        )
        .unwrap();
    }
    let text = format!(
        "paths: {{ /p: {{ post: {{ x-outcomes: {{ {own} }} }} }} }}\nx-platform-outcomes: {{ {platform} }}\n"
    );
    Document::parse("contract", text).unwrap()
}

/// How an answer was classified.
#[derive(Debug, PartialEq)]
enum By {
    /// The outcome, and the text that decided it.
    Message(usize, &'static str),
    Code(usize),
    Default,
}

fn read(owners: &Owners, code: &str, message: &str) -> By {
    let claims = || {
        let claims = CLAIMS.iter().zip(owners);
        claims.filter_map(|(claim, owner)| Some((claim, (*owner)?)))
    };
    let exactly = claims().find_map(|(claim, owner)| match claim {
        Message(other, text) if *other == code && *text == message => Some((owner, *text)),
        _ => None,
    });
    let containing = claims().filter_map(|(claim, owner)| match claim {
        Containing(other, text) if *other == code && message.contains(text) => Some((owner, *text)),
        _ => None,
    });
    // In the order of the outcomes.
    let containing = containing.min_by_key(|(owner, _)| *owner);
    let alone = claims().find(|(claim, _)| matches!(claim, Code(other) if *other == code));
    if let Some((owner, text)) = exactly.or(containing) {
        By::Message(owner, text)
    } else if let Some((_, owner)) = alone {
        By::Code(owner)
    } else {
        By::Default
    }
}

fn outcome(by: &By) -> usize {
    match by {
        By::Message(owner, _) | By::Code(owner) => *owner,
        By::Default => OUTCOMES.len() - 1,
    }
}

/// Messages: each text alone, within another message, and two texts in one message.
const TEXTS: [&str; 10] = [
    "late",
    "too late",
    "so late",
    "it is too late",
    "too",
    "too much",
    "soon",
    "late or soon",
    "late and too much",
    "other",
];

/// Whether a known answer has another outcome now. These changes are not breaking: an unknown code
/// becomes known, a message is distinguished from others with its code, or another text decides
/// that is unrelated to the earlier ones.
fn breaks(was: &Owners, is: &Owners) -> bool {
    let told_before = |code: &str, message: &str, now: &str| {
        CLAIMS.iter().zip(was).any(|(claim, owner)| match claim {
            Containing(other, text) => {
                let related = text.contains(now) || now.contains(text);
                owner.is_some() && *other == code && message.contains(text) && related
            }
            Message(other, text) => owner.is_some() && *other == code && *text == message,
            Code(_) | Status(_) => false,
        })
    };
    let answers = ["X", "Y"].into_iter();
    let mut answers = answers.flat_map(|code| TEXTS.map(|message| (code, message)));
    let answer = answers.any(|(code, message)| {
        let (old, new) = (read(was, code, message), read(is, code, message));
        let excused = match (&old, &new) {
            (By::Default, _) | (By::Code(_), By::Message(..)) => true,
            (By::Message(..), By::Message(_, now)) => !told_before(code, message, now),
            _ => false,
        };
        !excused && outcome(&old) != outcome(&new)
    });
    let mut statuses = CLAIMS.iter().zip(was.iter().zip(is));
    let status = statuses
        .any(|(claim, (old, new))| matches!(claim, Status(_)) && old.is_some() && old != new);
    answer || status
}

/// Whether a claim moved to another outcome, even if it has no influence.
fn moves(was: &Owners, is: &Owners) -> bool {
    let mut owners = was.iter().zip(is);
    owners.any(|(old, new)| old.is_some() && new.is_some() && old != new)
}

fn check(was: &Owners, is: &Owners) -> Result<(), TestCaseError> {
    let mut major = changes(&contract(was), &contract(is));
    prop_assert_eq!(major.is_empty(), was == is);
    major.retain(|change| change.class == Class::Major);
    if breaks(was, is) {
        prop_assert!(!major.is_empty());
    } else if !moves(was, is) {
        prop_assert!(major.is_empty(), "{:#?}", major);
    }
    Ok(())
}

proptest! {
    #[test]
    fn an_answer_with_another_outcome_is_breaking(was in owners(), is in owners()) {
        check(&was, &is)?;
    }

    #[test]
    fn one_claim_that_changes_hands_breaks_or_not(
        was in owners(),
        claim in 0..CLAIMS.len(),
        owner in prop::option::of(0..OUTCOMES.len()),
    ) {
        let mut is = was.clone();
        is[claim] = owner;
        check(&was, &is)?;
    }
}
