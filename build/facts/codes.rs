//! Generates `Code`, an open enum of the codes of answers.

use face_search_enroll_contract::Code;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

pub(super) fn generate(codes: &[Code]) -> TokenStream {
    let variants: Vec<_> = codes
        .iter()
        .map(|code| format_ident!("{}", code.variant))
        .collect();
    let texts: Vec<_> = codes.iter().map(|code| code.code.as_str()).collect();
    let docs = codes.iter().map(|code| {
        let whose = if code.listed {
            "an operation of the contract"
        } else {
            "any operation of the platform"
        };
        format!("`{}`, a code of {whose}.", code.code)
    });
    quote! {
        /// The `code` of an answer.
        ///
        /// The list is open. A code that the contract does not list becomes
        /// [`Unlisted`](Self::Unlisted), which keeps its text.
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Code {
            #(#[doc = #docs] #variants,)*
            /// A code that the contract does not list.
            Unlisted(crate::UnlistedCode),
        }

        impl Code {
            /// The code as it is sent.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#variants => #texts,)*
                    Self::Unlisted(code) => code.as_str(),
                }
            }

            pub(crate) fn listed(text: &str) -> Option<Self> {
                match text {
                    #(#texts => Some(Self::#variants),)*
                    _ => None,
                }
            }
        }
    }
}
