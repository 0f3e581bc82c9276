//! The tables of headers and of request parameters: name and type.

use crate::facts::{Parameter, Unread};
use crate::known_names::KnownNames;
use crate::names;
use crate::outline::PagePart;
use crate::table::{self, TableRow};

/// The parameters in the table of this part.
pub(crate) fn read(
    part: &PagePart<'_>,
    known: &KnownNames,
    unread: &mut Vec<Unread>,
) -> Vec<Parameter> {
    let mut parameters = vec![];
    for row in table::rows(part) {
        match split(&row, known) {
            Some((name, type_name)) => parameters.push(Parameter {
                name: name.to_owned(),
                type_name: type_name.map(str::to_owned),
                line: row.line,
            }),
            None => row.unread(part, unread),
        }
    }
    parameters
}

fn split<'r>(row: &'r TableRow<'_>, known: &KnownNames) -> Option<(&'r str, Option<&'r str>)> {
    let name = row.cell(0);
    if !row.is_split() {
        return names::name_and_type(name, &known.names);
    }
    if !names::is_name(name) {
        return None;
    }
    // The type begins the description, or has a column of its own.
    let type_name = names::leading_type(row.cell(1)).or_else(|| {
        row.cells
            .iter()
            .skip(2)
            .map(AsRef::as_ref)
            .find(|cell| names::leading_type(cell) == Some(*cell))
    });
    Some((name, type_name))
}
