//! Limits on a page. They are above every page of the vendor, and bound memory and time.

/// The maximum size of a page, in bytes.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;

/// The maximum number of lines.
pub(crate) const MAX_LINES: usize = 200_000;

/// The maximum number of facts. A page with more is rejected, not read in part.
pub(crate) const MAX_FACTS: usize = 10_000;
