//! The operation on the wire: its path, the header of the token, and the rules of its request.

use face_search_enroll_contract::{Contract, Field};
use heck::ToShoutySnakeCase;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

pub(super) fn generate(contract: &Contract) -> TokenStream {
    let operation = &contract.operation;
    let path = operation.path.as_str();
    // HTTP/1 writes header names as they come; `http` takes them in lower case.
    let token_header = operation.token_header.to_ascii_lowercase();
    let request_rules = operation.request.fields.iter().map(text_rule);
    quote! {
        /// The operation on the wire.
        pub(crate) mod operation {
            pub(crate) const PATH: &str = #path;
            pub(crate) const TOKEN_HEADER: &str = #token_header;

            /// What the fields of a request must be.
            pub(crate) mod rule {
                use crate::request::TextRule;

                #(#request_rules)*
            }
        }
    }
}

fn text_rule(field: &Field) -> TokenStream {
    let constant = constant(&field.name);
    let name = &*field.name;
    let option = |length: Option<u64>| {
        let some = length.map(|length| quote! { Some(#length) });
        some.unwrap_or(quote! { None })
    };
    let (min_length, max_length) = (option(field.min_length), option(field.max_length));
    let not_blank = field.not_blank;
    quote! {
        pub(crate) const #constant: TextRule = TextRule {
            field: #name,
            min_length: #min_length,
            max_length: #max_length,
            not_blank: #not_blank,
        };
    }
}

/// The constant that a field gets.
fn constant(name: &str) -> Ident {
    format_ident!("{}", name.to_shouty_snake_case())
}
