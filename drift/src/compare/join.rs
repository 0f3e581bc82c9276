//! Compares two lists of facts by their keys, whatever the facts are about.

use super::fact::Fact;
use crate::finding::{Checked, Verdict};

/// Compares each fact of the page with the contract's, then reports what only the contract has.
pub(super) fn join(page: &[Fact], contract: &[Fact], checked: &mut Checked) {
    for fact in page {
        compare(fact, contract, checked);
    }
    for own in contract {
        if own.wanted && !page.iter().any(|fact| fact.key == own.key) {
            let verdict = Verdict::MissingOnPage;
            let (said, subject) = (own.said.clone(), own.subject.clone());
            checked.found(verdict, &own.name, None, said, &own.hint, subject);
        }
    }
}

fn compare(fact: &Fact, contract: &[Fact], checked: &mut Checked) {
    if let Some(verdict) = fact.verdict {
        let (said, subject) = (fact.said.clone(), fact.subject.clone());
        return checked.found(verdict, &fact.name, said, None, &fact.hint, subject);
    }
    // If several have the key, the one that says the same counts.
    let same = || contract.iter().filter(|own| own.key == fact.key);
    let own = same().find(|own| own.text() == fact.text());
    let own = own.or_else(|| same().next());
    let said = own.and_then(|own| own.said.clone());
    let verdict = match (fact.text(), own.and_then(Fact::text)) {
        (Some(page), Some(own)) if page != own => Some(Verdict::Differs),
        (Some(_), None) if fact.wanted || own.is_some() => Some(Verdict::MissingInSpec),
        (None, Some(_)) => Some(Verdict::MissingOnPage),
        (Some(_), Some(_)) => {
            checked.facts += 1;
            None
        }
        (_, None) => None,
    };
    if let Some(verdict) = verdict {
        let mend = own.and_then(|own| own.mend.as_ref());
        let hint = mend.unwrap_or(&fact.hint);
        let subject = fact.subject.clone();
        checked.found(verdict, &fact.name, fact.said.clone(), said, hint, subject);
    }
    if let Some(own) = own {
        join(&fact.details, &own.details, checked);
    }
}
