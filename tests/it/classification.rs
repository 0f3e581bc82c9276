//! Answers are classified by code and message according to the contract.

use face_search_enroll::{Code, Outcome};
use face_search_enroll::{InFaceSet, Retry};
use face_search_enroll_contract::{
    Effected, Match, Outcome as ContractOutcome, Retry as ContractRetry, Scope,
};

use crate::{CONTRACT, operation};

fn outcome(name: &str) -> Outcome {
    *Outcome::ALL
        .iter()
        .find(|outcome| outcome.as_str() == name)
        .unwrap()
}

#[test]
fn every_example_means_the_outcome_that_it_names() {
    for example in &operation().examples {
        assert_eq!(
            Outcome::classify(&example.code, &example.message),
            outcome(&example.outcome),
            "{}",
            example.name
        );
    }
}

#[test]
fn every_rule_leads_to_its_outcome() {
    for expected in &operation().outcomes {
        for rule in &expected.rules {
            let message = match &rule.message {
                Match::Exactly(text) => text.clone(),
                Match::Containing(text) => format!("at 12:00: {text} (10)"),
                Match::Any => "a message that nobody has seen".to_owned(),
            };
            assert_eq!(
                Outcome::classify(&rule.code, &message),
                outcome(&expected.name),
                "{} with {message:?}",
                rule.code
            );
        }
        for status in &expected.statuses {
            assert_eq!(
                Outcome::of_status(status.value),
                Some(outcome(&expected.name))
            );
        }
    }
}

#[test]
fn messages_are_compared_without_case_outer_space_and_final_punctuation() {
    for example in &operation().examples {
        let message = example.message.trim_end_matches('.');
        for variant in [
            message.to_uppercase(),
            format!("  {}\r\n", message.to_lowercase()),
            format!("{message}."),
            format!("{message} !"),
        ] {
            assert_eq!(
                Outcome::classify(&example.code, &variant),
                outcome(&example.outcome),
                "{variant:?}"
            );
        }
    }
}

/// A changed message makes the outcome less precise, but never leads to the outcome of another
/// code.
#[test]
fn after_a_changed_message_the_code_decides() {
    let rules = |outcome: &'static ContractOutcome| outcome.rules.iter();
    let known = operation().outcomes.iter().flat_map(rules);
    for code in known.map(|rule| rule.code.as_str()) {
        let alone = operation().outcomes.iter().find(|outcome| {
            let mut rules = outcome.rules.iter();
            rules.any(|rule| rule.code.value == code && rule.message == Match::Any)
        });
        let expected = alone.expect("every code has an outcome for any message");
        for message in ["", "reworded", "réécrit", "\u{1F600}"] {
            assert_eq!(
                Outcome::classify(code, message),
                outcome(&expected.name),
                "{code} with {message:?}"
            );
        }
    }
}

#[test]
fn the_message_of_another_code_does_not_count() {
    for example in &operation().examples {
        let unlisted = Outcome::classify("NEVER_HEARD_OF", &example.message);
        assert_eq!(unlisted, Outcome::Unlisted);
    }
}

/// The example on the page has this code, although the table on the page has another one.
#[test]
fn already_enrolled_is_read_under_both_codes() {
    let pairs = operation()
        .examples
        .iter()
        .filter(|example| example.outcome.value == Outcome::AlreadyEnrolled.as_str());
    let codes: Vec<_> = pairs
        .map(|example| {
            assert_eq!(
                Outcome::classify(&example.code, &example.message),
                Outcome::AlreadyEnrolled
            );
            example.code.as_str()
        })
        .collect();
    assert_eq!(codes.len(), 2);
    assert_ne!(codes[0], codes[1]);
}

#[test]
fn outcomes_have_the_facts_of_the_contract() {
    assert_eq!(Outcome::ALL.len(), operation().outcomes.len());
    for (outcome, fact) in Outcome::ALL.iter().zip(&operation().outcomes) {
        assert_eq!(outcome.as_str(), fact.name.value);
        assert_eq!(outcome.summary(), fact.summary);
        assert_eq!(outcome.action(), fact.action);
        assert_eq!(
            outcome.in_face_set(),
            match fact.effect.unwrap() {
                Effected::Yes => InFaceSet::Yes,
                Effected::No => InFaceSet::No,
                Effected::Unknown => InFaceSet::Unknown,
            }
        );
        assert_eq!(
            outcome.retry(),
            match fact.retry {
                ContractRetry::Never => Retry::Never,
                ContractRetry::Backoff => Retry::Backoff,
                ContractRetry::Throttled => Retry::Throttled,
                ContractRetry::RefreshToken => Retry::RefreshToken,
                ContractRetry::ByStatus => Retry::ByStatus,
            }
        );
        assert_eq!(outcome.is_account_wide(), fact.scope == Scope::Account);
        for rule in &fact.rules {
            assert!(outcome.codes().contains(&rule.code.as_str()), "{outcome}");
        }
        for code in outcome.codes() {
            assert!(fact.rules.iter().any(|rule| rule.code.value == *code));
        }
    }
}

#[test]
fn codes_are_parsed_and_printed_as_on_the_wire() {
    for fact in &CONTRACT.codes {
        let code = Code::from(fact.code.as_str());
        assert!(!matches!(code, Code::Unlisted(_)), "{}", fact.code);
        assert_eq!(code.as_str(), fact.code.value);
    }
    let code = Code::from("NEVER_HEARD_OF");
    assert!(matches!(&code, Code::Unlisted(text) if text.as_str() == "NEVER_HEARD_OF"));
}
