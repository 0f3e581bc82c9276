//! Each connection is an open file, and a process may have a low limit of those.

use std::{process::Command, time::Duration};

use face_search_enroll_sandbox::Reply;

use crate::cli::{Workplace, run, started_by};

/// `enroll` with a limit of open files.
fn limited(place: &Workplace, limit: &str, arguments: &[&str]) -> Command {
    let line = format!("ulimit {limit} && exec \"$0\" \"$@\"");
    started_by(&["sh", "-c", &line], &place.enroll(arguments))
}

#[test]
fn the_limit_of_open_files_costs_no_id() {
    for (limit, warned) in [("-Sn 256", false), ("-n 256", true)] {
        let place = Workplace::new();
        place.write_ids(600);
        place
            .sandbox
            .respond_with(|_| Reply::usual().delay(Duration::from_millis(5)));
        let arguments = ["--input", "ids.txt", "--concurrency", "300", "--quiet"];
        let (code, _, errors) = run(&mut limited(&place, limit, &arguments));
        assert_eq!(code, 0, "{errors}");
        assert_eq!(place.sandbox.enrolled().len(), 600);
        let note = "note: the limit of 256 open files allows 96 calls at a time instead of 300; to raise it, run `ulimit -n 664` first, which may need root\n";
        assert_eq!(errors, if warned { note } else { "" });
    }
}

/// The lower the limit, the earlier a run fails. If a call fails, its error says why.
#[test]
fn a_call_that_fails_for_want_of_files_says_so() {
    let place = Workplace::new();
    let mut named = 0;
    for limit in 3..40 {
        let limit = format!("-n {limit}");
        let arguments = ["--max-attempts", "1", "--format", "json", "a"];
        let output = limited(&place, &limit, &arguments).output().unwrap();
        let shown = String::from_utf8(output.stdout).unwrap();
        let errors = String::from_utf8(output.stderr).unwrap();
        if output.status.code() == Some(3) {
            assert!(shown.contains(": too many files are open"), "{shown}");
            assert!(
                errors.contains("raise the limit with `ulimit -n`"),
                "{errors}"
            );
            named += 1;
        }
    }
    assert!(named > 0, "no call was made for want of files");
}
