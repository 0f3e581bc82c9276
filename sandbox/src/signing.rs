//! Checks the signature and the time of a request, where the sandbox has keys to check them with.

use std::fmt::{self, Write};

use face_search_enroll_contract::{Condition, Field, Signature};
use serde_json::Value;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::{
    body::{Members, text},
    clock::Clock,
};

/// The two keys of an account.
pub(crate) struct KeyPair {
    pub(crate) access_key: String,
    pub(crate) secret_key: String,
}

/// Without the secret key.
impl fmt::Debug for KeyPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyPair").finish_non_exhaustive()
    }
}

/// Checks every signature of a request, then its times: a time that nobody has signed says nothing.
///
/// # Errors
///
/// The condition under which it is refused.
pub(crate) fn check(
    fields: &[Field],
    members: &Members,
    keys: &[KeyPair],
    clock: Clock,
) -> Result<(), Condition> {
    if keys.is_empty() {
        return Ok(());
    }
    for field in fields {
        if let Some(signature) = &field.signature {
            check_signature(&field.name, signature, members, keys)?;
        }
    }
    let is_wrong = |field: &Field| is_wrong_time(field, members, clock);
    if fields.iter().any(is_wrong) {
        return Err(Condition::WrongTime);
    }
    Ok(())
}

fn check_signature(
    name: &str,
    signature: &Signature,
    members: &Members,
    keys: &[KeyPair],
) -> Result<(), Condition> {
    let over = signature.over.iter();
    // The one name that the request has no member for is the secret.
    let signed: Vec<Option<String>> = over.map(|name| members.get(&**name).map(text)).collect();
    // The access key is among what is signed.
    let is_of = |pair: &&KeyPair| {
        let mut signed = signed.iter().flatten();
        signed.any(|text| is_same(text, &pair.access_key))
    };
    let pair = keys.iter().find(is_of).ok_or(Condition::Unauthorized)?;
    let expected = sign(
        signed
            .iter()
            .map(|text| text.as_deref().unwrap_or(&pair.secret_key)),
    );
    let sent = members.get(name).map(text).unwrap_or_default();
    if is_same(&sent, &expected) {
        Ok(())
    } else {
        Err(Condition::WrongSignature)
    }
}

/// The SHA-256 of `texts`, one after the other, as hexadecimal digits in lower case.
fn sign<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    let mut hash = Sha256::new();
    texts.for_each(|text| hash.update(text));
    hash.finalize()
        .iter()
        .fold(String::new(), |mut digits, byte| {
            // A string takes whatever is written to it.
            let _ = write!(digits, "{byte:02x}");
            digits
        })
}

fn is_same(one: &str, other: &str) -> bool {
    one.as_bytes().ct_eq(other.as_bytes()).into()
}

fn is_wrong_time(field: &Field, members: &Members, clock: Clock) -> bool {
    let tolerance = field
        .clock
        .as_ref()
        .and_then(|clock| clock.tolerance.as_deref());
    let time = members.get(&*field.name).and_then(Value::as_i64);
    let (Some(tolerance), Some(time)) = (tolerance, time) else {
        return false;
    };
    time.abs_diff(clock.now()) > tolerance.saturating_mul(1000)
}
