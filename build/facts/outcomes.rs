//! Generates `Outcome`, an enum of the meanings of answers.

use std::fmt::Debug;

use face_search_enroll_contract::{Origin, Outcome, Scope};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::accessors::{Accessor, accessors};

const ACCESSORS: [Accessor<Outcome>; 3] = [
    (
        "as_str",
        "The name as in the contract: `AlreadyEnrolled`.",
        |outcome| &outcome.name,
    ),
    ("summary", "What happened, in one sentence.", |outcome| {
        &outcome.summary
    }),
    (
        "action",
        "What to do about it, in one sentence.",
        |outcome| &outcome.action,
    ),
];

/// The variant of `outcome`.
pub(super) fn ident(outcome: &Outcome) -> Ident {
    format_ident!("{}", *outcome.name)
}

pub(super) fn generate(outcomes: &[Outcome], default: &Outcome) -> TokenStream {
    let variants: Vec<_> = outcomes.iter().map(ident).collect();
    let docs = outcomes
        .iter()
        .map(|outcome| format!("{}\n\n{}", outcome.summary, outcome.action));
    let accessors = accessors(outcomes, &variants, &ACCESSORS);
    let effect = outcomes.iter().map(|outcome| {
        let effect = outcome.effect.map(variant_of);
        effect.map_or(quote! { None }, |effect| {
            quote! { Some(crate::outcome::Effected::#effect) }
        })
    });
    let retry = outcomes.iter().map(|outcome| variant_of(outcome.retry));
    let of_platform = is_one_of(outcomes, |outcome| outcome.origin == Origin::Platform);
    let codes = outcomes.iter().map(|outcome| {
        let codes = outcome.codes();
        quote! { #(#codes),* }
    });
    let of_account = is_one_of(outcomes, |outcome| outcome.scope == Scope::Account);
    let default = ident(default);
    quote! {
        /// What an answer means, derived from its code and message.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Outcome {
            #(#[doc = #docs] #variants),*
        }

        impl Outcome {
            /// Every outcome, in the order of the contract.
            pub const ALL: &'static [Self] = &[#(Self::#variants),*];

            pub(crate) const DEFAULT: Self = Self::#default;

            #accessors

            /// Whether the effect of the operation is in place after this answer; `None` if the
            /// operation has no effect.
            pub(crate) const fn effect(self) -> Option<crate::outcome::Effected> {
                match self { #(Self::#variants => #effect),* }
            }

            /// Whether any operation of the platform may give this answer. Such an answer is about
            /// the account, the request or the platform, and not about the subject of the call.
            #[must_use]
            pub const fn is_of_platform(self) -> bool {
                #of_platform
            }

            /// Whether every call of the account gets this answer until the account or its token
            /// changes. If you make many calls, stop after such an answer.
            #[must_use]
            pub const fn is_account_wide(self) -> bool {
                #of_account
            }

            /// The codes that can mean this outcome, as they are sent. Most codes can also mean
            /// other outcomes, depending on the message.
            #[must_use]
            pub const fn codes(self) -> &'static [&'static str] {
                match self { #(Self::#variants => &[#codes]),* }
            }

            /// Whether the same call may be retried, and when.
            #[must_use]
            pub const fn retry(self) -> crate::Retry {
                match self { #(Self::#variants => crate::Retry::#retry),* }
            }
        }
    }
}

/// The variant of the enum in `src/`, which has the same variants as the one in the contract
/// reader.
fn variant_of(variant: impl Debug) -> Ident {
    format_ident!("{}", format!("{variant:?}"))
}

/// Whether `self` is one of the outcomes for which `is` holds.
fn is_one_of(outcomes: &[Outcome], is: fn(&Outcome) -> bool) -> TokenStream {
    let names: Vec<_> = outcomes
        .iter()
        .filter(|outcome| is(outcome))
        .map(ident)
        .collect();
    if names.is_empty() {
        return quote! { false };
    }
    quote! { matches!(self, #(Self::#names)|*) }
}
