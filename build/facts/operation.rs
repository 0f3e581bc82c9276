//! Generates a module for each operation: the rules of its request, its effect, and its outcomes.

use face_search_enroll_contract::{Code, Effect, Field, Kind, Operation};
use heck::{ToShoutySnakeCase, ToSnakeCase};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::{classification, outcomes};

pub(super) fn generate(operation: &Operation, codes: &[Code]) -> Result<TokenStream, &'static str> {
    let default = operation.default_outcome();
    let default = default.ok_or("could not generate the outcomes: an operation has no default outcome; write default: true on one")?;
    let module = format_ident!("{}", operation.id.to_snake_case());
    let id = &*operation.id;
    let docs = format!("The facts of the operation `{id}`.");
    let takes_token = operation.token_header.is_some();
    let effect = effect_words(operation.effect.as_ref());
    let fields = &operation.request.fields;
    let rules = fields.iter().filter_map(rule);
    let defaults = fields.iter().filter_map(default_value);
    let outcomes = outcomes::generate(&operation.outcomes, default);
    let classification = classification::generate(operation, codes, default);
    Ok(quote! {
        #[doc = #docs]
        pub(crate) mod #module {
            /// The `operationId` in the contract.
            pub(crate) const ID: &str = #id;

            /// Whether the operation takes an access token.
            pub(crate) const TAKES_TOKEN: bool = #takes_token;

            /// The words for its effect: in place, not in place, and unknown.
            pub(crate) const EFFECT: Option<crate::outcome::EffectWords> = #effect;

            /// The rules for the fields of a request.
            pub(crate) mod rule {
                #(#rules)*
                #(#defaults)*
            }

            #outcomes
            #classification
        }
    })
}

fn effect_words(effect: Option<&Effect>) -> TokenStream {
    let Some(Effect {
        yes, no, unknown, ..
    }) = effect
    else {
        return quote! { None };
    };
    quote! {
        Some(crate::outcome::EffectWords { yes: #yes, no: #no, unknown: #unknown })
    }
}

fn rule(field: &Field) -> Option<TokenStream> {
    match field.kind {
        Kind::Text => Some(text_rule(field)),
        Kind::Integer => Some(integer_rule(field)),
        Kind::Other => None,
    }
}

fn text_rule(field: &Field) -> TokenStream {
    let constant = constant(&field.name);
    let name = &*field.name;
    let (min_length, max_length) = (option(field.min_length), option(field.max_length));
    let not_blank = field.not_blank;
    quote! {
        pub(crate) const #constant: crate::request::TextRule = crate::request::TextRule {
            field: #name,
            min_length: #min_length,
            max_length: #max_length,
            not_blank: #not_blank,
        };
    }
}

fn integer_rule(field: &Field) -> TokenStream {
    let constant = constant(&field.name);
    let name = &*field.name;
    let (minimum, maximum) = (option(field.minimum), option(field.maximum));
    quote! {
        pub(crate) const #constant: crate::request::IntegerRule = crate::request::IntegerRule {
            field: #name,
            minimum: #minimum,
            maximum: #maximum,
        };
    }
}

/// The value that a server assumes if the field is missing.
fn default_value(field: &Field) -> Option<TokenStream> {
    let default = field.default?;
    let constant = format_ident!("{}_DEFAULT", constant(&field.name));
    Some(quote! { pub(crate) const #constant: i64 = #default; })
}

fn option(value: Option<impl quote::ToTokens>) -> TokenStream {
    let some = value.map(|value| quote! { Some(#value) });
    some.unwrap_or(quote! { None })
}

/// The name of the constant for a field.
fn constant(name: &str) -> Ident {
    format_ident!("{}", name.to_shouty_snake_case())
}
