//! Ids that a spreadsheet or a chat program has damaged are sent unchanged, and reported.

use super::input::enrolled;
use crate::cli::{Workplace, run};

const DAMAGED: [&str; 14] = [
    "1.23E+15",
    "7,3E+15",
    "=\"A\"",
    "'A",
    "\"A\"",
    "\u{200b}A",
    "A\u{200b}B",
    "\u{202a}A\u{202c}",
    "A\u{2060}",
    "\u{201c}A\u{201d}",
    "730baa\u{2026}",
    "A, B",
    "A;Anna",
    "A B",
];

#[test]
fn what_looks_damaged_is_called_and_told() {
    for id in DAMAGED {
        let place = Workplace::new();
        place.write("ids.txt", format!("ok\n{id}\n"));
        let (code, _, errors) =
            run(&mut place.enroll(&["--input", "ids.txt", "--output", "o.jsonl"]));
        assert_eq!(code, 0, "{errors}");
        let told = format!("1 id looks damaged: line 2 {id:?} (");
        // Before the run, and in its summary.
        assert!(errors.starts_with(&format!("note: {told}")), "{errors}");
        assert_eq!(errors.matches(&told).count(), 2, "{errors}");
        assert!(place.sandbox.is_enrolled(id), "{id:?}");

        let (called, invalid, code) =
            enrolled("ids.txt", format!("ok\n{id}\n").as_bytes(), &["--strict"]);
        assert_eq!((called, code), (vec!["ok".to_owned()], 1));
        let expected = format!("ids.txt, line 2: {id:?} looks damaged: ");
        assert!(invalid[0].starts_with(&expected), "{invalid:?}");
    }
}

#[test]
fn what_surrounds_an_id_is_no_part_of_it() {
    let text =
        "\u{feff}a\n\u{feff}b\u{a0}\n\u{a0} c \u{3000}\u{feff}\n123e15\n0123456789012345\n+a\n-a\n";
    let place = Workplace::new();
    place.write("ids.txt", text);
    let (code, _, errors) = run(&mut place.enroll(&["--input", "ids.txt", "--strict"]));
    assert_eq!(code, 0, "{errors}");
    assert!(!errors.contains("damaged"), "{errors}");
    for id in ["a", "b", "c", "123e15", "0123456789012345", "+a", "-a"] {
        assert!(place.sandbox.is_enrolled(id), "{id}");
    }
}

#[test]
fn the_first_of_many_are_shown() {
    let place = Workplace::new();
    let ids: Vec<_> = (0..2000)
        .map(|number| format!("a{number}\n1.{number}E+15\n"))
        .collect();
    place.write("ids.txt", ids.concat());
    let (code, _, errors) = run(&mut place.enroll(&["--input", "ids.txt", "--dry-run"]));
    assert_eq!(code, 0, "{errors}");
    let expected = "2,000 ids look damaged: line 2 \"1.0E+15\" (";
    assert!(errors.contains(expected), "{errors}");
    assert!(!errors.contains("line 8 "), "{errors}");
    // Ids from standard input are sent as they arrive, so there is no report before the run.
    let mut command = place.enroll(&["--input", "-", "--output", "results.jsonl"]);
    command.stdin(std::fs::File::open(place.path("ids.txt")).unwrap());
    let (_, _, errors) = run(&mut command);
    assert_eq!(
        errors.matches("2,000 ids look damaged: ").count(),
        1,
        "{errors}"
    );
}
