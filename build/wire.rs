//! The wire client, by progenitor, from a lenient copy of the contract.

mod client;

use std::{error::Error, iter};

use face_search_enroll_contract::Contract;
use proc_macro2::TokenStream;
use progenitor::{GenerationSettings, Generator, HooksMode, InterfaceStyle};
use quote::{ToTokens, quote};

use super::relaxed_contract::{self, Replacement};

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
    check_replacements(&tokens, &relaxed.replacements)?;
    let mut file: syn::File = syn::parse2(tokens)?;
    let paths: Vec<_> = contract
        .operations
        .iter()
        .map(|it| it.path.as_str())
        .collect();
    client::adapt(&mut file, &paths)?;
    Ok(file.into_token_stream())
}

/// A replacement that names no schema is ignored without a word.
fn check_replacements(
    tokens: &TokenStream,
    replacements: &[Replacement],
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
