//! What is measured, and for which clients.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The clients, by their names in `benches/src/clients.rs`.
pub(super) const CLIENTS: [(&str, &str); 4] = [
    ("crate", "this crate"),
    ("raw", "progenitor's client"),
    ("by-hand", "written by hand"),
    ("floor", "the bytes alone"),
];

/// What `calls run` prints: the totals of all calls.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct Cost {
    pub(super) wall_ns: f64,
    pub(super) cpu_ns: f64,
    pub(super) allocations: f64,
}

/// Costs by client and concurrency.
pub(super) type Costs = BTreeMap<(&'static str, u32), Vec<Cost>>;

/// Instructions of one call, in user space, by client.
pub(super) type Instructions = BTreeMap<&'static str, Vec<f64>>;
