//! The wire client, by progenitor.

use std::{error::Error, iter};

use face_search_enroll_contract::Contract;
use proc_macro2::TokenStream;
use progenitor::{GenerationSettings, Generator, HooksMode, InterfaceStyle};
use quote::{ToTokens, quote};
use syn::visit_mut::{self, VisitMut};

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
    let mut file: syn::File = syn::parse2(tokens)?;
    without_waste(&mut file)?;
    add_envelope(&mut file, &contract.operation.response.schema)?;
    Ok(file.into_token_stream())
}

/// What the layer reads of an answer: the other fields cost memory that nobody looks at.
const READ: [&str; 4] = ["code", "message", "transaction_id", "extra"];

/// Adds `types::Envelope`, which is the answer's type with those fields alone.
fn add_envelope(file: &mut syn::File, schema: &str) -> Result<(), Box<dyn Error>> {
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

/// Takes away what each call would do anew: the address is written and parsed once, by whoever has
/// the hooks, the document's version is not sent, which the vendor does not know, and the hook after
/// an answer is not called, which does nothing and makes room for a second answer. `Client::new`
/// goes too: the reqwest client that it makes follows redirects with the token, and where TLS cannot
/// start it panics. Adds `enroll_unread`, which gives the answer with its body still to be read.
fn without_waste(file: &mut syn::File) -> Result<(), Box<dyn Error>> {
    let mut waste = Waste::default();
    waste.visit_file_mut(file);
    if waste
        == (Waste {
            constructors: 1,
            addresses: 4,
            versions: 3,
            posts: 1,
            unread: 1,
        })
    {
        Ok(())
    } else {
        Err(format!("progenitor writes clients otherwise: {waste:?} were replaced").into())
    }
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Waste {
    constructors: usize,
    addresses: usize,
    versions: usize,
    posts: usize,
    unread: usize,
}

/// Cuts an operation in two: sending, which is what is given, and reading the answer, which is left.
fn unread(operation: &mut syn::ImplItemFn) -> syn::ImplItemFn {
    let mut unread = operation.clone();
    let name = quote::format_ident!("{}_unread", operation.sig.ident);
    unread.attrs = vec![syn::parse_quote! { #[doc = "The answer, its body still to be read."] }];
    unread.sig.ident = name.clone();
    unread.sig.output = syn::parse_quote! { -> Result<::reqwest::Response, Error<()>> };
    let reading = unread.block.stmts.pop();
    unread
        .block
        .stmts
        .push(syn::parse_quote! { return Ok(response); });
    operation.block = syn::parse_quote! {{
        let response = self.#name(body).await?;
        #reading
    }};
    unread
}

impl VisitMut for Waste {
    fn visit_item_impl_mut(&mut self, block: &mut syn::ItemImpl) {
        visit_mut::visit_item_impl_mut(self, block);
        block.items.retain(|item| {
            let is_new = matches!(item, syn::ImplItem::Fn(f) if f.sig.ident == "new");
            self.constructors += usize::from(is_new);
            !is_new
        });
        let mut added = Vec::new();
        for item in &mut block.items {
            let syn::ImplItem::Fn(function) = item else {
                continue;
            };
            if function.sig.ident == "new_with_client" {
                function.sig.inputs = function.sig.inputs.iter().skip(1).cloned().collect();
                self.addresses += 1;
            } else if function.sig.ident == "baseurl" {
                function.block = syn::parse_quote! {{ self.inner.base_url() }};
                self.addresses += 1;
            } else if function.sig.asyncness.is_some() {
                added.push(syn::ImplItem::Fn(unread(function)));
                self.unread += 1;
            }
        }
        block.items.extend(added);
    }

    fn visit_fields_named_mut(&mut self, fields: &mut syn::FieldsNamed) {
        fields.named = std::mem::take(&mut fields.named)
            .into_iter()
            .filter(|field| field.ident.as_ref().is_none_or(|name| name != "baseurl"))
            .collect();
    }

    fn visit_expr_struct_mut(&mut self, literal: &mut syn::ExprStruct) {
        let fields = std::mem::take(&mut literal.fields).into_iter();
        let address =
            |field: &syn::FieldValue| field.member.to_token_stream().to_string() == "baseurl";
        literal.fields = fields
            .filter(|field| {
                self.addresses += usize::from(address(field));
                !address(field)
            })
            .collect();
        visit_mut::visit_expr_struct_mut(self, literal);
    }

    fn visit_block_mut(&mut self, block: &mut syn::Block) {
        block.stmts.retain_mut(|statement| {
            let text = statement.to_token_stream().to_string();
            if text.starts_with("let url = format !") {
                *statement = syn::parse_quote! {
                    let url = self.inner.url().map_err(Error::InvalidRequest)?;
                };
                self.addresses += 1;
            }
            let version =
                text.starts_with("let mut header_map =") || text.starts_with("header_map . append");
            self.versions += usize::from(version);
            let post = text.starts_with("self . post (");
            self.posts += usize::from(post);
            !version && !post
        });
        visit_mut::visit_block_mut(self, block);
    }

    fn visit_expr_mut(&mut self, expression: &mut syn::Expr) {
        if let syn::Expr::MethodCall(call) = expression
            && call.method == "headers"
            && call.args.to_token_stream().to_string() == "header_map"
        {
            *expression = (*call.receiver).clone();
            self.versions += 1;
        }
        visit_mut::visit_expr_mut(self, expression);
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
