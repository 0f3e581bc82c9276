//! The request is the one that the vendor's page shows, plus only what HTTP needs.

use face_search_enroll_contract::yaml::Node;

use crate::{
    TOKEN, client, enrolled, operation,
    server::{Server, http},
    token_header,
};

#[tokio::test]
async fn the_request_is_the_one_on_the_page() {
    let example = &operation().request_examples[0].body;
    let signature_id = example["signatureId"].as_str().unwrap();
    let body = operation().examples[0].body.to_string();
    let server = Server::answering([&http("200 OK", "", &body)]);

    client(server.endpoint())
        .enroll(signature_id)
        .await
        .unwrap();

    let request = server.request();
    let operation = operation();
    assert_eq!(
        request.line,
        format!("{} {} HTTP/1.1", operation.method, operation.path)
    );
    assert_eq!(request.body, example.to_string());

    let mut headers = request.headers;
    headers.sort();
    let version = env!("CARGO_PKG_VERSION");
    let mut expected = [
        // The curl command on the page has these two.
        ("content-type", "application/json"),
        (&*token_header().to_lowercase(), TOKEN),
        // The client adds these three.
        ("accept", "application/json"),
        ("accept-encoding", "identity"),
        ("user-agent", &format!("face-search-enroll/{version}")),
        // HTTP needs these two.
        ("content-length", &example.to_string().len().to_string()),
        (
            "host",
            server.endpoint().base_url().trim_start_matches("http://"),
        ),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()));
    expected.sort();
    assert_eq!(headers, expected);
}

/// The curl command on the page, as imported.
#[tokio::test]
async fn the_request_matches_the_curl_command_on_the_page() {
    let page = Node::parse(&crate::read("openapi/vendor-pages/enroll.yaml")).unwrap();
    let curl = page.get("request_example").unwrap();
    let text = |path: &[&str]| curl.at_path(path).unwrap().as_str().unwrap().to_owned();
    let body: serde_json::Value = serde_json::from_str(&text(&["body", "json"])).unwrap();
    let answer = http("200 OK", "", &operation().examples[0].body.to_string());
    let server = Server::answering([&answer]);

    let signature_id = body["signatureId"].as_str().unwrap();
    client(server.endpoint())
        .enroll(signature_id)
        .await
        .unwrap();

    let request = server.request();
    let address = text(&["address", "value"]);
    let path = address.split_once("advance.ai").unwrap().1;
    assert_eq!(
        request.line,
        format!("{} {path} HTTP/1.1", text(&["method", "value"]))
    );
    assert_eq!(request.body, body.to_string());
    for header in curl.get("headers").unwrap().items() {
        let said = |key: &str| header.get(key).unwrap().as_str().unwrap();
        let sent = request
            .headers
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(said("name")));
        let (_, value) = sent.unwrap_or_else(|| panic!("{} is not sent", said("name")));
        // The token is a placeholder on the page.
        assert!(value == said("value") || value == TOKEN, "{value}");
    }
}

#[tokio::test]
async fn the_raw_client_sends_the_same() {
    let body = operation().examples[0].body.to_string();
    let answer = http("200 OK", "", &body);
    let server = Server::answering([&answer, &answer]);
    let client = client(server.endpoint());

    client.enroll("730baa5ab2e34e53").await.unwrap();
    let request = face_search_enroll::raw::types::EnrollRequest {
        signature_id: "730baa5ab2e34e53".parse().unwrap(),
    };
    let answer = client.raw().enroll(&request).await.unwrap();

    assert_eq!(answer.code.as_str(), operation().examples[0].code.value);
    let (first, second) = (server.request(), server.request());
    assert_eq!(first.headers, second.headers);
    assert_eq!((first.line, first.body), (second.line, second.body));
}

/// Code that rebuilds a part of the generated client cannot give it another address or another HTTP
/// client.
#[tokio::test]
async fn the_raw_client_keeps_the_token_from_other_servers() {
    use face_search_enroll::raw;
    use progenitor_client::ClientInfo;

    let other = Server::answering([&enrolled()]);
    let other_url = other.endpoint().base_url().to_owned();
    let redirect = http(
        "307 Temporary Redirect",
        &format!("Location: {other_url}\r\n"),
        "",
    );
    let server = Server::answering([&enrolled(), &redirect]);
    let call = ClientInfo::inner(&client(server.endpoint()).raw()).clone();
    // This HTTP client follows redirects.
    let mixed = |url: &str| raw::Client::new_with_client(url, reqwest::Client::new(), call.clone());
    let request = raw::types::EnrollRequest {
        signature_id: "730baa5ab2e34e53".parse().unwrap(),
    };
    let own_url = server.endpoint().base_url().to_owned();
    mixed(&own_url).enroll(&request).await.unwrap();
    mixed(&own_url).enroll(&request).await.unwrap_err();
    assert_eq!(server.request().header(token_header()), Some(TOKEN));
    for url in [&*other_url, &format!("{own_url}@localhost")] {
        let error = mixed(url).enroll(&request).await.unwrap_err();
        assert!(
            error.to_string().contains("this client calls only"),
            "{error}"
        );
    }
    assert!(!other.has_request());
}
