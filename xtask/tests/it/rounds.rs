//! A changed page is settled in one round: `import`, `check --fix`, and by hand what only a person can decide.
//! The tables `tests/cases/rounds-*.md` count the edits by hand and the runs of `check --fix`.
//!
//! A change is made in each place of the page that states the fact, as a vendor would.

use std::{collections::BTreeMap, fmt::Write as _, path::Path};

use face_search_enroll_vendor_page::{
    Parameter, PrintedCharge, ResponseCode, ResponseField, VendorPage,
};
use serde_json::{Value as Json, json};
use sha2::{Digest as _, Sha256};
use xtask::{
    check::Edition,
    import::{self, ImportStatus},
};

use super::{
    facts, folder,
    frozen::token,
    patch,
    render::{Rendering, render},
    settle,
};

/// A change of the pages: those of the two operations.
type Change = fn(&mut VendorPage, &mut VendorPage);

const SINGLE: [(&str, Change); 45] = [
    ("region-by-alpha-2", |enroll, _| {
        add_address(enroll, "jp-api");
    }),
    ("region-by-alpha-3", |enroll, _| {
        add_address(enroll, "mex-api");
    }),
    ("region-of-no-country", |enroll, _| {
        add_address(enroll, "eu-api");
    }),
    ("region-gone", |enroll, _| drop_address(enroll, "vn-api")),
    ("region-at-another-host", |enroll, _| {
        for_urls(enroll, |url| url.replace("//vn-api", "//vnm-api"));
    }),
    ("path-changed", |enroll, _| {
        for_urls(enroll, |url| url.replace("/v1/", "/v2/"));
    }),
    ("method-changed", |enroll, _| {
        for address in &mut enroll.addresses {
            address.method = Some("PUT".to_owned());
        }
        let example = enroll.request_example.as_mut().unwrap();
        example.method.as_mut().unwrap().value = "PUT".into();
    }),
    ("token-header-renamed", |enroll, _| {
        let example = enroll.request_example.as_mut().unwrap();
        for header in &mut example.headers {
            header.name = header.name.replace("X-ACCESS-TOKEN", "X-TOKEN");
        }
        enroll.header_parameters[0].name = "X-TOKEN".into();
    }),
    ("header-added", |enroll, _| {
        let mut header = enroll.header_parameters[0].clone();
        header.name = "X-REQUEST-ID".into();
        enroll.header_parameters.push(header);
    }),
    ("message-reworded", |enroll, _| {
        reword(
            enroll,
            "Transaction is not pass.",
            "Transaction has not passed.",
        );
    }),
    ("message-of-its-code-reworded", |enroll, _| {
        reword(enroll, "Server error", "It broke");
    }),
    ("message-replaced-by-another", |enroll, _| {
        reword(enroll, "Transaction is not be enrolled.", "Face too old");
    }),
    ("message-added", |enroll, _| {
        add_row(enroll, "PARAMETER_ERROR", "Face is blurred");
    }),
    ("message-added-with-an-example", |enroll, _| {
        add_row(enroll, "PARAMETER_ERROR", "Face is blurred");
        add_example(enroll, "PARAMETER_ERROR", "Face is blurred");
    }),
    ("message-gone", |enroll, _| {
        drop_message(enroll, "Transaction is not pass.");
    }),
    ("message-gone-from-the-table", |enroll, _| {
        enroll
            .response_codes
            .retain(|row| row.message != "Server error");
        add_row(enroll, "ERROR", "Internal error");
    }),
    ("code-added", |enroll, _| {
        add_row(enroll, "FACE_TOO_SMALL", "Face is too small.");
    }),
    ("code-added-with-an-example", |enroll, _| {
        add_row(enroll, "FACE_TOO_SMALL", "Face is too small.");
        add_example(enroll, "FACE_TOO_SMALL", "Face is too small.");
    }),
    ("code-renamed", |enroll, _| {
        rename_code(enroll, "ERROR", "SYSTEM_ERROR");
    }),
    ("code-gone", |enroll, _| {
        drop_message(enroll, "Server error");
    }),
    ("example-gone", |enroll, _| {
        enroll
            .response_examples
            .retain(|it| it.heading != "ERROR Response");
    }),
    ("example-with-another-transaction", |enroll, _| {
        set_in_last_example(enroll, "transactionId", json!("00000000000000aa"));
    }),
    ("example-longer-than-the-limit", |enroll, _| {
        set_in_last_example(enroll, "transactionId", json!("a".repeat(65)));
    }),
    ("example-with-another-code", |enroll, _| {
        set_in_last_example(enroll, "code", json!("SYSTEM_ERROR"));
    }),
    ("erratum-mended", |enroll, _| {
        let mut examples = enroll.response_examples.iter_mut();
        let example = examples
            .find(|it| it.heading.starts_with("SIGNATURE_ALREADY"))
            .unwrap();
        example.body.json.as_mut().unwrap()["code"] = json!("SIGNATURE_ALREADY_ENROLLED");
    }),
    ("slip-mended", |enroll, _| {
        enroll.request_example.as_mut().unwrap().slips.clear();
    }),
    ("title-with-another-slip", |enroll, _| {
        enroll.title.as_mut().unwrap().value = "Face-Search Enroll API".into();
    }),
    ("title-changed", |_, token| {
        token.title.as_mut().unwrap().value = "Access Token".into();
    }),
    ("field-added", |enroll, _| {
        let field = ResponseField {
            name: "requestTime".to_owned(),
            ..ResponseField::default()
        };
        enroll.response_fields.push(field);
        for_bodies(enroll, |body| {
            body["requestTime"] = json!(1_642_580_192_430_u64);
        });
    }),
    ("field-gone", |enroll, _| {
        enroll.response_fields.retain(|field| field.name != "extra");
        for_bodies(enroll, |body| {
            drop(body.as_object_mut().unwrap().shift_remove("extra"));
        });
    }),
    ("field-with-another-length", |enroll, _| {
        field(enroll, "transactionId").max_length = Some(128);
    }),
    ("field-no-longer-deprecated", |enroll, _| {
        field(enroll, "pricingStrategy").deprecated = false;
    }),
    ("member-renamed", |enroll, _| {
        field(enroll, "data").members[0].name = "enrolledId".into();
        let body = enroll.response_examples[0].body.json.as_mut().unwrap();
        body["data"] = json!({ "enrolledId": "ed8b21c0c87ad617" });
    }),
    ("charge-changed", |enroll, _| {
        let row = enroll.response_codes.last_mut().unwrap();
        row.charge = Some(PrintedCharge::Pay);
    }),
    ("parameter-added", |enroll, _| {
        add_parameter(enroll, "country", "SGP", false);
    }),
    ("parameter-added-that-may-be-left-out", |_, token| {
        add_parameter(token, "channel", "app", true);
    }),
    ("parameter-renamed", |enroll, _| {
        enroll.request_parameters[0].name = "journeyId".into();
        sent(enroll, json!({ "journeyId": "730baa5ab2e34e53" }));
    }),
    ("parameter-gone", |_, token| {
        token
            .request_parameters
            .retain(|it| it.name != "periodSecond");
        let body = token
            .request_example
            .as_mut()
            .unwrap()
            .body
            .as_mut()
            .unwrap();
        body.json
            .as_mut()
            .unwrap()
            .as_object_mut()
            .unwrap()
            .shift_remove("periodSecond");
    }),
    ("parameter-with-another-default", |_, token| {
        token.request_parameters[3].default = Some(7200);
    }),
    ("parameter-with-the-type-of-the-contract", |_, token| {
        token.request_parameters[1].type_name = Some("integer".to_owned());
    }),
    ("request-with-another-value", |enroll, _| {
        sent(enroll, json!({ "signatureId": "0e12" }));
    }),
    ("server-of-one-operation", |_, token| {
        add_address(token, "jp-api");
    }),
    ("server-of-one-operation-gone", |_, token| {
        drop_address(token, "col-api");
    }),
    ("server-of-a-region-gone-for-one-operation", |_, token| {
        drop_address(token, "th-api");
    }),
    ("signature-of-other-texts", |_, token| {
        let example = token.signature_example.as_mut().unwrap();
        example.inputs[0].value = "anotheraccesskey".into();
        let combined = example.combination();
        let digest = Sha256::digest(combined.as_bytes());
        let digest: Vec<_> = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        example.combined.as_mut().unwrap().value = combined;
        example.result.as_mut().unwrap().value = digest.concat();
    }),
];

/// Changes that are made together, by their names.
const COMBINED: [&[&str]; 12] = [
    &[
        "region-by-alpha-3",
        "code-added",
        "message-reworded",
        "example-gone",
        "token-header-renamed",
    ],
    &["region-by-alpha-2", "region-gone"],
    &["region-of-no-country", "code-added-with-an-example"],
    &["message-added", "code-added"],
    &[
        "message-reworded",
        "message-of-its-code-reworded",
        "field-gone",
    ],
    &["code-renamed", "region-by-alpha-2", "field-added"],
    &["code-gone", "message-gone"],
    &[
        "parameter-added",
        "member-renamed",
        "field-with-another-length",
    ],
    &["parameter-renamed", "token-header-renamed"],
    &["server-of-one-operation", "region-by-alpha-2"],
    &["erratum-mended", "slip-mended", "title-changed"],
    &[
        "parameter-gone",
        "title-changed",
        "signature-of-other-texts",
        "message-added-with-an-example",
    ],
];

#[test]
fn nothing_that_breaks() {
    settle_all("minor", Edition::Minor);
}

#[test]
fn as_the_page_has_it() {
    settle_all("major", Edition::Major);
}

fn settle_all(name: &str, edition: Edition) {
    let changes: BTreeMap<_, _> = SINGLE.into_iter().collect();
    let single = SINGLE.iter().map(|(name, _)| vec![*name]);
    let combined = COMBINED.iter().map(|names| names.to_vec());
    let mut table =
        "| change of the page | edits by hand | runs of `check --fix` |\n|---|---|---|\n"
            .to_owned();
    let mut wrong = patch::Wrong::default();
    for names in single.chain(combined) {
        let (mut enroll, mut token) = (facts::base(), token());
        for name in &names {
            changes[name](&mut enroll, &mut token);
        }
        let Settled { by_hand, runs } = settled(&names.join(", "), &[enroll, token], edition);
        // A person names or decides each change at most once.
        assert!(by_hand <= names.len(), "{names:?}: {by_hand} edits by hand");
        let names = names.join(", ");
        writeln!(table, "| {names} | {by_hand} | {runs} |").unwrap();
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    wrong.compare(&folder.join(format!("rounds-{name}.md")), &table);
    wrong.assert_none();
}

struct Settled {
    by_hand: usize,
    runs: usize,
}

/// Imports the pages, and settles what does not agree with them.
fn settled(name: &str, pages: &[VendorPage], edition: Edition) -> Settled {
    let dir = tempfile::tempdir().unwrap();
    folder::copy(dir.path());
    folder::copy_releases(dir.path());
    for (page, operation) in pages.iter().zip(["enroll", "generateToken"]) {
        let args = import::Args {
            page: "-".into(),
            check: false,
            folder: dir.path().to_owned(),
            facts: Some(dir.path().join(format!("vendor-pages/{operation}.yaml"))),
        };
        let text = render(page, Rendering::Html);
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let status = import::run(&args, &mut text.as_bytes(), &mut out, &mut err).unwrap();
        assert_eq!(status, ImportStatus::UpToDate, "{name}");
    }
    let (code, findings) = settle::fix(dir.path(), edition);
    if code == 0 {
        return Settled {
            by_hand: 0,
            runs: 1,
        };
    }
    settle::paste_first_ways(dir.path(), dir.path(), &findings);
    let (code, left) = settle::fix(dir.path(), edition);
    assert_eq!(code, 0, "{name}: {findings:#?}\nis followed by {left:#?}");
    Settled {
        by_hand: findings.len(),
        runs: 2,
    }
}

fn for_urls(page: &mut VendorPage, change: impl Fn(&str) -> String) {
    for address in &mut page.addresses {
        address.url = change(&address.url);
    }
    let address = page
        .request_example
        .as_mut()
        .unwrap()
        .address
        .as_mut()
        .unwrap();
    address.value = change(&address.value);
}

fn add_address(page: &mut VendorPage, host: &str) {
    let mut address = page.addresses[0].clone();
    address.url = address.url.replace("//api.", &format!("//{host}."));
    page.addresses.push(address);
}

fn drop_address(page: &mut VendorPage, host: &str) {
    page.addresses.retain(|address| !address.url.contains(host));
}

fn for_bodies(page: &mut VendorPage, change: impl Fn(&mut Json)) {
    for example in &mut page.response_examples {
        change(example.body.json.as_mut().unwrap());
    }
}

fn reword(page: &mut VendorPage, old: &str, new: &str) {
    for row in page
        .response_codes
        .iter_mut()
        .filter(|row| row.message == old)
    {
        row.message = new.into();
    }
    for_bodies(page, |body| {
        if body["message"] == old {
            body["message"] = json!(new);
        }
    });
}

fn rename_code(page: &mut VendorPage, old: &str, new: &str) {
    for row in page.response_codes.iter_mut().filter(|row| row.code == old) {
        row.code = new.into();
    }
    for example in &mut page.response_examples {
        let body = example.body.json.as_mut().unwrap();
        if body["code"] == old {
            body["code"] = json!(new);
            example.heading = format!("{new} Response");
        }
    }
}

fn add_row(page: &mut VendorPage, code: &str, message: &str) {
    let at = page.response_codes.iter().rposition(|row| row.code == code);
    let row = ResponseCode {
        code: code.to_owned(),
        charge: page.response_codes[0].charge,
        message: message.to_owned(),
        line: 0,
    };
    let at = at.map_or(page.response_codes.len(), |at| at + 1);
    page.response_codes.insert(at, row);
}

fn add_example(page: &mut VendorPage, code: &str, message: &str) {
    let mut example = page.response_examples.last().unwrap().clone();
    example.heading = format!("{code} Response");
    let body = example.body.json.as_mut().unwrap();
    body["code"] = json!(code);
    body["message"] = json!(message);
    page.response_examples.push(example);
}

fn drop_message(page: &mut VendorPage, message: &str) {
    page.response_codes.retain(|row| row.message != message);
    let is_it = |body: &Json| body["message"] == message;
    page.response_examples
        .retain(|it| !it.body.json.as_ref().is_ok_and(is_it));
}

fn set_in_last_example(page: &mut VendorPage, key: &str, value: Json) {
    let example = page.response_examples.last_mut().unwrap();
    example.body.json.as_mut().unwrap()[key] = value;
}

fn field<'p>(page: &'p mut VendorPage, name: &str) -> &'p mut ResponseField {
    page.response_fields
        .iter_mut()
        .find(|it| it.name == name)
        .unwrap()
}

fn sent(page: &mut VendorPage, body: Json) {
    page.request_example
        .as_mut()
        .unwrap()
        .body
        .as_mut()
        .unwrap()
        .json = Ok(body);
}

fn add_parameter(page: &mut VendorPage, name: &str, value: &str, optional: bool) {
    page.request_parameters.push(Parameter {
        name: name.to_owned(),
        type_name: Some("string".to_owned()),
        optional,
        ..Parameter::default()
    });
    let body = page
        .request_example
        .as_mut()
        .unwrap()
        .body
        .as_mut()
        .unwrap();
    body.json.as_mut().unwrap()[name] = json!(value);
}
