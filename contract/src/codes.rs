//! The codes: those that the page lists, and those of the platform.

use crate::{
    envelope::CODE_SCHEMA, identifiers, outcomes::Outcome, position::Located, reader::Reader,
    yaml::Node,
};

/// The variant of every code that the contract does not know.
const UNLISTED: &str = "Unlisted";

/// A code of the envelope.
#[derive(Debug, Clone)]
pub struct Code {
    /// The code on the wire: `PARAMETER_ERROR`.
    pub code: Located<String>,
    /// The name of the Rust variant: `ParameterError`.
    pub variant: String,
    /// Whether the page lists it for this endpoint; otherwise it is one of the platform.
    pub listed: bool,
}

/// The listed codes in their order, then those that outcomes name besides.
pub(crate) fn read(reader: &mut Reader, root: &Node, outcomes: &[Outcome]) -> Vec<Code> {
    let schema = root.at_path(&["components", "schemas", CODE_SCHEMA]);
    let extension = schema
        .filter(|schema| schema.has_text("type", "string"))
        .and_then(|schema| schema.get("x-extensible-enum"));
    let Some(extension) = extension else {
        reader.problem(
            schema.map_or(root.at, |schema| schema.at),
            "no schema of codes",
            "write components.schemas.Code: with type: string and x-extensible-enum: [CODE, …]",
        );
        return Vec::new();
    };
    let mut codes: Vec<Code> = Vec::new();
    for item in extension.items() {
        let Some(code) = reader.text(item, "code") else {
            continue;
        };
        if let Some(twin) = codes.iter().find(|known| known.code.value == code.value) {
            reader.problem(
                code.at,
                format!("code {code} twice, first at {}", twin.code.at),
                "write it once",
            );
            continue;
        }
        codes.push(Code::new(code, true));
    }
    for rule in outcomes.iter().flat_map(|outcome| &outcome.rules) {
        if !codes.iter().any(|known| *known.code == *rule.code) {
            codes.push(Code::new(rule.code.clone(), false));
        }
    }
    check_meanings(reader, &codes, outcomes);
    let names = codes.iter().map(|code| &code.code);
    identifiers::check_variants(reader, "code", names, identifiers::variant_of);
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
fn check_meanings(reader: &mut Reader, codes: &[Code], outcomes: &[Outcome]) {
    for code in codes {
        let mut rules = outcomes.iter().flat_map(|outcome| &outcome.rules);
        if !rules.any(|rule| rule.is_for_code_alone(&code.code)) {
            reader.problem(
                code.code.at,
                format!(
                    "code {} that means no outcome when its message is unknown",
                    code.code
                ),
                "write it in the codes: of one outcome",
            );
        }
    }
}
