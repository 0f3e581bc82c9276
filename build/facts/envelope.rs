//! `Envelope`, the JSON object that every answer is, as far as the layer reads it: other fields cost
//! memory that nobody looks at.

use face_search_enroll_contract::envelope::{CODE, DATA, EXTRA, MESSAGE, TRANSACTION_ID};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn generate() -> TokenStream {
    quote! {
        /// What is looked at of an answer. `D` is what is made of its data.
        #[derive(Debug, serde::Deserialize)]
        pub(crate) struct Envelope<'a, D> {
            #[serde(rename = #CODE)]
            pub(crate) code: Code,
            #[serde(rename = #MESSAGE, borrow)]
            pub(crate) message: Option<crate::lenient::LenientText<'a>>,
            #[serde(rename = #DATA)]
            pub(crate) data: Option<D>,
            #[serde(rename = #EXTRA)]
            pub(crate) extra: Option<crate::lenient::Lenient<serde_json::Value>>,
            #[serde(rename = #TRANSACTION_ID, borrow)]
            pub(crate) transaction_id: Option<crate::lenient::LenientText<'a>>,
        }
    }
}
