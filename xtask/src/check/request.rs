//! What both sides state of the request: title, example, addresses, parameters.

use face_search_enroll_contract::Contract;
use face_search_enroll_vendor_page::{Parameter, VendorPage};

use super::{
    contract::{property, urls},
    fact::{Fact, Sides, located, on_page, sourced},
    finding::Verdict,
    paste::{self, host_of},
};

pub(super) fn title(contract: &Contract, page: &VendorPage) -> Sides {
    let said = sourced(page.title.as_ref());
    let own = Fact::optional("title", located(&contract.title));
    let stated = Fact::new("title", said, "write it as info.title");
    (vec![stated], vec![own])
}

pub(super) fn example(contract: &Contract, page: &VendorPage) -> Sides {
    let Some(example) = &page.request_example else {
        return Sides::default();
    };
    let mut stated = vec![Fact::new(
        "request example method",
        sourced(example.method.as_ref()),
        "write it as the method of the operation",
    )];
    stated.extend(example.address.as_ref().map(|address| {
        let hint = "write a server for its host, or mend the path";
        Fact::new("request example address", sourced(Some(address)), hint).key(&address.value)
    }));
    stated.extend(example.headers.iter().map(|header| {
        let name = format!("request example header {}", header.name);
        if header.name.eq_ignore_ascii_case("content-type") {
            let hint = "write it as the media type of the request body";
            Fact::new(name, on_page(&header.value, header.line), hint).key("media type")
        } else {
            let hint = "write it as a security scheme or a header parameter";
            Fact::new(name, on_page(&header.name, header.line), hint)
        }
    }));
    stated.extend(example.body.as_ref().map(|body| {
        let name = "request example body";
        match &body.json {
            Ok(json) => {
                let hint = "write it as the value of the request example";
                Fact::new(name, on_page(json.to_string(), body.line), hint)
            }
            Err(broken) => Fact::broken(name, broken),
        }
    }));
    stated.extend(example.slips.iter().map(|slip| {
        let said = on_page(slip.kind.as_str(), slip.line);
        let hint = "the command cannot run as printed; write an erratum";
        Fact::new(format!("request example slip {}", slip.kind), said, hint).wrong(Verdict::Differs)
    }));

    let operation = &contract.operation;
    let token = &operation.token_header;
    let mut own = vec![
        Fact::optional("request example method", located(&operation.method)),
        Fact::optional("media type", located(&operation.request.media_type)),
        Fact::optional(format!("request example header {token}"), located(token)),
    ];
    own.extend(urls(contract).map(|(url, line)| Fact::optional(&url, (url.clone(), line))));
    own.extend(contract.request_examples.iter().map(|example| {
        let said = (example.body.to_string(), example.body.at.line);
        Fact::optional("request example body", said)
    }));
    (stated, own)
}

pub(super) fn addresses(contract: &Contract, page: &VendorPage) -> Sides {
    let stated = page.addresses.iter().flat_map(|address| {
        let url = &address.url;
        let said = |text: &Option<String>| Some(on_page(text.as_deref()?, address.line));
        [
            Fact::new(
                format!("address {url}"),
                on_page(url, address.line),
                paste::new_server(url),
            )
            .key(host_of(url)),
            Fact::new(
                format!("address {url} method"),
                said(&address.method),
                "a contract has one method; ask the vendor, and write an erratum or mend it",
            )
            .key("method"),
            Fact::new(
                format!("address {url} media type"),
                said(&address.media_type),
                "a contract has one media type; ask the vendor, and write an erratum or mend it",
            )
            .key("media type"),
        ]
    });
    let operation = &contract.operation;
    let own = urls(contract).map(|(url, line)| {
        Fact::new(
            format!("address {url}"),
            (url.clone(), line),
            "take the server away: callers of this region lose it, so ask the vendor first",
        )
        .key(host_of(&url))
        .mend("mend the path, or write a contract for the other one")
    });
    let own = own.chain([
        Fact::optional("method", located(&operation.method)),
        Fact::optional("media type", located(&operation.request.media_type)),
    ]);
    (stated.collect(), own.collect())
}

pub(super) fn header_parameters(contract: &Contract, page: &VendorPage) -> Sides {
    let hint = "write it as the name of the security scheme, or as a header parameter";
    let stated = page.header_parameters.iter();
    let stated = stated.map(|it| parameter("header parameter", it, hint));
    let token = &contract.operation.token_header;
    let name = format!("header parameter {token}");
    // The value of an apiKey is always a string.
    let kind = ("string".to_owned(), token.at.line);
    let kind = Fact::optional(format!("{name} type"), kind);
    let hint = "the token may have another header now; mend the name of the security scheme";
    let own = Fact::new(name, located(token), hint).with(vec![kind]);
    (stated.collect(), vec![own])
}

pub(super) fn parameters(contract: &Contract, page: &VendorPage) -> Sides {
    let body = &contract.operation.request;
    let hint = format!("write it under properties of {}", body.schema);
    let stated = page.request_parameters.iter();
    let stated = stated.map(|it| parameter("request parameter", it, &hint));
    let own = body.fields.iter().map(|field| {
        let name = format!("request parameter {}", field.name);
        let kind = property(contract, &body.schema, &field.name, "type");
        let kind = Fact::optional(format!("{name} type"), kind);
        let hint = format!("take it from the properties of {}", body.schema);
        Fact::new(name, located(&field.name), hint).with(vec![kind])
    });
    (stated.collect(), own.collect())
}

fn parameter(kind: &str, parameter: &Parameter, hint: &str) -> Fact {
    let Parameter {
        name,
        type_name,
        optional: _,
        default: _,
        minimum: _,
        maximum: _,
        digits: _,
        line,
    } = parameter;
    let fact = format!("{kind} {name}");
    let type_name = type_name.as_ref().map(|type_name| {
        let hint = "write it as the type of the property";
        Fact::new(format!("{fact} type"), on_page(type_name, *line), hint)
    });
    Fact::new(fact, on_page(name, *line), hint).with(type_name.into_iter().collect())
}
