//! What `check` says of this repository.

use std::path::Path;

use xtask::check::{Args, run};

/// CI refuses a contract that does not agree with the pages, or whose version does not fit what changed.
#[test]
fn the_repository_agrees() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi");
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = run(
        &Args::of(&folder),
        &mut std::io::empty(),
        &mut out,
        &mut err,
    )
    .unwrap();
    let shown = String::from_utf8([out, err].concat()).unwrap();
    assert_eq!(code, 0, "{shown}");
}
