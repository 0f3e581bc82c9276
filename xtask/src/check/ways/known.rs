//! What is known where ways are thought of: the contract, and the page that it is held against.

use face_search_enroll_contract::{Contract, Operation};
use face_search_enroll_vendor_page::VendorPage;

use crate::check::edit::Place;

#[derive(Clone, Copy)]
pub(super) struct Known<'k> {
    pub(super) contract: &'k Contract,
    pub(super) operation: &'k Operation,
    pub(super) page: &'k VendorPage,
}

impl Known<'_> {
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

pub(super) fn schema(name: &str) -> Place {
    Place::of(["components", "schemas", name])
}
