//! Answers: a code with a message, in the table of codes, in an example, or both.

mod added;
mod changed;
mod gone;

use super::{candidate::Candidate, known::Known, pair::Pair};
use crate::{settle::group::Group, subject::Subject};
use added::added;
use changed::changed;
use gone::gone;

pub(super) fn ways(
    known: Known<'_>,
    group: &Group,
    new: Pair<'_>,
    went: Option<&Subject>,
) -> Vec<Candidate> {
    let old = match went {
        Some(Subject::Answer { code, message }) => Some((code.as_str(), message.as_str())),
        Some(Subject::Code(code)) => Some((code.as_str(), new.1)),
        _ => None,
    };
    match old {
        Some(old) => changed(known, new, old),
        None if group.is_gone() => gone(known, new),
        None => added(known, new),
    }
}
