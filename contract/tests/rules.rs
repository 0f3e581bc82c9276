//! The checks that the contract makes of a field in a request.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use face_search_enroll_contract::{BrokenRule, Contract, Field, Kind};
use serde_json::json;

/// The field of `base.yaml`, with these rules instead of its own.
fn field(min_length: Option<u64>, max_length: Option<u64>, not_blank: bool) -> Field {
    let contract = Contract::parse("base.yaml", include_str!("cases/base.yaml")).unwrap();
    Field {
        min_length,
        max_length,
        not_blank,
        ..contract.operations[0].request.fields[0].clone()
    }
}

#[test]
fn a_field_without_rules_accepts_any_string() {
    let field = field(None, None, false);
    for text in ["", " ", "id"] {
        assert_eq!(field.check_text(text), Ok(()));
    }
}

#[test]
fn a_string_of_white_space_is_blank() {
    let field = field(Some(1), None, true);
    for text in ["", " ", "\u{a0}\t\n"] {
        assert_eq!(field.check_text(text), Err(BrokenRule::Blank), "{text:?}");
    }
    assert_eq!(field.check_text(" id "), Ok(()));
}

#[test]
fn a_length_counts_characters() {
    let field = field(Some(2), Some(3), false);
    assert_eq!(field.check_text("éé"), Ok(()));
    assert_eq!(field.check_text("ééé"), Ok(()));
    let short = field.check_text("é").unwrap_err();
    assert_eq!(
        short,
        BrokenRule::TooShort {
            length: 1,
            least: 2
        }
    );
    assert_eq!(short.to_string(), "has 1 characters; pass at least 2");
    let long = field.check_text("éééé").unwrap_err();
    assert_eq!(long, BrokenRule::TooLong { length: 4, most: 3 });
    assert_eq!(long.to_string(), "has 4 characters; pass at most 3");
}

#[test]
fn an_integer_is_checked_against_its_bounds_and_is_not_a_string() {
    let field = Field {
        kind: Kind::Integer,
        minimum: Some(60),
        maximum: Some(86400),
        ..field(None, None, false)
    };
    for good in [60, 3600, 86400] {
        assert_eq!(field.check(&json!(good)), Ok(()));
    }
    for (value, says) in [
        (json!(59), "is 59; pass at least 60"),
        (json!(86401), "is 86401; pass at most 86400"),
        (json!("60"), "is not an integer"),
        (json!(60.5), "is not an integer"),
        (json!(null), "is not an integer"),
    ] {
        assert_eq!(field.check(&value).unwrap_err().to_string(), says);
    }
    assert_eq!(
        Field {
            kind: Kind::Text,
            ..field
        }
        .check(&json!(60)),
        Err(BrokenRule::NotText)
    );
}
