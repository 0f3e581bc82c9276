//! Generates what the benchmarks need from the contract: progenitor's client, and the facts that a
//! hand-written client contains.

use std::{env, error::Error, fs, path::PathBuf};

use face_search_enroll_contract::{Contract, Example};
use progenitor::Generator;
use serde_json::Value;

const CONTRACT: &str = "../openapi/face-search-enroll.yaml";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={CONTRACT}");
    let text = fs::read_to_string(CONTRACT)?;
    let contract = Contract::parse(CONTRACT, &text)?;
    let out = PathBuf::from(
        env::var_os("OUT_DIR").ok_or("OUT_DIR is not set; run this script with cargo")?,
    );
    fs::write(out.join("raw.rs"), raw(&contract)?)?;

    let operation = contract
        .operation("enroll")
        .ok_or("the contract has no operation enroll")?;
    let enrolled = operation
        .examples
        .iter()
        .find(|example| example.outcome.value == "Enrolled");
    let enrolled: &Example = enrolled.ok_or("the contract has no example of a success")?;
    let code = enrolled.body.get("code").and_then(Value::as_str);
    let token_header = operation
        .token_header
        .as_ref()
        .ok_or("the operation enroll takes no token")?;
    for (name, value) in [
        ("OPERATION_PATH", operation.path.as_str()),
        ("TOKEN_HEADER", &token_header.to_lowercase()),
        (
            "CODE_OF_SUCCESS",
            code.ok_or("the example of a success has no code")?,
        ),
        ("ANSWER", &enrolled.body.to_string()),
    ] {
        println!("cargo::rustc-env={name}={value}");
    }
    Ok(())
}

/// The client that progenitor generates from the contract.
fn raw(contract: &Contract) -> Result<String, Box<dyn Error>> {
    let mut document = contract.tree.to_json();
    without_patterns(&mut document);
    let document = serde_json::from_value(document)?;
    let tokens = Generator::default().generate_tokens(&document)?;
    Ok(prettyplease::unparse(&syn::parse2(tokens)?))
}

/// Patterns would need a regex engine, whose cost is not part of the comparison.
fn without_patterns(value: &mut Value) {
    match value {
        Value::Object(object) => {
            object.remove("pattern");
            object.values_mut().for_each(without_patterns);
        }
        Value::Array(list) => list.iter_mut().for_each(without_patterns),
        _ => {}
    }
}
