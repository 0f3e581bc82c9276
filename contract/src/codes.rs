//! The codes: those that the pages list, and those of the platform.

use crate::{identifiers, outcomes::Outcome, position::Located, reader::Reader, yaml::Node};

/// The variant of every code that the contract does not know.
const UNLISTED: &str = "Unlisted";

/// A code of the envelope.
#[derive(Debug, Clone)]
pub struct Code {
    /// The code on the wire: `PARAMETER_ERROR`.
    pub code: Located<String>,
    /// The name of the Rust variant: `ParameterError`.
    pub variant: String,
    /// Whether the page of an operation lists it; otherwise it is one of the platform.
    pub listed: bool,
}

/// The codes that the schema of an operation lists. Each of them, and each that an outcome names, must
/// mean something by itself.
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
            format!("no schema of codes {schema}"),
            format!("write components.schemas.{schema}: with type: string and x-extensible-enum: [CODE, …]"),
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
                format!("code {code} twice, first at {}", twin.at),
                "write it once",
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

/// The codes of all operations, each once: those that are `listed`, then those that outcomes name
/// besides.
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
                "code {} takes the name {UNLISTED}, which is that of unknown codes",
                code.code
            ),
            "write another code",
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

/// A code must mean something by itself: a message may change at any time.
fn check_meanings(reader: &mut Reader, codes: &[&Located<String>], outcomes: &[Outcome]) {
    for code in codes {
        let mut rules = outcomes.iter().flat_map(|outcome| &outcome.rules);
        if !rules.any(|rule| rule.is_for_code_alone(code)) {
            reader.problem(
                code.at,
                format!("code {code} that means no outcome when its message is unknown"),
                "write it in the codes: of one outcome",
            );
        }
    }
}
