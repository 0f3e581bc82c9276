//! The names in the bodies and headers of the page. They help to split cells without separators.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::body::PrintedBody;
use crate::facts::Header;

/// The names in the bodies and headers of a page.
#[derive(Debug, Default)]
pub(crate) struct KnownNames {
    /// The members of bodies, and the headers.
    pub(crate) names: BTreeSet<String>,
    /// The members of each member that is an object, or an array of objects.
    pub(crate) children: BTreeMap<String, BTreeSet<String>>,
    /// The members that have a value without members in some body.
    pub(crate) scalars: BTreeSet<String>,
}

impl KnownNames {
    pub(crate) fn of<'p>(
        headers: &[Header],
        bodies: impl Iterator<Item = &'p PrintedBody>,
    ) -> Self {
        let mut known = Self::default();
        known.names.extend(headers.iter().map(|it| it.name.clone()));
        for body in bodies.filter_map(|body| body.json.as_ref().ok()) {
            known.add(body);
        }
        known
    }

    fn add(&mut self, body: &Value) {
        for (name, value) in body.as_object().into_iter().flatten() {
            self.names.insert(name.clone());
            let objects = match value {
                Value::Null => continue,
                Value::Object(_) => std::slice::from_ref(value),
                Value::Array(items) => items.as_slice(),
                Value::Bool(_) | Value::Number(_) | Value::String(_) => &[],
            };
            let members = objects.iter().filter_map(Value::as_object).flatten();
            let members: Vec<_> = members.map(|(name, _)| name.clone()).collect();
            if members.is_empty() && !value.is_object() {
                self.scalars.insert(name.clone());
            } else {
                self.children
                    .entry(name.clone())
                    .or_default()
                    .extend(members);
            }
        }
    }
}
