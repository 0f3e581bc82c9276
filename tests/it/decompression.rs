//! The client asks for answers without compression, and never decompresses one. This holds even if
//! another crate enables decompression in the HTTP library, as these tests do.

use std::io::{Read, Write};

use face_search_enroll::{EnrollError, UnreadableReason};
use flate2::{
    Compression,
    read::GzDecoder,
    write::{GzEncoder, ZlibEncoder},
};

use crate::{
    TOKEN, builder, client,
    connections::Connections,
    enrolled,
    server::{Server, http_of_bytes, read_request},
    token_header,
};

const ID: &str = "730baa5ab2e34e53";
const MIB: usize = 1024 * 1024;

/// A client that is independent of this crate, built with the same HTTP library.
fn another_crates_client() -> reqwest::Client {
    let client = reqwest::Client::builder().no_proxy();
    #[cfg(any(feature = "rustls", feature = "rustls-ring"))]
    let client = client.tls_backend_preconfigured(
        rustls::ClientConfig::builder_with_provider(std::sync::Arc::new(
            rustls::crypto::ring::default_provider(),
        ))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth(),
    );
    client.build().unwrap()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A Brotli stream with one uncompressed block.
fn brotli(bytes: &[u8]) -> Vec<u8> {
    let length = u32::try_from(bytes.len() - 1).unwrap();
    assert!(length < 1 << 16);
    let head = (1 << 20 | length << 4).to_le_bytes();
    [&head[..3], bytes, &[3]].concat()
}

/// A Zstandard frame with one uncompressed block.
fn zstd(bytes: &[u8]) -> Vec<u8> {
    let length = u8::try_from(bytes.len()).unwrap();
    let head = (u32::from(length) << 3 | 1).to_le_bytes();
    [&[0x28, 0xb5, 0x2f, 0xfd, 0x20, length], &head[..3], bytes].concat()
}

/// The beginning of an endless gzip stream of zeros.
fn zeros() -> Vec<u8> {
    let zeros = gzip(&vec![0; MIB]);
    assert!(zeros.len() < MIB / 500);
    let mut expanded = Vec::new();
    GzDecoder::new(&zeros[..])
        .read_to_end(&mut expanded)
        .unwrap();
    assert_eq!(expanded.len(), MIB);
    zeros
}

/// The body of a successful answer.
fn envelope() -> Vec<u8> {
    let answer = enrolled();
    let head = answer.windows(4).position(|end| end == b"\r\n\r\n");
    answer[head.unwrap() + 4..].to_vec()
}

#[tokio::test]
async fn the_client_asks_for_uncompressed_answers() {
    let server = Server::answering([&enrolled(), &enrolled(), &enrolled()]);
    let endpoint = server.endpoint();
    let url = endpoint.base_url();

    // Control: without the setting, this build asks for compression.
    another_crates_client().post(url).send().await.unwrap();
    let request = server.request();
    let accepted = request.header("accept-encoding").unwrap();
    for encoding in ["gzip", "deflate", "br", "zstd"] {
        assert!(accepted.contains(encoding), "{accepted}");
    }

    let client = client(endpoint);
    client.enroll(ID).await.unwrap();
    let request = face_search_enroll::raw::types::EnrollRequest {
        signature_id: ID.parse().unwrap(),
    };
    client.raw().enroll(&request).await.unwrap();
    for _ in ["enroll", "raw"] {
        let request = server.request();
        assert_eq!(request.header("accept-encoding"), Some("identity"));
        assert_eq!(request.header(token_header()), Some(TOKEN));
    }
}

#[tokio::test]
async fn a_compressed_envelope_is_not_decompressed() {
    let envelope = envelope();
    for (encoding, body) in [
        ("gzip", gzip(&envelope)),
        ("deflate", deflate(&envelope)),
        ("br", brotli(&envelope)),
        ("zstd", zstd(&envelope)),
    ] {
        let headers = format!("Content-Encoding: {encoding}\r\n");
        let answer = http_of_bytes("200 OK", &headers, &body);
        let server = Server::answering([&answer, &answer]);
        let endpoint = server.endpoint();

        let expanded = another_crates_client().post(endpoint.base_url()).send();
        let expanded = expanded.await.unwrap().bytes().await.unwrap();
        assert_eq!(expanded, envelope, "{encoding}");

        let error = client(endpoint).enroll(ID).await.unwrap_err();

        let EnrollError::Unreadable(unreadable) = &error else {
            panic!("{encoding}: {error}");
        };
        let UnreadableReason::Coded { coding } = &unreadable.reason else {
            panic!("{encoding}: {error}");
        };
        assert_eq!(coding, encoding);
        assert!(
            error
                .to_string()
                .contains(&format!("the Content-Encoding \"{encoding}\", ")),
            "{error}"
        );
        assert!(!error.is_retryable() && error.may_have_enrolled());
    }
}

#[tokio::test]
async fn an_envelope_with_a_wrong_content_encoding_is_read() {
    for encoding in ["gzip", "deflate", "br", "zstd", "identity"] {
        let headers = format!("Content-Encoding: {encoding}\r\n");
        let server = Server::answering([&http_of_bytes("200 OK", &headers, &envelope())]);
        client(server.endpoint()).enroll(ID).await.unwrap();
    }
}

#[tokio::test]
async fn the_body_limit_counts_the_bytes_on_the_wire() {
    // 100 MiB in small steps.
    let bomb = zeros().repeat(100);
    for status in ["200 OK", "502 Bad Gateway"] {
        let answer = http_of_bytes(status, "Content-Encoding: gzip\r\n", &bomb);
        let server = Server::answering([&answer[..], &answer]);
        for limit in [bomb.len() - 1, bomb.len()] {
            let client = builder(server.endpoint())
                .body_limit(limit)
                .retry(face_search_enroll::RetryPolicy::never())
                .build()
                .unwrap();

            let error = client.enroll(ID).await.unwrap_err();

            let EnrollError::Unreadable(unreadable) = &error else {
                panic!("{error}");
            };
            let too_large = UnreadableReason::TooLarge { limit };
            assert_eq!(
                unreadable.reason == too_large,
                limit < bomb.len(),
                "{error}"
            );
            assert!(error.to_string().len() < 10_000);
        }
    }
}

/// A thread of the runtime closes the connection while this one waits for the server.
#[tokio::test(flavor = "multi_thread")]
async fn the_client_closes_the_connection_of_an_endless_answer() {
    let zeros = zeros().repeat(64);
    let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n";
    let chunk = [format!("{:x}\r\n", zeros.len()).as_bytes(), &zeros, b"\r\n"].concat();
    let server = Connections::served_by(move |mut stream| {
        read_request(&stream);
        stream.write_all(head.as_bytes()).unwrap();
        let mut sent = 0;
        while stream.write_all(&chunk).is_ok() {
            sent += chunk.len();
        }
        sent
    });

    let error = client(server.endpoint()).enroll(ID).await.unwrap_err();

    assert!(
        matches!(&error, EnrollError::Unreadable(unreadable)
            if matches!(unreadable.reason, UnreadableReason::TooLarge { .. })),
        "{error}"
    );
    let sent = server.finish();
    // The limit, and what operating systems buffer.
    assert!(sent.len() == 1 && sent[0] < 64 * MIB, "{sent:?}");
}
