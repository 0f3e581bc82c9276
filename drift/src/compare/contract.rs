//! Looks things up in the contract.

use face_search_enroll_contract::{
    Contract, Operation,
    envelope::CODE,
    yaml::{Key, Node},
};

use super::fact::Quote;

/// An operation, with its contract.
#[derive(Clone, Copy)]
pub(crate) struct Own<'c> {
    pub(crate) contract: &'c Contract,
    pub(crate) operation: &'c Operation,
}

impl<'c> Own<'c> {
    /// The address of the operation at a server.
    pub(crate) fn url(self, server: &str) -> String {
        format!("{server}{}", self.operation.path)
    }

    /// The value of `key` of a property of a schema.
    pub(crate) fn rule(self, schema: &str, name: &str, key: &str) -> Option<&'c Node> {
        let path = ["components", "schemas", schema, "properties", name, key];
        self.contract.tree.at_path(&path)
    }

    /// The same as text, with its line.
    pub(crate) fn property(self, schema: &str, name: &str, key: &str) -> Option<Quote> {
        let node = self.rule(schema, name, key)?;
        let text = node
            .as_str()
            .map_or_else(|| node.to_json().to_string(), str::to_owned);
        Some((text, node.at.line))
    }

    /// The schema that a property refers to.
    pub(crate) fn referred(self, schema: &str, name: &str) -> Option<String> {
        let (reference, _) = self.property(schema, name, "$ref")?;
        reference.rsplit('/').next().map(str::to_owned)
    }

    /// The properties of the schema that a property refers to.
    pub(crate) fn members(self, schema: &str, name: &str) -> &'c [(Key, Node)] {
        let tree = &self.contract.tree;
        self.referred(schema, name)
            .and_then(|schema| tree.at_path(&["components", "schemas", &schema, "properties"]))
            .map_or(&[], Node::entries)
    }

    /// The schema that lists the codes.
    pub(crate) fn code_schema(self) -> String {
        self.referred(&self.operation.response.schema, CODE)
            .unwrap_or_default()
    }
}
