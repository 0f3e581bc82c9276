//! What the page of the contract promises, a promise a module.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod content;
mod escaping;
mod offline;
mod parsed;
mod policy;
mod samples;
mod tidy;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use face_search_enroll_contract::Contract;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn parse(text: &str) -> Contract {
    Contract::parse("face-search-enroll.yaml", text).unwrap_or_else(|problems| panic!("{problems}"))
}

fn render(contract: &Contract) -> String {
    face_search_enroll_page::render(contract).unwrap()
}

static YAML: LazyLock<String> =
    LazyLock::new(|| fs::read_to_string(root().join("openapi/face-search-enroll.yaml")).unwrap());
static CONTRACT: LazyLock<Contract> = LazyLock::new(|| parse(&YAML));
static PAGE: LazyLock<String> = LazyLock::new(|| render(&CONTRACT));
