//! The answers of the sandbox.

use face_search_enroll_contract::{Answer, Contract};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

pub(super) fn generate(contract: &Contract) -> TokenStream {
    let answers = contract.answers().into_iter().map(|answer| {
        let Answer {
            name,
            outcome,
            status,
            message,
            body,
        } = answer;
        let outcome = format_ident!("{outcome}");
        let body = body.to_string();
        quote! {
            crate::sandbox::Answer {
                name: #name,
                outcome: Outcome::#outcome,
                status: #status,
                message: #message,
                body: #body,
            }
        }
    });
    quote! {
        /// What the sandbox answers.
        #[cfg(feature = "sandbox")]
        pub(crate) const ANSWERS: &[crate::sandbox::Answer] = &[#(#answers),*];
    }
}
