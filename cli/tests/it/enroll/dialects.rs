//! CSV as spreadsheets and programs write it: line ends, delimiters, headers, and lines with `#`.

use super::input::{enrolled, refused};

#[test]
fn any_line_end_ends_a_line() {
    for (name, text) in [
        ("ids.txt", "a\rb\r"),
        ("ids.txt", "a\r\nb"),
        ("ids.txt", "\u{feff}a\r\r\nb\n\r"),
        ("ids.csv", "signature_id,x\ra,1\rb,2\r"),
        // Another program has put a header with another line end before the output of Excel.
        ("ids.csv", "signature_id,x\na,1\rb,2\r"),
        ("ids.csv", "x,signature_id\r\n\"1\r2\",a\r\n3,b\r\n"),
        (
            "ids.jsonl",
            "{\"signature_id\":\"a\"}\r{\"signature_id\":\"b\"}",
        ),
    ] {
        let (called, invalid, code) = enrolled(name, text.as_bytes(), &[]);
        assert_eq!(called, ["a", "b"], "{text:?}");
        assert!(invalid.is_empty(), "{invalid:?}");
        assert_eq!(code, 0);
    }
    let long = format!("a\r{}\rb\r\u{e9}\t\r", "x".repeat(70_000));
    let (called, invalid, _) = enrolled("ids.txt", long.as_bytes(), &[]);
    assert_eq!(called, ["a", "b", "\u{e9}"]);
    assert_eq!(
        invalid,
        ["ids.txt, line 2: the line is longer than 65536 bytes; check its line breaks"]
    );
}

#[test]
fn only_lines_have_comments() {
    let text = b"signature_id\n#N/A\n#REF!\n# x\nNULL\nnan\nA\n";
    let (called, invalid, code) = enrolled("ids.csv", text, &["--concurrency", "1"]);
    assert_eq!(called, ["# x", "A"]);
    let expected = [(2, "#N/A"), (3, "#REF!"), (5, "NULL"), (6, "nan")].map(|(line, id)| {
        format!("ids.csv, line {line}: {id} stands for a missing value; write the id")
    });
    assert_eq!(invalid, expected);
    assert_eq!(code, 1);

    let (called, invalid, _) = enrolled(
        "ids.txt",
        b"# x\n#VALUE!\n#x!\n#DIV/0!\nnullable\nN/A\n",
        &[],
    );
    assert_eq!(called, ["nullable"]);
    let lines: Vec<_> = invalid
        .iter()
        .map(|error| error.split_once(':').unwrap().0)
        .collect();
    assert_eq!(
        lines,
        ["ids.txt, line 2", "ids.txt, line 4", "ids.txt, line 6"]
    );

    let (called, invalid, _) = enrolled(
        "ids.jsonl",
        b"# x\n{\"signature_id\":\"#NAME?\"}\n{\"signature_id\":\"a\"}\n",
        &[],
    );
    assert_eq!(called, ["a"]);
    assert_eq!(invalid.len(), 2);
}

#[test]
fn the_delimiter_is_found_by_the_header() {
    for (text, arguments) in [
        ("signature_id;name\na;Anna\nb;\"B; C\"\n", &[][..]),
        ("name\tsignature_id\nAnna\ta\nB\tb\n", &[]),
        ("name|signature_id|more, and; more\nAnna|a|\nB|b|x\n", &[]),
        ("\"name, first\";signature_id\nAnna;a\nB;b\n", &[]),
        ("first, last;signature_id;title\nAnna;a;x\nB;b\n", &[]),
        ("sep=;\r\nsignature_id;name\r\na;Anna\r\nb;\r\n", &[]),
        ("\u{feff}\"SEP=|\"\nname|signature_id\nAnna|a\nB|b\n", &[]),
        ("sep=;\nsignature_id;x\na;1\nb;2\n", &["--delimiter", ";"]),
        ("name;id\nAnna;a\nB;b\n", &["--column", "2"]),
        ("Anna;a\nB;b\n", &["--column", "2", "--no-header"]),
        ("signature_id~x\na~1\nb~2\n", &["--delimiter", "~"]),
    ] {
        let (called, invalid, code) = enrolled("ids.csv", text.as_bytes(), arguments);
        assert_eq!(called, ["a", "b"], "{text:?}");
        assert!(invalid.is_empty(), "{invalid:?}");
        assert_eq!(code, 0);
    }
    let text = b"name, first\tid\nAnna\ta\n";
    let (called, _, _) = enrolled("ids.tsv", text, &["--column", "2"]);
    assert_eq!(called, ["a"]);
}

/// Otherwise a person's name would be sent as a part of the id.
#[test]
fn a_column_by_number_needs_a_delimiter_that_is_there() {
    for (text, arguments, what) in [
        (
            "signature_id;name\n730baa5ab2e34e53;Anna\n",
            &["--column", "1", "--delimiter", ","][..],
            "the first line contains ';' but no ','; pass",
        ),
        (
            "730baa5ab2e34e53\tAnna\n",
            &["--column", "1", "--no-header", "--delimiter", ";"],
            "the first line contains '\\t' but no ';'; pass",
        ),
        (
            "id;name, first\n730baa5ab2e34e53;Anna\n",
            &["--column", "1"],
            "the first line contains both ',' and ';'",
        ),
    ] {
        let errors = refused("ids.csv", text.as_bytes(), arguments);
        assert!(errors.contains(what), "{errors}");
        assert!(errors.contains("pass --delimiter"), "{errors}");
    }
    // The header has one column, but the rows have more.
    let (called, invalid, _) = enrolled("ids.csv", b"signature_id\na\n730baa;Anna\n", &[]);
    assert_eq!(called, ["a"]);
    assert_eq!(
        invalid,
        [
            "ids.csv, line 3: the row contains ';' but no ','; pass --delimiter with the character between the columns"
        ]
    );
}

#[test]
fn names_of_columns_are_alike_however_they_are_written() {
    for (header, column) in [
        (" Journey ID ", "journey_id"),
        ("journey-id", "JOURNEY ID"),
        ("journey_id", " Journey-Id "),
        // An exact match is preferred.
        ("journeyId,journey_id", "journeyId"),
    ] {
        let text = format!("{header},x\na,1\n");
        let (called, _, _) = enrolled("ids.csv", text.as_bytes(), &["--column", column]);
        assert_eq!(called, ["a"], "{header:?}");
    }
    for (header, arguments, what) in [
        (
            "signature_id,Signature ID",
            &[][..],
            "columns 1 (\"signature_id\") and 2 (\"Signature ID\") may both hold the ids",
        ),
        (
            "id,x,id",
            &["--column", "id"],
            "columns 1 (\"id\") and 3 (\"id\") may both hold the ids",
        ),
        (
            "Journey ID,journey-id",
            &["--column", "journey_id"],
            "columns 1 (\"Journey ID\") and 2 (\"journey-id\") may both",
        ),
    ] {
        let errors = refused(
            "ids.csv",
            format!("{header}\na,b,c\n").as_bytes(),
            arguments,
        );
        assert!(errors.contains(what), "{errors}");
    }
}

#[test]
fn rows_of_nothing_but_delimiters_are_blank() {
    let text = b",|\n;;\nsignature_id;x;\na;1;\n;;\n ; ;\n\"\";;\nb\n";
    let (called, invalid, _) = enrolled("ids.csv", text, &[]);
    assert_eq!(called, ["a", "b"]);
    assert_eq!(invalid.len(), 1, "{invalid:?}");
    assert!(invalid[0].starts_with("ids.csv, line 7: "), "{invalid:?}");
}

#[test]
fn a_path_leads_to_a_field() {
    let lines = concat!(
        "{\"data\":{\"signature_id\":\"a\"}}\n",
        "{\"data.signature_id\":\"b\",\"data\":{\"signature_id\":\"x\"}}\n",
        "{\"data\":{\"signature_id\":7}}\n",
        "{\"data\":[]}\n",
    );
    let arguments = ["--field", "data.signature_id"];
    let (called, invalid, _) = enrolled("ids.jsonl", lines.as_bytes(), &arguments);
    assert_eq!(called, ["a", "b"]);
    assert_eq!(
        invalid,
        [
            "ids.jsonl, line 3: data.signature_id is a number, which may have lost digits; write the id as a string",
            "ids.jsonl, line 4: there is no field data.signature_id; pass --field with the name of the field that holds the id",
        ]
    );
    let lines =
        b"{\"a.b\":{\"c\":\"a\"}}\n{\"a\":{\"b.c\":\"b\"}}\n{\"a\":{\"b\":{\"c\":\"c\"}}}\n";
    let (called, _, _) = enrolled("ids.jsonl", lines, &["--field", "a.b.c"]);
    assert_eq!(called, ["a", "b", "c"]);
    let both = b"{\"signature_id\":\"a\",\"signatureId\":\"b\"}\n";
    let (_, invalid, _) = enrolled("ids.jsonl", both, &[]);
    assert_eq!(
        invalid,
        [
            "ids.jsonl, line 1: both signature_id and signatureId may hold the id; pass --field with one of them"
        ]
    );
}

#[test]
fn objects_that_take_several_lines_are_refused() {
    for name in ["ids.json", "ids.txt"] {
        for text in [
            "{\n  \"signature_id\": \"a\"\n}\n",
            "{ \"signature_id\": \"a\",\r\n  \"x\": 1 }",
        ] {
            let errors = refused(name, text.as_bytes(), &[]);
            assert!(
                errors.contains("write one object per line, for example with `jq -c .`"),
                "{errors}"
            );
        }
    }
}
