//! Which column of a table holds the ids.

use std::str::FromStr;

use super::id_name::{are_alike, names_ids};

/// The column of the ids, as a user names it.
#[derive(Debug, Clone)]
pub(crate) enum IdColumn {
    /// By the header.
    Named(String),
    /// By its number, counted from 1.
    Number(usize),
}

impl FromStr for IdColumn {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.parse() {
            Ok(0) => Err("columns count from 1"),
            Ok(number) => Ok(Self::Number(number)),
            Err(_) => Ok(Self::Named(text.trim().to_owned())),
        }
    }
}

/// Finds the column by the names in the header. Gives its index, and what to tell of it.
pub(crate) fn find(
    column: Option<&IdColumn>,
    header: &[String],
) -> Result<(usize, Option<String>), String> {
    let (index, missing) = match column {
        Some(IdColumn::Number(number)) => {
            let index = number.saturating_sub(1);
            if let Some(name) = header.get(index) {
                let note = format!(
                    "column {number} is {name:?} by the first line; pass --no-header if that is an id"
                );
                return Ok((index, Some(note)));
            }
            (None, format!("it has no column {number}"))
        }
        Some(IdColumn::Named(name)) => {
            let index = match only(header, |known| known == name) {
                Ok(Some(index)) => Some(index),
                Ok(None) => only(header, |known| are_alike(known, name))?,
                Err(error) => return Err(error),
            };
            (index, format!("it has no column {name:?}"))
        }
        None => (
            only(header, names_ids)?,
            "none of its columns is named signature_id".to_owned(),
        ),
    };
    let index = index.ok_or_else(|| {
        format!(
            "{missing}; its columns are {}: pass --column with one of them, or with a number, or --delimiter",
            header.join(", ")
        )
    })?;
    Ok((index, None))
}

/// The one column that is meant, or an error that names two of them.
fn only(header: &[String], is_meant: impl Fn(&str) -> bool) -> Result<Option<usize>, String> {
    let mut meant = header.iter().enumerate().filter(|(_, name)| is_meant(name));
    let Some((index, name)) = meant.next() else {
        return Ok(None);
    };
    match meant.next() {
        None => Ok(Some(index)),
        Some((other, other_name)) => Err(format!(
            "columns {} ({name:?}) and {} ({other_name:?}) may both hold the ids; pass --column with the number of one",
            index + 1,
            other + 1
        )),
    }
}
