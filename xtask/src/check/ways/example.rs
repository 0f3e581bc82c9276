//! An example as the page prints it.

use serde_json::{Map, Value as Json};

use crate::check::{
    edit::{Edit, Place},
    write::{entry, inline, quoted},
};

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
