//! A custom address is checked before a token can be sent to it.

use face_search_enroll::{Endpoint, EndpointRule, ParseEndpointError, Region};

#[test]
fn https_is_allowed_for_any_host_and_plain_http_only_on_loopback() {
    for (url, base_url) in [
        ("https://proxy.example", "https://proxy.example"),
        ("https://proxy.example/", "https://proxy.example"),
        (
            "  https://proxy.example:8443 ",
            "https://proxy.example:8443",
        ),
        ("HTTPS://Proxy.Example:443", "https://proxy.example"),
        ("https://10.0.0.1", "https://10.0.0.1"),
        ("http://127.0.0.1:4010", "http://127.0.0.1:4010"),
        ("http://127.8.9.10", "http://127.8.9.10"),
        ("http://[::1]:4010", "http://[::1]:4010"),
        ("http://localhost:4010", "http://localhost:4010"),
    ] {
        let endpoint = Endpoint::custom(url).unwrap();
        assert_eq!(endpoint.base_url(), base_url);
        assert_eq!(endpoint.region(), None);
    }
}

#[test]
fn the_error_for_an_address_says_which_rule_it_breaks_and_what_to_do() {
    use EndpointRule::{Address, Credentials, Path, PlainHttp, Query, Scheme};

    for (url, rule) in [
        ("", Address),
        ("proxy.example", Address),
        ("https://", Address),
        ("https:///", Address),
        ("unix:/run/socket", Address),
        ("ftp://proxy.example", Scheme),
        ("http://proxy.example", PlainHttp),
        ("http://10.0.0.1", PlainHttp),
        ("http://192.168.1.1:80", PlainHttp),
        ("http://127.0.0.1.example", PlainHttp),
        ("http://localhost.example", PlainHttp),
        ("http://[::2]", PlainHttp),
        ("https://user@proxy.example", Credentials),
        ("https://user:secret@proxy.example", Credentials),
        ("https://:secret@proxy.example", Credentials),
        ("https://proxy.example/v1", Path),
        ("https://proxy.example//", Path),
        ("https://proxy.example?a=b", Query),
        ("https://proxy.example/#a", Query),
    ] {
        let error = Endpoint::custom(url).unwrap_err();
        assert_eq!(error.rule(), rule, "{url}");
        let shown = error.to_string();
        assert!(shown.contains("; "), "no advice: {shown}");
        assert!(
            !shown.contains("secret") && !format!("{error:?}").contains("secret"),
            "{shown}"
        );
        if !url.contains('@') {
            assert_eq!(error.input(), url);
        }
    }
}

#[test]
fn the_password_of_an_unparsable_address_is_not_shown() {
    let error = Endpoint::custom("user:secret@proxy.example:port").unwrap_err();
    assert!(!format!("{error} {error:?}").contains("secret"));
}

#[test]
fn an_endpoint_is_parsed_from_a_region_or_an_address() {
    for region in Region::ALL {
        for text in [region.code(), region.country_alpha3(), region.host()] {
            assert_eq!(text.parse(), Ok(Endpoint::from(*region)), "{text}");
        }
    }
    let local = Endpoint::custom("http://127.0.0.1:4010").unwrap();
    assert_eq!(Endpoint::try_from("http://127.0.0.1:4010/"), Ok(local));
}

#[test]
fn the_error_for_any_other_text_lists_the_regions() {
    let error = Endpoint::try_from("atlantis").unwrap_err();
    assert!(matches!(error, ParseEndpointError::Region(_)), "{error:?}");
    let shown = error.to_string();
    assert!(
        shown.starts_with("unknown region \"atlantis\"; use one of "),
        "{shown}"
    );
    assert!(
        shown.ends_with(", or an address such as https://HOST"),
        "{shown}"
    );

    let error = Endpoint::try_from("http://user:secret@proxy.example").unwrap_err();
    let ParseEndpointError::Address(address) = &error else {
        panic!("{error:?}");
    };
    assert_eq!(error.to_string(), address.to_string());
    assert!(!error.to_string().contains("secret"), "{error}");
}
