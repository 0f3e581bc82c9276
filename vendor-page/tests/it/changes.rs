//! The changes between two pages: one line for each fact, and none if only line numbers differ.

use face_search_enroll_vendor_page::{PrintedCharge, ResponseCode, VendorPage, changes, read};
use serde_json::json;

use crate::render::{Rendering, render};
use crate::{facts, generated};

/// The changes from the base page to a copy that `edit` changed, as lines of text.
fn after(edit: impl FnOnce(&mut VendorPage)) -> Vec<String> {
    let old = facts::base();
    let mut new = facts::base();
    edit(&mut new);
    changes(&old, &new)
        .iter()
        .map(ToString::to_string)
        .collect()
}

#[test]
fn nothing_changes_between_renderings() {
    let page = facts::base();
    for rendering in Rendering::ALL {
        let read = read(render(&page, rendering).as_bytes()).unwrap();
        assert_eq!(changes(&page, &read), [], "{rendering:?}");
    }
}

#[test]
fn a_header_name_in_another_case_is_not_a_change() {
    let changes = after(|page| {
        page.header_parameters[0].name.make_ascii_lowercase();
        let headers = &mut page.request_example.as_mut().unwrap().headers;
        headers[1].name.make_ascii_lowercase();
    });
    assert_eq!(changes, [""; 0]);
}

#[test]
fn a_reworded_message_is_one_change() {
    let changes = after(|page| {
        page.response_codes[3].message = "Transaction has not passed.".to_owned();
        page.response_codes[3].line = 60;
    });
    assert_eq!(
        changes,
        [
            "changed  response code PARAMETER_ERROR: free, `Transaction is not pass.` \
          → free, `Transaction has not passed.` (line 60)"
        ]
    );
}

#[test]
fn an_inserted_row_is_one_addition() {
    let changes = after(|page| {
        let row = ResponseCode {
            code: "PARAMETER_ERROR".to_owned(),
            charge: Some(PrintedCharge::Pay),
            message: "New".to_owned(),
            line: 58,
        };
        page.response_codes.insert(2, row);
    });
    assert_eq!(
        changes,
        ["added    response code PARAMETER_ERROR: pay, `New` (line 58)"]
    );
}

#[test]
fn a_removed_address_is_one_removal() {
    let changes = after(|page| drop(page.addresses.remove(2)));
    assert_eq!(changes.len(), 1);
    assert!(
        changes[0].starts_with("removed  address https://ph-api."),
        "{changes:?}"
    );
}

#[test]
fn a_changed_order_is_one_move() {
    assert_eq!(
        after(|page| page.response_codes.swap(1, 2)),
        ["moved    order of response codes (line 0)"]
    );
    assert_eq!(
        after(|page| page.addresses.reverse()),
        ["moved    order of addresses (line 0)"]
    );
}

#[test]
fn every_kind_of_fact_is_compared() {
    type Edit = fn(&mut VendorPage);
    let edits: [(&str, Edit); 16] = [
        ("title", |page| page.title = None),
        ("request example method", |page| example(page).method = None),
        ("request example address", |page| {
            example(page).address = None;
        }),
        ("request example header", |page| {
            drop(example(page).headers.pop());
        }),
        ("request example body", |page| {
            example(page).body = Some(generated::body(json!({})));
        }),
        ("request example slip", |page| example(page).slips.clear()),
        ("address", |page| {
            page.addresses[1].method = Some("PUT".to_owned());
        }),
        ("address", |page| page.addresses[1].media_type = None),
        ("header parameter", |page| page.header_parameters.clear()),
        ("request parameter", |page| {
            page.request_parameters[0].type_name = None;
        }),
        ("response field", |page| {
            page.response_fields[1].max_length = Some(32);
        }),
        ("response field", |page| {
            page.response_fields[2].constant = None;
        }),
        ("response field", |page| {
            page.response_fields[2].deprecated = false;
        }),
        ("response field data.signatureId", |page| {
            page.response_fields[4].members.clear();
        }),
        ("response code", |page| {
            page.response_codes[0].charge = Some(PrintedCharge::Pay);
        }),
        ("response example", |page| {
            drop(page.response_examples.pop());
        }),
    ];
    for (fact, edit) in edits {
        let changes = after(edit);
        assert_eq!(changes.len(), 1, "{fact}: {changes:?}");
        assert!(
            changes[0].contains(&format!("  {fact}")),
            "{fact}: {changes:?}"
        );
    }
}

fn example(page: &mut VendorPage) -> &mut face_search_enroll_vendor_page::RequestExample {
    page.request_example.as_mut().unwrap()
}
