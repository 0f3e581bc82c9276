//! Many ids by the command: from any file, to a journal that a run goes on with.

mod damaged;
mod dialects;
mod formats;
mod input;
mod journal;
mod killed;
#[cfg(unix)]
mod open_files;
mod pace;
mod progress;
mod shards;
mod stopping;
mod workbook;
