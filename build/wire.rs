//! Generates the wire client by progenitor, from a lenient copy of the contract.

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
        // The code then compiles only with the hooks that add the token and limit the body.
        .with_hooks(HooksMode::Expected)
        .with_inner_type(quote! { crate::hooks::RequestContext });
    for replacement in &relaxed.replacements {
        settings.with_replacement(&replacement.schema, &replacement.rust, iter::empty());
    }
    let tokens = Generator::new(&settings).generate_tokens(&relaxed.document)?;
    let mut file: syn::File = syn::parse2(tokens)?;
    remove_constructor(&mut file);
    Ok(file.into_token_stream())
}

/// Removes `Client::new`. It creates another HTTP client than the one that sends calls, and panics
/// if TLS cannot start. The rest of the generated code is not changed. `src/hooks.rs` ensures what
/// must hold for a request, so a newer progenitor may generate different code.
fn remove_constructor(file: &mut syn::File) {
    for item in &mut file.items {
        if let syn::Item::Impl(block) = item {
            block.items.retain(
                |item| !matches!(item, syn::ImplItem::Fn(function) if function.sig.ident == "new"),
            );
        }
    }
}
