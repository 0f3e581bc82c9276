//! The table of an answer's members: name, and the facts that its description states: the
//! greatest length, whether it is deprecated, a constant value, the members of an object.

use std::collections::BTreeSet;

use crate::description::DescriptionWords;
use crate::facts::{Member, ResponseField, Unread};
use crate::known_names::KnownNames;
use crate::names::Guess;
use crate::outline::PagePart;
use crate::table::{self, TableRow};
use crate::{names, stacked};

/// The fields in the table of this part.
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
        // Where cells are apart, a row of one cell is no field, or one without a description.
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

/// A row's name where nothing else could be meant.
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
    // `dataListThings found` is no row of `data` where `data` has one of its own.
    let likely = || names::known(text, &known.names).find(|name| !settled.contains(name));
    let named = settled_name(row, known).or_else(likely);
    let guess = named.map(sure).or_else(|| names::guess(text))?;
    Some((guess, text.get(guess.name.len()..)?.to_owned()))
}

/// The member of the field above that a row adds, where it is no field of its own.
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

/// The member that no body shows, in a row whose first cell spans from above and was dropped.
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

/// What stands above a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Above {
    /// A field without members, or nothing.
    Field,
    /// A field with members, or a member of it.
    Object,
    /// A row that was not read, so that it may have been any of these.
    Unread,
}

/// Whether glued text may be a member of the field above as well as a field: `refreshToken Handle`
/// may be the field `refresh` with the description `Token Handle`.
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

/// The member that the description of an object begins with: one that the bodies show, or a word
/// that reads like one where the field may be an object.
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

/// Whether a name that a text begins with does not go on in lower case, as in `idea` for `id`.
fn ends_name(text: &str, name: &str) -> bool {
    let rest = text.get(name.len()..).unwrap_or_default();
    !rest.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
}
