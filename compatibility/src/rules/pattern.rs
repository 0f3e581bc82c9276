//! Patterns of places, by which rules are found.
//!
//! A pattern is names between slashes. `*` is any name and is kept for the subject, `?` is any name
//! and is not. `{operation}` is the one operation, `{outcomes}` either list of outcomes, and
//! `{schema}` a schema of the components or one inside it, kept as `Name.property`: a property may
//! be called like a keyword, so that its name never stands for one.

use face_search_enroll_contract::METHODS;

/// A pattern, taken apart into its words.
#[derive(Debug)]
pub(crate) struct Pattern {
    /// `{outcomes}` are in either of two places.
    alternatives: Vec<Vec<String>>,
}

impl Pattern {
    pub(crate) fn parse(pattern: &str) -> Self {
        let lists = ["x-platform-outcomes", "{operation}/x-outcomes"].map(|outcomes| {
            let pattern = pattern.replace("{outcomes}", outcomes);
            let pattern = pattern.replace("{operation}", "paths/?/{method}");
            pattern.split('/').map(str::to_owned).collect()
        });
        let mut alternatives = Vec::from(lists);
        alternatives.dedup();
        Self { alternatives }
    }

    /// What `*` and `{schema}` stand for, if this is the pattern of the place with these names.
    pub(crate) fn captures(&self, names: &[String]) -> Option<Vec<String>> {
        let mut alternatives = self.alternatives.iter();
        alternatives.find_map(|words| captures(words, names))
    }
}

fn captures(words: &[String], names: &[String]) -> Option<Vec<String>> {
    let Some((word, words)) = words.split_first() else {
        return names.is_empty().then(Vec::new);
    };
    let kept = |name: String, names: &[String]| {
        let mut captured = captures(words, names)?;
        captured.insert(0, name);
        Some(captured)
    };
    if word == "{schema}" {
        let mut schemas = schemas(names).into_iter();
        return schemas.find_map(|(schema, names)| kept(schema, names));
    }
    let (name, names) = names.split_first()?;
    let fits = match word.as_str() {
        "*" => return kept(name.clone(), names),
        "?" => true,
        "{method}" => METHODS.contains(&name.as_str()),
        literal => literal == name,
    };
    fits.then(|| captures(words, names)).flatten()
}

/// Every schema on the way along `names`, with the names that are left.
fn schemas(names: &[String]) -> Vec<(String, &[String])> {
    let [components, schemas, name, rest @ ..] = names else {
        return Vec::new();
    };
    if components != "components" || schemas != "schemas" {
        return Vec::new();
    }
    let mut found = vec![(name.clone(), rest)];
    while let Some((schema, rest)) = found.last() {
        let next = match rest {
            [properties, name, rest @ ..] if properties == "properties" => {
                (format!("{schema}.{name}"), rest)
            }
            [items, rest @ ..] if items == "items" => (format!("{schema}[]"), rest),
            _ => break,
        };
        found.push(next);
    }
    found
}
