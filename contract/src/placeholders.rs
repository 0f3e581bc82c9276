//! Facts in prose: `((NAME))` in the text of a contract is replaced by a fact that the contract
//! states elsewhere. This happens before anything else reads the text.
//!
//! Comments are not changed. A replacement must not change the structure of the YAML. A message
//! with a colon is therefore rejected in a place where the text would need quotes.

use std::collections::BTreeMap;

use crate::{
    operation,
    position::Position,
    problems::Problem,
    reader::Reader,
    yaml::{Node, Value},
};

const OPEN: &str = "((";
const CLOSE: &str = "))";

/// The possible names of placeholders.
const NAMES: &str = "regions.count, regions.CODE.name, regions.CODE.host, operations.ID.id, \
    operations.ID.EXAMPLE.message, schemas.SCHEMA.PROPERTY.RULE";

/// The facts by the names of their placeholders.
type Facts = BTreeMap<String, String>;

/// `text` with all placeholders replaced, and its tree; `None` if that fails. `tree` is the tree of
/// the original `text`.
pub(crate) fn fill(reader: &mut Reader, tree: &Node, text: &str) -> Option<(Node, String)> {
    let facts = facts(tree);
    let mut filled = String::with_capacity(text.len());
    let mut known = true;
    for (number, line) in (1..).zip(text.split_inclusive('\n')) {
        if line.trim_start().starts_with('#') {
            filled.push_str(line);
            continue;
        }
        filled.push_str(&fill_line(line, &facts, |column, name| {
            known = false;
            let at = Position {
                line: number,
                column,
            };
            let what = format!("{OPEN}{name}{CLOSE} names no fact of this contract");
            reader.problem(at, what, format!("use one of: {NAMES}"));
        }));
    }
    if !known {
        return None;
    }
    let read = Node::parse(&filled).map_err(|problem| problem.at);
    let moved = |read: &Node| differing(tree, read, &facts).map_or(Ok(()), Err);
    match read.and_then(|read| moved(&read).map(|()| read)) {
        Ok(read) => Some((read, filled)),
        Err(at) => {
            reader.push(Problem {
                at,
                what: format!("YAML reads this text differently once {OPEN}…{CLOSE} is filled in"),
                remedy: "write the text as a block below a line that ends in |, and start none of \
                         its lines with #"
                    .to_owned(),
            });
            None
        }
    }
}

/// A line with its placeholders replaced. An unknown placeholder is dropped, and `unknown` is
/// called with its column and name.
fn fill_line(line: &str, facts: &Facts, mut unknown: impl FnMut(usize, &str)) -> String {
    let mut filled = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once(OPEN) {
        filled.push_str(before);
        let (name, after) = after.split_once(CLOSE).unwrap_or((after.trim_end(), ""));
        if let Some(fact) = facts.get(name) {
            filled.push_str(fact);
        } else {
            let start = line.len() - rest.len() + before.len();
            let column = line.get(..start).map_or(0, |before| before.chars().count());
            unknown(column + 1, name);
        }
        rest = after;
    }
    filled + rest
}

/// The first position at which `read` differs from `tree` with its placeholders replaced.
fn differing(tree: &Node, read: &Node, facts: &Facts) -> Option<Position> {
    let is_same = match (&tree.value, &read.value) {
        (Value::String(text), Value::String(read)) => {
            let lines = text.split_inclusive('\n');
            let filled: String = lines
                .map(|line| fill_line(line, facts, |_, _| ()))
                .collect();
            filled == *read
        }
        (Value::List(items), Value::List(read)) if items.len() == read.len() => {
            let mut pairs = items.iter().zip(read);
            return pairs.find_map(|(item, read)| differing(item, read, facts));
        }
        (Value::Map(entries), Value::Map(read)) if entries.len() == read.len() => {
            let mut pairs = entries.iter().zip(read);
            return pairs.find_map(|((key, value), (read_key, read))| {
                if key.text == read_key.text {
                    differing(value, read, facts)
                } else {
                    Some(key.at)
                }
            });
        }
        _ => tree.to_json() == read.to_json(),
    };
    (!is_same).then_some(tree.at)
}

fn facts(tree: &Node) -> Facts {
    let mut facts = Facts::new();
    let mut add = |name: String, fact: Option<String>| facts.extend(fact.map(|fact| (name, fact)));
    let text = |node: &Node| {
        node.as_str()
            .map_or_else(|| node.to_json().to_string(), str::to_owned)
    };
    let regions = tree.items_at(&["servers"]);
    add("regions.count".to_owned(), Some(in_words(regions.len())));
    for region in regions {
        let Some(code) = region.at_path(&["x-region", "code"]).and_then(Node::as_str) else {
            continue;
        };
        let host = region.get("url").and_then(Node::as_str);
        let host = host.and_then(|url| url.strip_prefix("https://"));
        add(format!("regions.{code}.host"), host.map(str::to_owned));
        add(
            format!("regions.{code}.name"),
            region.at_path(&["x-region", "name"]).map(text),
        );
    }
    for (_, _, operation) in operation::find_all(tree) {
        let Some(id) = operation.get("operationId").and_then(Node::as_str) else {
            continue;
        };
        add(format!("operations.{id}.id"), Some(id.to_owned()));
        let responses = operation.entries_at(&["responses"]).iter();
        let media = responses.flat_map(|(_, response)| response.entries_at(&["content"]));
        for (name, example) in media.flat_map(|(_, media)| media.entries_at(&["examples"])) {
            let message = example.at_path(&["value", "message"]);
            add(
                format!("operations.{id}.{}.message", name.text),
                message.map(text),
            );
        }
    }
    for (schema, node) in tree.entries_at(&["components", "schemas"]) {
        for (property, rules) in node.entries_at(&["properties"]) {
            let is_rule = |node: &Node| !matches!(node.value, Value::List(_) | Value::Map(_));
            for (rule, value) in rules.entries().iter().filter(|(_, value)| is_rule(value)) {
                let name = format!("schemas.{}.{}.{}", schema.text, property.text, rule.text);
                add(name, Some(text(value)));
            }
        }
    }
    facts
}

/// A number as prose writes it: in words up to twelve.
fn in_words(number: usize) -> String {
    const WORDS: [&str; 13] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    WORDS
        .get(number)
        .map_or_else(|| number.to_string(), |&word| word.to_owned())
}
