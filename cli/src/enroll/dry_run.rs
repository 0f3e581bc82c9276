//! A run that sends nothing: the whole input is read and checked.

use std::io::{self, Write};

use indicatif::HumanCount;
use serde_json::json;

use super::id_selection::{IdSelection, InvalidEntry, Selected};
use crate::{
    exit::Exit,
    output_format::{OutputFormat, write_json},
    record::Record,
    server::Server,
    summary::count_of,
    terminal::{YELLOW, error_text, paint, say},
};

/// Prints the invalid lines and, if there is a `format`, the ids that would be sent.
pub(crate) fn run(
    mut selection: IdSelection,
    server: &Server,
    format: Option<OutputFormat>,
) -> io::Result<Exit> {
    let (mut ids, mut bad) = (0_u64, 0_u64);
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut broken = None;
    while let Some(selected) = selection.next() {
        match selected {
            Ok(Selected::Call(id)) => {
                ids += 1;
                match format {
                    None => {}
                    Some(OutputFormat::Text) => writeln!(out, "{id}")?,
                    Some(OutputFormat::Json) => {
                        write_json(&mut out, &json!({ "signature_id": id }))?;
                    }
                }
            }
            Ok(Selected::Report(InvalidEntry { id, error })) => {
                bad += 1;
                say(format_args!("{}: {error}", paint(YELLOW, "invalid")));
                if format == Some(OutputFormat::Json) {
                    let record = Record::invalid(id.as_deref(), error, server.region());
                    write_json(&mut out, &record)?;
                }
            }
            Err(error) => {
                broken = Some(error);
                break;
            }
        }
    }
    out.flush()?;
    say(format_args!(
        "{} would be sent to {}; invalid lines: {}",
        count_of(ids, "id"),
        server.client.endpoint(),
        HumanCount(bad)
    ));
    let told = [selection.skipped.text(), selection.damaged.text()];
    for line in told.into_iter().flatten() {
        say(line);
    }
    if let Some(error) = broken {
        say(error_text(format_args!(
            "the input ended early: {error}; make it readable, then run again"
        )));
        return Ok(Exit::Usage);
    }
    Ok(if bad > 0 {
        Exit::Rejected
    } else {
        Exit::Enrolled
    })
}
