//! What the crate does to the code beside it in a program, and to a build without TLS.

use crate::copy::Copy;

#[test]
fn http_clients_beside_ours_work_with_and_without_tls_of_their_own() {
    let copy = Copy::new();
    copy.change_contract(&[]);
    for features in [&[][..], &["--features", "tls"]] {
        let output = copy.build(&[&["--quiet", "--package", "neighbour"], features].concat());
        assert!(output.status.success(), "{output:?}");
        assert_eq!(copy.run("neighbour", &[]), "all work\n");
    }
}

#[test]
fn a_build_without_tls_says_so_and_nothing_else() {
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
