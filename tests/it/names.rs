//! The text that `Display` gives for an enum is also what it is parsed from and serialised as.

use std::{collections::BTreeSet, fmt::Display, str::FromStr};

use face_search_enroll::{Code, ConnectReason, InFaceSet, Outcome, Region, Retry, Stage};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{from_value, json, to_value};

fn assert_named<T>(values: &[T])
where
    T: Copy + PartialEq + std::fmt::Debug + Display + FromStr<Err: Display + std::fmt::Debug>,
{
    let mut names = BTreeSet::new();
    for value in values {
        let name = value.to_string();
        assert_eq!(name.parse::<T>().unwrap(), *value);
        names.insert(name);
    }
    assert_eq!(names.len(), values.len());
    let error = "no such name".parse::<T>().unwrap_err().to_string();
    for name in names {
        assert!(error.contains(&name), "{error}");
    }
}

#[test]
fn enums_are_parsed_from_their_displayed_text() {
    assert_named(Outcome::ALL);
    assert_named(Stage::ALL);
    assert_named(Region::ALL);
    assert_eq!(
        "enroled".parse::<Stage>().unwrap_err().to_string(),
        "unknown stage \"enroled\"; use one of invalid, token, connect, no-answer, unreadable, rejected"
    );
    assert_eq!("SUCCESS".parse(), Ok(Code::Success));
    let unlisted: Code = "SOMETHING_NEW".parse().unwrap();
    assert_eq!(unlisted.to_string(), "SOMETHING_NEW");
}

#[test]
fn enums_are_serialised_as_their_names() {
    fn assert_serialised<T>(value: T, json: &serde_json::Value)
    where
        T: Copy + Serialize + DeserializeOwned + PartialEq + std::fmt::Debug,
    {
        assert_eq!(to_value(value).unwrap(), *json);
        assert_eq!(from_value::<T>(json.clone()).unwrap(), value);
    }

    for outcome in Outcome::ALL {
        assert_serialised(*outcome, &json!(outcome.as_str()));
    }
    for stage in Stage::ALL {
        assert_serialised(*stage, &json!(stage.as_str()));
    }
    for region in Region::ALL {
        assert_serialised(*region, &json!(region.code()));
    }
    assert_serialised(Retry::RefreshToken, &json!("refresh-token"));
    assert_serialised(InFaceSet::Unknown, &json!("unknown"));
    assert_serialised(ConnectReason::TimedOut, &json!("timed-out"));

    // A configuration may use any name of a region.
    assert_eq!(
        from_value::<Region>(json!("SGP")).unwrap(),
        Region::Singapore
    );
    let error = from_value::<Region>(json!("atlantis")).unwrap_err();
    assert!(error.to_string().contains("unknown region"), "{error}");
}
