//! `Region`, an enum of the servers.

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
        "The country by ISO 3166-1 alpha-2: `SG`.",
        |region| region.country.alpha2,
    ),
    (
        "country_alpha3",
        "The country by ISO 3166-1 alpha-3: `SGP`.",
        |region| region.country.alpha3,
    ),
    (
        "country_name",
        "The common English name of the country, which may differ from [`name`](Self::name).",
        |region| region.country.name,
    ),
    (
        "base_url",
        "The address of the server: scheme and host, without a final slash.",
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
        /// A regional server, and the face set that it keeps.
        ///
        /// Accounts are entitled for each region, and a face that is enrolled in one is not found
        /// in another. So there is no default region, and no call moves to another one by itself.
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
