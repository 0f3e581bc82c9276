//! The tables of headers and of request parameters: the name, the type, and the facts in the
//! description. These are whether it is optional, the default, the limits and the number of digits.

use std::collections::BTreeSet;

use crate::description::DescriptionWords;
use crate::facts::{Parameter, Unread};
use crate::known_names::KnownNames;
use crate::outline::PagePart;
use crate::signature::SignatureBlock;
use crate::table::{self, TableRow};
use crate::{names, stacked};

/// The parameters of the table in this part. The lines of the example of a signature are not rows.
pub(crate) fn read(
    part: &PagePart<'_>,
    signature: Option<&SignatureBlock>,
    known: &KnownNames,
    unread: &mut Vec<Unread>,
) -> Vec<Parameter> {
    let mut rows = table::rows(part);
    rows.retain(|row| !signature.is_some_and(|block| block.holds(row.at)));
    let rows = stacked::join(rows, &known.names);
    let cells_apart = rows.iter().any(TableRow::is_split);
    let read: Vec<_> = rows
        .iter()
        .map(|row| ParameterRow::of(row, known).filter(|it| !cells_apart || it.is_in_cells(row)))
        .collect();
    let typed = read.iter().flatten().filter(|it| it.type_name.is_some());
    let mut named: BTreeSet<&str> = typed.map(|it| it.name).collect();
    let mut parameters = vec![];
    for (row, own) in rows.iter().zip(&read) {
        // A line of prose may start with a name that has its own row.
        let own = own.as_ref();
        let own = own.filter(|it| it.is_sure(row) || named.insert(it.name));
        match own {
            Some(read) => parameters.push(read.parameter(row)),
            // The line directly above the example introduces it.
            None if signature.is_some_and(|block| block.follows(row.at, part)) => {}
            None => row.unread(part, unread),
        }
    }
    parameters
}

/// A row, split into its parts.
struct ParameterRow<'r> {
    name: &'r str,
    type_name: Option<&'r str>,
    description: String,
}

impl<'r> ParameterRow<'r> {
    fn of(row: &'r TableRow<'_>, known: &KnownNames) -> Option<Self> {
        let text = row.cell(0);
        if !row.is_split() {
            let (name, type_name) = names::name_and_type(text, &known.names)?;
            let description = after(text.get(name.len()..).unwrap_or_default(), type_name);
            return Some(Self {
                name,
                type_name,
                description,
            });
        }
        if !names::is_name(text) {
            return None;
        }
        // The type starts the description, or has its own column.
        let leading = names::leading_type(row.cell(1));
        let type_name = leading.or_else(|| {
            row.cells
                .iter()
                .skip(2)
                .map(AsRef::as_ref)
                .find(|cell| names::leading_type(cell) == Some(*cell))
        });
        Some(Self {
            name: text,
            type_name,
            description: after(&row.text_from(1), leading),
        })
    }

    /// Whether the row belongs to a table with separate cells. There, a row of one cell has no
    /// description.
    fn is_in_cells(&self, row: &TableRow<'_>) -> bool {
        row.is_split() || self.name == row.cell(0)
    }

    /// Whether this cannot be a line of prose.
    fn is_sure(&self, row: &TableRow<'_>) -> bool {
        let runs_on = names::runs_on(row.cell(0), self.name);
        row.is_split() || self.type_name.is_some() || runs_on
    }

    fn parameter(&self, row: &TableRow<'_>) -> Parameter {
        let words = DescriptionWords::of(&self.description);
        Parameter {
            name: self.name.to_owned(),
            type_name: self.type_name.map(str::to_owned),
            optional: words.optional(),
            default: words.default(),
            minimum: words.minimum(),
            maximum: words.maximum(),
            digits: words.digits(),
            line: row.line,
        }
    }
}

/// The rest of a text after its type.
fn after(text: &str, type_name: Option<&str>) -> String {
    let text = text.trim_start();
    let rest = type_name.and_then(|it| text.strip_prefix(it));
    rest.unwrap_or(text).trim().to_owned()
}
