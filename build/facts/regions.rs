//! Generates `Region`, an enum of the regional servers.

use face_search_enroll_contract::Region;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::accessors::{Accessor, accessors};

const ACCESSORS: [Accessor<Region>; 7] = [
    (
        "name",
        "The name of the region, in English: `Singapore`.",
        |region| &region.name,
    ),
    (
        "code",
        "The short code of the region, in lower case: `sg`.",
        |region| &region.code,
    ),
    (
        "country",
        "The ISO 3166-1 alpha-2 code of the country: `SG`.",
        |region| region.country.alpha2,
    ),
    (
        "country_alpha3",
        "The ISO 3166-1 alpha-3 code of the country: `SGP`.",
        |region| region.country.alpha3,
    ),
    (
        "country_name",
        "The common English name of the country, which may differ from [`name`](Self::name).",
        |region| region.country.name,
    ),
    (
        "base_url",
        "The base URL of the server: scheme and host, without a final slash.",
        |region| &region.url,
    ),
    ("host", "The host of the server.", |region| &region.host),
];

pub(super) fn generate(regions: &[Region]) -> TokenStream {
    let variants: Vec<_> = regions
        .iter()
        .map(|region| format_ident!("{}", *region.name))
        .collect();
    let docs = regions.iter().map(|region| {
        format!(
            "{}: the server `{}`, code `{}`.",
            region.country.name, region.host, region.code
        )
    });
    let accessors = accessors(regions, &variants, &ACCESSORS);
    quote! {
        /// A regional server with its own face set.
        ///
        /// An account is entitled for each region separately, and a face that is enrolled in one
        /// region is not found in another. Therefore there is no default region, and the client
        /// never falls back to another region.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Region {
            #(#[doc = #docs] #variants),*
        }

        impl Region {
            /// Every region, in the order of the contract.
            pub const ALL: &'static [Self] = &[#(Self::#variants),*];

            #accessors
        }
    }
}
