//! Effects of the crate on other code in the same program, and a build without TLS.

use crate::copy::Copy;

#[test]
fn other_http_clients_in_the_program_work_with_and_without_tls() {
    let copy = Copy::new();
    copy.change_contract(&[]);
    for features in [&[][..], &["--features", "tls"]] {
        let output = copy.build(&[&["--quiet", "--package", "neighbour"], features].concat());
        assert!(output.status.success(), "{output:?}");
        assert_eq!(copy.run("neighbour", &[]), "all work\n");
    }
}

#[test]
fn a_build_without_tls_fails_with_that_message_only() {
    let copy = Copy::new();
    copy.change_contract(&[]);
    let output = copy.build(&[
        "--quiet",
        "--package",
        "face-search-enroll",
        "--no-default-features",
    ]);
    assert!(!output.status.success());
    let shown = String::from_utf8(output.stderr).unwrap();
    let said = |line: &&str| line.starts_with("error") || line.starts_with("warning");
    let said: Vec<_> = shown.lines().filter(said).collect();
    assert_eq!(said.len(), 2, "{shown}");
    assert!(said[0].contains("turn on the feature `rustls`"), "{shown}");
    assert!(said[1].contains("could not compile"), "{shown}");
}
