//! An example as the page prints it.

use face_search_enroll_contract::Example;
use serde_json::{Map, Value as Json};

use super::{candidate::Candidate, known::Known, meaning::sourced, pair::Pair};
use crate::{
    edit::{Edit, Place},
    pieces::has_mask,
    source::OF_TABLE,
    yaml::{entry, inline, quoted},
};

/// The printed body, or, where values of it are masked, its members with the values of the contract.
pub(super) fn request(known: Known<'_>) -> Vec<Candidate> {
    let printed = known.page.request_example.as_ref();
    let printed = printed.and_then(|it| it.body.as_ref()?.json.as_ref().ok());
    let (Some(printed), Some(own)) = (printed, known.operation.request_examples.first()) else {
        return Vec::new();
    };
    let mut body = printed.clone();
    if has_mask(printed)
        && let Some(members) = body.as_object_mut()
    {
        for (name, value) in members {
            if let Some(own) = own.body.get(name) {
                *value = own.clone();
            }
        }
    }
    let place = known.request_examples().key(&own.name);
    let edits = edits(&place, &own.body, &body);
    vec![Candidate::new("use the page's request", edits)]
}

/// The edits that make the value of an example what it is to be: member by member where these stand in
/// one order, else anew.
pub(super) fn edits(place: &Place, own: &Json, body: &Json) -> Vec<Edit> {
    let value = place.key("value");
    let (Some(is), Some(was)) = (body.as_object(), own.as_object()) else {
        return anew(place, body);
    };
    let mut edits = Vec::new();
    members(&value, was, is, &mut edits);
    let kept = was.keys().filter(|key| is.contains_key(*key));
    let added = is.keys().filter(|key| !was.contains_key(*key));
    if kept.chain(added).eq(is.keys()) {
        edits
    } else {
        anew(place, body)
    }
}

fn anew(place: &Place, body: &Json) -> Vec<Edit> {
    vec![
        place.key("value").remove(),
        place.clone().insert(entry("value", body)),
    ]
}

fn members(value: &Place, was: &Map<String, Json>, is: &Map<String, Json>, edits: &mut Vec<Edit>) {
    for key in was.keys().filter(|key| !is.contains_key(*key)) {
        edits.push(value.key(key).remove());
    }
    for (key, new) in is {
        match was.get(key) {
            Some(old) if old == new => {}
            Some(_) => edits.push(value.key(key).set(inline(new))),
            None => edits.push(value.clone().insert(vec![format!(
                "{}: {}",
                quoted(key),
                inline(new)
            )])),
        }
    }
}

/// The edits that give an example a new code or message.
pub(super) fn as_new(
    known: Known<'_>,
    own: &Example,
    new: Pair<'_>,
    body: Option<&Json>,
) -> Vec<Edit> {
    let place = known.examples().key(&own.name);
    if let Some(body) = body {
        let mut all = edits(&place, &own.body, body);
        all.extend(own.source.iter().map(|_| place.key("x-source").remove()));
        return all;
    }
    let value = place.key("value");
    let mut edits = Vec::new();
    for (key, was, is) in [("code", &own.code, new.0), ("message", &own.message, new.1)] {
        if was.value != is {
            edits.push(value.key(key).set(quoted(is)));
        }
    }
    if own.source.is_none() {
        edits.extend(sourced(known, own, OF_TABLE));
    }
    edits
}
