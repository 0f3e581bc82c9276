//! For every answer of a server, the call ends with a result that claims no more than the answer,
//! does not show the token, and displays as one line.
//!
//! `cargo +nightly fuzz run answer`

#![no_main]

use std::{collections::BTreeSet, sync::LazyLock};

use arbitrary::Arbitrary;
use face_search_enroll::{
    EnrollError, Enrolled, InFaceSet, Outcome, Stage, Unreadable, UnreadableReason,
};
use face_search_enroll_fuzz::{
    BODY_LIMIT, EXAMPLES, assert_error_hides, assert_hidden, assert_line, enroll, has_part_alone,
    with_secret,
};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

/// An error shows at most four texts from the server with 200 characters each. The longest escape
/// has ten bytes.
const LONGEST_LINE: usize = 4 * 200 * 10 + 300;

fuzz_target!(|input: Input<'_>| {
    let (bytes, body, expected) = match input {
        Input::Bytes(bytes) => (with_secret(bytes), Vec::new(), Expected::Anything),
        Input::Answer(answer) => answer.build(),
    };
    // Chunks may split a secret that is complete in the body.
    if has_part_alone(&bytes) || has_part_alone(&body) {
        return;
    }
    let result = enroll(bytes);
    match &result {
        Ok(enrolled) => check_success(enrolled),
        Err(error) => check_failure(error),
    }
    expected.check(&result);
});

#[derive(Debug, Arbitrary)]
enum Input<'a> {
    Bytes(&'a [u8]),
    Answer(Answer<'a>),
}

#[derive(Debug, Arbitrary)]
struct Answer<'a> {
    status: u16,
    framing: Framing,
    headers: Vec<Header<'a>>,
    /// Spaces after the body, to exceed the limit.
    padding: Option<u16>,
    body: Body<'a>,
}

#[derive(Debug, Arbitrary)]
enum Framing {
    Length,
    /// Chunks of this many bytes plus one.
    Chunks(u8),
    /// The end of the connection ends the body.
    Close,
    WrongLength(u16),
    /// The right length, but only this many bytes of the answer are sent.
    Cut(u16),
}

#[derive(Debug, Arbitrary)]
struct Header<'a> {
    name: Name<'a>,
    value: &'a [u8],
}

#[derive(Debug, Arbitrary)]
enum Name<'a> {
    ContentType,
    Location,
    RetryAfter,
    Connection,
    ContentEncoding,
    ContentLength,
    TransferEncoding,
    Upgrade,
    Other(&'a [u8]),
}

#[derive(Debug, Arbitrary)]
enum Body<'a> {
    Bytes(&'a [u8]),
    /// An example of the contract or an empty object, and the members to set.
    Envelope(Option<u8>, Vec<Edit<'a>>),
    /// An example of the contract with some bytes replaced.
    Spliced(u8, u16, u8, &'a [u8]),
}

#[derive(Debug, Arbitrary)]
struct Edit<'a> {
    member: Member<'a>,
    json: Json<'a>,
}

#[derive(Debug, Arbitrary)]
enum Member<'a> {
    Known(u8),
    Other(&'a str),
}

#[derive(Debug, Arbitrary)]
enum Json<'a> {
    Null,
    Text(&'a str),
    /// The same member from another example.
    Example(u8),
    Absent,
    Bool(bool),
    Number(i64, i16),
    /// A string with an escape that is not a character.
    BrokenText,
    /// A string in nested arrays.
    Nested(u8, &'a str),
    Object(&'a str, &'a str),
    /// A string with twice this number of the character. Most escapes are longer than their
    /// character.
    Repeated(char, u8),
}

/// The expected result for the answer.
#[derive(Debug)]
enum Expected {
    Anything,
    /// An envelope was read, with this status.
    Outcome(u16, Outcome),
    /// A complete answer arrived, but it is not an envelope.
    NoEnvelope(u16),
    TooLarge(u16),
    /// No complete answer arrived.
    Cut,
}

impl Answer<'_> {
    /// The bytes to send, the body in them, and the expected result.
    fn build(&self) -> (Vec<u8>, Vec<u8>, Expected) {
        // Map most numbers to a status from 100 to 599. The rest covers invalid numbers.
        let status = match self.status {
            number @ ..0xe000 => 100 + number % 500,
            number => number - 0xe000,
        };
        let (mut body, outcome) = self.body.build();
        let padding = usize::from(self.padding.unwrap_or_default()) % (2 * BODY_LIMIT);
        body.resize(body.len() + padding, b' ');

        let mut bytes = format!("HTTP/1.1 {status:03} \r\n").into_bytes();
        for header in &self.headers {
            bytes.extend(header.name.bytes());
            bytes.extend(b": ");
            bytes.extend(with_secret(header.value));
            bytes.extend(b"\r\n");
        }
        match self.framing {
            Framing::Length | Framing::Cut(_) => {
                bytes.extend(format!("Content-Length: {}\r\n\r\n", body.len()).bytes());
                bytes.extend(&body);
            }
            Framing::WrongLength(length) => {
                bytes.extend(format!("Content-Length: {length}\r\n\r\n").bytes());
                bytes.extend(&body);
            }
            Framing::Close => {
                bytes.extend(b"\r\n");
                bytes.extend(&body);
            }
            Framing::Chunks(size) => {
                bytes.extend(b"Transfer-Encoding: chunked\r\n\r\n");
                for chunk in body.chunks(usize::from(size) + 1) {
                    bytes.extend(format!("{:x}\r\n", chunk.len()).bytes());
                    bytes.extend(chunk);
                    bytes.extend(b"\r\n");
                }
                bytes.extend(b"0\r\n\r\n");
            }
        }
        if let Framing::Cut(length) = self.framing {
            bytes.truncate(usize::from(length) % bytes.len());
        }

        let has_body = matches!(status, 200..=203 | 205..=303 | 305..=999);
        let expected = match (&self.framing, outcome) {
            _ if !has_body || !self.headers.iter().all(Header::is_harmless) => Expected::Anything,
            (Framing::WrongLength(_), _) => Expected::Anything,
            (Framing::Cut(_), _) => Expected::Cut,
            _ if body.len() > BODY_LIMIT => Expected::TooLarge(status),
            (_, Read::Envelope(outcome)) => Expected::Outcome(status, outcome),
            (_, Read::NoEnvelope) => Expected::NoEnvelope(status),
            (_, Read::Unknown) => Expected::Anything,
        };
        (bytes, body, expected)
    }
}

impl Name<'_> {
    fn bytes(&self) -> Vec<u8> {
        match self {
            Self::ContentType => b"Content-Type".to_vec(),
            Self::Location => b"Location".to_vec(),
            Self::RetryAfter => b"Retry-After".to_vec(),
            Self::Connection => b"Connection".to_vec(),
            Self::ContentEncoding => b"Content-Encoding".to_vec(),
            Self::ContentLength => b"Content-Length".to_vec(),
            Self::TransferEncoding => b"Transfer-Encoding".to_vec(),
            Self::Upgrade => b"Upgrade".to_vec(),
            Self::Other(name) => with_secret(name),
        }
    }
}

impl Header<'_> {
    /// Whether the answer is read in the same way without this header.
    fn is_harmless(&self) -> bool {
        let is_harmless = |byte: &u8| matches!(byte, b'\t' | 7 | b' '..=b'~' | 0x80..);
        matches!(
            self.name,
            Name::ContentType | Name::Location | Name::RetryAfter | Name::ContentEncoding
        ) && self.value.iter().all(is_harmless)
    }
}

/// How a body must be read.
enum Read {
    Envelope(Outcome),
    NoEnvelope,
    Unknown,
}

impl Body<'_> {
    fn build(&self) -> (Vec<u8>, Read) {
        match self {
            Self::Bytes(bytes) => (with_secret(bytes), Read::Unknown),
            Self::Envelope(example, edits) => {
                let mut envelope = example.map_or_else(Vec::new, members);
                for edit in edits {
                    edit.apply(&mut envelope);
                }
                let read = read(&envelope);
                (write(&envelope), read)
            }
            Self::Spliced(example, at, removed, inserted) => {
                let mut bytes = write(&members(*example));
                let start = usize::from(*at) % bytes.len();
                let end = bytes.len().min(start + usize::from(*removed));
                bytes.splice(start..end, with_secret(inserted));
                (bytes, Read::Unknown)
            }
        }
    }
}

/// The members of an envelope and their JSON.
type Members = Vec<(String, String)>;

fn members(example: u8) -> Members {
    let example = &EXAMPLES[usize::from(example) % EXAMPLES.len()];
    let members = example.envelope.iter();
    members
        .map(|(name, value)| (name.clone(), value.to_string()))
        .collect()
}

fn write(members: &Members) -> Vec<u8> {
    let members: Vec<_> = members
        .iter()
        .map(|(name, json)| format!("{}:{json}", Value::from(name.as_str())))
        .collect();
    format!("{{{}}}", members.join(",")).into_bytes()
}

/// Only a bad code makes the envelope unreadable. Any message is accepted.
fn read(members: &Members) -> Read {
    let json = |name| {
        let mut members = members.iter();
        members.find_map(|(other, json)| (other == name).then_some(json.as_str()))
    };
    let text = |json: &str| match serde_json::from_str(json) {
        Ok(Value::String(text)) => text,
        Ok(Value::Null) => String::new(),
        _ => json.to_owned(),
    };
    match json("code") {
        Some(code) if code.starts_with('"') && code != BROKEN => {
            let message = json("message").map(text).unwrap_or_default();
            Read::Envelope(Outcome::classify(&text(code), &message))
        }
        Some(code) if code.starts_with(|c: char| c == '-' || c.is_ascii_digit()) => {
            let message = json("message").map(text).unwrap_or_default();
            Read::Envelope(Outcome::classify(code, &message))
        }
        _ => Read::NoEnvelope,
    }
}

/// The sorted members of the examples. Their order in a JSON map depends on enabled features.
static NAMES: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let names = EXAMPLES.iter().flat_map(|example| example.envelope.keys());
    let names: BTreeSet<_> = names.map(String::as_str).collect();
    names.into_iter().collect()
});

/// JSON whose string is not valid.
const BROKEN: &str = r#""\ud800""#;

impl Edit<'_> {
    fn apply(&self, members: &mut Members) {
        let name = match self.member {
            Member::Known(index) => NAMES[usize::from(index) % NAMES.len()].to_owned(),
            Member::Other(name) => secret_text(name),
        };
        let json = self.json.text(&name);
        match (members.iter().position(|(other, _)| *other == name), json) {
            (Some(index), Some(json)) => members[index].1 = json,
            (Some(index), None) => drop(members.remove(index)),
            (None, Some(json)) => members.push((name, json)),
            (None, None) => {}
        }
    }
}

impl Json<'_> {
    fn text(&self, member: &str) -> Option<String> {
        Some(match self {
            Self::Absent => return None,
            Self::Null => "null".to_owned(),
            Self::Bool(value) => value.to_string(),
            Self::Number(mantissa, 0) => mantissa.to_string(),
            Self::Number(mantissa, exponent) => format!("{mantissa}e{exponent}"),
            Self::Text(text) => Value::from(secret_text(text)).to_string(),
            Self::BrokenText => BROKEN.to_owned(),
            Self::Nested(depth, text) => {
                let depth = usize::from(*depth) + 1;
                let text = Value::from(secret_text(text));
                format!("{}{text}{}", "[".repeat(depth), "]".repeat(depth))
            }
            Self::Object(name, text) => {
                format!(
                    "{{{}:{}}}",
                    Value::from(secret_text(name)),
                    Value::from(secret_text(text))
                )
            }
            Self::Repeated(character, count) => {
                let text = character.to_string().repeat(2 * usize::from(*count));
                Value::from(text).to_string()
            }
            Self::Example(index) => {
                let example = &EXAMPLES[usize::from(*index) % EXAMPLES.len()];
                example.envelope.get(member)?.to_string()
            }
        })
    }
}

fn secret_text(text: &str) -> String {
    String::from_utf8(with_secret(text.as_bytes())).expect("UTF-8, because both parts are")
}

fn check_success(enrolled: &Enrolled) {
    assert_hidden(&format!("{enrolled:?}\n{enrolled:#?}"));
    assert_eq!(enrolled.attempts(), 1);
    assert!(!enrolled.confirmed_by_retry());
    assert_eq!(enrolled.outcome(), Outcome::Enrolled);
    let message = enrolled.message().unwrap_or_default();
    if !is_redacted(enrolled.code().as_str()) && !is_redacted(message) {
        let outcome = Outcome::classify(enrolled.code().as_str(), message);
        assert_eq!(outcome, Outcome::Enrolled, "{enrolled:?}");
    }
}

/// The text that replaces the token may also be in the answer.
fn is_redacted(text: &str) -> bool {
    text.contains('…')
}

fn check_failure(error: &EnrollError) {
    assert_error_hides(error);
    assert_line(error);
    let line = error.to_string();
    assert!(line.len() < LONGEST_LINE, "{} bytes: {line}", line.len());

    assert_eq!(error.attempts(), 1);
    // The server read each request completely before the answer.
    assert!(
        matches!(
            error.stage(),
            Stage::NoAnswer | Stage::Unreadable | Stage::Rejected
        ),
        "{error:?}"
    );
    let in_face_set = error.outcome().map(Outcome::in_face_set);
    assert_eq!(
        error.may_have_enrolled(),
        in_face_set != Some(InFaceSet::No),
        "{error:?}"
    );
    match error {
        EnrollError::Rejected(rejected) => {
            assert_ne!(rejected.answer.outcome, Outcome::Enrolled);
            let message = rejected.answer.message.as_deref().unwrap_or_default();
            if !is_redacted(rejected.answer.code.as_str()) && !is_redacted(message) {
                let outcome = Outcome::classify(rejected.answer.code.as_str(), message);
                assert_eq!(error.outcome(), Some(outcome), "{error:?}");
            }
        }
        EnrollError::Unreadable(unreadable) => {
            let is_redirect = matches!(unreadable.reason, UnreadableReason::Redirect { .. });
            assert_eq!(
                is_redirect,
                matches!(unreadable.http_status, 300..400),
                "{error:?}"
            );
            assert!(!is_redirect || !error.is_retryable(), "{error:?}");
        }
        // The server ends every answer, so no time-out is possible.
        EnrollError::NoAnswer(no_answer) => assert!(!no_answer.timed_out, "{error:?}"),
        _ => unreachable!("{error:?}"),
    }
}

impl Expected {
    fn check(&self, result: &Result<Enrolled, EnrollError>) {
        let holds = match self {
            Self::Anything => true,
            Self::Outcome(status, outcome) => match result {
                Ok(enrolled) => *outcome == Outcome::Enrolled && enrolled.http_status() == *status,
                Err(EnrollError::Rejected(rejected)) => {
                    rejected.answer.outcome == *outcome && rejected.answer.http_status == *status
                }
                Err(_) => false,
            },
            Self::NoEnvelope(status) => is_unreadable(result, |unreadable| {
                unreadable.http_status == *status
                    && !matches!(unreadable.reason, UnreadableReason::TooLarge { .. })
            }),
            Self::TooLarge(status) => is_unreadable(result, |unreadable| {
                unreadable.http_status == *status
                    && !matches!(unreadable.reason, UnreadableReason::Body { .. })
            }),
            Self::Cut => {
                matches!(result, Err(EnrollError::NoAnswer(_)))
                    || is_unreadable(result, |unreadable| {
                        !matches!(unreadable.reason, UnreadableReason::Body { .. })
                    })
            }
        };
        assert!(holds, "expected {self:?}, got {result:?}");
    }
}

fn is_unreadable(
    result: &Result<Enrolled, EnrollError>,
    holds: impl FnOnce(&Unreadable) -> bool,
) -> bool {
    match result {
        Err(EnrollError::Unreadable(unreadable)) => holds(unreadable),
        _ => false,
    }
}
