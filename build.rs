//! Writes Rust from the contract: the wire client by progenitor, and the regions, codes and
//! outcomes; and the contract as it is published. It runs again when the contract changes, and at no other time.

/// The folder `build/`: one module for each file that is written, and one for what it is made from.
mod build {
    pub(crate) mod facts;
    mod relaxed_contract;
    pub(crate) mod wire;
}

use std::{env, error::Error, fs, path::PathBuf};

use face_search_enroll_contract::Contract;
use proc_macro2::TokenStream;

use build::{facts, wire};

/// Relative to the package, which is where cargo runs this.
const CONTRACT: &str = "openapi/face-search-enroll.yaml";

fn main() {
    println!("cargo::rerun-if-changed={CONTRACT}");
    // An error that cargo is told fails the build with that line alone; an exit code would add the
    // script's whole output.
    if let Err(error) = generate() {
        for line in error.to_string().lines() {
            println!("cargo::error={line}");
        }
    }
}

fn generate() -> Result<(), Box<dyn Error>> {
    let text = fs::read_to_string(CONTRACT).map_err(|error| format!("{CONTRACT}: {error}"))?;
    let contract = Contract::parse(CONTRACT, &text)?;
    write_code("facts.rs", facts::generate(&contract)?)?;
    write_code("wire.rs", wire::generate(&contract)?)?;
    write("openapi.yaml", &contract.text)?;
    write("openapi.json", &contract.to_json())
}

/// Formats `tokens`, so that `cargo xtask expand` and compiler errors show code that can be read.
fn write_code(file: &str, tokens: TokenStream) -> Result<(), Box<dyn Error>> {
    write(file, &prettyplease::unparse(&syn::parse2(tokens)?))
}

fn write(file: &str, text: &str) -> Result<(), Box<dyn Error>> {
    let folder = env::var_os("OUT_DIR").ok_or("OUT_DIR is not set; run this through cargo")?;
    let path = PathBuf::from(folder).join(file);
    fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()).into())
}
