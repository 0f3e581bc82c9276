//! A run shows its progress, and a summary at the end.

use face_search_enroll::Outcome;
use face_search_enroll_sandbox::Reply;

use crate::cli::{Workplace, run};

#[test]
fn a_summary_counts_what_became_of_all_and_says_what_to_do() {
    let place = Workplace::new();
    place.write("ids.csv", "signature_id\na\nb\nc\nd\na\n\"\"\n");
    place
        .sandbox
        .respond_with(|request| match request.signature_id() {
            Some("b") => Reply::outcome(Outcome::SignatureNotFound),
            Some("c") => Reply::outcome(Outcome::ServerError),
            _ => Reply::usual(),
        });
    let arguments = [
        "--input",
        "ids.csv",
        "--max-attempts",
        "1",
        "--format",
        "json",
    ];
    let (code, shown, errors) = run(&mut place.enroll(&arguments));
    assert_eq!(code, 3);
    assert_eq!(shown.lines().count(), 5);
    let lines: Vec<_> = errors.lines().collect();
    let blank = face_search_enroll::Client::check_signature_id("").unwrap_err();
    assert_eq!(lines[0], format!("invalid: ids.csv, line 7: {blank}"));
    assert_eq!(lines[1], "  2  enrolled");
    let mut rejected = [lines[2], lines[3]];
    rejected.sort_unstable();
    assert_eq!(
        rejected,
        ["  1  rejected  SignatureNotFound", "  1  rejected  invalid"]
    );
    assert_eq!(lines[4], "  1  failed    ServerError");
    assert!(lines[5].starts_with("5 ids in "), "{errors}");
    assert!(lines[5].contains("; the median call took "), "{errors}");
    assert!(lines[5].contains(", the slowest "), "{errors}");
    assert_eq!(lines[6], "what to do:");
    for outcome in [Outcome::SignatureNotFound, Outcome::ServerError] {
        let line = format!("  {outcome}: {}", outcome.action());
        assert!(lines.contains(&&*line), "{errors}");
    }
    assert_eq!(lines[10], "skipped: 1 id repeated in the input");
    assert_eq!(lines[11], "to continue:");
    assert_eq!(lines.len(), 13, "{errors}");
}

#[test]
fn a_quiet_run_says_only_what_is_wrong() {
    let place = Workplace::new();
    place.write_ids(5);
    let arguments = ["--input", "ids.txt", "--output", "results.jsonl", "--quiet"];
    assert_eq!(
        run(&mut place.enroll(&arguments)),
        (0, String::new(), String::new())
    );
}

/// The run takes a little longer than the ten seconds between two lines.
#[test]
fn without_a_terminal_there_is_a_line_now_and_then() {
    let place = Workplace::new();
    place.write_ids(4);
    let arguments = [
        "--input",
        "ids.txt",
        "--output",
        "results.jsonl",
        "--rate",
        "17/min",
    ];
    let (code, _, errors) = run(&mut place.enroll(&arguments));
    assert_eq!(code, 0);
    let line = errors.lines().next().unwrap();
    assert!(line.contains("%, 0.3/s, "), "{errors}");
    assert!(
        line.ends_with("s left: 3 enrolled, 0 rejected, 0 failed"),
        "{errors}"
    );
}

/// The output on a terminal, which `script` provides.
#[cfg(target_os = "linux")]
fn on_a_terminal(place: &Workplace, arguments: &[&str], no_color: bool) -> String {
    let command = place.enroll(arguments);
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let line = words
        .map(|word| word.to_str().unwrap())
        .collect::<Vec<_>>()
        .join(" ");
    let mut script = std::process::Command::new("script");
    script
        .args(["--quiet", "--return", "--command", &line, "/dev/null"])
        .current_dir(place.folder.path())
        .env("FACE_SEARCH_ENROLL_TOKEN", crate::TOKEN)
        .env("TERM", "xterm")
        .env_remove("NO_COLOR");
    if no_color {
        script.env("NO_COLOR", "1");
    }
    let (code, shown, _) = run(&mut script);
    assert_eq!(code, 0, "{shown}");
    shown
}

#[cfg(target_os = "linux")]
#[test]
fn a_terminal_has_a_bar_and_colours() {
    let place = Workplace::new();
    place.write_ids(40);
    place
        .sandbox
        .respond_with(|_| Reply::usual().delay(std::time::Duration::from_millis(20)));
    let arguments = [
        "--input",
        "ids.txt",
        "--concurrency",
        "1",
        "--output",
        "results.jsonl",
    ];
    let shown = on_a_terminal(&place, &arguments, false);
    let bar = shown
        .split(['\r', '\n'])
        .find(|line| line.contains("% ") && line.contains("left"));
    let bar = bar.unwrap_or_else(|| panic!("{shown:?}"));
    assert!(
        bar.contains("/s, ") && bar.contains(" enrolled, 0 rejected, 0 failed"),
        "{bar:?}"
    );
    let green = "  40  \u{1b}[32menrolled\u{1b}[0m";
    assert!(shown.contains(green), "{shown:?}");

    let again = [&arguments[..], &["--resume"]].concat();
    let shown = on_a_terminal(&place, &again, true);
    assert!(shown.contains("no ids to send"), "{shown:?}");
    let other = ["--input", "ids.txt", "--output", "other.jsonl"];
    let shown = on_a_terminal(&place, &other, true);
    assert!(shown.contains("  40  already enrolled\r\n"), "{shown:?}");
}
