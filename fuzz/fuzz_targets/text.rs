//! Any text is parsed as a region, an address, a token, certificates or an answer, or rejected. No
//! error shows a password.
//!
//! `cargo +nightly fuzz run text`

#![no_main]

use std::{error::Error, sync::LazyLock};

use face_search_enroll::{
    AccessToken, AccessTokenError, Client, Code, Endpoint, Outcome, Proxy, Region,
    RootCertificates, RootCertificatesError,
};
use face_search_enroll_fuzz::{
    SECRET, assert_error_hides, assert_hidden, assert_line, has_part_alone, with_secret,
};
use libfuzzer_sys::fuzz_target;
use url::{Host, Url};

fuzz_target!(|bytes: &[u8]| {
    certificates(bytes);
    let bytes = with_secret(bytes);
    let text = String::from_utf8_lossy(&bytes);
    region(&text);
    endpoint(&text);
    proxy(&text);
    token(&text);
    let (code, message) = text.split_once('\n').unwrap_or((&text, ""));
    outcome(code, message);
});

fn certificates(pem: &[u8]) {
    match RootCertificates::from_pem(pem) {
        Ok(certificates) => {
            let shown = format!("{certificates:?}");
            assert!(shown.starts_with("RootCertificates("), "{shown}");
            assert_ne!(shown, "RootCertificates(0)");
        }
        Err(error) => {
            assert_line(&error);
            let is_broken = matches!(error, RootCertificatesError::Broken { .. });
            assert_eq!(error.source().is_some(), is_broken);
        }
    }
}

fn region(text: &str) {
    match text.parse::<Region>() {
        Ok(region) => {
            let names = [
                region.code(),
                region.name(),
                region.host(),
                region.country(),
                region.country_alpha3(),
                region.country_name(),
            ];
            let is_text = |name: &&str| name.eq_ignore_ascii_case(text.trim());
            assert!(names.iter().any(is_text), "{text:?} is {region:?}");
            for name in names {
                assert_eq!(name.parse(), Ok(region));
            }
            assert_eq!(region.to_string().parse(), Ok(region));
            assert_eq!(Endpoint::from(region).region(), Some(region));
        }
        Err(error) => {
            assert_line(&error);
            // The part before the last `@` may be a password.
            let shown = match text.trim().rsplit_once('@') {
                Some((_, rest)) => format!("…@{rest}"),
                None => text.trim().to_owned(),
            };
            assert_eq!(error.input(), shown);
        }
    }
}

fn endpoint(text: &str) {
    match Endpoint::custom(text) {
        Ok(endpoint) => {
            assert_eq!(endpoint.region(), None);
            assert_eq!(Endpoint::custom(endpoint.base_url()), Ok(endpoint.clone()));
            let url = Url::parse(endpoint.base_url()).expect("an address");
            let is_safe = match url.scheme() {
                "https" => true,
                "http" => is_loopback(&url),
                _ => false,
            };
            assert!(is_safe, "{url}");
            assert_eq!((url.username(), url.password()), ("", None), "{url}");
            assert_eq!(url.path(), "/", "{url}");
            assert_eq!((url.query(), url.fragment()), (None, None), "{url}");
            // The address is shown unchanged, so it must not contain anything else.
            assert_eq!(format!("{endpoint}/"), url.as_str());
        }
        Err(error) => {
            assert_line(&error);
            if has_secret_credentials(text) {
                assert_error_hides(&error);
                assert_hidden(error.input());
            }
        }
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

fn proxy(text: &str) {
    let has_secret = has_secret_credentials(text);
    match Proxy::new(text) {
        Ok(proxy) if has_secret => assert_hidden(&format!("{proxy:?}\n{proxy:#?}")),
        Ok(_) => {}
        Err(error) => {
            assert_line(&error);
            if has_secret {
                assert_error_hides(&error);
            }
        }
    }
}

/// Whether the secret is only in the credentials of the address.
fn has_secret_credentials(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("//") else {
        return false;
    };
    let Some((credentials, rest)) = rest.rsplit_once('@') else {
        return false;
    };
    let is_hidden = !scheme.contains(SECRET) && !rest.contains(SECRET);
    credentials.contains(SECRET) && is_hidden && !has_part_alone(text.as_bytes())
}

/// The debug output of a client with some token.
static SHOWN: LazyLock<String> = LazyLock::new(|| {
    let token = AccessToken::new(SECRET).expect("a token");
    let shown = show(&token);
    assert_hidden(&shown);
    shown
});

fn show(token: &AccessToken) -> String {
    let builder = Client::builder(Region::ALL[0]).access_token(token.clone());
    format!("{token:?}\n{token:#?}\n{builder:?}\n{builder:#?}")
}

fn token(text: &str) {
    match AccessToken::new(text) {
        Ok(token) => {
            assert!(text.bytes().all(|byte| byte.is_ascii_graphic()));
            // A short token may also occur in the surrounding text. The output must be the same for
            // every token.
            assert_eq!(show(&token), *SHOWN);
        }
        Err(AccessTokenError::Empty) => assert_eq!(text, ""),
        Err(error) => {
            assert_line(&error);
            let AccessTokenError::Character { position } = error else {
                panic!("{error:?}");
            };
            let at = text.bytes().position(|byte| !byte.is_ascii_graphic());
            assert_eq!(at, Some(position - 1));
        }
    }
}

fn outcome(code: &str, message: &str) {
    let read = Code::from(code);
    assert_eq!(read.as_str(), code);
    assert_eq!(read.to_string(), code);
    assert_eq!(Code::from(read.as_str()), read);

    let outcome = Outcome::classify(code, message);
    let same = |message: &str| {
        assert_eq!(Outcome::classify(code, message), outcome, "{message:?}");
    };
    same(&message.to_ascii_uppercase());
    same(&message.to_ascii_lowercase());
    same(&format!(" {message}\n"));
    let trimmed = message.trim();
    if trimmed.ends_with(|c: char| c.is_ascii_alphanumeric()) {
        same(&format!("{trimmed}."));
    }
    if matches!(read, Code::Unlisted(_)) {
        assert_eq!(outcome, Outcome::classify(code, ""));
    }
}
