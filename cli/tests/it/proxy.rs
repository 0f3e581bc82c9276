//! The command connects as it is told, whatever the environment says of proxies.

use std::process::Command;

use face_search_enroll::Outcome;
use face_search_enroll_test_support::connections::{Authority, Connections, answer as answer_over};

use crate::{
    TOKEN, answer, operation,
    server::{Server, http},
};

const LOOPBACK: &str = "127.0.0.1";
const ID: &str = "730baa5ab2e34e53";

/// Over https it is other variables that count than over plain http.
#[test]
fn proxies_of_the_environment_are_not_used_for_https_either() {
    let authority = Authority::new("an authority");
    let file = authority.file();
    let proxy = Server::answering([&http("502 Bad Gateway", "", "")]);
    let config = authority.server(LOOPBACK);
    let enrolled = answer(Outcome::Enrolled);
    let server = Connections::served_by(move |stream| answer_over(&config, stream, &enrolled));

    let endpoint = server.https(LOOPBACK);
    let mut command = Command::new(env!("CARGO_BIN_EXE_face-search-enroll"));
    command
        .args(["enroll", "--endpoint", endpoint.base_url(), ID])
        .env("FACE_SEARCH_ENROLL_TOKEN", TOKEN)
        .env_remove("FACE_SEARCH_ENROLL_REGION")
        .env("SSL_CERT_FILE", file.path())
        .env_remove("SSL_CERT_DIR");
    for name in ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
        command.env(name, proxy.endpoint().base_url());
    }
    let output = command
        .env_remove("no_proxy")
        .env_remove("NO_PROXY")
        .output();

    let output = output.unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let requests = server.finish();
    assert_eq!(requests.len(), 1);
    let request = requests[0].as_ref().unwrap();
    assert_eq!(
        request.header(operation().token_header.as_ref().unwrap()),
        Some(TOKEN)
    );
    assert!(!proxy.has_request());
}
