//! A YAML document as a tree in which every key and value has its position. The other modules
//! interpret the tree.

use saphyr::{LoadableYamlNode, MarkedYamlOwned, ScalarOwned, YamlDataOwned};

use crate::{
    position::{Located, Position},
    problems::Problem,
};

/// A value and its position.
#[derive(Debug, Clone)]
pub struct Node {
    /// Where the value starts.
    pub at: Position,
    /// The value.
    pub value: Value,
}

/// A value of YAML's core schema, which has the types of JSON.
#[derive(Debug, Clone)]
pub enum Value {
    /// `null`, `~` or an empty value.
    Null,
    /// `true` or `false`. `yes` and `no` are strings.
    Bool(bool),
    /// An integer or a finite number.
    Number(serde_json::Number),
    /// A string, quoted or not.
    String(String),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping in the order of the file. No key occurs twice.
    Map(Vec<(Key, Node)>),
}

/// A key of a mapping and its position.
#[derive(Debug, Clone)]
pub struct Key {
    /// Where the key starts.
    pub at: Position,
    /// The key as a string: `200` and `'200'` are the same.
    pub text: String,
}

impl Node {
    /// Reads one YAML document.
    ///
    /// # Errors
    ///
    /// Text that is not YAML or has a key twice, values that JSON does not have, and a file that
    /// does not have exactly one document.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let mut documents = MarkedYamlOwned::load_from_str(text).map_err(|error| Problem {
            at: position(error.marker().line(), error.marker().col()),
            what: format!("the YAML does not parse: {}", error.info()),
            remedy: "write valid YAML 1.2".to_owned(),
        })?;
        let Some(document) = documents.pop().filter(|_| documents.is_empty()) else {
            return Err(Problem {
                at: Position::START,
                what: "the file is not exactly one YAML document".to_owned(),
                remedy: "write one document".to_owned(),
            });
        };
        Self::from_marked(document)
    }

    fn from_marked(node: MarkedYamlOwned) -> Result<Self, Problem> {
        let at = position(node.span.start.line(), node.span.start.col());
        let value = match node.data {
            YamlDataOwned::Value(ScalarOwned::Null) => Value::Null,
            YamlDataOwned::Value(ScalarOwned::Boolean(value)) => Value::Bool(value),
            YamlDataOwned::Value(ScalarOwned::Integer(value)) => Value::Number(value.into()),
            YamlDataOwned::Value(ScalarOwned::FloatingPoint(value)) => {
                match serde_json::Number::from_f64(value.into_inner()) {
                    Some(number) => Value::Number(number),
                    None => return Err(not_json(at, "JSON has no such number")),
                }
            }
            YamlDataOwned::Value(ScalarOwned::String(value)) => Value::String(value),
            YamlDataOwned::Sequence(items) => Value::List(
                items
                    .into_iter()
                    .map(Self::from_marked)
                    .collect::<Result<_, _>>()?,
            ),
            YamlDataOwned::Mapping(entries) => {
                let mut map = Vec::with_capacity(entries.len());
                for (key, value) in entries {
                    map.push((
                        Key::from_node(&Self::from_marked(key)?)?,
                        Self::from_marked(value)?,
                    ));
                }
                Value::Map(map)
            }
            YamlDataOwned::Tagged(..)
            | YamlDataOwned::Alias(_)
            | YamlDataOwned::Representation(..)
            | YamlDataOwned::BadValue => {
                return Err(not_json(at, "JSON has no such value"));
            }
        };
        Ok(Self { at, value })
    }

    /// The value under `key`, if this is a mapping with that key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.entry(key).map(|(_, value)| value)
    }

    /// The entry of `key`, if this is a mapping with that key.
    #[must_use]
    pub fn entry(&self, key: &str) -> Option<(&Key, &Self)> {
        self.entries()
            .iter()
            .find(|(found, _)| found.text == key)
            .map(|(key, value)| (key, value))
    }

    /// The value at the end of `path`, a sequence of keys of nested mappings.
    #[must_use]
    pub fn at_path(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |node, key| node.get(key))
    }

    /// The entries of the mapping at `path`, or none if there is no such mapping.
    pub(crate) fn entries_at(&self, path: &[&str]) -> &[(Key, Self)] {
        self.at_path(path).map_or(&[], Self::entries)
    }

    /// The items of the sequence at `path`, or none if there is no such sequence.
    pub(crate) fn items_at(&self, path: &[&str]) -> &[Self] {
        self.at_path(path).map_or(&[], Self::items)
    }

    /// Whether the value under `key` is the string `text`.
    pub(crate) fn has_text(&self, key: &str, text: &str) -> bool {
        self.get(key).and_then(Self::as_str) == Some(text)
    }

    /// The entries of a mapping. Any other value has none.
    #[must_use]
    pub fn entries(&self) -> &[(Key, Self)] {
        match &self.value {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a sequence. Any other value has none.
    #[must_use]
    pub fn items(&self) -> &[Self] {
        match &self.value {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// The string, if this is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The boolean, if this is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The integer, if this is one that is not negative.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        match &self.value {
            Value::Number(number) => number.as_u64(),
            _ => None,
        }
    }

    /// The value as JSON. Keys are in the order of the file.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(value) => (*value).into(),
            Value::Number(value) => value.clone().into(),
            Value::String(value) => value.as_str().into(),
            Value::List(items) => items.iter().map(Self::to_json).collect(),
            Value::Map(entries) => serde_json::Value::Object(
                entries
                    .iter()
                    .map(|(key, value)| (key.text.clone(), value.to_json()))
                    .collect(),
            ),
        }
    }
}

impl Key {
    pub(crate) fn located(&self) -> Located<String> {
        Located::new(self.text.clone(), self.at)
    }

    fn from_node(node: &Node) -> Result<Self, Problem> {
        let text = match &node.value {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => return Err(not_json(node.at, "the key is not a string")),
        };
        Ok(Self { at: node.at, text })
    }
}

fn position(line: usize, zero_based_column: usize) -> Position {
    Position {
        line,
        column: zero_based_column + 1,
    }
}

fn not_json(at: Position, what: &str) -> Problem {
    Problem {
        at,
        what: what.to_owned(),
        remedy: "write only what JSON can express: no tags, and strings as keys".to_owned(),
    }
}
