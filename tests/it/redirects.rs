//! Redirects are not followed, because the token is only for the chosen host.

use face_search_enroll::{EnrollError, UnreadableReason};

use crate::{
    client,
    server::{Server, http},
};

#[tokio::test]
async fn a_redirect_is_an_error_that_names_its_target() {
    for status in [
        "301 Moved Permanently",
        "302 Found",
        "303 See Other",
        "307 Temporary Redirect",
        "308 Permanent Redirect",
    ] {
        let elsewhere = Server::answering([&http("200 OK", "", "{\"code\":\"SUCCESS\"}")]);
        let target = format!("{}/somewhere", elsewhere.endpoint().base_url());
        let headers = format!("Location: {target}\r\n");
        let server = Server::answering([&http(status, &headers, "<html>moved</html>")]);

        let error = client(server.endpoint())
            .enroll("730baa5ab2e34e53")
            .await
            .unwrap_err();

        let EnrollError::Unreadable(unreadable) = &error else {
            panic!("{error}");
        };
        let location = Some(target.clone());
        assert_eq!(unreadable.reason, UnreadableReason::Redirect { location });
        assert!(error.to_string().contains(&target), "{error}");
        assert!(!error.is_retryable() && error.may_have_enrolled());
        assert!(
            server
                .request()
                .headers
                .iter()
                .any(|(_, value)| value == crate::TOKEN)
        );
        assert!(!elsewhere.has_request(), "{status} was followed");
    }
}

#[tokio::test]
async fn a_redirect_to_the_same_host_is_not_followed_either() {
    let redirect = http("307 Temporary Redirect", "Location: /elsewhere\r\n", "");
    let server = Server::answering([&redirect, &http("200 OK", "", "{\"code\":\"SUCCESS\"}")]);

    let error = client(server.endpoint())
        .enroll("730baa5ab2e34e53")
        .await
        .unwrap_err();

    assert!(matches!(error, EnrollError::Unreadable(_)), "{error}");
    server.request();
    assert!(!server.has_request());
}

#[tokio::test]
async fn a_redirect_without_a_target_says_so() {
    let server = Server::answering([&http("302 Found", "", "")]);
    let error = client(server.endpoint())
        .enroll("730baa5ab2e34e53")
        .await
        .unwrap_err();
    assert!(
        error
            .to_string()
            .contains("a redirect without a Location header"),
        "{error}"
    );
}

/// Whatever its body is, and even if the body breaks off.
#[tokio::test]
async fn a_redirect_with_a_large_or_broken_body_is_a_redirect() {
    let headers = "Location: https://elsewhere.example/\r\n";
    let large = http("302 Found", headers, &" ".repeat(100 * 1024));
    let cut = http("302 Found", headers, "<html>");
    for answer in [&large[..], &cut[..cut.len() - 1]] {
        let server = Server::answering([answer]);
        let error = client(server.endpoint()).enroll("a").await.unwrap_err();
        let shown = error.to_string();
        assert!(
            shown.contains("a redirect to https://elsewhere.example/"),
            "{shown}"
        );
    }
}
