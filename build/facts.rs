//! Generates the regions, codes, outcomes and other facts of the contract as Rust items. Further
//! methods of these items are written by hand in `src/`.

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
    let token_headers = contract.operations.iter().filter_map(|operation| {
        let header = operation.token_header.as_ref()?;
        let id = operation.id.to_snake_case();
        // The `http` crate requires constant header names in lower case.
        let header = header.to_ascii_lowercase();
        Some(quote! { #id => Some(#header) })
    });
    let refusals = contract.operations.iter().filter_map(|operation| {
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

        /// The header for the access token in an operation of the generated client; `None` if the
        /// operation takes no token.
        pub(crate) fn token_header(operation: &str) -> Option<&'static str> {
            match operation {
                #(#token_headers,)*
                _ => None,
            }
        }

        /// Whether an answer to an operation of the generated client refuses the token. An envelope
        /// is judged by its code and message, and an unlisted code or any other answer by the HTTP status.
        pub(crate) fn refuses_token(
            operation: &str,
            answer: Option<(&str, &str)>,
            http_status: u16,
        ) -> bool {
            let retry = match operation {
                #(#refusals,)*
                _ => None,
            };
            retry == Some(crate::Retry::RefreshToken)
        }

        /// Punctuation that is ignored at the end of a message.
        pub(crate) const FINAL_PUNCTUATION: &[char] = &[#(#punctuation),*];

        #(#operations)*
    })
}
