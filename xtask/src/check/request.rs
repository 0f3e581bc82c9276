//! What both sides state of the request: title, example, addresses, parameters.

use face_search_enroll_vendor_page::{Parameter, VendorPage};

use serde_json::Value as Json;

use super::{
    contract::Own,
    fact::{Fact, Sides, located, on_page, sourced},
    finding::Verdict,
    pieces::{host_of, limits, path_of, type_of},
    subject::Subject,
};

pub(super) fn title(own: Own<'_>, page: &VendorPage) -> Sides {
    let said = sourced(page.title.as_ref());
    let title = &own.operation.title;
    let hint = if title.at == own.contract.title.at {
        "write it as info.title"
    } else {
        "write it as x-title of the operation"
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
        .is_some_and(|body| is_masked(&body.json));
    let mut stated = vec![
        Fact::new(
            "request example method",
            sourced(example.method.as_ref()),
            "write it as the method of the operation",
        )
        .about(method_of(
            example.method.as_ref().map(|it| it.value.as_str()),
        )),
    ];
    stated.extend(example.address.as_ref().map(|address| {
        let hint = "write a server for its host, or mend the path";
        Fact::new("request example address", sourced(Some(address)), hint)
            .key(&address.value)
            .about(address_of(own, &address.value))
    }));
    stated.extend(example.headers.iter().map(|header| {
        let written = as_written(own, &header.name);
        let name = format!("request example header {written}");
        if header.name.eq_ignore_ascii_case("content-type") {
            let hint = "write it as the media type of the request body";
            Fact::new(name, on_page(&header.value, header.line), hint).key("media type")
        } else {
            let hint = "a client sends no header but that of the token";
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
                let hint = "write it as the value of the request example";
                Fact::new(name, on_page(comparable(json, masked), body.line), hint)
                    .about(Subject::RequestExample)
            }
            Err(broken) => Fact::broken(name, broken),
        }
    }));
    stated.extend(example.slips.iter().map(|slip| {
        let said = on_page(slip.kind.as_str(), slip.line);
        let hint = "the command cannot run as printed; write an erratum";
        Fact::new(format!("request example slip {}", slip.kind), said, hint).wrong(Verdict::Differs)
    }));

    (stated, own_example(own, masked))
}

/// The name of a header as the contract writes it, where the case alone is another: it says nothing, by
/// RFC 9110, section 5.1.
fn as_written<'n>(own: Own<'n>, name: &'n str) -> &'n str {
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

fn method_of(method: Option<&str>) -> Subject {
    method.map_or(Subject::Page, |method| Subject::Method(method.to_owned()))
}

/// What an address is about: a server that is not known, or another path at one that is.
fn address_of(own: Own<'_>, url: &str) -> Subject {
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

/// Whether a printed body has stars in place of a part of a value.
fn is_masked<E>(body: &Result<Json, E>) -> bool {
    let members = body.as_ref().ok().and_then(Json::as_object);
    let mut values = members.into_iter().flat_map(|members| members.values());
    values.any(|value| value.as_str().is_some_and(|text| text.contains("**")))
}

/// A body as text; of a masked one, which no example can equal, the names and the types.
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

pub(super) fn addresses(own: Own<'_>, page: &VendorPage) -> Sides {
    let stated = page.addresses.iter().flat_map(|address| {
        let url = &address.url;
        let said = |text: &Option<String>| Some(on_page(text.as_deref()?, address.line));
        [
            Fact::new(
                format!("address {url}"),
                on_page(url, address.line),
                "write a server for its host",
            )
            .key(host_of(url))
            .about(address_of(own, url)),
            Fact::new(
                format!("address {url} method"),
                said(&address.method),
                "a contract has one method; ask the vendor, and write an erratum or mend it",
            )
            .key("method")
            .about(method_of(address.method.as_deref())),
            Fact::new(
                format!("address {url} media type"),
                said(&address.media_type),
                "a contract has one media type; ask the vendor, and write an erratum or mend it",
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
            "take the server away: callers of this region lose it, so ask the vendor first",
        )
        .key(host_of(&url))
        .wanted(server.source.is_none())
        .about(Subject::Server(host_of(&url).to_owned()))
        .mend("mend the path, or write a contract for the other one")
    });
    let own = own.chain([
        Fact::optional("method", located(&operation.method)),
        Fact::optional("media type", located(&operation.request.media_type)),
    ]);
    (stated.collect(), own.collect())
}

pub(super) fn header_parameters(own: Own<'_>, page: &VendorPage) -> Sides {
    let hint = "a client sends no header but that of the token";
    let stated = page.header_parameters.iter().map(|it| {
        let spelled = Parameter {
            name: as_written(own, &it.name).to_owned(),
            ..it.clone()
        };
        parameter("header parameter", &spelled, hint).about(Subject::Header(it.name.clone()))
    });
    let stated = stated.collect();
    let own = own.operation.token_header.iter().map(|token| {
        let name = format!("header parameter {token}");
        // The value of an apiKey is always a string.
        let kind = ("string".to_owned(), token.at.line);
        let kind = Fact::optional(format!("{name} type"), kind);
        let hint = "the token may have another header now, or the page lost it";
        Fact::new(name, located(token), hint)
            .with(vec![kind])
            .about(Subject::Header(token.value.clone()))
    });
    (stated, own.collect())
}

pub(super) fn parameters(own: Own<'_>, page: &VendorPage) -> Sides {
    let body = &own.operation.request;
    let hint = format!("write it under properties of {}", body.schema);
    let stated = page.request_parameters.iter();
    let stated = stated.map(|it| {
        let mut fact = parameter("request parameter", it, &hint);
        fact.details.extend(rules(it, &body.schema));
        for detail in &mut fact.details {
            detail.subject = Subject::ParameterRules(it.name.clone());
        }
        fact.about(Subject::Parameter(it.name.clone()))
    });
    let own = body.fields.iter().map(|field| {
        let name = format!("request parameter {}", field.name);
        let said = |key| own.property(&body.schema, &field.name, key);
        let mut parameters = page.request_parameters.iter();
        let stated = parameters.find(|it| it.name == *field.name);
        let stated = stated.map(stated_rules).unwrap_or_default();
        let from_page = said("x-source").is_none();
        let optional = (!field.required).then(|| ("true".to_owned(), field.name.at.line));
        let rules = RULES.into_iter().zip(stated).map(|(key, stated)| {
            // What the page does not state has the source that the property names.
            let rule = said(key).filter(|_| from_page || stated.is_some());
            Fact::optional(format!("{name} {key}"), rule)
        });
        let mut details = vec![
            Fact::optional(format!("{name} type"), said("type")),
            Fact::optional(format!("{name} optional"), optional),
        ];
        details.extend(rules);
        let hint = format!("take it from the properties of {}", body.schema);
        Fact::new(name, located(&field.name), hint)
            .with(details)
            .about(Subject::Parameter(field.name.value.clone()))
    });
    (stated.collect(), own.collect())
}

/// The keys of a property for what a page may state of the number that it takes.
pub(super) const RULES: [&str; 3] = ["default", "minimum", "maximum"];

/// What the page states for each of them. A number of so many digits has its least and greatest value.
pub(super) fn stated_rules(parameter: &Parameter) -> [Option<u64>; 3] {
    let limits = limits(parameter);
    [parameter.default, limits.0, limits.1]
}

fn rules(parameter: &Parameter, schema: &str) -> Vec<Fact> {
    let name = format!("request parameter {}", parameter.name);
    let optional = parameter.optional.then(|| on_page("true", parameter.line));
    let hint = format!("take it from required of {schema}, or write it there if it must be sent");
    let optional = Fact::new(format!("{name} optional"), optional, hint);
    let digits = parameter
        .digits
        .map(|digits| format!("it has {digits} digits; "));
    let digits = digits.unwrap_or_default();
    let rules = RULES.into_iter().zip(stated_rules(parameter));
    let rules = rules.map(|(key, value)| {
        let said = value.map(|value| on_page(value.to_string(), parameter.line));
        let digits = if key == "default" { "" } else { &digits };
        let hint = match said {
            Some(_) => format!("{digits}write it as {key} of the property"),
            None => {
                format!("take {key} from the property, or write x-source: with where it is from")
            }
        };
        Fact::new(format!("{name} {key}"), said, hint)
    });
    std::iter::once(optional).chain(rules).collect()
}

fn parameter(kind: &str, parameter: &Parameter, hint: &str) -> Fact {
    let Parameter {
        name,
        type_name,
        line,
        ..
    } = parameter;
    let fact = format!("{kind} {name}");
    let type_name = type_name.as_ref().map(|type_name| {
        let hint = "write it as the type of the property";
        Fact::new(format!("{fact} type"), on_page(type_name, *line), hint)
    });
    Fact::new(fact, on_page(name, *line), hint).with(type_name.into_iter().collect())
}
