//! The table with the members of an answer: their names, and the facts in their descriptions. These
//! are the maximum length, whether the member is deprecated, a constant value, and the members of
//! an object.

use std::collections::BTreeSet;

use crate::description::DescriptionWords;
use crate::facts::{Member, ResponseField, Unread};
use crate::known_names::KnownNames;
use crate::names::Guess;
use crate::outline::PagePart;
use crate::table::{self, TableRow};
use crate::{names, stacked};

/// The fields of the table in this part.
pub(crate) fn read(
    part: &PagePart<'_>,
    known: &KnownNames,
    unread: &mut Vec<Unread>,
) -> Vec<ResponseField> {
    let mut fields: Vec<ResponseField> = vec![];
    let rows = stacked::join(table::rows(part), &known.names);
    let cells_apart = rows.iter().any(TableRow::is_split);
    let settled = rows.iter().filter_map(|row| settled_name(row, known));
    let settled: BTreeSet<&str> = settled.collect();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut lost = false;
    for row in &rows {
        if let Some(above) = fields.last_mut()
            && let Some(member) =
                continued(row, above, known).or_else(|| new_member(row, above, cells_apart, known))
        {
            above.members.push(Member {
                name: member.to_owned(),
                line: row.line,
            });
            continue;
        }
        // In a table with separate cells, a row of one cell is not a field, or has no description.
        let whole = row.is_split() || !cells_apart || known.names.contains(row.cell(0));
        let above = if lost {
            Above::Unread
        } else if fields.last().is_some_and(|it| !it.members.is_empty()) {
            Above::Object
        } else {
            Above::Field
        };
        let read = name_and_description(row, known, &settled).filter(|(Guess { name, .. }, _)| {
            let again = seen.contains(name) && !names::runs_on(row.cell(0), name);
            whole && (row.is_split() || !(again || may_be_member(row, above, known)))
        });
        lost = read.is_none();
        match read {
            Some((guess, description)) => {
                seen.insert(guess.name);
                fields.push(field(guess, description.trim(), row, known));
            }
            None => row.unread(part, unread),
        }
    }
    fields
}

fn field(
    Guess { name, other }: Guess<'_>,
    description: &str,
    row: &TableRow<'_>,
    known: &KnownNames,
) -> ResponseField {
    let mut field = ResponseField {
        name: name.to_owned(),
        other_reading: other.map(str::to_owned),
        line: row.line,
        ..ResponseField::default()
    };
    if let Some(member) = member(name, description, known) {
        field.members.push(Member {
            name: member.to_owned(),
            line: row.second_line,
        });
    } else {
        let words = DescriptionWords::of(description);
        field.max_length = words.max_length();
        field.deprecated = words.has("deprecated");
        field.constant = words.constant();
    }
    field
}

/// The name in a row, if it is unambiguous.
fn settled_name<'r>(row: &'r TableRow<'_>, known: &KnownNames) -> Option<&'r str> {
    let text = row.cell(0);
    if row.is_split() {
        return Some(text);
    }
    let hump = names::before_last_hump(text);
    names::known(text, &known.names).find(|name| {
        let rest = text.get(name.len()..).unwrap_or_default();
        rest.is_empty()
            || rest.starts_with(char::is_whitespace)
            || hump == Some(*name)
            || known_member(name, rest, known).is_some()
    })
}

fn name_and_description<'r>(
    row: &'r TableRow<'_>,
    known: &KnownNames,
    settled: &BTreeSet<&str>,
) -> Option<(Guess<'r>, String)> {
    let text = row.cell(0);
    let sure = |name| Guess { name, other: None };
    if row.is_split() {
        return names::is_name(text).then(|| (sure(text), row.text_from(1)));
    }
    // `dataListThings found` is not the row of `data` if `data` has another row.
    let likely = || names::known(text, &known.names).find(|name| !settled.contains(name));
    let named = settled_name(row, known).or_else(likely);
    let guess = named.map(sure).or_else(|| names::guess(text))?;
    Some((guess, text.get(guess.name.len()..)?.to_owned()))
}

/// The member that a row adds to the field above, if the row is not a field of its own.
fn continued<'r>(
    row: &'r TableRow<'_>,
    above: &ResponseField,
    known: &KnownNames,
) -> Option<&'r str> {
    if row.is_split() && row.cell(0).is_empty() {
        let text = row.cell(1);
        let name = text.split_whitespace().next()?;
        return member(&above.name, text, known).or(names::is_name(name).then_some(name));
    }
    let text = row.cell(0);
    let children = known.children.get(&above.name)?;
    let name = names::known(text, children).find(|name| ends_name(text, name))?;
    let top = names::known(text, &known.names).next();
    top.is_none_or(|top| top.len() < name.len()).then_some(name)
}

/// A member that no body has, in a row whose first cell is covered by a cell from above.
fn new_member<'r>(
    row: &'r TableRow<'_>,
    above: &ResponseField,
    cells_apart: bool,
    known: &KnownNames,
) -> Option<&'r str> {
    let text = row.cell(0);
    let dropped = cells_apart && row.contiguous && !row.is_split() && !above.members.is_empty();
    let word = text.split_whitespace().next()?;
    (dropped && names::is_camel(word) && !known.names.contains(word)).then_some(word)
}

/// The kind of row above a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Above {
    /// A field without members, or no row.
    Field,
    /// A field with members, or a member of it.
    Object,
    /// An unread row, which may be any of these.
    Unread,
}

/// Whether text without separators may be either a field or a member of the field above:
/// `refreshToken Handle` may be the field `refresh` with the description `Token Handle`.
fn may_be_member(row: &TableRow<'_>, above: Above, known: &KnownNames) -> bool {
    let text = row.cell(0);
    let mut words = text.split_whitespace();
    let camel = words.next().is_some_and(names::is_camel);
    let begins = match above {
        Above::Field => false,
        Above::Object => words
            .next()
            .is_some_and(|word| word.starts_with(|c: char| c.is_ascii_uppercase())),
        Above::Unread => true,
    };
    camel && begins && names::known(text, &known.names).next().is_none()
}

/// The member at the start of the description of an object: a member that the bodies have, or a
/// word that looks like one if the field may be an object.
fn member<'t>(name: &str, description: &'t str, known: &KnownNames) -> Option<&'t str> {
    let description = description.trim_start();
    known_member(name, description, known).or_else(|| {
        let object = known.children.contains_key(name) || !known.scalars.contains(name);
        let word = description.split_whitespace().next()?;
        (object && names::is_camel(word)).then_some(word)
    })
}

fn known_member<'t>(name: &str, description: &'t str, known: &KnownNames) -> Option<&'t str> {
    names::known(description, known.children.get(name)?)
        .find(|member| ends_name(description, member))
}

/// Whether the name at the start of a text ends there, and is not the start of a longer word as
/// `id` in `idea`.
fn ends_name(text: &str, name: &str) -> bool {
    let rest = text.get(name.len()..).unwrap_or_default();
    !rest.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
}
