//! The page's content security policy: its own scripts run and no other, nothing is fetched, and
//! calls go to the contract's servers or back to the server of the page.

use base64::{Engine, prelude::BASE64_STANDARD};
use face_search_enroll_contract::Region;
use sha2::{Digest, Sha256};

use crate::html::Html;

/// The policy for a page with these scripts and servers.
pub(crate) fn policy(scripts: &[&Html], regions: &[Region]) -> String {
    let mut policy = "default-src 'none'; script-src".to_owned();
    for script in scripts {
        let hash = Sha256::digest(script.as_str().as_bytes());
        policy.push_str(" 'sha256-");
        policy.push_str(&BASE64_STANDARD.encode(hash));
        policy.push('\'');
    }
    // Swagger UI sets styles on elements; they can fetch nothing.
    policy.push_str("; style-src 'unsafe-inline'; img-src data:; connect-src 'self'");
    for region in regions {
        policy.push(' ');
        // These two would end the directive.
        policy.push_str(&region.url.replace(';', "%3B").replace(',', "%2C"));
    }
    policy.push_str("; form-action 'none'; base-uri 'none'");
    policy
}
