//! Which column of a CSV file holds the ids.

use std::str::FromStr;

use super::id_name::names_ids;

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
            Err(_) => Ok(Self::Named(text.to_owned())),
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
        Some(IdColumn::Named(name)) => (
            header.iter().position(|known| known == name),
            format!("it has no column {name:?}"),
        ),
        None => (
            header.iter().position(|name| names_ids(name)),
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
