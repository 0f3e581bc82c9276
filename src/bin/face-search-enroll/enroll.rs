//! `enroll`: calls the endpoint for each id, and reports each.

use std::{
    error::Error,
    io::{self, Write},
};

use clap::Args;
use face_search_enroll::{Client, EnrollError};

use crate::{Exit, Format, record::Record, target};

/// Add the faces of failed verifications to the face set of a region.
///
/// Results go to standard output, a line an id, everything else to standard error.
#[derive(Debug, Args)]
#[command(after_help = "\
Exit codes:
  0  every id is enrolled now, some perhaps before
  1  some ids were rejected: the answer settles them
  2  the command was wrong, and nothing was sent
  3  some ids are not settled: run again, once the cause is gone

Examples:
  face-search-enroll enroll --sandbox 730baa5ab2e34e53
  face-search-enroll enroll --region sg --token-file token.txt 730baa5ab2e34e53 ed8b21c0c87ad617")]
pub(crate) struct Arguments {
    #[command(flatten)]
    target: target::Options,

    /// How results are printed
    #[arg(long, value_enum, default_value = "text")]
    format: Format,

    /// Signature ids of the verifications whose faces are to be enrolled
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Box<dyn Error>> {
    for id in &arguments.ids {
        Client::check_signature_id(id).map_err(EnrollError::Invalid)?;
    }
    let target = arguments.target.resolve()?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    Ok(runtime.block_on(enroll(arguments, &target)))
}

async fn enroll(arguments: &Arguments, target: &target::Target) -> Exit {
    let mut exit = Exit::Enrolled;
    for id in &arguments.ids {
        let result = target.client.enroll(id).await;
        let record = Record::new(id, &result, target.region());
        exit = exit.max(record.exit());
        if let Err(error) = print(&record, arguments.format) {
            eprintln!(
                "error: cannot write the result of {id:?}: {error}; the ids after it were not called"
            );
            return Exit::Failed;
        }
    }
    exit
}

fn print(record: &Record<'_>, format: Format) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match format {
        Format::Json => {
            serde_json::to_writer(&mut out, record)?;
            writeln!(out)?;
        }
        Format::Text => writeln!(out, "{}", record.text())?,
    }
    out.flush()?;
    if let (Format::Text, Some(action)) = (format, record.action()) {
        eprintln!("  what to do: {action}");
    }
    Ok(())
}
