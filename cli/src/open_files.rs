//! The limit of open files, which also limits the number of connections.

use std::num::NonZeroUsize;

#[cfg(unix)]
use crate::summary::count_of;

/// Open files that the command needs besides its calls.
#[cfg(unix)]
const RESERVE: u64 = 64;

/// Raises the limit for `calls` at a time, each of which may open this many files. Returns how many calls the
/// limit allows, and a note for the user if these are fewer.
#[cfg(unix)]
pub(crate) fn make_room(
    calls: NonZeroUsize,
    files_of_a_call: u64,
) -> (NonZeroUsize, Option<String>) {
    let wanted = u64::try_from(calls.get()).unwrap_or(u64::MAX);
    let needed = wanted
        .saturating_mul(files_of_a_call)
        .saturating_add(RESERVE);
    let Some(limit) = raise_limit(needed).filter(|limit| *limit < needed) else {
        return (calls, None);
    };
    let room = limit.saturating_sub(RESERVE) / files_of_a_call;
    let room = usize::try_from(room).ok().and_then(NonZeroUsize::new);
    let room = room.unwrap_or(NonZeroUsize::MIN);
    let enough = count_of(room.get().try_into().unwrap_or(u64::MAX), "call");
    let note = format!(
        "the limit of {limit} open files allows {enough} at a time instead of {calls}; to raise it, run `ulimit -n {needed}` first, which may need root"
    );
    (room, Some(note))
}

/// Raises the limit of open files to `needed`, or as far as possible. Returns the limit, or `None` if there
/// is none.
#[cfg(unix)]
fn raise_limit(needed: u64) -> Option<u64> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let current = current?;
    let possible = maximum.map_or(needed, |maximum| maximum.min(needed));
    if possible > current {
        let raised = Rlimit {
            current: Some(possible),
            maximum,
        };
        if setrlimit(Resource::Nofile, raised).is_ok() {
            return Some(possible);
        }
    }
    Some(current)
}

/// Other systems have no such limit.
#[cfg(not(unix))]
pub(crate) fn make_room(calls: NonZeroUsize, _: u64) -> (NonZeroUsize, Option<String>) {
    (calls, None)
}
