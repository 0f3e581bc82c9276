//! Checks that a request is signed with a known key, and that its time is right.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use face_search_enroll_contract::{Condition, Field, Kind, Signature};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// An access key and its secret key.
pub(crate) struct KeyPair {
    pub(crate) access_key: String,
    pub(crate) secret_key: Zeroizing<String>,
}

/// Checks the signature of a request whose fields were checked before. An operation without a
/// signature passes.
pub(crate) fn check(
    fields: &[Field],
    body: &Map<String, Value>,
    keys: &[KeyPair],
    now: SystemTime,
) -> Result<(), Condition> {
    let signed = fields
        .iter()
        .find_map(|field| Some((field, field.signature.as_ref()?)));
    let Some((signed, signature)) = signed else {
        return Ok(());
    };
    let access_key = access_key(fields, body, signature).unwrap_or_default();
    let pair = keys.iter().find(|pair| pair.access_key == access_key);
    let pair = pair.ok_or(Condition::Unauthorized)?;
    let sent = body
        .get(&*signed.name)
        .and_then(Value::as_str)
        .unwrap_or_default();
    let expected = sign(signature, fields, body, &pair.secret_key);
    if !bool::from(sent.as_bytes().ct_eq(expected.as_bytes())) {
        return Err(Condition::WrongSignature);
    }
    fields
        .iter()
        .try_for_each(|field| check_time(field, body, now))
}

/// The access key: the first signed field that is a string.
fn access_key<'b>(
    fields: &[Field],
    body: &'b Map<String, Value>,
    signature: &Signature,
) -> Option<&'b str> {
    let is_text = |name: &str| {
        let mut fields = fields.iter();
        fields.any(|field| *field.name == name && field.kind == Kind::Text)
    };
    let mut names = signature.over.iter().filter(|name| is_text(name));
    body.get(&**names.next()?)?.as_str()
}

/// The SHA-256 of the signed values. The secret key is the value of the name that is not a field.
fn sign(
    signature: &Signature,
    fields: &[Field],
    body: &Map<String, Value>,
    secret_key: &str,
) -> String {
    let mut digest = Sha256::new();
    for name in &signature.over {
        let is_sent = fields.iter().any(|field| field.name.value == name.value);
        match body.get(&**name).filter(|_| is_sent) {
            Some(Value::String(text)) => digest.update(text),
            Some(value) => digest.update(value.to_string()),
            None => digest.update(secret_key),
        }
    }
    digest
        .finalize()
        .iter()
        .fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

fn check_time(field: &Field, body: &Map<String, Value>, now: SystemTime) -> Result<(), Condition> {
    let tolerance = field
        .clock
        .as_ref()
        .and_then(|clock| clock.tolerance.as_ref());
    let time = body.get(&*field.name).and_then(Value::as_u64);
    let (Some(tolerance), Some(time)) = (tolerance, time) else {
        return Ok(());
    };
    let now = now.duration_since(UNIX_EPOCH).unwrap_or_default();
    let difference = Duration::from_millis(time).abs_diff(now);
    if difference > Duration::from_secs(tolerance.value) {
        return Err(Condition::WrongTime);
    }
    Ok(())
}
