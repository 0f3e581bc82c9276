//! What a text of a request must be, by the rules of its field.

#![allow(clippy::unwrap_used)]

use face_search_enroll_contract::{BrokenRule, Contract, Field};

/// The field of the base, with rules of its own.
fn field(min_length: Option<u64>, max_length: Option<u64>, not_blank: bool) -> Field {
    let contract = Contract::parse("base.yaml", include_str!("cases/base.yaml")).unwrap();
    Field {
        min_length,
        max_length,
        not_blank,
        ..contract
            .operation
            .request
            .fields
            .into_iter()
            .next()
            .unwrap()
    }
}

#[test]
fn a_field_without_rules_takes_any_text() {
    let field = field(None, None, false);
    for text in ["", " ", "id"] {
        assert_eq!(field.check(text), Ok(()));
    }
}

#[test]
fn a_blank_text_is_white_space_alone() {
    let field = field(Some(1), None, true);
    for text in ["", " ", "\u{a0}\t\n"] {
        assert_eq!(field.check(text), Err(BrokenRule::Blank), "{text:?}");
    }
    assert_eq!(field.check(" id "), Ok(()));
}

#[test]
fn a_length_counts_characters() {
    let field = field(Some(2), Some(3), false);
    assert_eq!(field.check("éé"), Ok(()));
    assert_eq!(field.check("ééé"), Ok(()));
    let short = field.check("é").unwrap_err();
    assert_eq!(
        short,
        BrokenRule::TooShort {
            length: 1,
            least: 2
        }
    );
    assert_eq!(short.to_string(), "has 1 characters; pass at least 2");
    let long = field.check("éééé").unwrap_err();
    assert_eq!(long, BrokenRule::TooLong { length: 4, most: 3 });
    assert_eq!(long.to_string(), "has 4 characters; pass at most 3");
}
