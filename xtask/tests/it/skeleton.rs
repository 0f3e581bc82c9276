//! A page whose operation the contract lacks: `check` answers with what to paste, and what is pasted
//! agrees with the page.

use std::{fs, path::Path};

use face_search_enroll_compatibility::{Class, Document, changes};
use face_search_enroll_contract::Contract;
use face_search_enroll_vendor_page::{self as page, VendorPage};
use xtask::{
    check::{self, Checked, Documents, Format, Hunk, TextFile, Verdict, compare, compare_all},
    import::{self, ImportStatus},
    pages::{OperationPage, operation_of},
    publish,
};

use crate::{
    check::{contract_text as contract, token},
    facts, folder,
    paste::paste,
    render::{Rendering, render},
};

const PATH: &str = "/intl/openapi/faces/v1/query-face-set";

/// The page of an operation that nobody has heard of.
fn invented() -> String {
    let mut page = facts::base();
    page.title.as_mut().unwrap().value = "Query Face Set".into();
    let moved = |url: &str| {
        let host = url.split('/').nth(2).unwrap();
        format!("https://{host}{PATH}")
    };
    for address in &mut page.addresses {
        address.url = moved(&address.url);
    }
    let example = page.request_example.as_mut().unwrap();
    let address = example.address.as_mut().unwrap();
    address.value = moved(&address.value);
    example.slips.clear();
    let text = |text: &str| serde_json::from_str(text).unwrap();
    example.body.as_mut().unwrap().json = Ok(text(r#"{"faceSetId":"a: b","limit":5}"#));
    page.request_parameters.truncate(1);
    page.request_parameters[0].name = "faceSetId".into();
    let mut limit = page.request_parameters[0].clone();
    limit.name = "limit".into();
    limit.type_name = Some("integer".to_owned());
    limit.optional = true;
    limit.default = Some(10);
    limit.minimum = Some(1);
    limit.maximum = Some(100);
    page.request_parameters.push(limit);
    let mut data = page.response_fields.iter_mut();
    let data = data.find(|it| !it.members.is_empty()).unwrap();
    data.members[0].name = "faceCount".into();
    page.response_codes.truncate(3);
    page.response_codes[2].code = "FACE_SET_EMPTY".into();
    page.response_codes[2].message = "No face: yet".into();
    let mut platform = page.response_codes[2].clone();
    platform.code = "ACCOUNT_DISABLED".into();
    platform.message = "Account Disabled".into();
    page.response_codes.push(platform);
    let mut failed = page.response_codes[2].clone();
    failed.code = "ERROR".into();
    failed.message = "It broke".into();
    page.response_codes.push(failed);
    page.response_examples.truncate(2);
    let body = page.response_examples[0].body.json.as_mut().unwrap();
    body["data"] = text(r#"{"faceCount":3}"#);
    render(&page, Rendering::Glued)
}

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

fn checked(contract: &str, page: &VendorPage) -> Checked {
    let operation = operation_of(&Contract::parse("contract", contract).unwrap(), page).unwrap();
    let page = page.clone();
    let documents = Documents {
        contract: TextFile::new("contract.yaml", contract),
        errata: TextFile::new("errata.yaml", "[]"),
        pages: vec![OperationPage { operation, page }],
        all: false,
    };
    check::check_documents(&documents).unwrap()
}

fn report(checked: &Checked) -> String {
    let mut out = Vec::new();
    check::write(checked, Format::Text, false, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn an_invented_operation_agrees_with_its_page_once_it_is_pasted() {
    let page = read(&invented());
    let found = checked(&contract(), &page);
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
    let contract =
        Contract::parse("contract", &filled).unwrap_or_else(|it| panic!("{it}\n{skeleton}"));
    let operation = operation_of(&contract, &page).unwrap();
    assert_eq!(operation, "queryFaceSet");
    let checked = compare(&contract, &OperationPage { operation, page });
    assert_eq!(checked.findings, [], "{skeleton}");
}

/// Without any Rust it is published, shown on the reference page, and one more call for those who compare.
#[test]
fn an_invented_operation_is_published() {
    let (dir, dist) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    folder::copy(dir.path());
    let page = read(&invented());
    let filled = filled_in(&pasted(&contract(), &checked(&contract(), &page)));
    fs::write(dir.path().join("face-search-enroll.yaml"), &filled).unwrap();
    fs::write(
        dir.path().join("vendor-pages/queryFaceSet.yaml"),
        page::to_yaml(&page),
    )
    .unwrap();
    let args = publish::Args {
        out: dist.path().to_owned(),
        folder: dir.path().to_owned(),
        check: false,
    };
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = publish::run(&args, &mut out, &mut err).unwrap();
    let said = String::from_utf8_lossy(&out);
    assert_eq!(code, 0, "{said}{}", String::from_utf8_lossy(&err));

    let latest = dist.path().join("latest");
    assert!(latest.join("examples/queryFaceSet").is_dir());
    let shown = fs::read_to_string(latest.join("index.html")).unwrap();
    let contract = Contract::parse("contract", &filled).unwrap();
    let operation = contract.operation("queryFaceSet").unwrap();
    assert!(shown.contains(&*operation.path.value));
    for outcome in &operation.outcomes {
        assert!(shown.contains(&*outcome.name.value), "{}", outcome.name);
    }

    let [was, is] =
        [self::contract(), filled].map(|text| Document::parse("contract", text).unwrap());
    let changes = changes(&was, &is);
    assert!(
        changes.iter().all(|change| change.class != Class::Major),
        "{changes:#?}"
    );
    assert!(
        changes
            .iter()
            .any(|change| change.pointer.ends_with(&format!(
                "/{}/{}",
                operation.path.replace('/', "~1"),
                operation.method.to_lowercase()
            )))
    );
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

    let found = checked(&without, &page);
    let skeleton = report(&found);
    let filled = filled_in(&pasted(&without, &found));
    let contract =
        Contract::parse("contract", &filled).unwrap_or_else(|it| panic!("{it}\n{skeleton}"));
    let operation = operation_of(&contract, &page).unwrap();
    let checked = compare(&contract, &OperationPage { operation, page });
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

#[test]
fn a_page_is_imported_by_the_operation_that_its_addresses_tell() {
    let dir = tempfile::tempdir().unwrap();
    folder::copy(dir.path());
    let file = |operation: &str| dir.path().join(format!("vendor-pages/{operation}.yaml"));
    let args = import::Args {
        page: "-".into(),
        check: false,
        folder: dir.path().to_owned(),
        facts: None,
    };
    let run = |page: &str| {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let status = import::run(&args, &mut page.as_bytes(), &mut out, &mut err).unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (status, text(out), text(err))
    };
    for (operation, page) in [("enroll", facts::base()), ("generateToken", token())] {
        fs::remove_file(file(operation)).unwrap();
        let (status, out, err) = run(&render(&page, Rendering::Glued));
        assert_eq!(
            (status, err.as_str()),
            (ImportStatus::UpToDate, ""),
            "{out}"
        );
        assert!(file(operation).exists(), "{out}");
    }

    let (status, out, _) = run(&invented());
    assert_eq!(status, ImportStatus::UpToDate);
    assert!(
        out.starts_with(
            "the contract has no operation with the path of this page; called queryFaceSet"
        ),
        "{out}"
    );
    assert!(file("queryFaceSet").exists(), "{out}");
    let checking = check::Args {
        page: None,
        format: Format::Text,
        folder: dir.path().to_owned(),
        fix: false,
        edition: None,
        errata: false,
    };
    let mut out = Vec::new();
    check::run(&checking, &mut std::io::empty(), &mut out, &mut Vec::new()).unwrap();
    let out = String::from_utf8(out).unwrap();
    assert!(
        out.contains("missing-in-spec: operation queryFaceSet\n  page of queryFaceSet line "),
        "{out}"
    );

    let untold = invented().replace(PATH, "");
    let (status, _, err) = run(&untold);
    assert_eq!(status, ImportStatus::Unreadable);
    assert!(
        err.contains("gives no name") && err.contains("--facts FILE"),
        "{err}"
    );
    let mixed = invented().replacen(PATH, "/openapi/auth/ticket/v1/generate-token", 2);
    let contract = Contract::parse("contract", &contract()).unwrap();
    assert_eq!(
        operation_of(&contract, &read(&mixed)).unwrap(),
        "generateToken"
    );
}

/// Before it is pasted, the new page is one finding beside the others.
#[test]
fn the_other_pages_are_checked_as_before() {
    let contract = Contract::parse("contract", &contract()).unwrap();
    let page = |operation: &str, page| OperationPage {
        operation: operation.to_owned(),
        page,
    };
    let pages = [
        page("enroll", facts::base()),
        page("generateToken", token()),
        page("queryFaceSet", read(&invented())),
    ];
    let checked = compare_all(&contract, &pages);
    let new: Vec<_> = checked
        .findings
        .iter()
        .filter(|finding| finding.operation == "queryFaceSet")
        .map(|finding| (finding.fact.as_str(), finding.verdict))
        .collect();
    assert_eq!(new, [("operation queryFaceSet", Verdict::MissingInSpec)]);
}
