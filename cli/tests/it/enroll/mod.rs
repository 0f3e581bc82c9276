//! Many ids: from any kind of file, to a journal that can be resumed.

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
