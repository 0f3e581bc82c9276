//! The wire client, by progenitor.

use std::{error::Error, iter};

use face_search_enroll_contract::Contract;
use proc_macro2::TokenStream;
use progenitor::{GenerationSettings, Generator, HooksMode, InterfaceStyle};
use quote::{ToTokens, quote};

use crate::relax;

pub(crate) fn generate(contract: &Contract) -> Result<TokenStream, Box<dyn Error>> {
    let relaxed = relax::relax(contract)?;
    let mut settings = GenerationSettings::new();
    settings
        .with_interface(InterfaceStyle::Positional)
        // The compiler then insists on the hooks that add the token and bound the body.
        .with_hooks(HooksMode::Expected)
        .with_inner_type(quote! { crate::hooks::Call });
    for replacement in &relaxed.replacements {
        settings.with_replacement(&replacement.schema, &replacement.rust, iter::empty());
    }
    let tokens = Generator::new(&settings).generate_tokens(&relaxed.document)?;
    check_replacements(&tokens, &relaxed.replacements)?;
    without_new(tokens)
}

/// Takes away the generated `Client::new`, which makes a reqwest client of its own: it panics where
/// TLS cannot start, and follows redirects with the token.
fn without_new(tokens: TokenStream) -> Result<TokenStream, Box<dyn Error>> {
    let mut file: syn::File = syn::parse2(tokens)?;
    let mut taken = 0;
    for item in &mut file.items {
        if let syn::Item::Impl(block) = item {
            let before = block.items.len();
            block
                .items
                .retain(|item| !matches!(item, syn::ImplItem::Fn(f) if f.sig.ident == "new"));
            taken += before - block.items.len();
        }
    }
    if taken == 1 {
        Ok(file.into_token_stream())
    } else {
        Err(
            format!("progenitor wrote {taken} functions `new`, not the one that is taken away")
                .into(),
        )
    }
}

/// A replacement that names no schema is ignored without a word.
fn check_replacements(
    tokens: &TokenStream,
    replacements: &[relax::Replacement],
) -> Result<(), Box<dyn Error>> {
    let code = tokens.to_string().replace(' ', "");
    for replacement in replacements {
        if !code.contains(&replacement.rust) {
            return Err(format!(
                "progenitor did not put {} in place of the schema {}",
                replacement.rust, replacement.schema
            )
            .into());
        }
    }
    Ok(())
}
