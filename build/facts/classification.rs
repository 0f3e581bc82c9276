//! Generates the rules that classify answers: by code and message, or by the HTTP status if the body
//! is not an envelope.

use std::collections::HashSet;

use face_search_enroll_contract::{Code, Match, Operation, Outcome, fold};
use proc_macro2::TokenStream;
use quote::quote;

use super::outcomes::ident;

pub(super) fn generate(operation: &Operation, codes: &[Code], default: &Outcome) -> TokenStream {
    let outcomes = &operation.outcomes;
    let rules = codes.iter().filter_map(|code| {
        let rules = rules_of(code, outcomes, default)?;
        let code = &*code.code;
        Some(quote! { #code => #rules })
    });
    let by_status = outcomes
        .iter()
        .filter(|outcome| !outcome.statuses.is_empty())
        .map(|outcome| {
            let statuses = outcome.statuses.iter().map(|status| status.value);
            let outcome = ident(outcome);
            quote! { #(#statuses)|* => Some(Outcome::#outcome) }
        });
    quote! {
        /// The outcomes of `code` by its messages, and without one.
        pub(crate) fn rules(code: &str) -> Option<crate::outcome::Rules<Outcome>> {
            Some(match code {
                #(#rules,)*
                _ => return None,
            })
        }

        /// The outcome of an HTTP status if there is no readable envelope.
        pub(crate) const fn outcome_of_status(status: u16) -> Option<Outcome> {
            match status {
                #(#by_status,)*
                _ => None,
            }
        }
    }
}

/// The outcomes of `code`, with its messages and without; `None` if the operation does not have the
/// code.
fn rules_of(code: &Code, outcomes: &[Outcome], default: &Outcome) -> Option<TokenStream> {
    let mut exactly = Vec::new();
    let mut containing = Vec::new();
    let mut alone = default;
    for outcome in outcomes {
        let rules = outcome.rules.iter();
        for rule in rules.filter(|rule| *rule.code == *code.code) {
            match &rule.message {
                Match::Exactly(text) => exactly.push((fold(text), outcome)),
                Match::Containing(text) => containing.push((fold(text), outcome)),
                Match::Any => alone = outcome,
            }
        }
    }
    let mut all = outcomes.iter().flat_map(|outcome| &outcome.rules);
    all.find(|rule| *rule.code == *code.code)?;
    // An example and a message of the platform may be equal.
    let mut seen = HashSet::new();
    exactly.retain(|(text, _)| seen.insert(text.clone()));
    let (exactly, containing) = (pairs(&exactly), pairs(&containing));
    let alone = ident(alone);
    Some(quote! {
        crate::outcome::Rules {
            exactly: #exactly,
            containing: #containing,
            alone: Outcome::#alone,
        }
    })
}

fn pairs(pairs: &[(String, &Outcome)]) -> TokenStream {
    let pairs = pairs.iter().map(|(text, outcome)| {
        let outcome = ident(outcome);
        quote! { (#text, Outcome::#outcome) }
    });
    quote! { &[#(#pairs),*] }
}
