//! Excel workbooks: the rows of one sheet, which are read all at once.

use std::{
    borrow::Cow,
    fmt::Display,
    io::{Cursor, Read, Seek},
    vec,
};

use calamine::{DataRef, Reader, SheetType, Xlsx};

use super::{
    column::{self, IdColumn},
    entry::InputEntry,
};

/// The first bytes of a zip archive. A workbook is one.
pub(crate) const BEGINNING: &[u8] = b"PK\x03\x04";

/// A spreadsheet keeps every digit of a whole number below this one.
const WHOLE: f64 = 1e15;

/// The entries of the rows of a sheet.
pub(crate) struct Workbook {
    entries: vec::IntoIter<InputEntry>,
    count: usize,
}

/// The cells of a row that are not empty, by their columns, counted from 0. Each has its text, or the reason
/// why it cannot be an id.
type Cells<'c> = Vec<(usize, Result<Cow<'c, str>, String>)>;

impl Workbook {
    /// Reads the sheet with this name, or the first one. Also returns a note for the user.
    pub(crate) fn read(
        bytes: Vec<u8>,
        sheet: Option<&str>,
        column: Option<&IdColumn>,
        has_header: bool,
    ) -> Result<(Self, Option<String>), String> {
        let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
        let name = sheet_name(&workbook, sheet)?;
        let (mut index, mut note) = (None, None);
        if let Some(IdColumn::Number(number)) = column
            && !has_header
        {
            index = Some(number.saturating_sub(1));
        }
        let mut entries = Vec::new();
        each_row(&mut workbook, &name, |row, cells| {
            if let Some(index) = index {
                entries.push(entry(row, cells, index));
            } else {
                let found;
                (found, note) = column::find(column, &names(cells))?;
                index = Some(found);
            }
            Ok(())
        })?;
        let count = entries.len();
        let entries = entries.into_iter();
        Ok((Self { entries, count }, note))
    }

    pub(crate) fn next(&mut self) -> Option<InputEntry> {
        self.entries.next()
    }

    /// The position in a file of this length, estimated from the share of rows that were returned.
    pub(crate) fn position(&self, length: u64) -> u64 {
        let number = |count: usize| u64::try_from(count).unwrap_or_default();
        let left = length * number(self.entries.len()) / number(self.count).max(1);
        length - left
    }
}

/// The sheet with this name, or the first one that has cells.
fn sheet_name(workbook: &Xlsx<impl Read + Seek>, name: Option<&str>) -> Result<String, String> {
    let mut sheets = workbook.sheets_metadata().iter();
    let sheet = match name {
        Some(name) => sheets.find(|sheet| sheet.name == name),
        None => sheets.find(|sheet| sheet.typ == SheetType::WorkSheet),
    };
    sheet
        .map(|sheet| sheet.name.clone())
        .ok_or_else(|| match name {
            Some(name) => format!(
                "there is no sheet {name:?}; pass --sheet with one of {}",
                workbook.sheet_names().join(", ")
            ),
            None => "it has no sheet with cells; save the ids in a worksheet".to_owned(),
        })
}

/// Calls `each` with each row that is not blank, and with its number, counted from 1.
fn each_row(
    workbook: &mut Xlsx<impl Read + Seek>,
    sheet: &str,
    mut each: impl FnMut(u64, &Cells<'_>) -> Result<(), String>,
) -> Result<(), String> {
    let mut reader = workbook.worksheet_cells_reader(sheet).map_err(unreadable)?;
    let mut cells = Cells::new();
    let mut row = 0;
    while let Some(cell) = reader.next_cell().map_err(unreadable)? {
        let (next, column) = cell.get_position();
        if next != row && !cells.is_empty() {
            each(u64::from(row) + 1, &cells)?;
            cells.clear();
        }
        row = next;
        let content = content(cell.get_value());
        if content
            .as_ref()
            .map_or(true, |text| !text.trim().is_empty())
        {
            cells.push((usize::try_from(column).unwrap_or(usize::MAX), content));
        }
    }
    if !cells.is_empty() {
        each(u64::from(row) + 1, &cells)?;
    }
    Ok(())
}

fn content<'c>(value: &DataRef<'c>) -> Result<Cow<'c, str>, String> {
    Err(match value {
        DataRef::Empty => return Ok(Cow::Borrowed("")),
        DataRef::SharedString(text) => return Ok(Cow::Borrowed(text)),
        DataRef::String(text) => return Ok(Cow::Owned(text.clone())),
        DataRef::Int(number) => return Ok(Cow::Owned(number.to_string())),
        DataRef::Float(number) if number.fract() == 0.0 && number.abs() < WHOLE => {
            return Ok(Cow::Owned(number.to_string()));
        }
        DataRef::Float(number) => format!(
            "the cell is the number {number}, which may have lost digits; format the column as text and enter the id again"
        ),
        DataRef::Error(error) => format!("the cell has the error {error}; write the id"),
        DataRef::Bool(_)
        | DataRef::DateTime(_)
        | DataRef::DateTimeIso(_)
        | DataRef::DurationIso(_) => {
            "the cell is not text; format the column as text and enter the id again".to_owned()
        }
    })
}

fn names(cells: &Cells<'_>) -> Vec<String> {
    let mut names = Vec::new();
    for (column, content) in cells {
        // Earlier columns may be empty.
        names.resize(*column, String::new());
        let name = content.as_ref().map(|name| name.trim().to_owned());
        names.push(name.unwrap_or_default());
    }
    names
}

fn entry(row: u64, cells: &Cells<'_>, index: usize) -> InputEntry {
    let cell = cells.iter().find(|(column, _)| *column == index);
    match cell.map(|(_, content)| content) {
        None => InputEntry::id(row, ""),
        Some(Ok(id)) => InputEntry::id(row, id),
        Some(Err(reason)) => InputEntry::bad(row, reason.as_bytes(), reason.clone()),
    }
}

fn unreadable(error: impl Display) -> String {
    format!(
        "it is a zip archive but not a readable workbook ({error}); extract an archive, or save a workbook again as .xlsx"
    )
}
