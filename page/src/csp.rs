//! The content security policy of the page. Only the page's own scripts run, no other file is loaded,
//! and calls go only to the servers of the contract and to the server of the page.

use base64::{Engine, prelude::BASE64_STANDARD};
use face_search_enroll_contract::Contract;
use maud::Markup;
use sha2::{Digest, Sha256};

/// The policy for a page with these scripts and the servers of `contract`.
pub(crate) fn policy(scripts: &[&Markup], contract: &Contract) -> String {
    let hashes = scripts.iter().map(|script| {
        let hash = BASE64_STANDARD.encode(Sha256::digest(&script.0));
        format!("'sha256-{hash}'")
    });
    // Some operations have servers that are not those of a region.
    let regions = contract.regions.iter().map(|region| &region.url.value);
    let operations = contract.operations.iter();
    let others = operations.flat_map(|operation| operation.servers.iter());
    let mut servers: Vec<String> = Vec::new();
    for url in regions.chain(others.map(|server| &server.url.value)) {
        // A `;` or a `,` would end the directive.
        let url = url.replace(';', "%3B").replace(',', "%2C");
        if !servers.contains(&url) {
            servers.push(url);
        }
    }
    // Swagger UI sets inline styles, which cannot load anything under this policy.
    format!(
        "default-src 'none'; script-src {}; style-src 'unsafe-inline'; img-src data:; \
         connect-src 'self' {}; form-action 'none'; base-uri 'none'",
        hashes.collect::<Vec<_>>().join(" "),
        servers.join(" "),
    )
}
