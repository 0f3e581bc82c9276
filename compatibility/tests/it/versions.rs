//! How far changes require to raise the version.

use face_search_enroll_compatibility::{Class, Step, least, parse_version};

fn version(text: &str) -> semver::Version {
    parse_version(text).unwrap()
}

#[test]
fn each_class_requires_its_step() {
    for (released, class, expected) in [
        ("1.0.0", Class::Major, "2.0.0"),
        ("1.0.0", Class::Minor, "1.1.0"),
        ("1.0.0", Class::Patch, "1.0.1"),
        ("1.2.3", Class::Major, "2.0.0"),
        ("1.2.3", Class::Minor, "1.3.0"),
        ("1.2.3", Class::Patch, "1.2.4"),
        // Before 1.0.0, breaking changes raise the minor version.
        ("0.1.2", Class::Major, "0.2.0"),
        ("0.1.2", Class::Minor, "0.1.3"),
        ("0.1.2", Class::Patch, "0.1.3"),
    ] {
        let found = least(&version(released), class);
        assert_eq!(found, version(expected), "{class:?} after {released}");
    }
}

#[test]
fn a_version_is_high_enough_or_not() {
    let unchanged = |least| Step::Unchanged {
        least: version(least),
    };
    let lower = |least| Step::Lower {
        least: version(least),
    };
    let small = |least| Step::TooSmall {
        least: version(least),
    };
    for (current, class, expected) in [
        ("1.2.3", None, Step::Fits),
        ("1.2.4", None, Step::Fits),
        ("9.0.0", None, Step::Fits),
        ("1.2.2", None, lower("1.2.3")),
        ("1.2.3", Some(Class::Patch), unchanged("1.2.4")),
        ("1.2.3", Some(Class::Minor), unchanged("1.3.0")),
        ("1.2.3", Some(Class::Major), unchanged("2.0.0")),
        ("1.2.4", Some(Class::Patch), Step::Fits),
        ("1.2.4", Some(Class::Minor), small("1.3.0")),
        ("1.2.4", Some(Class::Major), small("2.0.0")),
        ("1.3.0", Some(Class::Patch), Step::Fits),
        ("1.3.0", Some(Class::Minor), Step::Fits),
        ("1.99.0", Some(Class::Major), small("2.0.0")),
        ("2.0.0", Some(Class::Patch), Step::Fits),
        ("2.0.0", Some(Class::Major), Step::Fits),
        ("3.1.4", Some(Class::Major), Step::Fits),
        ("1.2.2", Some(Class::Patch), lower("1.2.4")),
        ("0.9.9", Some(Class::Major), lower("2.0.0")),
    ] {
        let step = Step::made(&version("1.2.3"), &version(current), class);
        assert_eq!(step, expected, "{current}, {class:?}");
    }
}

#[test]
fn a_version_is_three_numbers() {
    for (text, said) in [
        ("1.0", "write three numbers such as 1.0.0"),
        ("", "write three numbers such as 1.0.0"),
        ("v1.0.0", "write three numbers such as 1.0.0"),
        ("1.0.0-rc.1", "more than three numbers; write 1.0.0"),
        ("1.0.0+build", "more than three numbers; write 1.0.0"),
    ] {
        let error = parse_version(text).unwrap_err();
        assert!(error.contains(said), "{text}: {error}");
    }
}
