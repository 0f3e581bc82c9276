//! The codes of an envelope: those on the page of an operation, and those of the platform.

use crate::{identifiers, outcomes::Outcome, position::Located, reader::Reader, yaml::Node};

/// The variant for every code that the contract does not list.
const UNLISTED: &str = "Unlisted";

/// A code of the envelope.
#[derive(Debug, Clone)]
pub struct Code {
    /// The code as it is sent: `PARAMETER_ERROR`.
    pub code: Located<String>,
    /// The name of the Rust variant: `ParameterError`.
    pub variant: String,
    /// Whether the page of an operation lists the code. If not, it is a code of the platform.
    pub listed: bool,
}

/// The codes that the schema of an operation lists. Each of them, and each code of an outcome, must
/// have an outcome that does not depend on the message.
pub(crate) fn read(
    reader: &mut Reader,
    root: &Node,
    schema: &Located<String>,
    outcomes: &[Outcome],
) -> Vec<Located<String>> {
    let node = root.at_path(&["components", "schemas", schema]);
    let extension = node
        .filter(|node| node.has_text("type", "string"))
        .and_then(|node| node.get("x-extensible-enum"));
    let Some(extension) = extension else {
        reader.problem(
            node.map_or(schema.at, |node| node.at),
            format!("there is no schema {schema} that lists codes"),
            format!("write components.schemas.{schema} with type: string and x-extensible-enum: [CODE, …]"),
        );
        return Vec::new();
    };
    let mut listed: Vec<Located<String>> = Vec::new();
    for item in extension.items() {
        let Some(code) = reader.text(item, "code") else {
            continue;
        };
        if let Some(twin) = listed.iter().find(|known| known.value == code.value) {
            reader.problem(
                code.at,
                format!("code {code} is listed twice, first at {}", twin.at),
                "list it once",
            );
            continue;
        }
        listed.push(code);
    }
    let mut all: Vec<&Located<String>> = listed.iter().collect();
    for rule in outcomes.iter().flat_map(|outcome| &outcome.rules) {
        if !all.iter().any(|known| known.value == rule.code.value) {
            all.push(&rule.code);
        }
    }
    check_meanings(reader, &all, outcomes);
    listed
}

/// The codes of all operations, each once: first the `listed` ones, then those that only outcomes
/// name.
pub(crate) fn merge<'c>(
    reader: &mut Reader,
    listed: impl Iterator<Item = &'c Located<String>>,
    named: impl Iterator<Item = &'c Located<String>>,
) -> Vec<Code> {
    let mut codes: Vec<Code> = Vec::new();
    let listed = listed.map(|code| (code, true));
    for (code, listed) in listed.chain(named.map(|code| (code, false))) {
        if !codes.iter().any(|known| *known.code == **code) {
            codes.push(Code::new(code.clone(), listed));
        }
    }
    let all = codes.iter().map(|code| &code.code);
    identifiers::check_variants(reader, "code", all, identifiers::variant_of);
    for code in codes.iter().filter(|code| code.variant == UNLISTED) {
        reader.problem(
            code.code.at,
            format!(
                "code {} becomes the variant {UNLISTED}, which stands for all codes that are not listed",
                code.code
            ),
            "remove it, so that it is read as an unlisted code",
        );
    }
    codes
}

impl Code {
    fn new(code: Located<String>, listed: bool) -> Self {
        Self {
            variant: identifiers::variant_of(&code),
            code,
            listed,
        }
    }
}

/// Each code needs an outcome of its own, because a message may change at any time.
fn check_meanings(reader: &mut Reader, codes: &[&Located<String>], outcomes: &[Outcome]) {
    for code in codes {
        let mut rules = outcomes.iter().flat_map(|outcome| &outcome.rules);
        if !rules.any(|rule| rule.is_for_code_alone(code)) {
            reader.problem(
                code.at,
                format!("code {code} has no outcome for an unknown message"),
                "add it to codes: of one outcome, because messages may change",
            );
        }
    }
}
