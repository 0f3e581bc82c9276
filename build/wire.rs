//! The wire client, by progenitor, from a lenient copy of the contract.

use std::{error::Error, iter};

use face_search_enroll_contract::Contract;
use proc_macro2::TokenStream;
use progenitor::{GenerationSettings, Generator, HooksMode, InterfaceStyle};
use quote::{ToTokens, quote};

use super::relaxed_contract;

pub(crate) fn generate(contract: &Contract) -> Result<TokenStream, Box<dyn Error>> {
    let relaxed = relaxed_contract::relax(contract)?;
    let mut settings = GenerationSettings::new();
    settings
        .with_interface(InterfaceStyle::Positional)
        // The compiler then insists on the hooks that add the token and bound the body.
        .with_hooks(HooksMode::Expected)
        .with_inner_type(quote! { crate::hooks::RequestContext });
    for replacement in &relaxed.replacements {
        settings.with_replacement(&replacement.schema, &replacement.rust, iter::empty());
    }
    let tokens = Generator::new(&settings).generate_tokens(&relaxed.document)?;
    let mut file: syn::File = syn::parse2(tokens)?;
    leave_out_constructor(&mut file);
    Ok(file.into_token_stream())
}

/// `Client::new` makes an HTTP client of its own, which calls are not sent by, and panics where TLS cannot
/// start. Nothing else is changed in what progenitor writes, and it may write it as it likes: what must
/// hold of a request is seen to by `src/hooks.rs`.
fn leave_out_constructor(file: &mut syn::File) {
    for item in &mut file.items {
        if let syn::Item::Impl(block) = item {
            block.items.retain(
                |item| !matches!(item, syn::ImplItem::Fn(function) if function.sig.ident == "new"),
            );
        }
    }
}
