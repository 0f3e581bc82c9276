//! What both sides state of notes. Of the page a digest of their words is known; the contract says with which
//! words it was written, and where it tells what they say.

use face_search_enroll_vendor_page::VendorPage;

use super::{
    contract::Own,
    fact::{Fact, Sides, located, on_page},
    subject::Subject,
};

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
        let place = format!("{} at line {}", note.told, note.told.at.line);
        let gone = format!("the page has no such note any more; look at {place}, and take the entry of x-notes away");
        let mend = format!(
            "the words of the note changed: read it on the page, look whether {place} still tells what it \
             says, and write its digest in x-notes"
        );
        Fact::new(name(index), located(&note.digest), gone)
            .mend(mend)
            .about(Subject::Note(index))
    });
    (stated.collect(), own.collect())
}

fn name(index: usize) -> String {
    format!("note {}", index + 1)
}
