//! The contract and the page, section by section: what each states, joined.

use face_search_enroll_contract::Contract;
use face_search_enroll_vendor_page::{Section, VendorPage};

use super::{
    contract::Own,
    fact::{Fact, Sides, on_page},
    finding::{Checked, Verdict},
    join::join,
    limits, notes, own, request, response, signature, skeleton,
    subject::Subject,
};
use crate::pages::OperationPage;

type Stated = fn(Own<'_>, &VendorPage) -> Sides;

/// What both sides state, in the order of the page. Nothing is said of a section that is missing but
/// that it is.
const SECTIONS: [(Option<Section>, Stated); 13] = [
    (None, unreadable),
    (None, request::title),
    (Some(Section::RequestExample), request::example),
    (Some(Section::RequestUrl), request::addresses),
    (None, notes::of),
    (
        Some(Section::RequestHeaderParameters),
        request::header_parameters,
    ),
    (Some(Section::RequestParameters), request::parameters),
    (Some(Section::RequestParameters), signature::example),
    (Some(Section::ResponseDescription), response::fields),
    (None, limits::broken),
    (Some(Section::ResponseCode), response::messages),
    (Some(Section::ResponseCode), response::codes),
    (Some(Section::ResponseExamples), response::examples),
];

/// Compares the contract with what the page of one operation states. Errata are not applied yet.
#[must_use]
pub fn compare(contract: &Contract, page: &OperationPage) -> Checked {
    let mut checked = Checked::default();
    compare_page(contract, page, &mut checked);
    checked
}

/// Compares each operation of the contract with its page, and tells what has no counterpart.
#[must_use]
pub fn compare_all(contract: &Contract, pages: &[OperationPage]) -> Checked {
    let mut checked = Checked::default();
    for operation in &contract.operations {
        let mut pages = pages.iter();
        if let Some(page) = pages.find(|page| page.operation == *operation.id) {
            compare_page(contract, page, &mut checked);
        } else {
            checked.begin(&operation.id);
            let own = Own {
                contract,
                operation,
            };
            own::has_no_page(own, &mut checked);
            own::examples(own, &mut checked);
        }
    }
    let is_new = |page: &&OperationPage| contract.operation(&page.operation).is_none();
    for page in pages.iter().filter(is_new) {
        compare_page(contract, page, &mut checked);
    }
    checked
}

fn compare_page(contract: &Contract, page: &OperationPage, checked: &mut Checked) {
    let OperationPage { operation, page } = page;
    checked.begin(operation);
    let Some(operation) = contract.operation(operation) else {
        return skeleton::found(operation, page, checked);
    };
    let own = Own {
        contract,
        operation,
    };
    let missing = page.missing_sections();
    for (section, stated) in SECTIONS {
        if section.is_none_or(|section| !missing.contains(&section)) {
            let (stated, own) = stated(own, page);
            join(&stated, &own, checked);
        }
    }
    own::examples(own, checked);
    own::rules(own, page, &missing, checked);
}

/// What keeps the page from being read as a whole.
fn unreadable(_: Own<'_>, page: &VendorPage) -> Sides {
    let missing = page.missing_sections().into_iter().map(|section| {
        let hint = "the page has no such section, or nothing in it; save the whole page";
        let said = on_page("no such section", 0);
        Fact::new(format!("section {section}"), said, hint)
    });
    let rows = page.unread.iter().map(|row| {
        let said = on_page("a row that cannot be read", row.line);
        let hint = "look at the page: the table may have a new form";
        Fact::new(format!("row in {}", row.section), said, hint)
    });
    let stated = missing.chain(rows);
    let stated = stated.map(|fact| fact.wrong(Verdict::Unreadable).about(Subject::Cut));
    (stated.collect(), vec![])
}
