//! Notes. The facts of the page hold a digest of each note. The contract names the digest that it was written
//! for, and the description that says what the note says.

use face_search_enroll_vendor_page::VendorPage;

use super::{
    contract::Own,
    fact::{Fact, Sides, located, on_page},
};
use crate::subject::Subject;

pub(super) fn of(own: Own<'_>, page: &VendorPage) -> Sides {
    let stated = page.notes.iter().enumerate().map(|(index, note)| {
        let hint = format!(
            "read the note on the page, tell what it says in a description, and write under x-notes of \
             the operation, with the place of the description:\n  - {{ digest: {:?}, told: NAME }}",
            note.digest
        );
        Fact::new(name(index), on_page(&note.digest, note.line), hint).about(Subject::Note(index))
    });
    let own = own.operation.notes.iter().enumerate().map(|(index, note)| {
        let gone = "the page no longer has this note";
        Fact::new(name(index), located(&note.digest), gone)
            .mend("the text of the note changed")
            .about(Subject::Note(index))
    });
    (stated.collect(), own.collect())
}

fn name(index: usize) -> String {
    format!("note {}", index + 1)
}
