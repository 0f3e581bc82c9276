//! Reads saved responses and journal records.

use std::io::Read;

use serde::Serialize;
use serde_json::{Map, Value};

/// The largest input that is read, in bytes.
const LIMIT: u64 = 1024 * 1024;

/// What is known about a call.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct SavedCall {
    pub(crate) signature_id: Option<String>,
    pub(crate) transaction_id: Option<String>,
    pub(crate) region: Option<String>,
    pub(crate) code: Option<String>,
    pub(crate) message: Option<String>,
    pub(crate) http_status: Option<u16>,
    #[serde(skip)]
    pub(crate) outcome: Option<String>,
    #[serde(skip)]
    pub(crate) stage: Option<String>,
    /// Whether it is a record of `enroll`, so that no other operation can be meant.
    #[serde(skip)]
    pub(crate) is_record: bool,
}

/// Reads one or more responses and records. `place` names the source of the text in errors.
pub(crate) fn read(reader: impl Read, place: &str) -> Result<Vec<SavedCall>, String> {
    let mut text = String::new();
    let read = reader.take(LIMIT).read_to_string(&mut text);
    let read = read.map_err(|error| format!("could not read {place}: {error}"))?;
    if u64::try_from(read).is_ok_and(|read| read == LIMIT) {
        return Err(format!(
            "{place} has more than {LIMIT} bytes; pass fewer records, for example with `head -n 20 results.jsonl`"
        ));
    }
    let (http_status, body) = without_head(&text);
    let mut found = Vec::new();
    for value in serde_json::Deserializer::from_str(body).into_iter::<Value>() {
        match value {
            Ok(Value::Object(object)) => found.push(saved(&object, http_status, place)?),
            // With HTTP headers, a body of any kind is a response.
            _ if http_status.is_some() => {
                found.clear();
                break;
            }
            Ok(_) | Err(_) => return Err(neither(place, "something other than a JSON object")),
        }
    }
    if found.is_empty() {
        http_status.ok_or_else(|| neither(place, "no text"))?;
        found.push(SavedCall {
            http_status,
            ..SavedCall::default()
        });
    }
    Ok(found)
}

fn neither(place: &str, what: &str) -> String {
    format!(
        "{place} contains {what}; pass a response body, with or without its HTTP headers, or journal records"
    )
}

/// The status in the last HTTP head, if there is one, and the body after it. Earlier heads may be those
/// of a proxy, or interim responses.
fn without_head(text: &str) -> (Option<u16>, &str) {
    let (mut status, mut rest) = (None, text);
    while let Some(head) = rest.strip_prefix("HTTP/") {
        let Some(number) = head.split_whitespace().nth(1) else {
            break;
        };
        let Ok(number) = number.parse() else {
            break;
        };
        status = Some(number);
        let body = rest
            .split_once("\r\n\r\n")
            .or_else(|| rest.split_once("\n\n"));
        rest = body.map_or("", |(_, body)| body);
    }
    (status, rest)
}

fn saved(
    object: &Map<String, Value>,
    http_status: Option<u16>,
    place: &str,
) -> Result<SavedCall, String> {
    let text = |names: &[&str]| {
        let value = names.iter().find_map(|name| object.get(*name))?;
        match value {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    };
    let status = object.get("http_status").and_then(Value::as_u64);
    let saved = SavedCall {
        signature_id: text(&["signature_id"]),
        transaction_id: text(&["transaction_id", "transactionId"]),
        region: text(&["region"]),
        code: text(&["code"]),
        message: text(&["message"]),
        http_status: status
            .and_then(|status| status.try_into().ok())
            .or(http_status),
        outcome: text(&["outcome"]),
        stage: text(&["stage"]),
        is_record: object.contains_key("stage"),
    };
    if saved.code.is_none() && saved.outcome.is_none() && saved.stage.is_none() {
        return Err(neither(place, "an object without a code"));
    }
    Ok(saved)
}
