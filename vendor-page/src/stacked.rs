//! Tables whose cells stand one below the other: a name in a line of its own, and in the paragraph
//! below it the description.
//!
//! A word in a line of its own may be prose as well. It is a name where the page's bodies use it,
//! where it is written as no English word is, or where the paragraph below begins with a type.

use std::collections::BTreeSet;

use crate::names;
use crate::table::TableRow;

/// Makes one row of each name and its description; a table with cells apart stays as it is.
pub(crate) fn join<'a>(rows: Vec<TableRow<'a>>, known: &BTreeSet<String>) -> Vec<TableRow<'a>> {
    if rows.iter().any(TableRow::is_split) {
        return rows;
    }
    let names = names_of(&rows, known);
    let stacked = names.contains(&true);
    let mut joined: Vec<TableRow<'a>> = vec![];
    // Whether the paragraph goes on that describes the last name.
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

/// For each row whether it is a name whose description follows.
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

/// Whether nothing but a name stands in a row.
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
