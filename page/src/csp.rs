//! The page's content security policy: its own scripts run and no other, nothing is fetched, and
//! calls go to the contract's servers or back to the server of the page.

use base64::{Engine, prelude::BASE64_STANDARD};
use face_search_enroll_contract::Contract;
use maud::Markup;
use sha2::{Digest, Sha256};

/// The policy for a page with these scripts and servers.
pub(crate) fn policy(scripts: &[&Markup], contract: &Contract) -> String {
    let hashes = scripts.iter().map(|script| {
        let hash = BASE64_STANDARD.encode(Sha256::digest(&script.0));
        format!("'sha256-{hash}'")
    });
    // An operation may have servers that no region has.
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
    // Swagger UI sets styles on elements; they can fetch nothing.
    format!(
        "default-src 'none'; script-src {}; style-src 'unsafe-inline'; img-src data:; \
         connect-src 'self' {}; form-action 'none'; base-uri 'none'",
        hashes.collect::<Vec<_>>().join(" "),
        servers.join(" "),
    )
}
