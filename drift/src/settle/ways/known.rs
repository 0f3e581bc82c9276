//! The contract and the page, for those who look for ways.

use face_search_enroll_contract::{Contract, Operation, yaml::Node};
use face_search_enroll_vendor_page::VendorPage;

use crate::{compare::Own, edit::Place};

#[derive(Clone, Copy)]
pub(super) struct Known<'k> {
    pub(super) contract: &'k Contract,
    pub(super) operation: &'k Operation,
    pub(super) page: &'k VendorPage,
}

impl<'k> Known<'k> {
    pub(super) fn own(self) -> Own<'k> {
        Own {
            contract: self.contract,
            operation: self.operation,
        }
    }

    /// The operation.
    pub(super) fn place(self) -> Place {
        of_operation(self.operation)
    }

    /// The schema of the request.
    pub(super) fn request_schema(self) -> Place {
        schema(&self.operation.request.schema)
    }

    /// The schema of the answer.
    pub(super) fn response_schema(self) -> Place {
        schema(&self.operation.response.schema)
    }

    /// The examples of the request.
    pub(super) fn request_examples(self) -> Place {
        let content = self.place().key("requestBody").key("content");
        let media_type = &self.operation.request.media_type;
        content.key(media_type).key("examples")
    }

    /// The examples of the answer.
    pub(super) fn examples(self) -> Place {
        let Operation {
            status, response, ..
        } = self.operation;
        let answer = self.place().key("responses").key(&status.to_string());
        let content = answer.key("content").key(&response.media_type);
        content.key("examples")
    }

    /// An outcome of the operation.
    pub(super) fn outcome(self, name: &str) -> Place {
        self.place().key("x-outcomes").key(name)
    }
}

pub(super) fn of_operation(operation: &Operation) -> Place {
    let method = operation.method.to_ascii_lowercase();
    Place::of(["paths", &operation.path, &method])
}

/// The value of `key` of an operation.
pub(super) fn value_of<'k>(
    contract: &'k Contract,
    operation: &Operation,
    key: &str,
) -> Option<&'k Node> {
    let method = operation.method.to_ascii_lowercase();
    let path = ["paths", &operation.path, &method, key];
    contract.tree.at_path(&path)
}

pub(super) fn schema(name: &str) -> Place {
    Place::of(["components", "schemas", name])
}
