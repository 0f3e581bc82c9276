//! Addresses, with their methods and media types.

use face_search_enroll_vendor_page::VendorPage;

use super::{
    contract::Own,
    fact::{Fact, Sides, located, on_page},
};
use crate::{
    pieces::{host_of, path_of},
    subject::Subject,
};

pub(super) fn of(own: Own<'_>, page: &VendorPage) -> Sides {
    let stated = page.addresses.iter().flat_map(|address| {
        let url = &address.url;
        let said = |text: &Option<String>| Some(on_page(text.as_deref()?, address.line));
        [
            Fact::new(
                format!("address {url}"),
                on_page(url, address.line),
                "add a server for its host",
            )
            .key(host_of(url))
            .about(address_of(own, url)),
            Fact::new(
                format!("address {url} method"),
                said(&address.method),
                "an operation has one method; ask the vendor, then correct the contract or write an erratum",
            )
            .key("method")
            .about(method_of(address.method.as_deref())),
            Fact::new(
                format!("address {url} media type"),
                said(&address.media_type),
                "a request has one media type; ask the vendor, then correct the contract or write an erratum",
            )
            .key("media type"),
        ]
    });
    let operation = own.operation;
    let own = operation.servers.iter().map(|server| {
        let url = own.url(&server.url);
        Fact::new(
            format!("address {url}"),
            (url.clone(), server.url.at.line),
            "ask the vendor before you remove the server: callers of this region lose it",
        )
        .key(host_of(&url))
        .wanted(server.source.is_none())
        .about(Subject::Server(host_of(&url).to_owned()))
        .mend("correct the path, or add an operation with the other path")
    });
    let own = own.chain([
        Fact::optional("method", located(&operation.method)),
        Fact::optional("media type", located(&operation.request.media_type)),
    ]);
    (stated.collect(), own.collect())
}

pub(super) fn method_of(method: Option<&str>) -> Subject {
    method.map_or(Subject::Page, |method| Subject::Method(method.to_owned()))
}

/// The subject of an address: an unknown server, or another path on a known server.
pub(super) fn address_of(own: Own<'_>, url: &str) -> Subject {
    let host = host_of(url);
    let mut servers = own.operation.servers.iter();
    if !servers.any(|server| host_of(&server.url) == host) {
        Subject::Server(host.to_owned())
    } else if path_of(url) == own.operation.path.value {
        Subject::Page
    } else {
        Subject::Path(path_of(url).to_owned())
    }
}
