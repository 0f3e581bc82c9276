//! The generated code. `build.rs` writes it from the contract, and `cargo xtask expand` shows it.

/// Regions, codes, outcomes and everything else that the contract says.
#[allow(clippy::pedantic, dead_code, unreachable_pub)]
pub(crate) mod facts {
    include!(concat!(env!("OUT_DIR"), "/facts.rs"));
}

/// The wire client, by progenitor.
#[allow(
    clippy::all,
    clippy::pedantic,
    clippy::unwrap_used,
    dead_code,
    elided_lifetimes_in_paths,
    missing_docs,
    rustdoc::bare_urls,
    rustdoc::broken_intra_doc_links,
    rustdoc::invalid_html_tags,
    unreachable_pub,
    unused_imports
)]
pub(crate) mod wire {
    include!(concat!(env!("OUT_DIR"), "/wire.rs"));
}
