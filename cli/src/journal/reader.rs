//! Reads journals of earlier runs.

use std::{
    error::Error,
    fs::File,
    io::{self, BufRead, BufReader},
    path::Path,
    str::Utf8Error,
    sync::mpsc::{self, SyncSender},
    thread,
};

use super::{file_error::failed, file_kind, journal_record::JournalRecord};
use crate::{
    id_digest::IdDigest,
    known_ids::{Known, KnownIds},
    problem::Problem,
    status::Status,
};

/// How a journal ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum JournalEnd {
    /// With a complete line, or the journal is empty.
    Whole,
    /// With a complete record that lacks its line break.
    Unended,
    /// With an incomplete record, which begins after this many bytes.
    Torn(u64),
}

/// The ids that a journal settles. The file is not changed.
pub(crate) fn settled(path: &Path, region: &str) -> Result<KnownIds, Problem> {
    file_kind::refuse_irregular(path)?;
    match File::open(path) {
        Ok(file) => Ok(read_settled(&file, path, region)?.0),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(KnownIds::new()),
        Err(error) => Err(failed("open", path)(error).into()),
    }
}

type SettledIds = Vec<(IdDigest, Known)>;

/// Large enough that handing over a batch costs little.
const BATCH: usize = 1024;

/// The ids that a journal settles, and how the journal ends. A second thread reads the file while this one
/// collects the ids. That halves the time before a run with a large journal starts.
pub(super) fn read_settled(
    file: &File,
    path: &Path,
    region: &str,
) -> Result<(KnownIds, JournalEnd), Problem> {
    let mut settled = KnownIds::new();
    let end = thread::scope(|scope| {
        let (sender, batches) = mpsc::sync_channel(8);
        let reader = scope.spawn(move || digests(file, path, region, &sender));
        for (digest, known) in batches.into_iter().flatten() {
            settled.insert(digest, known);
        }
        let ended = reader.join();
        ended.unwrap_or_else(|_| Err("the thread that reads the journal has stopped".into()))
    })?;
    Ok((settled, end))
}

fn digests(
    file: &File,
    path: &Path,
    region: &str,
    sender: &SyncSender<SettledIds>,
) -> Result<JournalEnd, Problem> {
    let mut batch = SettledIds::new();
    let end = scan(file, path, |line, record, _| {
        check_region(line, record, path, region)?;
        let known = match record.status() {
            Status::Enrolled | Status::AlreadyEnrolled => Known::Enrolled,
            Status::Rejected => Known::Rejected,
            // Another record, before or after this one, may settle the id.
            Status::Failed => return Ok(()),
        };
        batch.push((record.digest(), known));
        if batch.len() == BATCH {
            sender.send(std::mem::take(&mut batch))?;
        }
        Ok(())
    })?;
    sender.send(batch)?;
    Ok(end)
}

fn check_region(
    line: u64,
    record: &JournalRecord<'_>,
    path: &Path,
    region: &str,
) -> Result<(), Problem> {
    if record.region() == region {
        return Ok(());
    }
    let what = format!(
        "line {line} of the journal {} is from {}, but this run calls {region}; choose another --output",
        path.display(),
        record.region(),
    );
    Err(what.into())
}

/// Calls `each` with each record of a journal, and with the number and the text of its line. A line that is
/// not a record is an error, unless it is the last one and may be incomplete because a process was killed.
pub(crate) fn scan(
    file: &File,
    path: &Path,
    mut each: impl FnMut(u64, &JournalRecord<'_>, &str) -> Result<(), Problem>,
) -> Result<JournalEnd, Problem> {
    let mut reader = BufReader::with_capacity(256 * 1024, file);
    let (mut line, mut number, mut length) = (Vec::new(), 0, 0);
    loop {
        line.clear();
        let read = reader.read_until(b'\n', &mut line);
        let read = read.map_err(failed("read", path))?;
        if read == 0 {
            return Ok(JournalEnd::Whole);
        }
        number += 1;
        let ended = line.pop_if(|byte| *byte == b'\n').is_some();
        if line.trim_ascii().is_empty() {
            // An editor may have added a blank line.
            if !ended {
                return Ok(JournalEnd::Unended);
            }
            length += u64::try_from(read).unwrap_or_default();
            continue;
        }
        match record(&line) {
            Ok((record, text)) => each(number, &record, text)?,
            Err(error) if !ended && is_torn(&line, &*error) => return Ok(JournalEnd::Torn(length)),
            Err(error) => {
                let what = format!(
                    "line {number} of {} is not a journal record: {}; check that this is the right file",
                    path.display(),
                    what_it_is(&*error)
                );
                return Err(what.into());
            }
        }
        if !ended {
            return Ok(JournalEnd::Unended);
        }
        length += u64::try_from(read).unwrap_or_default();
    }
}

fn record(line: &[u8]) -> Result<(JournalRecord<'_>, &str), Problem> {
    let text = str::from_utf8(line)?;
    Ok((serde_json::from_str(text)?, text))
}

/// Why a line is not a record.
fn what_it_is(error: &(dyn Error + Send + Sync + 'static)) -> String {
    match error.downcast_ref::<serde_json::Error>() {
        Some(json) if json.is_data() => "it lacks a key that every record has".to_owned(),
        Some(json) => format!("it is not JSON at column {}", json.column()),
        None => "it is not UTF-8".to_owned(),
    }
}

/// Whether the line is the beginning of a record whose end is missing, or zeros that a disk returned for
/// lost data.
fn is_torn(line: &[u8], error: &(dyn Error + Send + Sync + 'static)) -> bool {
    const BEGINNING: &[u8] = b"{\"signature_id\":";
    if line.iter().all(|byte| *byte == 0) {
        return true;
    }
    let json = error.downcast_ref::<serde_json::Error>();
    let text = error.downcast_ref::<Utf8Error>();
    let ends_early = json.is_some_and(serde_json::Error::is_eof)
        || text.is_some_and(|error| error.error_len().is_none());
    ends_early && (line.starts_with(BEGINNING) || BEGINNING.starts_with(line))
}
