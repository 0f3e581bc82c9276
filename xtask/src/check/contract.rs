//! Looking things up in the contract.

use face_search_enroll_contract::{
    Contract,
    yaml::{Key, Node},
};

use super::fact::Quote;

/// The addresses of the contract, with the line of their server.
pub(super) fn urls(contract: &Contract) -> impl Iterator<Item = Quote> {
    let path = &contract.operation.path;
    let regions = contract.regions.iter();
    regions.map(move |region| (format!("{}{path}", region.url), region.url.at.line))
}

/// What a property of a schema says under `key`.
pub(super) fn property(contract: &Contract, schema: &str, name: &str, key: &str) -> Option<Quote> {
    let path = ["components", "schemas", schema, "properties", name, key];
    let node = contract.tree.at_path(&path)?;
    let text = node
        .as_str()
        .map_or_else(|| node.to_json().to_string(), str::to_owned);
    Some((text, node.at.line))
}

/// The properties of the schema that a property refers to.
pub(super) fn members<'c>(contract: &'c Contract, schema: &str, name: &str) -> &'c [(Key, Node)] {
    property(contract, schema, name, "$ref")
        .and_then(|(reference, _)| {
            let schema = reference.rsplit('/').next()?;
            let path = ["components", "schemas", schema, "properties"];
            contract.tree.at_path(&path)
        })
        .map_or(&[], Node::entries)
}
