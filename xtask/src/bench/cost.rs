//! What is measured of a call, and of which clients.

use std::collections::BTreeMap;

use serde::Deserialize;

/// As `benches/src/clients.rs` names them.
pub(super) const CLIENTS: [(&str, &str); 4] = [
    ("crate", "this crate"),
    ("raw", "progenitor's client"),
    ("by-hand", "written by hand"),
    ("floor", "the bytes alone"),
];

/// What `calls run` prints, of all calls together.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct Cost {
    pub(super) wall_ns: f64,
    pub(super) cpu_ns: f64,
    pub(super) allocations: f64,
}

/// Costs by client and concurrency.
pub(super) type Costs = BTreeMap<(&'static str, u32), Vec<Cost>>;

/// Instructions of one call in user space, by client.
pub(super) type Instructions = BTreeMap<&'static str, Vec<f64>>;
