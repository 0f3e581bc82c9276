//! Regions, codes, outcomes and what else the contract says, as Rust items. What they can do
//! beyond saying it is written by hand in `src/`.

mod accessors;
mod classification;
mod codes;
mod envelope;
mod operation;
mod outcomes;
mod regions;

use face_search_enroll_contract::{Contract, FINAL_PUNCTUATION};
use heck::ToSnakeCase;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

pub(crate) fn generate(contract: &Contract) -> Result<TokenStream, &'static str> {
    let version = &*contract.version;
    let regions = regions::generate(&contract.regions);
    let codes = codes::generate(&contract.codes);
    let envelope = envelope::generate();
    let operations = contract
        .operations
        .iter()
        .map(|operation| operation::generate(operation, &contract.codes))
        .collect::<Result<Vec<_>, _>>()?;
    let takers = contract.operations.iter().filter_map(|operation| {
        let header = operation.token_header.as_ref()?;
        let id = operation.id.to_snake_case();
        // HTTP/1 writes header names as they come; `http` takes them in lower case.
        let header = header.to_ascii_lowercase();
        Some(quote! { #id => Some(#header) })
    });
    let judges = contract.operations.iter().filter_map(|operation| {
        operation.token_header.as_ref()?;
        let id = operation.id.to_snake_case();
        let module = format_ident!("{id}");
        Some(quote! {
            #id => {
                let of_status = #module::outcome_of_status(http_status).map(#module::Outcome::retry);
                answer.map_or(of_status, |(code, message)| {
                    let (rules, default) = (#module::rules(code), #module::Outcome::DEFAULT);
                    let outcome = crate::outcome::classify(rules, default, message);
                    Some(outcome.retry().resolve(of_status))
                })
            }
        })
    });
    let punctuation = FINAL_PUNCTUATION;
    Ok(quote! {
        pub(crate) const CONTRACT_VERSION: &str = #version;
        #regions
        #codes
        #envelope

        /// The header in which an operation of the generated client takes the access token; none where
        /// it takes none.
        pub(crate) fn token_header(operation: &str) -> Option<&'static str> {
            match operation {
                #(#takers,)*
                _ => None,
            }
        }

        /// Whether an answer to an operation of the generated client refuses the token: by its code and
        /// message, or by the HTTP status where they leave it to that, or where it has no envelope.
        pub(crate) fn refuses_token(
            operation: &str,
            answer: Option<(&str, &str)>,
            http_status: u16,
        ) -> bool {
            let retry = match operation {
                #(#judges,)*
                _ => None,
            };
            retry == Some(crate::Retry::RefreshToken)
        }

        /// Punctuation that does not count at the end of a message.
        pub(crate) const FINAL_PUNCTUATION: &[char] = &[#(#punctuation),*];

        #(#operations)*
    })
}
