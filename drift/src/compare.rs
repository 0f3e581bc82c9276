//! Compares the contract and the page, section by section.

mod addresses;
mod codes;
mod contract;
mod examples;
mod fact;
mod fields;
mod join;
mod limits;
mod notes;
mod operation;
mod own;
mod parameters;
mod request;
mod schema;
mod signature;

use face_search_enroll_contract::Contract;
use face_search_enroll_vendor_page::{Section, VendorPage};

use crate::{
    finding::{Checked, Verdict},
    page::OperationPage,
    subject::Subject,
};
pub(crate) use contract::Own;
use fact::{Fact, Sides, on_page};
pub(crate) use fields::{DETAILS, stated_details};
use join::join;
pub(crate) use parameters::{RULES, stated_rules};

type Stated = fn(Own<'_>, &VendorPage) -> Sides;

/// The facts of both sides, in the order of the page. A section that is missing is one finding: its facts
/// are not compared.
const SECTIONS: [(Option<Section>, Stated); 13] = [
    (None, unreadable),
    (None, request::title),
    (Some(Section::RequestExample), request::example),
    (Some(Section::RequestUrl), addresses::of),
    (None, notes::of),
    (
        Some(Section::RequestHeaderParameters),
        parameters::in_header,
    ),
    (Some(Section::RequestParameters), parameters::in_body),
    (Some(Section::RequestParameters), signature::example),
    (Some(Section::ResponseDescription), fields::of),
    (None, limits::broken),
    (Some(Section::ResponseCode), codes::messages),
    (Some(Section::ResponseCode), codes::of),
    (Some(Section::ResponseExamples), examples::of),
];

/// Compares the contract with what the page of one operation states. Errata are not applied yet.
pub(crate) fn compare(contract: &Contract, page: &OperationPage) -> Checked {
    let mut checked = Checked::default();
    compare_page(contract, page, &mut checked);
    checked
}

/// Compares each operation of the contract with its page, and reports what has no counterpart.
pub(crate) fn compare_all(contract: &Contract, pages: &[OperationPage]) -> Checked {
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
            operation::without_page(own, &mut checked);
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
        return operation::without_contract(operation, page, checked);
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
    own::sources(own, page, &missing, checked);
}

/// The parts of the page that cannot be read.
fn unreadable(_: Own<'_>, page: &VendorPage) -> Sides {
    let missing = page.missing_sections().into_iter().map(|section| {
        let hint = "the page does not have this section, or it is empty; save the whole page and import it again";
        let said = on_page("no such section", 0);
        Fact::new(format!("section {section}"), said, hint)
    });
    let rows = page.unread.iter().map(|row| {
        let said = on_page("an unreadable row", row.line);
        let hint = "look at the page: the layout of the table may have changed";
        Fact::new(format!("row in {}", row.section), said, hint)
    });
    let stated = missing.chain(rows);
    let stated = stated.map(|fact| fact.wrong(Verdict::Unreadable).about(Subject::Cut));
    (stated.collect(), vec![])
}
