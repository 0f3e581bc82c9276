//! What is changed in the client that progenitor writes.

use std::error::Error;

use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};

/// Takes away what each call would do anew: the address is written and parsed once, by whoever has
/// the hooks, the document's version is not sent, which the vendor does not know, and the hook after
/// an answer is not called, which does nothing and makes room for a second answer. `Client::new`
/// goes too: the reqwest client that it makes follows redirects with the token, and where TLS cannot
/// start it panics. For each operation it adds one with `_unread` in
/// its name, which gives the answer with its body still to be read.
pub(super) fn adapt(file: &mut syn::File, paths: &[&str]) -> Result<(), Box<dyn Error>> {
    let operations = paths.len();
    let expected = Counts {
        constructors: 1,
        addresses: 3 + operations,
        versions: 3 * operations,
        hooks: operations,
        unread: operations,
    };
    let mut edits = Edits {
        paths,
        counts: Counts::default(),
    };
    edits.visit_file_mut(file);
    let found = edits.counts;
    if found == expected {
        return Ok(());
    }
    Err(format!("progenitor writes clients otherwise: {found:?}, not {expected:?}").into())
}

/// The edits of a file, and how many there were.
struct Edits<'p> {
    /// The paths of the operations, in the order of the contract.
    paths: &'p [&'p str],
    counts: Counts,
}

/// How often each was found, and edited: another count means that progenitor changed.
#[derive(Debug, Default, PartialEq, Eq)]
struct Counts {
    constructors: usize,
    addresses: usize,
    versions: usize,
    hooks: usize,
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

impl VisitMut for Edits<'_> {
    fn visit_item_impl_mut(&mut self, block: &mut syn::ItemImpl) {
        visit_mut::visit_item_impl_mut(self, block);
        block.items.retain(|item| {
            let is_new = matches!(item, syn::ImplItem::Fn(f) if f.sig.ident == "new");
            self.counts.constructors += usize::from(is_new);
            !is_new
        });
        let mut added = Vec::new();
        for item in &mut block.items {
            let syn::ImplItem::Fn(function) = item else {
                continue;
            };
            if function.sig.ident == "new_with_client" {
                function.sig.inputs = function.sig.inputs.iter().skip(1).cloned().collect();
                self.counts.addresses += 1;
            } else if function.sig.ident == "baseurl" {
                function.block = syn::parse_quote! {{ self.inner.base_url() }};
                self.counts.addresses += 1;
            } else if function.sig.asyncness.is_some() {
                added.push(syn::ImplItem::Fn(unread(function)));
                self.counts.unread += 1;
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
                self.counts.addresses += usize::from(address(field));
                !address(field)
            })
            .collect();
        visit_mut::visit_expr_struct_mut(self, literal);
    }

    fn visit_block_mut(&mut self, block: &mut syn::Block) {
        block.stmts.retain_mut(|statement| {
            let text = statement.to_token_stream().to_string();
            let is_of = |path: &&str| text.contains(&format!("\"{{}}{path}\""));
            if text.starts_with("let url = format !")
                && let Some(index) = self.paths.iter().position(is_of)
            {
                *statement = syn::parse_quote! {
                    let url = self.inner.url(#index).map_err(Error::InvalidRequest)?;
                };
                self.counts.addresses += 1;
            }
            let version =
                text.starts_with("let mut header_map =") || text.starts_with("header_map . append");
            self.counts.versions += usize::from(version);
            let post = text.starts_with("self . post (");
            self.counts.hooks += usize::from(post);
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
            self.counts.versions += 1;
        }
        visit_mut::visit_expr_mut(self, expression);
    }
}
