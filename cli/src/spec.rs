//! `spec`: prints the OpenAPI contract.

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use face_search_enroll::openapi;

use crate::{exit::Exit, problem::Problem};

/// Print the OpenAPI contract that this program was built from
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  face-search-enroll spec > face-search-enroll.yaml
  face-search-enroll spec --format json | jq .info.version")]
pub(crate) struct Arguments {
    /// The format of the document
    #[arg(long, value_enum, default_value = "yaml")]
    format: DocumentFormat,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum DocumentFormat {
    /// The source, with its comments
    Yaml,
    /// The same document, with keys in the same order
    Json,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Problem> {
    let document = match arguments.format {
        DocumentFormat::Yaml => openapi::YAML,
        DocumentFormat::Json => openapi::JSON,
    };
    io::stdout().lock().write_all(document.as_bytes())?;
    Ok(Exit::Enrolled)
}
