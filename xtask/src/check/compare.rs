//! Fact by fact, in the order of the page.

mod own;
mod paste;
mod request;
mod response;

use face_search_enroll_contract::{Contract, Example, Outcome};
use serde_json::Value as Json;

use super::finding::{Checked, Said, Verdict};
use face_search_enroll_vendor_page::{Body, VendorPage};

/// Compares the contract with what a page states. Errata are not applied yet.
#[must_use]
pub fn compare(contract: &Contract, page: &VendorPage) -> Checked {
    let mut compare = Compare {
        contract,
        page,
        checked: Checked::default(),
    };
    compare.readable();
    compare.title();
    compare.request_example();
    compare.addresses();
    compare.header_parameters();
    compare.request_parameters();
    compare.response_fields();
    compare.response_codes();
    compare.response_examples();
    compare.own_examples();
    compare.own_rules();
    compare.checked
}

struct Compare<'c> {
    contract: &'c Contract,
    page: &'c VendorPage,
    checked: Checked,
}

impl<'c> Compare<'c> {
    fn readable(&mut self) {
        for section in self.page.missing_sections() {
            self.checked.found(
                Verdict::Unreadable,
                format!("section {section}"),
                None,
                None,
                "the page has no such section, or nothing in it; save the whole page",
            );
        }
        for unread in &self.page.unread {
            self.checked.found(
                Verdict::Unreadable,
                format!("row in {}", unread.section),
                Some(Said::on_page("a row that cannot be read", unread.line)),
                None,
                "look at the page: the table may have a new form",
            );
        }
    }

    /// The JSON of a body of the page; one that is broken is a finding.
    fn readable_body(&mut self, fact: &str, body: &Body) -> Option<Json> {
        match &body.json {
            Ok(json) => Some(json.clone()),
            Err(broken) => {
                self.checked.found(
                    Verdict::Unreadable,
                    fact,
                    Some(Said::on_page(&broken.reason, broken.line)),
                    None,
                    "the page prints no JSON here; compare by hand, and write an erratum",
                );
                None
            }
        }
    }

    /// The addresses of the contract, with the line of their server.
    fn urls(&self) -> Vec<(String, usize)> {
        let path = &self.contract.operation.path.value;
        let regions = self.contract.regions.iter();
        regions
            .map(|region| (format!("{}{path}", region.url), region.url.at.line))
            .collect()
    }

    /// What a property of a schema says under `key`.
    fn property(&self, schema: &str, name: &str, key: &str) -> Option<Said> {
        let path = ["components", "schemas", schema, "properties", name, key];
        let node = self.contract.tree.at_path(&path)?;
        let text = node
            .as_str()
            .map_or_else(|| node.to_json().to_string(), str::to_owned);
        Some(Said::new(text, node.at.line))
    }

    /// The example of this pair, with the message as it is written.
    fn example(&self, code: &str, message: &str) -> Option<&'c Example> {
        let mut examples = self.contract.examples.iter();
        examples.find(|example| example.code.value == code && example.message.value == message)
    }

    fn outcome(&self, name: &str) -> Option<&'c Outcome> {
        self.contract
            .outcomes
            .iter()
            .find(|outcome| outcome.name.value == name)
    }
}

fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split('/').next().unwrap_or_default()
}
