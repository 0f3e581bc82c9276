//! A run that sends nothing: everything is read and checked.

use std::io::{self, Write};

use serde_json::json;

use super::selection::{Pick, Selection, Skipped};
use crate::{
    Exit, Format,
    record::Record,
    tally::{counted, grouped},
    target::Target,
    terminal::{YELLOW, error_text, paint, say},
    write_json,
};

/// Prints the ids that would be called if `format` says how, and what is wrong with the others.
pub(crate) fn run(
    mut selection: Selection,
    skipped: &Skipped,
    target: &Target,
    format: Option<Format>,
) -> io::Result<Exit> {
    let (mut ids, mut bad) = (0_u64, 0_u64);
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut broken = None;
    while let Some(pick) = selection.next() {
        match pick {
            Ok(Pick::Call(id)) => {
                ids += 1;
                match format {
                    None => {}
                    Some(Format::Text) => writeln!(out, "{id}")?,
                    Some(Format::Json) => write_json(&mut out, &json!({ "signature_id": id }))?,
                }
            }
            Ok(Pick::Report(found)) => {
                bad += 1;
                say(format_args!("{}: {}", paint(YELLOW, "bad"), found.error));
                if format == Some(Format::Json) {
                    let record = Record::invalid(found.id.as_deref(), found.error, target.region());
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
        "{} would be called on {}, {} bad",
        counted(ids, "id"),
        target.client.endpoint(),
        grouped(bad)
    ));
    if let Some(skipped) = skipped.text() {
        say(format_args!("left out: {skipped}"));
    }
    if let Some(error) = broken {
        say(error_text(format_args!(
            "cannot read the input on: {error}"
        )));
        return Ok(Exit::Usage);
    }
    Ok(if bad > 0 {
        Exit::Rejected
    } else {
        Exit::Enrolled
    })
}
