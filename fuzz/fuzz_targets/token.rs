//! For every answer to a request for a token, the call ends after a few requests, with a result
//! that shows neither a key nor the token.
//!
//! `cargo +nightly fuzz run token`

#![no_main]

use face_search_enroll::EnrollError;
use face_search_enroll_fuzz::{assert_error_hides, assert_line, has_part_alone, issue, with_secret};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let body = with_secret(bytes);
    if has_part_alone(&body) {
        return;
    }
    let mut answer = b"HTTP/1.1 200 OK\r\nConnection: close\r\n".to_vec();
    answer.extend(format!("Content-Length: {}\r\n\r\n", body.len()).bytes());
    answer.extend(body);

    // The server sends the same answer to the call itself.
    let (result, requests) = issue(answer);
    assert!((1..=4).contains(&requests), "{requests} requests");
    if let Err(error) = result {
        assert_error_hides(&error);
        assert_line(&error);
        assert!(!matches!(error, EnrollError::Invalid(_)), "{error:?}");
    }
});
