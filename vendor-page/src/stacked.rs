//! Tables whose cells are below each other: a line with the name, and a paragraph with the
//! description.
//!
//! A line with a single word may also be prose. The word is a name if a body of the page uses it,
//! if no English word is written like it, or if the paragraph below starts with a type.

use std::collections::BTreeSet;

use crate::names;
use crate::table::TableRow;

/// Combines each name and its description into a row. A table with separate cells is not changed.
pub(crate) fn join<'a>(rows: Vec<TableRow<'a>>, known: &BTreeSet<String>) -> Vec<TableRow<'a>> {
    if rows.iter().any(TableRow::is_split) {
        return rows;
    }
    let names = names_of(&rows, known);
    let stacked = names.contains(&true);
    let mut joined: Vec<TableRow<'a>> = vec![];
    // Whether the paragraph about the last name continues.
    let mut described = false;
    for (row, is_name) in rows.into_iter().zip(names) {
        described &= !is_name;
        match joined.last_mut() {
            Some(name) if described && (name.cells.len() == 1 || !row.after_blank) => {
                describe(name, row);
            }
            _ => {
                described = is_name;
                let bare = stacked && is_bare(&row);
                joined.push(TableRow {
                    worth_telling: row.worth_telling || bare,
                    ..row
                });
            }
        }
    }
    joined
}

/// For each row, whether it is a name with a description below.
fn names_of(rows: &[TableRow<'_>], known: &BTreeSet<String>) -> Vec<bool> {
    let mut names = vec![false; rows.len()];
    let mut below: Option<(&TableRow<'_>, bool)> = None;
    for (row, is_name) in rows.iter().zip(&mut names).rev() {
        if let Some((next, false)) = below {
            let name = row.cell(0);
            let telling = known.contains(name) || names::is_camel(name);
            let typed = names::leading_type(next.cell(0)).is_some();
            *is_name =
                is_bare(row) && ((telling && typed) || (next.after_blank && (telling || typed)));
        }
        below = Some((row, *is_name));
    }
    names
}

/// Whether a row has only a name.
fn is_bare(row: &TableRow<'_>) -> bool {
    names::is_name(row.cell(0)) && !row.cell(0).ends_with('.')
}

fn describe<'a>(name: &mut TableRow<'a>, row: TableRow<'a>) {
    let Some(text) = row.cells.into_iter().next() else {
        return;
    };
    if let Some(description) = name.cells.get_mut(1) {
        let description = description.to_mut();
        description.push(' ');
        description.push_str(&text);
    } else {
        name.second_line = row.line;
        name.cells.push(text);
    }
}
