//! Finds the column of a table that holds the ids.

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
            Ok(0) => Err("columns are numbered from 1; write 1 for the first column"),
            Ok(number) => Ok(Self::Number(number)),
            Err(_) => Ok(Self::Named(text.trim().to_owned())),
        }
    }
}

/// Finds the column by the names in the header. Returns its index, and a note for the user.
pub(crate) fn find(
    column: Option<&IdColumn>,
    header: &[String],
) -> Result<(usize, Option<String>), String> {
    let (index, missing) = match column {
        Some(IdColumn::Number(number)) => {
            let index = number.saturating_sub(1);
            if let Some(name) = header.get(index) {
                let note = format!(
                    "the first line names column {number} {name:?}; pass --no-header if that is an id"
                );
                return Ok((index, Some(note)));
            }
            (None, format!("there is no column {number}"))
        }
        Some(IdColumn::Named(name)) => {
            let index = match only(header, |known| known == name) {
                Ok(Some(index)) => Some(index),
                Ok(None) => only(header, |known| are_alike(known, name))?,
                Err(error) => return Err(error),
            };
            (index, format!("there is no column {name:?}"))
        }
        None => (
            only(header, names_ids)?,
            "no column is named signature_id".to_owned(),
        ),
    };
    let index = index.ok_or_else(|| {
        format!(
            "{missing}; the columns are {}; pass --column with a name or a number, or --delimiter if they are split wrongly",
            header.join(", ")
        )
    })?;
    Ok((index, None))
}

/// The only matching column, or an error that names two of them.
fn only(header: &[String], is_meant: impl Fn(&str) -> bool) -> Result<Option<usize>, String> {
    let mut meant = header.iter().enumerate().filter(|(_, name)| is_meant(name));
    let Some((index, name)) = meant.next() else {
        return Ok(None);
    };
    match meant.next() {
        None => Ok(Some(index)),
        Some((other, other_name)) => Err(format!(
            "columns {} ({name:?}) and {} ({other_name:?}) may both hold the ids; pass --column with the number of the right one",
            index + 1,
            other + 1
        )),
    }
}
