//! Generates Rust from the contract: the wire client by progenitor, and the regions, codes and
//! outcomes. It also writes the contract in its published form. It runs again only when the
//! contract changes.

/// The folder `build/`: one module for each generated file, and the contract that the wire client
/// is generated from.
mod build {
    pub(crate) mod facts;
    mod relaxed_contract;
    pub(crate) mod wire;
}

use std::{env, error::Error, fs, path::PathBuf};

use face_search_enroll_contract::Contract;
use proc_macro2::TokenStream;

use build::{facts, wire};

/// Relative to the package, because cargo runs build scripts there.
const CONTRACT: &str = "openapi/face-search-enroll.yaml";

fn main() {
    println!("cargo::rerun-if-changed={CONTRACT}");
    // With `cargo::error`, cargo prints only these lines. With an exit code, it would add the whole
    // output of this script.
    if let Err(error) = generate() {
        for line in error.to_string().lines() {
            println!("cargo::error={line}");
        }
    }
}

fn generate() -> Result<(), Box<dyn Error>> {
    let text = fs::read_to_string(CONTRACT)
        .map_err(|error| format!("could not read {CONTRACT}: {error}"))?;
    let contract = Contract::parse(CONTRACT, &text)?;
    write_code("facts.rs", facts::generate(&contract)?)?;
    write_code("wire.rs", wire::generate(&contract)?)?;
    write("openapi.yaml", &contract.text)?;
    write("openapi.json", &contract.to_json())
}

/// Formats `tokens`, so that `cargo xtask expand` and compiler errors show readable code.
fn write_code(file: &str, tokens: TokenStream) -> Result<(), Box<dyn Error>> {
    write(file, &prettyplease::unparse(&syn::parse2(tokens)?))
}

fn write(file: &str, text: &str) -> Result<(), Box<dyn Error>> {
    let folder = env::var_os("OUT_DIR").ok_or(
        "could not write the generated code: OUT_DIR is not set; run this script with cargo",
    )?;
    let path = PathBuf::from(folder).join(file);
    fs::write(&path, text)
        .map_err(|error| format!("could not write {}: {error}", path.display()).into())
}
