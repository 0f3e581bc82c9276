//! Connections are open files, of which a process may have few.

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
        let note = "note: this process may have 256 files open, which is enough for 96 calls at a time instead of 300; to make 300, run `ulimit -n 664` before, as root if need be\n";
        assert_eq!(errors, if warned { note } else { "" });
    }
}

/// The fewer files there may be, the earlier it ends; where a call is what ends it, that says why.
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
            assert!(shown.contains("too many files are open here"), "{shown}");
            assert!(
                errors.contains("raise the limit by `ulimit -n`"),
                "{errors}"
            );
            named += 1;
        }
    }
    assert!(named > 0, "no call was made for want of files");
}
