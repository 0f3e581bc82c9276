//! The rule for `deprecated`.

use crate::{
    change::Affected::Callers,
    comparison::Comparison,
    difference::Difference,
    effect::{Effect, SAME, minor},
};

pub(crate) fn deprecated(_: &Comparison<'_>, difference: &Difference<'_>) -> Effect {
    let goes = "the next major version may remove it; compilers warn about it";
    let stays = "it stays; compilers no longer warn about it";
    match difference.flags() {
        [false, true] => minor(Callers, goes),
        [true, false] => minor(Callers, stays),
        _ => SAME,
    }
}
