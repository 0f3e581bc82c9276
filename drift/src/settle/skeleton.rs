//! The path and the schemas of an operation that the contract does not have, ready to paste. Names that a
//! person must choose are placeholders, which the reader of contracts refuses.

mod known;
mod meaning;
mod request;
mod response;

use face_search_enroll_contract::Contract;
use face_search_enroll_vendor_page::VendorPage;

use super::region::named;
use crate::{
    edit::{Edit, Place},
    pieces::{host_of, method},
    yaml::{line, quoted, unindented},
};
use known::Skeleton;
pub(super) use request::new_property as new_parameter;
pub(super) use response::{new_member, new_property as new_field};

/// The edits that add the operation: its path and its schemas.
pub(super) fn edits(contract: &Contract, operation: &str, page: &VendorPage) -> Vec<Edit> {
    let skeleton = Skeleton::of(contract, operation, page);
    let (mut item, mut schemas) = (String::new(), String::new());
    skeleton.path_item(&mut item, page.paths().first().copied().unwrap_or_default());
    request::schema(&skeleton, &mut schemas);
    response::schemas(&skeleton, &mut schemas);
    vec![
        Place::of(["paths"]).insert(unindented(&item, 0)),
        Place::of(["components", "schemas"]).insert(unindented(&schemas, 2)),
    ]
}

impl Skeleton<'_> {
    fn path_item(&self, out: &mut String, path: &str) {
        let title = self.page.title.as_ref();
        let title = title.map_or("NAME", |title| &title.value);
        line(out, 0, &format!("{path}:"));
        line(out, 2, &format!("{}:", method(self.page)));
        line(out, 4, &format!("operationId: {}", self.operation));
        line(out, 4, &format!("x-title: {}", quoted(title)));
        line(out, 4, "summary: SUMMARY");
        if !self.takes_token() {
            line(out, 4, "security: []");
        }
        self.notes(out);
        self.servers(out);
        request::body(self, out);
        response::answer(self, out);
        self.meanings.write(out);
    }

    /// The notes of the page. The summary must say what they say.
    fn notes(&self, out: &mut String) {
        if !self.page.notes.is_empty() {
            line(out, 4, "x-notes:");
        }
        for note in &self.page.notes {
            line(
                out,
                6,
                &format!("- {{ digest: {:?}, told: summary }}", note.digest),
            );
        }
    }

    fn takes_token(&self) -> bool {
        let operations = self.contract.operations.iter();
        let mut tokens = operations.filter_map(|operation| operation.token_header.as_ref());
        let example = self.page.request_example.iter();
        let sent = example.flat_map(|example| example.headers.iter().map(|it| &it.name));
        let described = self.page.header_parameters.iter().map(|it| &it.name);
        let headers: Vec<_> = sent.chain(described).collect();
        tokens.any(|token| headers.iter().any(|it| it.eq_ignore_ascii_case(token)))
    }

    /// The servers of the page, if they differ from those of the regions.
    fn servers(&self, out: &mut String) {
        let regions = &self.contract.regions;
        let mut hosts: Vec<&str> = Vec::new();
        for address in &self.page.addresses {
            let host = host_of(&address.url);
            if !hosts.contains(&host) {
                hosts.push(host);
            }
        }
        let missing = regions
            .iter()
            .filter(|region| !hosts.contains(&region.host.as_str()));
        let missing: Vec<_> = missing.collect();
        if missing.is_empty() && hosts.len() == regions.len() {
            return;
        }
        line(out, 4, "servers:");
        for host in hosts {
            let region = regions.iter().find(|region| region.host == host);
            let name = region.map(|region| region.name.value.clone());
            let name = name.unwrap_or_else(|| named(self.contract, host).title);
            line(out, 6, &format!("- url: https://{host}"));
            line(out, 6, &format!("  description: {}", quoted(&name)));
        }
        // A client calls every operation in its region.
        for region in missing {
            line(out, 6, &format!("- url: {}", region.url));
            line(out, 6, &format!("  description: {}", region.name));
            line(out, 6, "  x-source: ours");
        }
    }
}
