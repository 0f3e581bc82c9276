//! The journal of a run: one record per line. Each is written before its id counts as done.

mod disk_sync;
mod file_error;
mod file_kind;
mod journal_record;
mod reader;
mod writer;

pub(crate) use journal_record::JournalRecord;
pub(crate) use reader::{JournalEnd, scan, settled};
pub(crate) use writer::Journal;
