//! `enroll`: makes one call for each id, and reports each result.

mod account_wide;
mod arguments;
mod calls;
mod conclusion;
mod damaged_ids;
mod dry_run;
mod estimate;
mod id_reader;
mod id_selection;
mod id_stream;
mod output;
mod rate;
mod resume_command;
mod run;
mod run_progress;
mod run_state;
mod skipped_ids;

use std::{io, sync::Arc, thread};

use self::{
    damaged_ids::DamagedIds, id_reader::IdReader, id_selection::IdSelection, id_stream::IdStream,
    output::Output, run_state::RunState, skipped_ids::SkippedIds,
};
use crate::{
    exit::Exit, open_files::make_room, output_format::OutputFormat, problem::Problem,
    signals::StopSignals, terminal::say_note,
};
pub(crate) use arguments::Arguments;

pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Problem> {
    arguments.check_ids()?;
    let mut notes = Vec::new();
    let shard = arguments.shard(&mut notes)?;
    let server = arguments.server.resolve()?;
    let (reader, batches, input_events) = IdReader::new();
    let source = arguments.source(&reader, &mut notes)?;
    let (journal, known) = arguments.journal(server.region(), &mut notes)?;
    if !arguments.dry_run && known.is_empty() {
        notes.extend(arguments.damage());
    }
    // A sandbox in this process also holds the server's side of each connection.
    let files_of_a_call = if server.sandbox.is_some() { 3 } else { 2 };
    let (concurrency, note) = make_room(arguments.concurrency, files_of_a_call);
    for note in notes.into_iter().chain(note) {
        say_note(note);
    }
    let damaged = Arc::new(DamagedIds::default());
    let skipped = Arc::new(SkippedIds::default());
    let selection = IdSelection {
        source,
        shard,
        known,
        skipped: Arc::clone(&skipped),
        damaged: Arc::clone(&damaged),
    };
    if arguments.dry_run {
        let exit = dry_run::run(selection, &server, arguments.format)?;
        return Ok(exit);
    }

    let is_for_few = !arguments.is_bulk() && arguments.printed() == Some(OutputFormat::Text);
    let few = is_for_few.then(|| u64::try_from(arguments.ids.len()).unwrap_or(u64::MAX));
    let output = Output::new(journal, arguments.printed(), is_for_few);
    let length = arguments.input.length();
    let terminal = arguments.terminal(length.is_some());
    let ids = IdStream::new(batches, concurrency);
    // Calls must make progress while a write blocks, for example into a pager.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let ended = runtime.block_on(async {
        let signals = StopSignals::start()?;
        // This thread is never joined, because its input may never end.
        thread::Builder::new()
            .name("input".to_owned())
            .spawn(move || reader.run(selection))?;
        let state = RunState::new(&server, terminal, output, length, few, ids.progress());
        io::Result::Ok(
            run::call_all(
                state,
                (&arguments.pace(concurrency), concurrency),
                ids,
                input_events,
                signals,
            )
            .await,
        )
    })?;
    Ok(conclusion::conclude(arguments, ended, &skipped, &damaged))
}
