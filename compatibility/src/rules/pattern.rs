//! Patterns of places, by which rules are found.
//!
//! A pattern is names between slashes. `*` is any name and is kept for the subject, `?` is any name
//! and is not. `{operation}` is the one operation, `{outcomes}` either list of outcomes, and
//! `{schema}` a schema of the components or one inside it, kept as `Name.property`: a property may
//! be called like a keyword, so that its name never stands for one.

use face_search_enroll_contract::METHODS;

/// A pattern, taken apart.
#[derive(Debug)]
pub(crate) struct Pattern {
    /// `{outcomes}` are in either of two places.
    alternatives: Vec<Vec<Token>>,
}

#[derive(Debug)]
enum Token {
    Any,
    Captured,
    Method,
    Schema,
    Literal(&'static str),
}

impl Pattern {
    pub(crate) fn parse(pattern: &'static str) -> Self {
        const OPERATION: [&str; 3] = ["paths", "?", "{method}"];
        let mut alternatives: Vec<Vec<Token>> = vec![Vec::new()];
        for word in pattern.split('/') {
            match word {
                "{operation}" => extend(&mut alternatives, &OPERATION),
                "{outcomes}" => {
                    let mut own = vec![Vec::new()];
                    extend(&mut own, &OPERATION);
                    extend(&mut own, &["x-outcomes"]);
                    extend(&mut alternatives, &["x-platform-outcomes"]);
                    alternatives.append(&mut own);
                }
                word => extend(&mut alternatives, &[word]),
            }
        }
        Self { alternatives }
    }

    /// What `*` and `{schema}` stand for, if this is the pattern of the place with these names.
    pub(crate) fn captures(&self, names: &[String]) -> Option<Vec<String>> {
        self.alternatives.iter().find_map(|tokens| {
            let mut captured = Vec::new();
            matches(tokens, names, &mut captured).then_some(captured)
        })
    }
}

fn extend(alternatives: &mut [Vec<Token>], words: &[&'static str]) {
    for tokens in alternatives {
        tokens.extend(words.iter().map(|word| match *word {
            "?" => Token::Any,
            "*" => Token::Captured,
            "{method}" => Token::Method,
            "{schema}" => Token::Schema,
            literal => Token::Literal(literal),
        }));
    }
}

fn matches(tokens: &[Token], names: &[String], captured: &mut Vec<String>) -> bool {
    let Some((token, tokens)) = tokens.split_first() else {
        return names.is_empty();
    };
    if let Token::Schema = token {
        return schemas(names).into_iter().any(|(schema, rest)| {
            let before = captured.len();
            captured.push(schema);
            let found = matches(tokens, rest, captured);
            if !found {
                captured.truncate(before);
            }
            found
        });
    }
    let Some((name, names)) = names.split_first() else {
        return false;
    };
    let fits = match token {
        Token::Any | Token::Schema => true,
        Token::Captured => {
            captured.push(name.clone());
            true
        }
        Token::Method => METHODS.contains(&name.as_str()),
        Token::Literal(literal) => literal == name,
    };
    fits && matches(tokens, names, captured)
}

/// Every schema on the way along `names`, with the names that are left.
fn schemas(names: &[String]) -> Vec<(String, &[String])> {
    let [components, schemas, name, rest @ ..] = names else {
        return Vec::new();
    };
    if components != "components" || schemas != "schemas" {
        return Vec::new();
    }
    let (mut schema, mut rest) = (name.clone(), rest);
    let mut found = vec![(schema.clone(), rest)];
    loop {
        rest = match rest {
            [properties, name, rest @ ..] if properties == "properties" => {
                schema = format!("{schema}.{name}");
                rest
            }
            [items, rest @ ..] if items == "items" => {
                schema.push_str("[]");
                rest
            }
            _ => return found,
        };
        found.push((schema.clone(), rest));
    }
}
