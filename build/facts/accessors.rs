//! Functions of a generated enum that give a text for each of its variants.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

/// The name of a function, its documentation, and the text that it gives for the variant of a `T`.
pub(super) type Accessor<T> = (&'static str, &'static str, fn(&T) -> &str);

/// The `accessors` of an enum with a variant for each of `items`.
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
