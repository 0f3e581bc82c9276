//! The reader replaces the placeholders in prose with facts of the contract.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use face_search_enroll_contract::{Contract, yaml::Node};

const BASE: &str = include_str!("cases/base.yaml");

fn with(old: &str, new: &str) -> Contract {
    assert!(BASE.contains(old), "{old}");
    Contract::parse("base.yaml", &BASE.replacen(old, new, 1)).unwrap()
}

#[test]
fn a_placeholder_is_replaced_by_its_fact() {
    let contract = with(
        "  version: 1.0.0\n",
        "  # ((regions.count)) is filled in, but not in a comment.\n  version: 1.0.0\n  description: |\n    In ((regions.count)) regions, `((regions.o2.host))` for ((regions.o2.name));\n    ((operations.enroll.id)) says \"((operations.enroll.missing.message))\" and takes at least\n    ((schemas.Request.id.minLength)).\n",
    );
    let expected = "In two regions, `two.example` for Two;\nenroll says \"Not there.\" and takes at least\n1.\n";
    assert_eq!(contract.openapi.info.description.as_deref(), Some(expected));
    assert!(contract.text.contains("# ((regions.count)) is"));
    assert!(contract.text.contains("    In two regions, `two.example`"));
    // The text that is published says the same as the tree, line by line.
    let read = Node::parse(&contract.text).unwrap();
    assert_eq!(read.to_json(), contract.tree.to_json());
    let again = Contract::parse("base.yaml", &contract.text).unwrap();
    assert_eq!(again.text, contract.text);
}

#[test]
fn a_new_region_is_counted() {
    let old = "    glossary: A glossary.\nservers:\n";
    let server =
        "  - url: https://three.example\n    x-region: { name: Three, code: o3, country: VN }\n";
    let contract = with(
        old,
        &format!("    glossary: Of ((regions.count)) regions.\nservers:\n{server}"),
    );
    let [source] = contract.sources.as_slice() else {
        panic!("{:?}", contract.sources);
    };
    assert_eq!(source.description, "Of three regions.");
}
