//! How much is read: more than any page of the vendor has, so that memory and time are bounded by
//! numbers rather than by luck.

/// The largest page that is read, in bytes.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;

/// More lines than any page has.
pub(crate) const MAX_LINES: usize = 200_000;

/// More facts than any page states; a page with more is refused rather than half read.
pub(crate) const MAX_FACTS: usize = 10_000;
