//! Regions, codes, outcomes and what else the contract says, as Rust items. What they can do
//! beyond saying it is written by hand in `src/`.

mod accessors;
mod classification;
mod codes;
mod operation;
mod outcomes;
mod regions;

use face_search_enroll_contract::Contract;
use proc_macro2::TokenStream;
use quote::quote;

pub(crate) fn generate(contract: &Contract) -> Result<TokenStream, &'static str> {
    let default = contract.outcomes.iter().find(|outcome| outcome.default);
    let default = default.ok_or("a contract without a default outcome")?;
    let version = &*contract.version;
    let regions = regions::generate(&contract.regions);
    let codes = codes::generate(&contract.codes);
    let outcomes = outcomes::generate(&contract.outcomes, default);
    let classification = classification::generate(contract, default);
    let operation = operation::generate(contract);
    Ok(quote! {
        pub(crate) const CONTRACT_VERSION: &str = #version;
        #regions
        #codes
        #outcomes
        #classification
        #operation
    })
}
