//! How many files, and so how many connections, this process may have open.

use std::num::NonZeroUsize;

#[cfg(unix)]
use crate::summary::count_of;

/// What the command has open beside its calls.
#[cfg(unix)]
const RESERVE: u64 = 64;

/// Makes room for `calls` at a time, of which each may have so many files open. Gives how many there is
/// room for if that is less, and what to say.
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
        "this process may have {limit} files open, which is enough for {enough} at a time instead of {calls}; to make {calls}, run `ulimit -n {needed}` before, as root if need be"
    );
    (room, Some(note))
}

/// Raises the limit of open files to what is needed, or as far as it may be raised; gives what it is now,
/// nothing for no limit.
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

/// Elsewhere there is no such limit.
#[cfg(not(unix))]
pub(crate) fn make_room(calls: NonZeroUsize, _: u64) -> (NonZeroUsize, Option<String>) {
    (calls, None)
}
