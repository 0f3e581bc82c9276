//! The page's content security policy, as a browser would hold the page to it.

use base64::{Engine, prelude::BASE64_STANDARD};

use crate::{
    CONTRACT, PAGE,
    parsed::{elements, named},
};
use sha2::{Digest, Sha256};

fn directive(name: &str) -> Vec<String> {
    let page = elements(&PAGE);
    let policy = named(&page, "meta")
        .find(|meta| meta.attribute("http-equiv") == Some("Content-Security-Policy"))
        .and_then(|meta| meta.attribute("content"))
        .unwrap();
    let mut directives = policy
        .split(';')
        .map(|directive| directive.split_whitespace());
    let found = directives.find_map(|mut words| {
        (words.next() == Some(name)).then(|| words.map(str::to_owned).collect())
    });
    found.unwrap_or_else(|| panic!("no {name} in {policy}"))
}

#[test]
fn its_own_scripts_run_and_no_other() {
    let page = elements(&PAGE);
    let hashes: Vec<_> = named(&page, "script")
        .filter(|script| script.attribute("type").is_none())
        .map(|script| {
            let hash = Sha256::digest(script.text.as_bytes());
            format!("'sha256-{}'", BASE64_STANDARD.encode(hash))
        })
        .collect();
    assert_eq!(hashes.len(), 2);
    assert_eq!(directive("script-src"), hashes);
}

#[test]
fn nothing_is_fetched() {
    assert_eq!(directive("default-src"), ["'none'"]);
    assert_eq!(directive("img-src"), ["data:"]);
    assert_eq!(directive("base-uri"), ["'none'"]);
    assert_eq!(directive("form-action"), ["'none'"]);
}

/// A token can reach the servers of the contract and the one that serves the page.
#[test]
fn calls_go_to_the_servers_of_the_list() {
    let mut expected = vec!["'self'"];
    let operations = CONTRACT.operations.iter();
    let others = operations.flat_map(|it| it.servers.iter().map(|server| server.url.as_str()));
    let regions = CONTRACT.regions.iter().map(|region| region.url.as_str());
    for server in regions.chain(others) {
        if !expected.contains(&server) {
            expected.push(server);
        }
    }
    assert!(expected.len() > 1 + CONTRACT.regions.len());
    assert_eq!(directive("connect-src"), expected);
}

/// What runs from an attribute is refused by the policy, so none of it may be wanted.
#[test]
fn no_script_stands_in_an_attribute() {
    for element in elements(&PAGE) {
        for (name, value) in &element.attributes {
            assert!(!name.starts_with("on"), "{name} of {}", element.name);
            assert!(
                !value.trim_start().to_lowercase().starts_with("javascript:"),
                "{value}"
            );
        }
    }
}
