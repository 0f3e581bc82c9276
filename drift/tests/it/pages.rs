//! What a check finds on pages that changed: the page as it is known, small patches of it, and the
//! expected report of each beside it, as text and as JSON.
//!
//! In the expected reports a line number is followed by what stands in that line, which proves that
//! it points at the right place; the numbers of the contract's lines are left out, since they move
//! with every edit of it.

use std::{fs, path::Path};

use face_search_enroll_drift::{
    Checked, Documents, Edition, Finding, Hunk, OperationPage, TextFile, Verdict, check, compare,
    fix, write_json, write_text,
};
use face_search_enroll_vendor_page as page;

use super::{
    facts,
    frozen::{self, contract_text, token},
    paste::{filled_in, paste},
    patch,
    render::{Rendering, render},
};

/// The operations that have a page, with its facts.
fn pages() -> [OperationPage; 2] {
    [("enroll", facts::base()), ("generateToken", token())].map(|(operation, page)| {
        let operation = operation.to_owned();
        OperationPage { operation, page }
    })
}

fn errata_text() -> String {
    fs::read_to_string(frozen::FOLDER.join("errata.yaml")).unwrap()
}

/// How many errata one page has.
fn errata_of(operation: &str) -> usize {
    let mark = format!("operation: {operation}\n");
    errata_text().matches(&mark).count()
}

/// What a check reads of these pages.
fn documents_of(contract: &str, errata: &str, pages: &[OperationPage], all: bool) -> Documents {
    Documents {
        contract: TextFile::new("contract.yaml", contract),
        errata: TextFile::new("errata.yaml", errata),
        pages: pages.to_vec(),
        all,
    }
}

/// What a check reads of one operation.
fn documents(contract: &str, operation: &str, page: &str) -> Result<Documents, String> {
    let page = page::read(page.as_bytes()).map_err(|error| error.to_string())?;
    let operation = operation.to_owned();
    let page = OperationPage { operation, page };
    Ok(documents_of(contract, &errata_text(), &[page], false))
}

fn check_page(contract: &str, operation: &str, page: &str) -> Result<Checked, String> {
    check(&documents(contract, operation, page)?)
}

/// The same findings with what stands in their lines.
fn with_lines(mut checked: Checked, contract: &str, page: &str) -> Checked {
    let line = |text: &str, number: usize| text.lines().nth(number - 1).unwrap().trim().to_owned();
    checked
        .findings
        .retain(|finding| finding.verdict != Verdict::Erratum);
    for finding in &mut checked.findings {
        if let Some(number) = finding.page_line {
            let said = finding.page.take().unwrap();
            finding.page = Some(format!("{said} «{}»", line(page, number)));
        }
        if let Some(number) = finding.spec_line.take() {
            let said = finding.spec.take().unwrap();
            finding.spec = Some(format!("{said} «{}»", line(contract, number)));
        }
        // The places of edits move with the files, too.
        if finding.verdict == Verdict::StaleErratum {
            finding.hint = finding.hint.split("; ").next().unwrap().to_owned();
        }
        for hunk in finding.ways.iter_mut().flat_map(|way| &mut way.hunks) {
            hunk.line = 1;
        }
    }
    checked
}

type Write = fn(&Checked, &mut Vec<u8>) -> std::io::Result<()>;

fn text(checked: &Checked, out: &mut Vec<u8>) -> std::io::Result<()> {
    write_text(checked, false, out)
}

fn json(checked: &Checked, out: &mut Vec<u8>) -> std::io::Result<()> {
    write_json(checked, out)
}

fn report(result: &Result<Checked, String>, write: Write) -> String {
    match result {
        Ok(checked) => {
            let mut out = Vec::new();
            write(checked, &mut out).unwrap();
            String::from_utf8(out).unwrap()
        }
        Err(error) => format!(
            "cannot be read: {error}
"
        ),
    }
}

#[test]
fn the_known_pages_agree_in_every_rendering() {
    for OperationPage { operation, page } in pages() {
        for rendering in Rendering::ALL {
            let page = render(&page, rendering);
            let checked = check_page(&contract_text(), &operation, &page).unwrap();
            let shown = report(&Ok(checked.clone()), text);
            assert!(!checked.disagrees(), "{operation} {rendering:?}: {shown}");
            assert_eq!(
                checked.errata(),
                errata_of(&operation),
                "{operation} {rendering:?}: {shown}"
            );
        }
    }
}

#[test]
fn every_patch_of_a_page_gives_its_report() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let contract = contract_text();
    let mut wrong = patch::Wrong::default();
    for OperationPage { operation, page } in pages() {
        let base = render(&page, Rendering::Glued);
        let cases = patch::cases(&folder.join(&operation), &base);
        for patch::Case {
            path,
            name,
            text: printed,
        } in &cases
        {
            let checked = check_page(&contract, &operation, printed);
            let disagrees = checked.as_ref().map_or(true, Checked::disagrees);
            assert!(
                disagrees || name.starts_with("same-"),
                "{name} is not found"
            );
            let checked = checked.map(|checked| with_lines(checked, &contract, printed));
            for (extension, write) in [("txt", text as Write), ("json", json)] {
                let found = report(&checked, write);
                wrong.compare(&path.with_extension(extension), &found);
            }
        }
        let count = cases.len();
        assert!(count >= 25, "only {count} patches; has the folder moved?");
    }
    wrong.assert_none();
}

/// What is suggested is what is to be done: pasted, it settles its finding, and leaves no other.
#[test]
fn every_way_settles_its_finding_and_leaves_no_other() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let contract = contract_text();
    let mut wrong = Vec::new();
    let mut count = 0;
    for OperationPage { operation, page } in pages() {
        let base = render(&page, Rendering::Glued);
        for patch::Case { name, text, .. } in patch::cases(&folder.join(&operation), &base) {
            let Ok(documents) = documents(&contract, &operation, &text) else {
                continue;
            };
            let checked = check(&documents).unwrap();
            let before = facts_of(&documents).unwrap();
            for finding in &checked.findings {
                for way in &finding.ways {
                    count += 1;
                    let after = facts_of(&pasted(&documents, &way.hunks));
                    let is_settled =
                        |fact: &String| *fact != finding.fact && !finding.parts.contains(fact);
                    let is_fine = after.as_ref().is_ok_and(|after| {
                        after
                            .iter()
                            .all(|it| before.contains(it) && is_settled(&it.0))
                    });
                    if !is_fine {
                        wrong.push(format!("{name}: {}: {after:?}", way.what));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 100, "only {count} ways");
}

/// What is written stands in the place of what it replaces, and everything else stays to the byte.
#[test]
fn a_fix_keeps_comments_and_layout() {
    let (was, is) = (
        "maxLength: 64 # by the page\n",
        "maxLength: 128 # by the page\n",
    );
    let contract = contract_text().replacen("maxLength: 64\n", was, 1);
    assert!(contract.contains(was));
    let mut page = facts::base();
    let mut fields = page.response_fields.iter_mut();
    let field = fields.find(|field| field.max_length.is_some()).unwrap();
    field.max_length = Some(128);
    let page = render(&page, Rendering::Html);
    let fixed = |edition| {
        let mut documents = documents(&contract, "enroll", &page).unwrap();
        let (done, left) = fix(&mut documents, edition).unwrap();
        (done.len(), left.disagrees(), documents)
    };
    // It breaks callers, so it is for a person to decide.
    for edition in [None, Some(Edition::Minor)] {
        let (done, disagrees, documents) = fixed(edition);
        assert_eq!((done, disagrees), (0, true), "{edition:?}");
        assert_eq!(documents.contract.text(), contract);
    }
    let (done, disagrees, documents) = fixed(Some(Edition::Major));
    assert_eq!((done, disagrees), (1, false));
    assert_eq!(documents.contract.text(), contract.replacen(was, is, 1));
    assert_eq!(documents.errata.text(), errata_text());
}

/// Nothing is written for a page that was cut off: what it lacks may be there.
#[test]
fn a_page_that_was_cut_off_changes_nothing() {
    let contract = contract_text();
    let page = render(&facts::base(), Rendering::Glued);
    let (page, _) = page.split_once("Response Code").unwrap();
    let mut documents = documents(&contract, "enroll", page).unwrap();
    let (done, left) = fix(&mut documents, Some(Edition::Major)).unwrap();
    assert!(done.is_empty(), "{done:#?}");
    assert!(left.disagrees());
    assert_eq!(documents.contract.text(), contract);
}

/// An erratum may be about what the page does not state, and needs a reason.
#[test]
fn an_erratum_is_about_something_and_has_a_reason() {
    let erratum = |rest: &str| {
        let errata = format!("- operation: enroll\n  fact: title\n{rest}");
        compare(&documents_of(&contract_text(), &errata, &[], true))
    };
    assert!(erratum("  contract: Enroll\n  why: It is lost.\n").is_ok());
    for (rest, what) in [
        ("  why: It is lost.\n", "neither page nor contract"),
        ("  page: Enroll\n  why: WHY\n", "WHY as its reason"),
    ] {
        let problem = erratum(rest).unwrap_err();
        assert!(problem.contains(what), "{problem}");
    }
}

/// The documents with the lines of a way in their places, and with what a person writes in them.
fn pasted(documents: &Documents, hunks: &[Hunk]) -> Documents {
    let mut pasted = documents.clone();
    for file in [&mut pasted.contract, &mut pasted.errata] {
        let hunks = hunks.iter().filter(|hunk| hunk.file == file.file);
        let text = paste(file.text(), hunks);
        let lines = text.lines().map(|line| filled_in(line, 1) + "\n");
        *file = file.with(lines.collect::<String>());
    }
    pasted
}

/// The facts that do not agree.
fn facts_of(documents: &Documents) -> Result<Vec<(String, Verdict)>, String> {
    let open = compare(documents)?.findings.into_iter();
    let open = open.filter(|it| it.verdict != Verdict::Erratum);
    Ok(open.map(|it| (it.fact, it.verdict)).collect())
}

/// Every fact of the page that is taken away is missed, and named.
#[test]
fn every_fact_of_the_page_is_held_against_the_contract() {
    let base = facts::base();
    let contract = contract_text();
    let findings = |page: &page::VendorPage| -> Vec<Finding> {
        let operation = "enroll".to_owned();
        let page = page.clone();
        let page = OperationPage { operation, page };
        let documents = documents_of(&contract, "[]", &[page], false);
        compare(&documents).unwrap().findings
    };
    let known = findings(&base);
    let changed = |what: &str, change: &dyn Fn(&mut page::VendorPage)| {
        let mut page = base.clone();
        change(&mut page);
        assert_ne!(findings(&page), known, "{what} is not missed");
    };
    for index in 0..base.addresses.len() {
        changed("an address", &|page| drop(page.addresses.remove(index)));
        changed("a method", &|page| {
            page.addresses[index].method = Some("PUT".to_owned());
        });
        changed("a media type", &|page| {
            page.addresses[index].media_type = None;
        });
    }
    for index in 0..base.response_codes.len() {
        changed("a message", &|page| {
            page.response_codes[index].message.push('?');
        });
        changed("a charge", &|page| {
            page.response_codes[index].charge = Some(page::PrintedCharge::Pay);
        });
        changed("a code", &|page| page.response_codes[index].code.push('X'));
    }
    for index in 0..base.response_examples.len() {
        for key in [
            "code",
            "message",
            "data",
            "extra",
            "transactionId",
            "pricingStrategy",
        ] {
            changed(key, &|page| {
                let json = page.response_examples[index].body.json.as_mut().unwrap();
                json[key] = "changed".into();
            });
        }
    }
    for index in 0..base.response_fields.len() {
        changed("a field", &|page| drop(page.response_fields.remove(index)));
        changed("a length", &|page| {
            page.response_fields[index].max_length = Some(65);
        });
        changed("a constant", &|page| {
            page.response_fields[index].constant = Some("PAY".to_owned());
        });
    }
}

/// The contract is proven in itself, whatever the page says.
#[test]
fn an_example_that_does_not_fit_its_schema_is_found() {
    let page = render(&facts::base(), Rendering::Glued);
    for (old, new, misfit) in [
        ("      nullable: true\n", "", "body.data: null"),
        ("maxLength: 64", "maxLength: 15", "exceed maxLength"),
        (
            "          minLength: 1\n",
            "          minLength: 17\n",
            "fewer than minLength",
        ),
        (
            "        message:\n          type: string",
            "        message:\n          type: integer",
            "not of type integer",
        ),
    ] {
        let contract = contract_text();
        assert!(contract.contains(old), "{old}");
        let checked = check_page(&contract.replacen(old, new, 1), "enroll", &page).unwrap();
        let found = checked.findings.iter().any(|finding| {
            let spec = finding.spec.as_deref().unwrap_or_default();
            finding.verdict == Verdict::InvalidExample && spec.contains(misfit)
        });
        assert!(found, "{misfit}: {:#?}", checked.findings);
    }
}

/// What the contract adds to the page needs a source.
#[test]
fn a_fact_of_the_contract_without_a_source_is_found() {
    let page = render(&facts::base(), Rendering::Glued);
    for (old, new, fact) in [
        (
            "                  x-source: table\n",
            "",
            "response example already-enrolled",
        ),
        (
            "          x-source: ours\n          minLength: 1\n",
            "          minLength: 1\n",
            "request parameter signatureId rule",
        ),
    ] {
        let contract = contract_text();
        assert!(contract.contains(old), "{old}");
        let checked = check_page(&contract.replacen(old, new, 1), "enroll", &page).unwrap();
        let found = checked
            .findings
            .iter()
            .any(|finding| finding.verdict == Verdict::MissingOnPage && finding.fact == fact);
        assert!(found, "{fact}: {:#?}", checked.findings);
    }
}

/// A contract in which the worked example of a signature is no signature.
#[test]
fn a_signature_example_that_is_not_the_digest_is_found() {
    let page = render(&token(), Rendering::Glued);
    let contract = contract_text();
    let (old, new) = ("secretKey: samplesecretkey", "secretKey: othersecretkey");
    assert!(contract.contains(old));
    let contract = contract.replacen(old, new, 1);
    let checked = check_page(&contract, "generateToken", &page).unwrap();
    let found = checked.findings.iter().any(|finding| {
        finding.verdict == Verdict::InvalidExample
            && finding.fact == "signature example of signature"
    });
    assert!(found, "{:#?}", checked.findings);
}

/// An operation of the contract whose page nobody imported is found.
#[test]
fn an_operation_without_a_page_is_found() {
    let [enroll, _] = pages();
    let documents = documents_of(&contract_text(), "[]", &[enroll], true);
    let shown = report(&compare(&documents), text);
    assert!(
        shown.contains("missing-on-page: operation generateToken\n"),
        "{shown}"
    );
}

/// An erratum settles findings of its own page only. An erratum of an unknown page is a finding.
#[test]
fn errata_are_of_one_page() {
    for other in ["generateToken", "nothing"] {
        let errata = errata_text().replacen("operation: enroll", &format!("operation: {other}"), 1);
        let documents = documents_of(&contract_text(), &errata, &pages(), true);
        let checked = compare(&documents).unwrap();
        let wrong = checked.findings.iter();
        let wrong = wrong.filter(|it| it.verdict != Verdict::Erratum);
        let wrong: Vec<_> = wrong
            .map(|it| (it.operation.as_str(), it.fact.as_str(), it.verdict))
            .collect();
        let expected = [
            ("enroll", "title", Verdict::Differs),
            (other, "title", Verdict::StaleErratum),
        ];
        assert_eq!(wrong, expected);
    }
}
