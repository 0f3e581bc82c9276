//! What both sides state of answers: fields, codes, examples.

use face_search_enroll_contract::{Charge, Match, Operation, Origin, Outcome};
use face_search_enroll_vendor_page::{
    PrintedCharge, ResponseCode, ResponseExample, ResponseField, VendorPage,
};
use serde_json::Value as Json;

use super::{
    contract::Own,
    fact::{Fact, Sides, located, on_page},
    limits,
    source::TABLE,
    subject::Subject,
};

pub(super) fn fields(own: Own<'_>, page: &VendorPage) -> Sides {
    let body = &own.operation.response;
    let hint = format!("write it under properties of {}", body.schema);
    let stated = page.response_fields.iter().map(|field| {
        let (named, hint) = reading(field, |name| body.field(name).is_some(), &hint);
        let name = format!("response field {named}");
        let details = details(&name, field);
        Fact::new(name, on_page(named, field.line), &hint)
            .with(details)
            .about(Subject::Field(named.to_owned()))
    });
    let own = body.fields.iter().map(|field| {
        let name = format!("response field {}", field.name);
        let stated = |(detail, key)| {
            let said = own.property(&body.schema, &field.name, key);
            Fact::optional(format!("{name} {detail}"), said)
        };
        let members = own.members(&body.schema, &field.name).iter();
        let members = members.map(|(member, _)| {
            let hint = "take it from the properties of the schema that the field refers to";
            let said = (member.text.clone(), member.at.line);
            Fact::new(format!("{name}.{}", member.text), said, hint).about(Subject::Member(
                field.name.value.clone(),
                member.text.clone(),
            ))
        });
        let details = DETAILS.map(stated).into_iter().chain(members).collect();
        let hint = format!("take it from the properties of {}", body.schema);
        Fact::new(&name, located(&field.name), hint)
            .with(details)
            .about(Subject::Field(field.name.value.clone()))
    });
    (stated.collect(), own.collect())
}

/// The name of a field, and the hint where the contract has none of that name. Of two names that the
/// text may be read as, the one that is known counts.
fn reading<'p>(
    field: &'p ResponseField,
    is_known: impl Fn(&str) -> bool,
    hint: &str,
) -> (&'p str, String) {
    let name = &field.name;
    match &field.other_reading {
        Some(other) if is_known(other) && !is_known(name) => (other, hint.to_owned()),
        Some(other) => (
            name,
            format!(
                "the text is ambiguous here: the field is {name} or {other}; save the page as HTML or \
                 Markdown, which keep names and descriptions apart, or {hint}"
            ),
        ),
        None => (name, hint.to_owned()),
    }
}

/// What the page may state of a field, and the key of a property that states it.
pub(super) const DETAILS: [(&str, &str); 3] = [
    ("greatest length", "maxLength"),
    ("deprecated", "deprecated"),
    ("constant", "x-always"),
];

fn details(name: &str, field: &ResponseField) -> Vec<Fact> {
    let details = DETAILS
        .iter()
        .zip(stated_details(field))
        .map(|((detail, key), value)| {
            let said = value.map(|text| on_page(text, field.line));
            let hint = format!("write it as {key} of the property");
            Fact::new(format!("{name} {detail}"), said, hint)
                .about(Subject::FieldRules(field.name.clone()))
        });
    let members = field.members.iter().map(|member| {
        let hint = "write it under properties of the schema that the field refers to";
        let said = on_page(&member.name, member.line);
        Fact::new(format!("{name}.{}", member.name), said, hint)
            .about(Subject::Member(field.name.clone(), member.name.clone()))
    });
    details.chain(members).collect()
}

/// What the page states for each of them.
pub(super) fn stated_details(field: &ResponseField) -> [Option<String>; 3] {
    [
        field.max_length.map(|length| length.to_string()),
        field.deprecated.then(|| "true".to_owned()),
        field.constant.clone(),
    ]
}

/// The rows of the table of codes.
pub(super) fn messages(own: Own<'_>, page: &VendorPage) -> Sides {
    let stated = page.response_codes.iter().map(|row| {
        let name = message_name(&row.code, &row.message);
        let charge = row.charge.map(|it| on_page(it.as_str(), row.line));
        let charge = Fact::optional(format!("{name} charge"), charge);
        let outcome = own.operation.classify(&row.code, &row.message);
        let charge = match (outcome, row.charge) {
            (Some((outcome, _)), Some(charged)) => charge.about(Subject::Charge(
                outcome.name.value.clone(),
                charged.as_str().to_owned(),
            )),
            _ => charge,
        };
        let said = on_page(&row.message, row.line);
        let hint = "write it as a message of an outcome, or as an example";
        Fact::new(name, said, hint)
            .with(vec![charge])
            .about(Subject::answer(&row.code, &row.message))
    });
    let outcomes = &own.operation.outcomes;
    let examples = own.operation.examples.iter().map(|example| {
        let name = message_name(&example.code, &example.message);
        let mut outcomes = outcomes.iter();
        let outcome = outcomes.find(|outcome| outcome.name.value == example.outcome.value);
        let charge = outcome.map(|outcome| charge(&name, outcome));
        // An example that the page prints under another code than its table is an erratum.
        let mut rows = page.response_codes.iter();
        let listed = rows.any(|row| row.message == example.message.value);
        // What is from the table is to be there; what has another source need not be.
        let mut source = example.source.iter();
        let is_from_page = source.all(|source| source.value == TABLE);
        let hint = "the table of codes has no such message any more";
        Fact::new(name, located(&example.message), hint)
            .wanted(!listed && is_from_page)
            .with(charge.into_iter().collect())
            .about(Subject::answer(&example.code, &example.message))
    });
    // A message without an example, be it one of the platform's.
    let rules = outcomes.iter().flat_map(|outcome| {
        outcome.rules.iter().filter_map(move |rule| {
            let Match::Exactly(message) = &rule.message else {
                return None;
            };
            let name = message_name(&rule.code, message);
            // What the platform answers costs what each operation's page says.
            let is_own = outcome.origin == Origin::Operation;
            let charge = is_own.then(|| charge(&name, outcome));
            let said = (message.clone(), rule.code.at.line);
            Some(Fact::optional(name, said).with(charge.into_iter().collect()))
        })
    });
    (stated.collect(), examples.chain(rules).collect())
}

fn message_name(code: &str, message: &str) -> String {
    format!("response code {code} {message:?}")
}

fn charge(name: &str, outcome: &Outcome) -> Fact {
    let line = outcome.name.at.line;
    let said = outcome.charge.map(|it| (word(it).to_owned(), line));
    let mend = format!("write it as charge of the outcome {}", outcome.name);
    Fact::optional(format!("{name} charge"), said).mend(mend)
}

fn word(charge: Charge) -> &'static str {
    match charge {
        Charge::Free => PrintedCharge::Free.as_str(),
        Charge::Pay => PrintedCharge::Pay.as_str(),
    }
}

pub(super) fn codes(own: Own<'_>, page: &VendorPage) -> Sides {
    let name = |code: &str| format!("response code {code}");
    let listed = &own.operation.codes;
    let schema = own.code_schema();
    let is_known = |row: &ResponseCode| {
        let outcomes = own.operation.outcomes.iter();
        let mut rules = outcomes.flat_map(|outcome| &outcome.rules);
        rules.any(|rule| {
            let exactly = matches!(&rule.message, Match::Exactly(it) if *it == row.message);
            exactly && *rule.code == row.code
        })
    };
    let mut seen: Vec<&str> = Vec::new();
    let stated = page.response_codes.iter().filter_map(|row| {
        // A message that means nothing yet is told with its code.
        let is_listed = listed.iter().any(|code| **code == row.code);
        if seen.contains(&row.code.as_str()) || !(is_listed || is_known(row)) {
            return None;
        }
        seen.push(&row.code);
        let hint = format!("add it to x-extensible-enum of {schema}");
        let said = on_page(&row.code, row.line);
        let fact = Fact::new(name(&row.code), said, hint);
        Some(fact.about(Subject::Code(row.code.clone())))
    });
    let stated = stated.collect();
    let own = listed.iter().map(|code| {
        let hint = format!(
            "take it from x-extensible-enum of {schema}, and from the outcomes and examples"
        );
        Fact::new(name(code), located(code), hint).about(Subject::Code(code.value.clone()))
    });
    (stated, own.collect())
}

pub(super) fn examples(own: Own<'_>, page: &VendorPage) -> Sides {
    let stated = page.response_examples.iter();
    let stated = stated.flat_map(|example| printed(own.operation, page, example));
    let codes = own.contract.codes.iter();
    let codes = codes.map(|code| Fact::optional(&code.code.value, located(&code.code)));
    let own = own.operation.examples.iter().map(|own| {
        let said = (own.body.to_string(), own.body.at.line);
        let hint = "the page prints no such example any more";
        Fact::new(format!("response example {}", own.name), said, hint)
            .key(format!("{} {}", own.code, own.message.value))
            .wanted(own.source.is_none())
            .about(Subject::answer(&own.code, &own.message))
    });
    (stated.collect(), codes.chain(own).collect())
}

/// What a printed example states: the code that it stands under, and its body.
fn printed(operation: &Operation, page: &VendorPage, example: &ResponseExample) -> Vec<Fact> {
    let ResponseExample { heading, body } = example;
    let name = format!("response example {heading:?}");
    let heading = heading.split_whitespace().next().unwrap_or_default();
    let json = match &body.json {
        Ok(json) => json,
        Err(broken) => {
            let about = Subject::Broken(heading.to_owned());
            return vec![Fact::broken(name, broken).about(about)];
        }
    };
    let text = |key: &str| json.get(key).and_then(Json::as_str).unwrap_or_default();
    let (code, message) = (text("code"), text("message"));
    let about = Subject::answer(code, message);
    let name = format!("{name} with {message:?}");
    let headed = Fact::new(
        format!("{name} code"),
        on_page(code, body.line),
        "the body has another code than its heading",
    );
    let headed = headed.key(heading).about(about.clone()).wanted(false);
    let mut own = operation.examples.iter();
    let own = own.find(|own| own.code.value == code && own.message.value == message);
    // A member that breaks the page's own limit is told as that.
    let json = own.map_or_else(|| json.clone(), |own| limits::within(page, json, &own.body));
    let hint = match own {
        Some(own) => format!("they differ in {}", differing(&json, &own.body).join(", ")),
        None => "write it as an example of its own".to_owned(),
    };
    let body = Fact::new(name, on_page(json.to_string(), body.line), hint);
    vec![headed, body.key(format!("{code} {message}")).about(about)]
}

/// The members in which two bodies differ.
fn differing(page: &Json, own: &Json) -> Vec<String> {
    let members = |json: &Json| json.as_object().cloned().unwrap_or_default();
    let (page, own) = (members(page), members(own));
    let keys = page
        .keys()
        .chain(own.keys().filter(|key| !page.contains_key(*key)));
    keys.filter(|key| page.get(*key) != own.get(*key))
        .cloned()
        .collect()
}
