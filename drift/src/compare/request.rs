//! The title of the operation, and the example of its request.

use face_search_enroll_vendor_page::VendorPage;
use serde_json::Value as Json;

use super::{
    addresses::{address_of, method_of},
    contract::Own,
    fact::{Fact, Sides, located, on_page, sourced},
};
use crate::{
    finding::Verdict,
    pieces::{has_mask, type_of},
    subject::Subject,
};

pub(super) fn title(own: Own<'_>, page: &VendorPage) -> Sides {
    let said = sourced(page.title.as_ref());
    let title = &own.operation.title;
    let hint = if title.at == own.contract.title.at {
        "set info.title to it"
    } else {
        "set x-title of the operation to it"
    };
    let stated = Fact::new("title", said, hint).about(Subject::Title);
    let own = Fact::optional("title", located(title));
    (vec![stated], vec![own])
}

pub(super) fn example(own: Own<'_>, page: &VendorPage) -> Sides {
    let Some(example) = &page.request_example else {
        return Sides::default();
    };
    let masked = example
        .body
        .as_ref()
        .is_some_and(|body| body.json.as_ref().is_ok_and(has_mask));
    let mut stated = vec![
        Fact::new(
            "request example method",
            sourced(example.method.as_ref()),
            "set the method of the operation to it",
        )
        .about(method_of(
            example.method.as_ref().map(|it| it.value.as_str()),
        )),
    ];
    stated.extend(example.address.as_ref().map(|address| {
        let hint = "add a server for its host, or correct the path";
        Fact::new("request example address", sourced(Some(address)), hint)
            .key(&address.value)
            .about(address_of(own, &address.value))
    }));
    stated.extend(example.headers.iter().map(|header| {
        let written = as_written(own, &header.name);
        let name = format!("request example header {written}");
        if header.name.eq_ignore_ascii_case("content-type") {
            let hint = "set the media type of the request body to it";
            Fact::new(name, on_page(&header.value, header.line), hint).key("media type")
        } else {
            let hint = "clients send no header except that of the token";
            let said = on_page(written, header.line);
            Fact::new(name.clone(), said, hint)
                .key(name.to_ascii_lowercase())
                .about(Subject::Header(header.name.clone()))
        }
    }));
    stated.extend(example.body.as_ref().map(|body| {
        let name = "request example body";
        match &body.json {
            Ok(json) => {
                let hint = "set the value of the request example to it";
                Fact::new(name, on_page(comparable(json, masked), body.line), hint)
                    .about(Subject::RequestExample)
            }
            Err(broken) => Fact::broken(name, broken),
        }
    }));
    stated.extend(example.slips.iter().map(|slip| {
        let said = on_page(slip.kind.as_str(), slip.line);
        let hint = "the command does not run as printed; write an erratum";
        Fact::new(format!("request example slip {}", slip.kind), said, hint).wrong(Verdict::Differs)
    }));

    (stated, own_example(own, masked))
}

/// The name of a header as the contract writes it, if the two differ only in case: header names are
/// case-insensitive (RFC 9110, section 5.1).
pub(super) fn as_written<'n>(own: Own<'n>, name: &'n str) -> &'n str {
    let token = own.operation.token_header.as_ref();
    token
        .filter(|token| token.eq_ignore_ascii_case(name))
        .map_or(name, |token| token.as_str())
}

fn own_example(own: Own<'_>, masked: bool) -> Vec<Fact> {
    let operation = own.operation;
    let mut facts = vec![
        Fact::optional("request example method", located(&operation.method)),
        Fact::optional("media type", located(&operation.request.media_type)),
    ];
    facts.extend(operation.token_header.iter().map(|token| {
        let name = format!("request example header {token}");
        Fact::optional(name.to_ascii_lowercase(), located(token))
    }));
    facts.extend(operation.servers.iter().map(|server| {
        let url = own.url(&server.url);
        Fact::optional(&url, (url.clone(), server.url.at.line))
    }));
    facts.extend(operation.request_examples.iter().map(|example| {
        let said = (comparable(&example.body, masked), example.body.at.line);
        Fact::optional("request example body", said)
    }));
    facts
}

/// A body as text. No example can equal a masked body, so of that the names and types are compared.
fn comparable(body: &Json, masked: bool) -> String {
    match body.as_object().filter(|_| masked) {
        Some(members) => {
            let members = members.iter();
            let members: Vec<_> = members
                .map(|(name, value)| format!("{name}: {}", type_of(value)))
                .collect();
            members.join(", ")
        }
        None => body.to_string(),
    }
}
