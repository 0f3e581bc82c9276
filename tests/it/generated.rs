//! The generated code has a golden copy, so that a newer generator or a changed contract shows up
//! as a diff to review.

#[test]
fn the_generated_code_is_the_golden_copy() {
    let facts = include_str!(concat!(env!("OUT_DIR"), "/facts.rs"));
    let wire = include_str!(concat!(env!("OUT_DIR"), "/wire.rs"));
    crate::assert_file("tests/golden/facts.rs", facts);
    crate::assert_file("tests/golden/wire.rs", wire);
}
