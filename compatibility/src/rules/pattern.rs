//! Patterns of places, which select the rule for a difference.
//!
//! A pattern consists of names between slashes. `*` matches any name and captures it for the
//! subject, and `?` matches any name without capturing it. `{operation}` is the operation, and
//! `{outcomes}` is either list of outcomes. `{schema}` is a schema of the components or a schema
//! inside it, and is captured as `Name.property`. It is needed because a property may have the name
//! of a keyword.

use face_search_enroll_contract::METHODS;

/// A pattern, split into its words.
#[derive(Debug)]
pub(crate) struct Pattern {
    /// The two places that `{outcomes}` can be in.
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

    /// The captures of `*` and `{schema}`, if the pattern matches the place with this path.
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

/// Every schema along the path `names`, with the rest of the path.
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
