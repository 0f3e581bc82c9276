//! A page of an operation that the contract does not have: it is imported under a name from its path, and
//! published once the lines that `check` prints are pasted.

use std::{fs, path::Path};

use face_search_enroll_compatibility::{Class, Document, changes};
use face_search_enroll_contract::Contract;
use face_search_enroll_vendor_page as page;
use xtask::{
    check::{self, Edition},
    import::{self, ImportStatus},
    pages::operation_of,
    publish,
};

use super::{
    facts, folder,
    frozen::{contract_text as contract, token},
    invented,
    render::{Rendering, render},
    settle,
};

fn import(folder: &Path, page: &str) -> (ImportStatus, String, String) {
    let args = import::Args {
        page: "-".into(),
        check: false,
        folder: folder.to_owned(),
        facts: None,
    };
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let status = import::run(&args, &mut page.as_bytes(), &mut out, &mut err).unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status, text(out), text(err))
}

/// Without any Rust it is published, shown on the reference page, and one more call for those who compare.
#[test]
fn an_invented_operation_is_published() {
    let (dir, dist) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    folder::copy(dir.path());
    import(dir.path(), &invented::page());
    let (_, findings) = settle::fix(dir.path(), Edition::Minor);
    settle::paste_first_ways(dir.path(), dir.path(), &findings);
    let filled = fs::read_to_string(dir.path().join("face-search-enroll.yaml")).unwrap();
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

#[test]
fn a_page_is_imported_by_the_operation_that_its_addresses_tell() {
    let dir = tempfile::tempdir().unwrap();
    folder::copy(dir.path());
    let file = |operation: &str| dir.path().join(format!("vendor-pages/{operation}.yaml"));
    for (operation, page) in [("enroll", facts::base()), ("generateToken", token())] {
        fs::remove_file(file(operation)).unwrap();
        let (status, out, err) = import(dir.path(), &render(&page, Rendering::Glued));
        assert_eq!(
            (status, err.as_str()),
            (ImportStatus::UpToDate, ""),
            "{out}"
        );
        assert!(file(operation).exists(), "{out}");
    }

    let (status, out, _) = import(dir.path(), &invented::page());
    assert_eq!(status, ImportStatus::UpToDate);
    assert!(
        out.starts_with(
            "the contract has no operation with the path of this page; it is called queryFaceSet"
        ),
        "{out}"
    );
    assert!(file("queryFaceSet").exists(), "{out}");
    let checking = check::Args::of(dir.path());
    let mut out = Vec::new();
    check::run(&checking, &mut std::io::empty(), &mut out, &mut Vec::new()).unwrap();
    let out = String::from_utf8(out).unwrap();
    assert!(
        out.contains("missing-in-spec: operation queryFaceSet\n  page of queryFaceSet line "),
        "{out}"
    );

    let untold = invented::page().replace(invented::PATH, "");
    let (status, _, err) = import(dir.path(), &untold);
    assert_eq!(status, ImportStatus::Unreadable);
    assert!(
        err.contains("is not a usable name") && err.contains("--facts FILE"),
        "{err}"
    );
    let mixed =
        invented::page().replacen(invented::PATH, "/openapi/auth/ticket/v1/generate-token", 2);
    let contract = Contract::parse("contract", &contract()).unwrap();
    assert_eq!(
        operation_of(&contract, &page::read(mixed.as_bytes()).unwrap()).unwrap(),
        "generateToken"
    );
}
