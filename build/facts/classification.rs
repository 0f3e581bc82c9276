//! The rules by which answers are classified: by code and message, and by the HTTP status where
//! there is no envelope.

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
        /// What the messages of `code` mean, and the code by itself.
        pub(crate) fn rules(code: &str) -> Option<crate::outcome::Rules<Outcome>> {
            Some(match code {
                #(#rules,)*
                _ => return None,
            })
        }

        /// What an HTTP status means where no envelope can be read.
        pub(crate) const fn outcome_of_status(status: u16) -> Option<Outcome> {
            match status {
                #(#by_status,)*
                _ => None,
            }
        }
    }
}

/// The outcomes that `code` may mean, with its messages and without; none if the operation does not know
/// it.
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
    // An example and a message of the platform may say the same.
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
