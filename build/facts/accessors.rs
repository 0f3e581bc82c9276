//! Generates methods of an enum that return a text for each variant.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

/// The name of a method, its documentation, and the text that it returns for the variant of a `T`.
pub(super) type Accessor<T> = (&'static str, &'static str, fn(&T) -> &str);

/// The `accessors` of an enum that has a variant for each of `items`.
pub(super) fn accessors<T>(
    items: &[T],
    variants: &[Ident],
    accessors: &[Accessor<T>],
) -> TokenStream {
    let accessors = accessors.iter().map(|(name, docs, text)| {
        let name = format_ident!("{name}");
        let texts = items.iter().map(text);
        quote! {
            #[doc = #docs]
            #[must_use]
            pub const fn #name(self) -> &'static str {
                match self { #(Self::#variants => #texts),* }
            }
        }
    });
    quote! { #(#accessors)* }
}
