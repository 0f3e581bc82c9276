//! `regions`: lists the regions of the contract.

use std::io::{self, Write};

use clap::Args;
use face_search_enroll::Region;
use serde::Serialize;

use crate::{
    exit::Exit,
    output_format::{OutputFormat, write_json},
    problem::Problem,
};

/// List the regions, with code, name, country and address
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  face-search-enroll regions
  face-search-enroll regions --format json | jq -r .base_url")]
pub(crate) struct Arguments {
    /// The output format of the list
    #[arg(long, value_enum, default_value = "text")]
    format: OutputFormat,
}

#[derive(Debug, Serialize)]
struct ListedRegion {
    code: &'static str,
    name: &'static str,
    country: &'static str,
    country_alpha3: &'static str,
    country_name: &'static str,
    base_url: &'static str,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Problem> {
    let mut out = io::stdout().lock();
    let width = Region::ALL.iter().map(|region| region.name().len()).max();
    for region in Region::ALL {
        let listed = ListedRegion {
            code: region.code(),
            name: region.name(),
            country: region.country(),
            country_alpha3: region.country_alpha3(),
            country_name: region.country_name(),
            base_url: region.base_url(),
        };
        match arguments.format {
            OutputFormat::Json => write_json(&mut out, &listed)?,
            OutputFormat::Text => writeln!(
                out,
                "{:<4}{:<width$}  {}  {}  {}",
                listed.code,
                listed.name,
                listed.country,
                listed.country_alpha3,
                listed.base_url,
                width = width.unwrap_or_default(),
            )?,
        }
    }
    Ok(Exit::Enrolled)
}
