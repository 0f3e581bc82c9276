//! Errata: where a page contradicts itself, and what the contract does about it.

use face_search_enroll_contract::{Problem, yaml::Node};
use serde_json::{Value as Json, json};

use crate::{
    finding::{Checked, Finding, Verdict},
    subject::Subject,
};

/// The placeholder for the reason, until a person writes it.
pub(crate) const WHY: &str = "WHY";

/// A mistake of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Erratum {
    /// The operation whose page it is.
    pub(crate) operation: String,
    /// The fact, as findings name it.
    pub(crate) fact: String,
    /// What the page says, if it states the fact.
    pub(crate) page: Option<String>,
    /// What the contract says instead, if it states the fact.
    pub(crate) contract: Option<String>,
    /// Why.
    pub(crate) why: String,
    /// The line of the file of errata.
    pub(crate) line: usize,
}

/// Reads a file of errata: a list of mappings with `operation`, `fact`, `page`, `contract` and `why`.
///
/// # Errors
///
/// The first mistake, with its place.
pub(crate) fn read(text: &str) -> Result<Vec<Erratum>, Problem> {
    let root = Node::parse(text)?;
    root.items().iter().map(read_erratum).collect()
}

fn read_erratum(node: &Node) -> Result<Erratum, Problem> {
    let wrong = |what: String, remedy: &str| Problem {
        at: node.at,
        what,
        remedy: remedy.to_owned(),
    };
    let known = ["operation", "fact", "page", "contract", "why"];
    if let Some((key, _)) = node
        .entries()
        .iter()
        .find(|(key, _)| !known.contains(&key.text.as_str()))
    {
        return Err(wrong(
            format!("an erratum has the unknown key {}", key.text),
            "use operation, fact, page, contract and why",
        ));
    }
    let text = |key: &str| node.get(key).and_then(Node::as_str).map(str::to_owned);
    let required = |key: &str| {
        text(key).ok_or_else(|| wrong(format!("an erratum has no {key}"), "write it as a string"))
    };
    let erratum = Erratum {
        operation: required("operation")?,
        fact: required("fact")?,
        page: text("page"),
        contract: text("contract"),
        why: required("why")?,
        line: node.at.line,
    };
    if erratum.page.is_none() && erratum.contract.is_none() {
        let what = "an erratum has neither page nor contract".to_owned();
        return Err(wrong(what, "add what one of them says"));
    }
    if erratum.why == WHY {
        let what = format!("an erratum has {WHY} as its reason");
        return Err(wrong(what, "write the reason"));
    }
    Ok(erratum)
}

impl Erratum {
    /// The entry in the file.
    fn entry(&self) -> Json {
        let Self {
            operation,
            fact,
            page,
            contract,
            why,
            line: _,
        } = self;
        let mut entry = json!({ "operation": operation, "fact": fact, "why": why });
        for (key, said) in [("page", page), ("contract", contract)] {
            if let (Some(entry), Some(said)) = (entry.as_object_mut(), said) {
                entry.insert(key.to_owned(), said.as_str().into());
            }
        }
        entry
    }
}

/// Marks the findings that errata settle, and adds a finding for each erratum that settles none.
pub(crate) fn settle(checked: &mut Checked, errata: &[Erratum]) {
    for erratum in errata {
        let settles = |finding: &&mut Finding| {
            finding.operation == erratum.operation
                && finding.fact == erratum.fact
                && finding.page == erratum.page
                && finding.spec == erratum.contract
        };
        if let Some(finding) = checked.findings.iter_mut().find(settles) {
            finding.verdict = Verdict::Erratum;
            finding.hint.clone_from(&erratum.why);
        } else {
            let mut findings = checked.findings.iter();
            // Beside the others of its page.
            let last = findings.rposition(|it| it.operation == erratum.operation);
            let stale = Finding {
                operation: erratum.operation.clone(),
                fact: erratum.fact.clone(),
                verdict: Verdict::StaleErratum,
                page: None,
                page_line: None,
                spec: erratum.contract.clone(),
                spec_line: None,
                hint: match &erratum.page {
                    Some(page) => format!(
                        "the page no longer says {page:?}, or the contract no longer says what the erratum states; see line {} of errata.yaml",
                        erratum.line
                    ),
                    None => format!(
                        "the page states it again, or the contract no longer does; see line {} of errata.yaml",
                        erratum.line
                    ),
                },
                parts: Vec::new(),
                ways: Vec::new(),
                subject: Subject::Erratum(erratum.entry()),
            };
            let at = last.map_or(checked.findings.len(), |last| last + 1);
            checked.findings.insert(at, stale);
        }
    }
}
