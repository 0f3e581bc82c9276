//! The parameters of a request, in its headers and in its body.

use face_search_enroll_vendor_page::{Parameter, VendorPage};

use super::{
    contract::Own,
    fact::{Fact, Sides, located, on_page},
    request::as_written,
};
use crate::{pieces::limits, subject::Subject};

pub(super) fn in_header(own: Own<'_>, page: &VendorPage) -> Sides {
    let hint = "clients send no header except that of the token";
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
        let hint = "the token may have another header now, or the page no longer states it";
        Fact::new(name, located(token), hint)
            .with(vec![kind])
            .about(Subject::Header(token.value.clone()))
    });
    (stated, own.collect())
}

pub(super) fn in_body(own: Own<'_>, page: &VendorPage) -> Sides {
    let body = &own.operation.request;
    let hint = format!("add it to properties of {}", body.schema);
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
            // A rule that the page does not state has the source of the property.
            let rule = said(key).filter(|_| from_page || stated.is_some());
            Fact::optional(format!("{name} {key}"), rule)
        });
        let mut details = vec![
            Fact::optional(format!("{name} type"), said("type")),
            Fact::optional(format!("{name} optional"), optional),
        ];
        details.extend(rules);
        let hint = format!("remove it from properties of {}", body.schema);
        Fact::new(name, located(&field.name), hint)
            .with(details)
            .about(Subject::Parameter(field.name.value.clone()))
    });
    (stated.collect(), own.collect())
}

/// The keys of a property for the limits of a number that a page may state.
pub(crate) const RULES: [&str; 3] = ["default", "minimum", "maximum"];

/// What the page states for each key. A number of digits implies a least and a greatest value.
pub(crate) fn stated_rules(parameter: &Parameter) -> [Option<u64>; 3] {
    let limits = limits(parameter);
    [parameter.default, limits.0, limits.1]
}

fn rules(parameter: &Parameter, schema: &str) -> Vec<Fact> {
    let name = format!("request parameter {}", parameter.name);
    let optional = parameter.optional.then(|| on_page("true", parameter.line));
    let hint = format!("remove it from required of {schema}, or add it there if it must be sent");
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
            Some(_) => format!("{digits}set {key} of the property to it"),
            None => {
                format!("remove {key} from the property, or add x-source with its source")
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
        let hint = "set the type of the property to it";
        Fact::new(format!("{fact} type"), on_page(type_name, *line), hint)
    });
    Fact::new(fact, on_page(name, *line), hint).with(type_name.into_iter().collect())
}
