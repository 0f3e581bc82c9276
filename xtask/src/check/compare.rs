//! The contract and the page, section by section: what each states, joined.

use face_search_enroll_contract::Contract;
use face_search_enroll_vendor_page::VendorPage;

use super::{
    fact::{Fact, Sides, on_page},
    finding::{Checked, Verdict},
    join::join,
    own, request, response,
};

/// What both sides state in each section, in the order of the page.
const SECTIONS: [fn(&Contract, &VendorPage) -> Sides; 10] = [
    unreadable,
    request::title,
    request::example,
    request::addresses,
    request::header_parameters,
    request::parameters,
    response::fields,
    response::messages,
    response::codes,
    response::examples,
];

/// Compares the contract with what a page states. Errata are not applied yet.
#[must_use]
pub fn compare(contract: &Contract, page: &VendorPage) -> Checked {
    let mut checked = Checked::default();
    for section in SECTIONS {
        let (stated, own) = section(contract, page);
        join(&stated, &own, &mut checked);
    }
    own::examples(contract, &mut checked);
    own::rules(contract, page, &mut checked);
    checked
}

/// What keeps the page from being read as a whole.
fn unreadable(_: &Contract, page: &VendorPage) -> Sides {
    let missing = page.missing_sections().into_iter().map(|section| {
        let hint = "the page has no such section, or nothing in it; save the whole page";
        Fact::new(format!("section {section}"), None, hint)
    });
    let rows = page.unread.iter().map(|row| {
        let said = on_page("a row that cannot be read", row.line);
        let hint = "look at the page: the table may have a new form";
        Fact::new(format!("row in {}", row.section), said, hint)
    });
    let stated = missing.chain(rows);
    let stated = stated.map(|fact| fact.wrong(Verdict::Unreadable));
    (stated.collect(), vec![])
}
