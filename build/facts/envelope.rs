//! Generates `Envelope`, the JSON object of every answer, with only the fields that the layer
//! reads. Other fields would cost memory for nothing.

use face_search_enroll_contract::envelope::{CODE, DATA, EXTRA, MESSAGE, TRANSACTION_ID};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn generate() -> TokenStream {
    quote! {
        /// The fields of an answer that are used. `D` is the type of its data.
        #[derive(Debug, serde::Deserialize)]
        pub(crate) struct Envelope<'a, D> {
            #[serde(rename = #CODE)]
            pub(crate) code: Code,
            #[serde(rename = #MESSAGE, borrow)]
            pub(crate) message: Option<face_search_enroll_runtime::lenient::LenientText<'a>>,
            #[serde(rename = #DATA)]
            pub(crate) data: Option<D>,
            #[serde(rename = #EXTRA)]
            pub(crate) extra: Option<face_search_enroll_runtime::lenient::Lenient<serde_json::Value>>,
            #[serde(rename = #TRANSACTION_ID, borrow)]
            pub(crate) transaction_id: Option<face_search_enroll_runtime::lenient::LenientText<'a>>,
        }

        impl<D> Envelope<'_, D> {
            /// The message that classifies the answer. It is empty if the answer has none.
            pub(crate) fn message_text(&self) -> &str {
                self.message.as_ref().map_or("", |text| &text.0)
            }
        }
    }
}
