//! What changed between two sets of facts. Lines of the page do not count: another rendering of
//! the same page has changed nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::body::{Body, Broken};
use crate::facts::{
    Address, Charge, Header, Member, Parameter, RequestExample, ResponseCode, ResponseExample,
    ResponseField, Sourced, Unread, VendorPage,
};
use crate::slip::Slip;

/// A fact that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// How it changed.
    pub kind: ChangeKind,
    /// The fact's name.
    pub fact: String,
    /// The line of the page: of the new one, but for a removed fact of the old one.
    pub line: u32,
}

/// How a fact changed, with its value before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChangeKind {
    /// The page did not state it before.
    Added {
        /// What it states now.
        new: String,
    },
    /// The page does not state it any more.
    Removed {
        /// What it stated.
        old: String,
    },
    /// The page states something else.
    Changed {
        /// What it stated.
        old: String,
        /// What it states now.
        new: String,
    },
    /// The page lists the same in another order.
    Moved,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, fact, line } = self;
        match kind {
            ChangeKind::Added { new } => write!(f, "added    {fact}: {new} (line {line})"),
            ChangeKind::Removed { old } => write!(f, "removed  {fact}: {old} (was line {line})"),
            ChangeKind::Changed { old, new } => {
                write!(f, "changed  {fact}: {old} → {new} (line {line})")
            }
            ChangeKind::Moved => write!(f, "moved    {fact} (line {line})"),
        }
    }
}

/// What changed from one set of facts to another, in the order of the facts.
#[must_use]
pub fn changes(old: &VendorPage, new: &VendorPage) -> Vec<Change> {
    let mut before = Statements::of(old);
    let after = Statements::of(new);
    let mut changes = vec![];
    for fact in after.order {
        let new = after.by_fact.get(&fact).map_or(&[][..], Vec::as_slice);
        let old = before.by_fact.remove(&fact).unwrap_or_default();
        compare(&fact, &old, new, &mut changes);
    }
    for fact in before.order {
        if let Some(old) = before.by_fact.remove(&fact) {
            compare(&fact, &old, &[], &mut changes);
        }
    }
    for (kind, new) in &after.lists {
        let old = before.lists.get(kind).map_or(&[][..], Vec::as_slice);
        changes.extend(moved(kind, old, new));
    }
    changes
}

/// Pairs what is equal, then what is left in order: a row that was put in between is one addition,
/// not a change of every row below.
fn compare(fact: &str, old: &[Statement], new: &[Statement], changes: &mut Vec<Change>) {
    let mut unpaired: BTreeMap<&str, usize> = BTreeMap::new();
    for statement in old {
        *unpaired.entry(&statement.value).or_default() += 1;
    }
    let mut take = |statement: &&Statement| match unpaired.get_mut(statement.value.as_str()) {
        Some(count) if *count > 0 => {
            *count -= 1;
            true
        }
        _ => false,
    };
    let mut left: Vec<_> = new.iter().filter(|it| !take(it)).collect();
    let gone: Vec<_> = old.iter().filter(take).collect();
    let added = left.split_off(gone.len().min(left.len()));
    let (replaced, removed) = gone.split_at(left.len());
    let mut push = |kind, line| {
        changes.push(Change {
            kind,
            fact: fact.to_owned(),
            line,
        });
    };
    for (old, new) in replaced.iter().zip(left) {
        let (old, line) = (old.value.clone(), new.line);
        let new = new.value.clone();
        push(ChangeKind::Changed { old, new }, line);
    }
    for old in removed {
        let (old, line) = (old.value.clone(), old.line);
        push(ChangeKind::Removed { old }, line);
    }
    for new in added {
        let (new, line) = (new.value.clone(), new.line);
        push(ChangeKind::Added { new }, line);
    }
}

/// Whether what both pages list stands in another order.
fn moved(kind: &'static str, old: &[Statement], new: &[Statement]) -> Option<Change> {
    let values = |list: &[Statement]| -> BTreeSet<String> {
        list.iter().map(|it| it.value.clone()).collect()
    };
    let (olds, news) = (values(old), values(new));
    let old = old.iter().filter(|it| news.contains(&it.value));
    let mut new = new.iter().filter(|it| olds.contains(&it.value));
    old.zip(&mut new)
        .find(|(old, new)| old.value != new.value)
        .map(|(_, new)| Change {
            kind: ChangeKind::Moved,
            fact: format!("order of {kind}"),
            line: new.line,
        })
}

/// What the page says of a fact. Several may share one name, as the messages of a code do.
#[derive(Debug)]
struct Statement {
    value: String,
    line: u32,
}

/// The statements of a page.
#[derive(Debug, Default)]
struct Statements {
    /// The names of facts, in the page's order.
    order: Vec<String>,
    by_fact: BTreeMap<String, Vec<Statement>>,
    /// The lists whose order is the page's.
    lists: BTreeMap<&'static str, Vec<Statement>>,
}

impl Statements {
    fn of(page: &VendorPage) -> Self {
        let VendorPage {
            title,
            request_example,
            addresses,
            header_parameters,
            request_parameters,
            response_fields,
            response_codes,
            response_examples,
            unread,
        } = page;
        let mut all = Self::default();
        if let Some(Sourced { value, line }) = title {
            all.add("title", value, *line);
        }
        if let Some(example) = request_example {
            all.add_request_example(example);
        }
        for address in addresses {
            all.add_address(address);
        }
        all.add_parameters("header parameter", "header parameters", header_parameters);
        all.add_parameters(
            "request parameter",
            "request parameters",
            request_parameters,
        );
        for field in response_fields {
            all.add_field(field);
        }
        for code in response_codes {
            all.add_code(code);
        }
        for ResponseExample { heading, body } in response_examples {
            let value = all.add_body(&format!("response example `{heading}`"), body);
            all.list("response examples", format!("{heading} {value}"), body.line);
        }
        for Unread { section, line } in unread {
            all.add("unread row", section.heading(), *line);
        }
        all
    }

    fn add(&mut self, fact: &str, value: impl Into<String>, line: u32) {
        let value = value.into();
        let statement = Statement { value, line };
        if let Some(statements) = self.by_fact.get_mut(fact) {
            statements.push(statement);
        } else {
            self.order.push(fact.to_owned());
            self.by_fact.insert(fact.to_owned(), vec![statement]);
        }
    }

    fn list(&mut self, kind: &'static str, value: String, line: u32) {
        let list = self.lists.entry(kind).or_default();
        list.push(Statement { value, line });
    }

    fn add_request_example(&mut self, example: &RequestExample) {
        let RequestExample {
            line: _,
            method,
            address,
            headers,
            body,
            slips,
        } = example;
        for (name, fact) in [("method", method), ("address", address)] {
            if let Some(Sourced { value, line }) = fact {
                self.add(&format!("request example {name}"), value, *line);
            }
        }
        for Header { name, value, line } in headers {
            self.add(&format!("request example header {name}"), value, *line);
        }
        if let Some(body) = body {
            self.add_body("request example body", body);
        }
        for Slip { kind, line } in slips {
            self.add("request example slip", kind.as_str(), *line);
        }
    }

    fn add_address(&mut self, address: &Address) {
        let Address {
            url,
            method,
            media_type,
            line,
        } = address;
        let method = method.as_deref().unwrap_or("no method");
        let media_type = media_type.as_deref().unwrap_or("no media type");
        let value = format!("{method} ({media_type})");
        self.add(&format!("address {url}"), value, *line);
        self.list("addresses", url.clone(), *line);
    }

    fn add_parameters(&mut self, one: &str, all: &'static str, parameters: &[Parameter]) {
        for parameter in parameters {
            let Parameter {
                name,
                type_name,
                line,
            } = parameter;
            let type_name = type_name.as_deref().unwrap_or("no type");
            self.add(&format!("{one} {name}"), type_name, *line);
            self.list(all, name.clone(), *line);
        }
    }

    fn add_field(&mut self, field: &ResponseField) {
        let ResponseField {
            name,
            max_length,
            deprecated,
            constant,
            members,
            line,
        } = field;
        let mut states = vec![];
        states.extend(max_length.map(|length| format!("at most {length} characters")));
        states.extend(deprecated.then(|| "deprecated".to_owned()));
        states.extend(constant.as_ref().map(|it| format!("always {it}")));
        if states.is_empty() {
            states.push("no more stated".to_owned());
        }
        self.add(&format!("response field {name}"), states.join(", "), *line);
        self.list("response fields", name.clone(), *line);
        for Member { name: member, line } in members {
            self.add(
                &format!("response field {name}.{member}"),
                "a member",
                *line,
            );
        }
    }

    fn add_code(&mut self, code: &ResponseCode) {
        let ResponseCode {
            code,
            charge,
            message,
            line,
        } = code;
        let charge = charge.map_or("no charge", Charge::as_str);
        self.add(
            &format!("response code {code}"),
            format!("{charge}, `{message}`"),
            *line,
        );
        self.list("response codes", format!("{code} {message}"), *line);
    }

    fn add_body(&mut self, fact: &str, body: &Body) -> String {
        let Body { line, json } = body;
        let value = match json {
            Ok(value) => value.to_string(),
            Err(Broken { reason, line: _ }) => format!("broken: {reason}"),
        };
        self.add(fact, value.as_str(), *line);
        value
    }
}
