//! The type of an answer as far as the layer reads it, made from progenitor's.

use std::error::Error;

/// What the layer reads of an answer: the other fields cost memory that nobody looks at.
const READ: [&str; 4] = ["code", "message", "transaction_id", "extra"];

/// Adds `types::Envelope`, which is the answer's type with those fields alone.
pub(super) fn add(file: &mut syn::File, schema: &str) -> Result<(), Box<dyn Error>> {
    let types = file.items.iter_mut().find_map(|item| match item {
        syn::Item::Mod(types) if types.ident == "types" => types.content.as_mut(),
        _ => None,
    });
    let (_, items) = types.ok_or("progenitor wrote no module of types")?;
    let answer = items.iter().find_map(|item| match item {
        syn::Item::Struct(answer) if answer.ident == schema => Some(answer.clone()),
        _ => None,
    });
    let mut envelope = answer.ok_or_else(|| format!("progenitor wrote no type {schema}"))?;
    envelope.ident = quote::format_ident!("Envelope");
    envelope.attrs = vec![
        syn::parse_quote! { #[doc = "What is looked at of an answer."] },
        syn::parse_quote! { #[derive(::serde::Deserialize, Debug)] },
    ];
    let syn::Fields::Named(fields) = &mut envelope.fields else {
        return Err(format!("progenitor wrote {schema} without fields").into());
    };
    let read = |field: &syn::Field| {
        field
            .ident
            .as_ref()
            .is_some_and(|name| READ.iter().any(|read| name == read))
    };
    fields.named = fields
        .named
        .iter()
        .filter(|field| read(field))
        .cloned()
        .collect();
    if fields.named.len() != READ.len() {
        return Err(format!("{schema} lacks one of {}", READ.join(", ")).into());
    }
    items.push(syn::Item::Struct(envelope));
    Ok(())
}
