//! A page of an operation that the contract does not have: `check` prints what to paste, and after pasting it
//! the contract agrees with the page.

use std::{fs, path::Path};

use face_search_enroll_contract::Contract;
use face_search_enroll_drift::{
    Checked, Documents, Hunk, OperationPage, TextFile, Verdict, check, compare, write_text,
};
use face_search_enroll_vendor_page::{self as page, VendorPage};

use super::{
    facts,
    frozen::{contract_text as contract, token},
    invented,
    paste::paste,
    render::{Rendering, render},
};

/// What the invented operation is called, after its path.
const INVENTED: &str = "queryFaceSet";

fn read(page: &str) -> VendorPage {
    page::read(page.as_bytes()).unwrap()
}

/// The contract with the way of the one finding pasted into it.
fn pasted(contract: &str, checked: &Checked) -> String {
    let [finding] = checked.findings.as_slice() else {
        panic!("{checked:#?}");
    };
    let [way] = finding.ways.as_slice() else {
        panic!("{checked:#?}");
    };
    let of_contract = |hunk: &&Hunk| hunk.file == "contract.yaml";
    paste(contract, way.hunks.iter().filter(of_contract))
}

/// The names and the sentences that a person writes.
fn filled_in(text: &str) -> String {
    let text = text.replace("NAME-", "Outcome");
    text.replace("SUMMARY", "What is known of it.")
        .replace("ACTION", "Read it.")
}

/// What a check reads of one operation.
fn documents(contract: &str, operation: &str, page: &VendorPage) -> Documents {
    Documents {
        contract: TextFile::new("contract.yaml", contract),
        errata: TextFile::new("errata.yaml", "[]"),
        pages: vec![OperationPage {
            operation: operation.to_owned(),
            page: page.clone(),
        }],
        all: false,
    }
}

fn report(checked: &Checked) -> String {
    let mut out = Vec::new();
    write_text(checked, false, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn an_invented_operation_agrees_with_its_page_once_it_is_pasted() {
    let page = read(&invented::page());
    let found = check(&documents(&contract(), INVENTED, &page)).unwrap();
    // The places move with the contract.
    let mut still = found.clone();
    for hunk in still
        .findings
        .iter_mut()
        .flat_map(|it| &mut it.ways[0].hunks)
    {
        hunk.line = 1;
    }
    let skeleton = report(&still);
    let expected = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/skeleton.txt");
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        fs::write(&expected, &skeleton).unwrap();
    }
    assert_eq!(fs::read_to_string(&expected).unwrap_or_default(), skeleton);

    let open = pasted(&contract(), &found);
    let refused = Contract::parse("contract", &open).unwrap_err().to_string();
    assert!(refused.contains("NAME-1"), "{refused}");

    let filled = filled_in(&open);
    let checked = compare(&documents(&filled, INVENTED, &page));
    let checked = checked.unwrap_or_else(|it| panic!("{it}\n{skeleton}"));
    assert_eq!(checked.findings, [], "{skeleton}");
}

/// The operation that the contract has, taken from it: its skeleton is that operation again, but for
/// what the page contradicts itself in.
#[test]
fn a_page_with_a_signature_and_servers_of_its_own_agrees_once_it_is_pasted() {
    // Without the operation its name in prose would be refused.
    let whole = Contract::parse("contract", &contract()).unwrap().text;
    let (before, rest) = whole.split_once("  /openapi/auth/").unwrap();
    let (_, after) = rest.split_once("\nx-platform-outcomes:\n").unwrap();
    let (after, _) = after.split_once("\n    TokenRequest:\n").unwrap();
    let without = format!("{before}\nx-platform-outcomes:\n{after}\n");
    let page = read(&render(&token(), Rendering::Glued));

    let found = check(&documents(&without, "generateToken", &page)).unwrap();
    let skeleton = report(&found);
    let filled = filled_in(&pasted(&without, &found));
    let contract =
        Contract::parse("contract", &filled).unwrap_or_else(|it| panic!("{it}\n{skeleton}"));
    let checked = compare(&documents(&filled, "generateToken", &page)).unwrap();
    let found: Vec<_> = checked.findings.iter().map(|it| it.fact.as_str()).collect();
    let contradictions = [
        "request parameter timestamp type",
        "request parameter periodSecond type",
    ];
    assert_eq!(found, contradictions, "{skeleton}");
    // They come with the errata that settle them.
    for fact in contradictions {
        assert!(
            skeleton.contains(&format!("  fact: {fact}\n")),
            "{skeleton}"
        );
    }
    assert!(
        contract
            .operation("generateToken")
            .unwrap()
            .token_header
            .is_none()
    );
}

/// Before it is pasted, the new page is one finding beside the others.
#[test]
fn the_other_pages_are_checked_as_before() {
    let page = |operation: &str, page| OperationPage {
        operation: operation.to_owned(),
        page,
    };
    let new = read(&invented::page());
    let documents = Documents {
        pages: vec![
            page("enroll", facts::base()),
            page("generateToken", token()),
            page(INVENTED, new.clone()),
        ],
        all: true,
        ..documents(&contract(), INVENTED, &new)
    };
    let checked = compare(&documents).unwrap();
    let new: Vec<_> = checked
        .findings
        .iter()
        .filter(|finding| finding.operation == INVENTED)
        .map(|finding| (finding.fact.as_str(), finding.verdict))
        .collect();
    assert_eq!(new, [("operation queryFaceSet", Verdict::MissingInSpec)]);
}
