//! Regions, codes, outcomes and what else the contract says, as Rust items. What they can do
//! beyond saying it is written by hand in `src/`.

mod answers;

use std::error::Error;

use face_search_enroll_contract::{
    Body, Code, Contract, Enrolled, FINAL_PUNCTUATION, Field, Match, Origin, Outcome, Region,
    Retry, Scope, fold,
};
use heck::ToShoutySnakeCase;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

pub(crate) fn generate(contract: &Contract) -> Result<TokenStream, Box<dyn Error>> {
    let regions = regions(&contract.regions);
    let codes = codes(&contract.codes);
    let outcomes = outcomes(&contract.outcomes)?;
    let classification = classification(contract)?;
    let operation = operation(contract);
    let answers = answers::answers(contract);
    let version = &*contract.version;
    Ok(quote! {
        pub(crate) const CONTRACT_VERSION: &str = #version;
        #regions
        #codes
        #outcomes
        #classification
        #operation
        #answers
    })
}

fn ident(name: &str) -> Ident {
    format_ident!("{name}")
}

/// `const fn`s that give a text for each variant.
fn accessor(name: &str, docs: &str, variants: &[Ident], texts: &[&str]) -> TokenStream {
    let name = ident(name);
    quote! {
        #[doc = #docs]
        #[must_use]
        pub const fn #name(self) -> &'static str {
            match self { #(Self::#variants => #texts),* }
        }
    }
}

fn regions(regions: &[Region]) -> TokenStream {
    let variants: Vec<_> = regions.iter().map(|region| ident(&region.name)).collect();
    let docs = regions.iter().map(|region| {
        format!(
            "{}: the server `{}`, code `{}`.",
            region.country.name, region.host, region.code
        )
    });
    let text = |name, docs: &str, of: fn(&Region) -> &str| {
        let texts: Vec<_> = regions.iter().map(of).collect();
        accessor(name, docs, &variants, &texts)
    };
    let name = text(
        "name",
        "The name of the region, in English: `Singapore`.",
        |region| &region.name,
    );
    let code = text(
        "code",
        "The short code of the region, in lower case: `sg`.",
        |region| &region.code,
    );
    let country = text(
        "country",
        "The country by ISO 3166-1 alpha-2: `SG`.",
        |region| region.country.alpha2,
    );
    let alpha3 = text(
        "country_alpha3",
        "The country by ISO 3166-1 alpha-3: `SGP`.",
        |region| region.country.alpha3,
    );
    let country_name = text(
        "country_name",
        "The country by its ISO 3166-1 English short name, which may differ from [`name`](Self::name).",
        |region| region.country.name,
    );
    let base_url = text(
        "base_url",
        "The address of the server: scheme and host, without a final slash.",
        |region| &region.url,
    );
    let host = text("host", "The host of the server.", |region| &region.host);
    quote! {
        /// A regional server, and the face set that it keeps.
        ///
        /// Accounts are entitled for each region, and a face that is enrolled in one is not found
        /// in another. So there is no default region, and no call moves to another one by itself.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Region {
            #(#[doc = #docs] #variants),*
        }

        impl Region {
            /// Every region, in the order of the contract.
            pub const ALL: &'static [Self] = &[#(Self::#variants),*];

            #name
            #code
            #country
            #alpha3
            #country_name
            #base_url
            #host
        }
    }
}

fn codes(codes: &[Code]) -> TokenStream {
    let variants: Vec<_> = codes.iter().map(|code| ident(&code.variant)).collect();
    let texts: Vec<_> = codes.iter().map(|code| code.code.as_str()).collect();
    let docs = codes.iter().map(|code| {
        let whose = if code.listed {
            "this endpoint"
        } else {
            "any endpoint of the platform"
        };
        format!("`{}`, a code of {whose}.", code.code)
    });
    quote! {
        /// The `code` of an answer.
        ///
        /// The list is open: a code that the contract does not know is
        /// [`Unlisted`](Self::Unlisted) and keeps its text.
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Code {
            #(#[doc = #docs] #variants,)*
            /// A code that the contract does not know.
            Unlisted(crate::UnlistedCode),
        }

        impl Code {
            /// The code as it stands on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#variants => #texts,)*
                    Self::Unlisted(code) => code.as_str(),
                }
            }

            pub(crate) fn listed(text: &str) -> Option<Self> {
                match text {
                    #(#texts => Some(Self::#variants),)*
                    _ => None,
                }
            }
        }
    }
}

fn outcomes(outcomes: &[Outcome]) -> Result<TokenStream, Box<dyn Error>> {
    let variants: Vec<_> = outcomes
        .iter()
        .map(|outcome| ident(&outcome.name))
        .collect();
    let docs = outcomes
        .iter()
        .map(|outcome| format!("{}\n\n{}", outcome.summary, outcome.action));
    let text = |name, docs: &str, of: fn(&Outcome) -> &str| {
        let texts: Vec<_> = outcomes.iter().map(of).collect();
        accessor(name, docs, &variants, &texts)
    };
    let name = text(
        "name",
        "The name, as in the contract: `AlreadyEnrolled`.",
        |outcome| &outcome.name,
    );
    let summary = text("summary", "What happened, in a sentence.", |outcome| {
        &outcome.summary
    });
    let action = text("action", "What to do about it, in a sentence.", |outcome| {
        &outcome.action
    });
    let enrolled = outcomes.iter().map(|outcome| match outcome.enrolled {
        Enrolled::Yes => quote! { Yes },
        Enrolled::No => quote! { No },
        Enrolled::Unknown => quote! { Unknown },
    });
    let retry = outcomes.iter().map(|outcome| match outcome.retry {
        Retry::Never => quote! { Never },
        Retry::Backoff => quote! { Backoff },
        Retry::Throttled => quote! { Throttled },
        Retry::RefreshToken => quote! { RefreshToken },
    });
    let of_platform = one_of(outcomes, |outcome| outcome.origin == Origin::Platform);
    let codes = outcomes.iter().map(|outcome| {
        let mut codes: Vec<&str> = Vec::new();
        for rule in &outcome.rules {
            if !codes.contains(&rule.code.as_str()) {
                codes.push(&rule.code);
            }
        }
        quote! { #(#codes),* }
    });
    let of_account = one_of(outcomes, |outcome| outcome.scope == Scope::Account);
    let default = default_outcome(outcomes)?;
    Ok(quote! {
        /// What an answer means, told from its code and message.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Outcome {
            #(#[doc = #docs] #variants),*
        }

        impl Outcome {
            /// Every outcome, in the order of the contract.
            pub const ALL: &'static [Self] = &[#(Self::#variants),*];

            pub(crate) const DEFAULT: Self = Self::#default;

            #name
            #summary
            #action

            /// Whether the face is in the face set after this answer.
            #[must_use]
            pub const fn in_face_set(self) -> crate::InFaceSet {
                match self { #(Self::#variants => crate::InFaceSet::#enrolled),* }
            }

            /// Whether any endpoint of the platform may answer so. Then the answer is about the
            /// account, the request or the platform, and says nothing about the journey.
            #[must_use]
            pub const fn is_of_platform(self) -> bool {
                #of_platform
            }

            /// Whether every call of the account is answered so, until somebody changes the account
            /// or its token. Whoever has many calls to make stops.
            #[must_use]
            pub const fn is_account_wide(self) -> bool {
                #of_account
            }

            /// The codes that may mean it, as they stand on the wire. Most codes may mean other
            /// outcomes too: the message tells.
            #[must_use]
            pub const fn codes(self) -> &'static [&'static str] {
                match self { #(Self::#variants => &[#codes]),* }
            }

            /// Whether the same call may be sent again, and when.
            #[must_use]
            pub const fn retry(self) -> crate::Retry {
                match self { #(Self::#variants => crate::Retry::#retry),* }
            }
        }
    })
}

/// Whether `self` is one of these, of which there may be none.
fn one_of(outcomes: &[Outcome], is: fn(&Outcome) -> bool) -> TokenStream {
    let names: Vec<_> = outcomes
        .iter()
        .filter(|outcome| is(outcome))
        .map(|outcome| ident(&outcome.name))
        .collect();
    if names.is_empty() {
        return quote! { false };
    }
    quote! { matches!(self, #(Self::#names)|*) }
}

/// The rules of classification, by code, and the statuses that count where there is no envelope.
fn classification(contract: &Contract) -> Result<TokenStream, Box<dyn Error>> {
    let default = default_outcome(&contract.outcomes)?;
    let mut arms = Vec::new();
    for code in &contract.codes {
        let mut exactly: Vec<(String, Ident)> = Vec::new();
        let mut containing = Vec::new();
        let mut alone = None;
        for outcome in &contract.outcomes {
            let name = ident(&outcome.name);
            for rule in outcome
                .rules
                .iter()
                .filter(|rule| rule.code.value == code.code.value)
            {
                match &rule.message {
                    // An example and a message of the platform may say the same.
                    Match::Exactly(text)
                        if exactly.iter().any(|(known, _)| *known == fold(text)) => {}
                    Match::Exactly(text) => exactly.push((fold(text), name.clone())),
                    Match::Containing(text) => containing.push((fold(text), name.clone())),
                    Match::Any => alone = Some(name.clone()),
                }
            }
        }
        let alone = alone.unwrap_or_else(|| default.clone());
        let pairs = |pairs: &[(String, Ident)]| {
            let pairs = pairs
                .iter()
                .map(|(text, outcome)| quote! { (#text, Outcome::#outcome) });
            quote! { &[#(#pairs),*] }
        };
        let (exactly, containing) = (pairs(&exactly), pairs(&containing));
        let text = &code.code.value;
        arms.push(quote! {
            #text => crate::outcome::Rules {
                exactly: #exactly,
                containing: #containing,
                alone: Outcome::#alone,
            }
        });
    }
    let statuses = contract
        .outcomes
        .iter()
        .filter(|outcome| !outcome.statuses.is_empty())
        .map(|outcome| {
            let numbers = outcome.statuses.iter().map(|status| status.value);
            let name = ident(&outcome.name);
            quote! { #(#numbers)|* => Some(Outcome::#name) }
        });
    let statuses: Vec<_> = statuses.collect();
    let punctuation = FINAL_PUNCTUATION;
    Ok(quote! {
        /// What the messages of `code` mean, and the code by itself.
        pub(crate) fn rules(code: &str) -> Option<crate::outcome::Rules> {
            Some(match code {
                #(#arms,)*
                _ => return None,
            })
        }

        /// What an HTTP status means where no envelope can be read.
        pub(crate) const fn outcome_of_status(status: u16) -> Option<Outcome> {
            match status {
                #(#statuses,)*
                _ => None,
            }
        }

        /// Punctuation that does not count at the end of a message.
        pub(crate) const FINAL_PUNCTUATION: &[char] = &[#(#punctuation),*];
    })
}

fn default_outcome(outcomes: &[Outcome]) -> Result<Ident, Box<dyn Error>> {
    outcomes
        .iter()
        .find(|outcome| outcome.default)
        .map(|outcome| ident(&outcome.name))
        .ok_or_else(|| "a contract without a default outcome".into())
}

/// Names and rules of the operation, for the layer and the sandbox.
fn operation(contract: &Contract) -> TokenStream {
    let operation = &contract.operation;
    let method = operation.method.as_str();
    let path = operation.path.as_str();
    // HTTP/1 writes header names as they come; `http` takes them in lower case.
    let token_header = operation.token_header.to_ascii_lowercase();
    let media_type = operation.request.media_type.as_str();
    let request_rules = operation.request.fields.iter().map(text_rule);
    let request = field_names(&operation.request);
    let response = field_names(&operation.response);
    // Without an example, one is as good as another: all that a request needs is left out.
    let example = contract.request_examples.first();
    let example = example.map_or_else(String::new, |example| example.body.to_string());
    quote! {
        /// The operation on the wire.
        pub(crate) mod operation {
            pub(crate) const METHOD: &str = #method;
            pub(crate) const PATH: &str = #path;
            pub(crate) const TOKEN_HEADER: &str = #token_header;
            pub(crate) const MEDIA_TYPE: &str = #media_type;

            /// The fields of a request.
            pub(crate) mod request {
                #request

                /// The body of the first example.
                pub(crate) const EXAMPLE: &str = #example;
            }

            /// What the fields of a request must be.
            pub(crate) mod rule {
                use crate::request::TextRule;

                #(#request_rules)*
            }

            /// The fields of an answer.
            pub(crate) mod response {
                #response
            }
        }
    }
}

fn field_names(body: &Body) -> TokenStream {
    let names = body.fields.iter().map(|field| field.name.as_str());
    let constants = names
        .clone()
        .map(|name| ident(&name.to_shouty_snake_case()));
    quote! { #(pub(crate) const #constants: &str = #names;)* }
}

fn text_rule(field: &Field) -> TokenStream {
    let constant = ident(&field.name.to_shouty_snake_case());
    let name = &field.name.value;
    let option = |length: Option<u64>| {
        let some = length.map(|length| quote! { Some(#length) });
        some.unwrap_or(quote! { None })
    };
    let (min_length, max_length) = (option(field.min_length), option(field.max_length));
    let not_blank = field.not_blank;
    quote! {
        pub(crate) const #constant: TextRule = TextRule {
            field: #name,
            min_length: #min_length,
            max_length: #max_length,
            not_blank: #not_blank,
        };
    }
}
