//! A JSON body as the page prints it. A broken body is a fact too.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A JSON body.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(into = "WrittenBody", try_from = "WrittenBody")]
pub struct PrintedBody {
    /// The line in which the body starts.
    pub line: u32,
    /// The body with its keys in the order of the page, or why it cannot be parsed.
    pub json: Result<Value, Broken>,
}

/// Why a body cannot be parsed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Broken {
    /// The reason.
    pub reason: String,
    /// The line where parsing stopped.
    pub line: u32,
}

/// A body as it is written to the file of facts.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WrittenBody {
    pub(crate) line: u32,
    pub(crate) json: Option<JsonText>,
    pub(crate) broken: Option<Broken>,
}

impl From<PrintedBody> for WrittenBody {
    fn from(PrintedBody { line, json }: PrintedBody) -> Self {
        let (json, broken) = match json {
            Ok(value) => (Some(JsonText(value)), None),
            Err(broken) => (None, Some(broken)),
        };
        Self { line, json, broken }
    }
}

impl TryFrom<WrittenBody> for PrintedBody {
    type Error = &'static str;

    fn try_from(WrittenBody { line, json, broken }: WrittenBody) -> Result<Self, Self::Error> {
        let json = match (json, broken) {
            (Some(JsonText(value)), None) => Ok(value),
            (None, Some(broken)) => Err(broken),
            (None, None) => return Err("the body has neither `json` nor `broken`"),
            (Some(_), Some(_)) => return Err("the body has both `json` and `broken`"),
        };
        Ok(Self { line, json })
    }
}

/// JSON that is written as a string of several lines.
#[derive(Clone, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub(crate) struct JsonText(Value);

impl From<JsonText> for String {
    fn from(JsonText(value): JsonText) -> Self {
        format!("{value:#}")
    }
}

impl TryFrom<String> for JsonText {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let json = serde_json::from_str(&text);
        json.map(Self)
            .map_err(|error| format!("the body is not JSON: {error}"))
    }
}

impl PrintedBody {
    /// Parses a body whose lines have these numbers.
    pub(crate) fn parse(text: &str, numbers: &[u32]) -> Self {
        let line = numbers.first().copied().unwrap_or_default();
        match serde_json::from_str(text.trim()) {
            Ok(json) => Self {
                line,
                json: Ok(json),
            },
            Err(error) => {
                let at = numbers.get(error.line().saturating_sub(1));
                let reason = error.to_string();
                // Remove the line and column of the error: they are relative to the body, not to
                // the page.
                let reason = reason.split_once(" at line ").map_or(&*reason, |it| it.0);
                Self::broken(reason, line, at.copied().unwrap_or(line))
            }
        }
    }

    /// A body that starts in `line` and cannot be parsed from line `at` on.
    pub(crate) fn broken(reason: &str, line: u32, at: u32) -> Self {
        let reason = reason.to_owned();
        Self {
            line,
            json: Err(Broken { reason, line: at }),
        }
    }
}
