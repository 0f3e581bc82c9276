//! A mark that something is on its way out, or no longer is.

use crate::{
    change::Affected::Callers,
    comparison::Comparison,
    difference::Difference,
    effect::{Effect, SAME, minor},
};

pub(crate) fn deprecated(_: &Comparison<'_>, difference: &Difference<'_>) -> Effect {
    let goes = "it may go with the next major version; compilers warn of it";
    let stays = "it stays; compilers no longer warn of it";
    match difference.flags() {
        [false, true] => minor(Callers, goes),
        [true, false] => minor(Callers, stays),
        _ => SAME,
    }
}
