//! Formats are detected by their first bytes, before anything is sent.

use std::io::Write;

use super::input::{enrolled, gzip, refused};
use crate::cli::{Workplace, ids_of, run};

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

#[test]
fn what_is_no_text_is_named_and_refused() {
    let mut binary: Vec<u8> = (0..=255).cycle().skip(100).take(1000).collect();
    binary.push(b'\n');
    for (bytes, what) in [
        (
            b"\xfd7zXZ\0\0\x04\xe6\xd6".to_vec(),
            "it is compressed with xz; decompress it with `xz -d`",
        ),
        (
            b"BZh91AY&SY\x12\x34".to_vec(),
            "it is compressed with bzip2",
        ),
        (
            b"\x04\x22\x4d\x18\x64\x40".to_vec(),
            "it is compressed with lz4",
        ),
        (b"7z\xbc\xaf\x27\x1c\0\x04".to_vec(), "it is a 7z archive"),
        (
            b"%PDF-1.7\n%\xe2\xe3\n".to_vec(),
            "it is a PDF; export the ids as CSV",
        ),
        (b"PAR1\x15\x04\x15\x10".to_vec(), "it is a Parquet file"),
        (
            b"SQLite format 3\0\x10\0".to_vec(),
            "it is an SQLite database",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0".to_vec(),
            "save it as .xlsx without a password",
        ),
        (
            b"PK\x03\x04\x14\0 no archive".to_vec(),
            "not a readable workbook",
        ),
        (
            b"<html><table><tr><td>a".to_vec(),
            "it is an HTML, XML or RTF document",
        ),
        (
            b"\n<?XML version=\"1.0\"?>\n".to_vec(),
            "it is an HTML, XML or RTF document",
        ),
        (
            b"\xff\xfe\0\0a\0\0\0\n\0\0\0".to_vec(),
            "it is UTF-32; save it as UTF-8",
        ),
        (gzip(&gzip(b"a\n")), "it is compressed twice"),
        (gzip(b"%PDF-1.7\n"), "it is a PDF"),
        (binary, "it is not a text file"),
    ] {
        for name in ["ids", "ids.csv", "ids.jsonl"] {
            let errors = refused(name, &bytes, &[]);
            assert!(
                errors.starts_with(&format!("error: could not read the input {name}: ")),
                "{errors}"
            );
            assert!(errors.contains(what), "{errors}");
        }
    }
    // Ids that begin like another format.
    let (called, invalid, _) = enrolled("ids", b"PAR1234\nBZh9\n7z\nPK\n", &[]);
    assert_eq!(called, ["7z", "BZh9", "PAR1234", "PK"]);
    assert!(invalid.is_empty(), "{invalid:?}");
}

#[test]
fn utf16_is_read() {
    let csv = "signature_id,name\r\na-1,\u{4e00}\u{1f469}\r\n\u{e9}-2,B\r\n";
    for (name, text) in [
        ("ids", "a-1\r\n\u{e9}-2\r\n"),
        ("ids.csv", csv),
        ("ids.tsv", &csv.replace(',', "\t")),
        (
            "ids.jsonl",
            "{\"signature_id\":\"a-1\"}\n{\"signature_id\":\"\u{e9}-2\"}\n",
        ),
    ] {
        for mark in ["", "\u{feff}"] {
            let text = format!("{mark}{text}");
            for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
                let bytes = utf16(&text, bytes);
                for bytes in [&bytes, &gzip(&bytes)] {
                    let (called, invalid, code) = enrolled(name, bytes, &[]);
                    assert_eq!(called, ["a-1", "\u{e9}-2"], "{name}");
                    assert_eq!((invalid.len(), code), (0, 0), "{name}");
                }
            }
        }
    }
}

/// Characters may begin in one read and end in the next, or never.
#[test]
fn utf16_that_is_damaged_is_reported_by_its_lines() {
    let ids: Vec<_> = (0..1500).map(|id| format!("{id}\u{1f469}")).collect();
    let text = format!("\u{feff}{}\nlast", ids.join("\n"));
    for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
        let mut whole = utf16(&text, bytes);
        let lone = bytes(0xd83d);
        for (at, bytes) in [(2, &lone[..]), (whole.len() + 2, &lone[..1])] {
            whole.splice(at..at, bytes.iter().copied());
        }
        let (called, invalid, code) = enrolled("ids", &whole, &["--concurrency", "64"]);
        assert_eq!((called.len(), code), (ids.len() - 1, 1));
        assert_eq!(
            invalid,
            [
                "ids, line 1: byte 1 is not UTF-8; save the file as UTF-8",
                "ids, line 1501: byte 5 is not UTF-8; save the file as UTF-8"
            ]
        );
    }
}

#[test]
fn zstd_is_read() {
    let compressed = |text: &[u8]| zstd::encode_all(text, 3).unwrap();
    let (called, _, code) = enrolled("ids.csv.zst", &compressed(b"signature_id\na\nb\n"), &[]);
    assert_eq!((called, code), (vec!["a".to_owned(), "b".to_owned()], 0));
    // Concatenated frames, after a skippable one.
    let mut parts = b"\x50\x2a\x4d\x18\x03\0\0\0abc".to_vec();
    parts.extend(compressed(b"a\n"));
    parts.extend(compressed(b"b\n"));
    let (called, _, _) = enrolled("no-such-extension", &parts, &[]);
    assert_eq!(called, ["a", "b"]);
    // A file that ends too early.
    let place = Workplace::new();
    let ids: Vec<_> = (0..50_000)
        .map(|number| format!("{:x}", number * 7919))
        .collect();
    let whole = compressed(ids.join("\n").as_bytes());
    place.write("ids.zst", &whole[..whole.len() - 9]);
    let (code, _, errors) = run(&mut place.enroll(&["--input", "ids.zst", "--dry-run"]));
    assert_eq!(code, 2, "{errors}");
    assert!(errors.contains("the input ended early: "), "{errors}");
}

/// Tapes and some programs pad the last block.
#[test]
fn zeros_after_what_gzip_compressed_are_ignored() {
    let mut padded = gzip(b"a\n");
    padded.extend(gzip(b"b\n"));
    padded.extend(vec![0; 20_000]);
    let (called, invalid, code) = enrolled("ids.gz", &padded, &[]);
    assert_eq!((called, code), (vec!["a".to_owned(), "b".to_owned()], 0));
    assert!(invalid.is_empty());
    padded.extend(b"and more");
    let place = Workplace::new();
    place.write("ids.gz", &padded);
    let (code, _, errors) = run(&mut place.enroll(&["--input", "ids.gz", "--dry-run"]));
    assert_eq!(code, 2, "{errors}");
}

/// A pipe may deliver the first bytes one by one.
#[cfg(unix)]
#[test]
fn formats_are_told_of_pipes_too() {
    for bytes in [gzip(b"a\nb\n"), utf16("a\nb\n", u16::to_le_bytes)] {
        let place = Workplace::new();
        let mut command = place.enroll(&["--input", "-", "--output", "results.jsonl"]);
        let mut child = command.stdin(std::process::Stdio::piped()).spawn().unwrap();
        let mut input = child.stdin.take().unwrap();
        for byte in bytes {
            input.write_all(&[byte]).unwrap();
        }
        drop(input);
        assert_eq!(child.wait().unwrap().code(), Some(0));
        assert_eq!(
            ids_of(&place.records("results.jsonl"), "enrolled"),
            ["a", "b"]
        );
    }
}

#[test]
fn an_input_without_ids_is_an_error() {
    for (name, text) in [
        ("ids.txt", ""),
        ("ids.txt", "\n\n# none\n"),
        ("ids.csv", "signature_id,x\r\n,\r\n"),
        ("ids.jsonl", "\n"),
    ] {
        let errors = refused(name, text.as_bytes(), &[]);
        let expected = format!("the input {name} contains no ids; pass --allow-empty");
        assert!(errors.contains(&expected), "{errors}");
        let (called, _, code) = enrolled(name, text.as_bytes(), &["--allow-empty"]);
        assert_eq!((called.len(), code), (0, 0));
    }
    let place = Workplace::new();
    let mut command = place.enroll(&["--input", "-", "--output", "results.jsonl"]);
    let (code, _, errors) = run(command.stdin(std::process::Stdio::null()));
    assert_eq!(code, 2, "{errors}");
    assert!(!place.path("results.jsonl").exists());
    // A shard may have no ids.
    place.write("ids.txt", "a\n");
    let codes = ["0/2", "1/2"]
        .map(|shard| run(&mut place.enroll(&["--input", "ids.txt", "--shard", shard])).0);
    assert_eq!(codes, [0, 0]);
    assert_eq!(place.sandbox.enrolled(), ["a"]);
}

#[test]
fn the_name_of_a_file_is_no_id() {
    let place = Workplace::new();
    place.write("ids.csv", "signature_id\na\n");
    for name in ["ids.csv", "-", "./ids.csv"] {
        let (code, shown, errors) = run(&mut place.enroll(&["a", name]));
        assert_eq!((code, &*shown), (2, ""));
        assert!(
            errors.contains(&format!("did you mean --input {name}?")),
            "{errors}"
        );
    }
    assert_eq!(place.sandbox.requests(), 0);
}
