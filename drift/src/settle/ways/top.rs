//! The head of an operation: its title, its address, its headers.

use face_search_enroll_contract::Note;
use serde_json::json;

use super::{candidate::Candidate, known::Known};
use crate::{edit::Place, finding::Open, settle::group::Group, subject::Subject, yaml::quoted};

pub(super) fn title(known: Known<'_>) -> Vec<Candidate> {
    let Some(title) = &known.page.title else {
        return Vec::new();
    };
    let is_own = known.operation.title.at != known.contract.title.at;
    let place = if is_own {
        known.place().key("x-title")
    } else {
        Place::of(["info", "title"])
    };
    let edits = vec![place.set(quoted(&title.value))];
    vec![Candidate::new("use the page's title", edits)]
}

pub(super) fn method(known: Known<'_>, method: &str) -> Vec<Candidate> {
    let method = method.to_ascii_lowercase();
    let edits = vec![known.place().rename(&method)];
    vec![Candidate::new("use the page's method", edits)]
}

pub(super) fn path(known: Known<'_>, path: &str) -> Vec<Candidate> {
    let place = Place::of(["paths", &known.operation.path]);
    vec![Candidate::new(
        "use the page's path",
        vec![place.rename(path)],
    )]
}

/// Only a person can see whether a description matches a note.
pub(super) fn note(known: Known<'_>, index: usize) -> Vec<Candidate> {
    let Some(Note { digest, told }) = known.operation.notes.get(index) else {
        return Vec::new();
    };
    let entry = json!({ "digest": **digest, "told": **told });
    let entry = known.place().key("x-notes").item(entry);
    let place = format!("{} at line {}", **told, told.at.line);
    let way = match known.page.notes.get(index) {
        Some(note) => Candidate::new(
            format!(
                "read the note on the page, correct {place} if it says something else, and update the digest"
            ),
            vec![entry.key("digest").set(quoted(&note.digest))],
        ),
        None => Candidate::new(
            format!("check whether {place} is still true, and remove the entry"),
            vec![entry.remove()],
        ),
    };
    vec![way.open(Open::Choice)]
}

pub(super) fn header(
    known: Known<'_>,
    group: &Group,
    name: &str,
    went: Option<&Subject>,
) -> Vec<Candidate> {
    let token = known.operation.token_header.as_ref();
    let of_token = |header: &str| token.is_some_and(|token| token.value == header);
    let security = &known.contract.tree;
    let schemes = security.at_path(&["components", "securitySchemes"]);
    let schemes = schemes.map_or(&[][..], |schemes| schemes.entries());
    let named = |header: &str| {
        let mut schemes = schemes.iter();
        let scheme = schemes.find(|(_, scheme)| {
            let name = scheme.get("name").and_then(|name| name.as_str());
            name.is_some_and(|name| name.eq_ignore_ascii_case(header))
        });
        scheme.map(|(key, _)| key.text.as_str())
    };
    let mut candidates = Vec::new();
    match went {
        Some(Subject::Header(old)) => {
            if let Some(scheme) = named(old).filter(|_| of_token(old)) {
                let place = Place::of(["components", "securitySchemes", scheme]);
                let edits = vec![place.key("name").set(quoted(name))];
                candidates.push(Candidate::new("rename the header of the token", edits));
            }
        }
        _ if group.is_gone() => {
            let security = known.place().key("security");
            if of_token(name) {
                candidates.push(Candidate::new("send no token", vec![security.set("[]")]));
            }
        }
        _ => {
            if let Some(scheme) = named(name) {
                let security = known.place().key("security");
                let line = format!("[{{ {scheme}: [] }}]");
                candidates.push(Candidate::new("send the token", vec![security.set(line)]));
            }
        }
    }
    candidates
}
