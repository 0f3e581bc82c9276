//! Credentials are given in exactly one way, and are never printed.

use std::{path::PathBuf, process::Command, time::Duration};

use face_search_enroll::{Outcome, TokenOutcome};
use face_search_enroll_sandbox::Sandbox;

use crate::{
    TOKEN,
    cli::{
        ACCESS_KEY, SECRET_KEY, SECRETS, Workplace, command, file, ids_of, run, sorted, with_keys,
    },
    token_server::{TokenServer, token_answer},
};

/// A file that only its owner can read.
fn private_file(name: &str, text: &str) -> PathBuf {
    let path = file(name, text.as_bytes());
    set_mode(&path, 0o600);
    path
}

#[cfg(unix)]
fn set_mode(path: &std::path::Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

#[cfg(not(unix))]
fn set_mode(_: &std::path::Path, _: u32) {}

/// A sandbox that issues tokens only for the keys of the tests.
fn sandbox() -> Sandbox {
    sandbox_with_life(Duration::from_secs(3600))
}

fn sandbox_with_life(life: Duration) -> Sandbox {
    Sandbox::builder()
        .access_key(ACCESS_KEY, SECRET_KEY)
        .token_life(life)
        .start()
        .unwrap()
}

fn enroll(url: &str) -> Command {
    command(&["enroll", "--endpoint", url, "--max-attempts", "1", "a"])
}

fn with_file<'c>(command: &'c mut Command, path: &std::path::Path) -> &'c mut Command {
    command.args(["--credentials-file", path.to_str().unwrap()])
}

#[test]
fn keys_come_from_the_environment_or_a_file() {
    let sandbox = sandbox();
    let url = sandbox.base_url();
    let (code, _, errors) = run(with_keys(&mut enroll(&url), SECRET_KEY));
    assert_eq!(code, 0, "{errors}");
    let prefix = "FACE_SEARCH_ENROLL_";
    for (name, text) in [
        ("lines", format!("{ACCESS_KEY}\n{SECRET_KEY}\n")),
        (
            "windows",
            format!("\u{feff}\r\n{ACCESS_KEY}\r\n\r\n{SECRET_KEY}\r\n"),
        ),
        ("quoted", format!("\"{ACCESS_KEY}\"\n'{SECRET_KEY}'")),
        (
            "named",
            format!("SECRET_KEY={SECRET_KEY}\nACCESS_KEY={ACCESS_KEY}\n"),
        ),
        (
            "prefixed",
            format!(
                "# keys\nexport {prefix}ACCESS_KEY=\"{ACCESS_KEY}\"\nexport {prefix}SECRET_KEY='{SECRET_KEY}'\n"
            ),
        ),
        (
            "among-others",
            format!(
                "{prefix}REGION=sg\r\n{prefix}ACCESS_KEY = {ACCESS_KEY}\r\n{prefix}SECRET_KEY={SECRET_KEY}\r\n"
            ),
        ),
    ] {
        let path = private_file(&format!("keys-{name}"), &text);
        let (code, _, errors) = run(with_file(&mut enroll(&url), &path));
        assert_eq!(code, 0, "{name}: {errors}");
    }
}

#[test]
fn a_file_without_both_keys_is_refused_and_not_shown() {
    for (name, text, reason) in [
        ("none", String::new(), "expected two lines but found 0"),
        (
            "one",
            SECRET_KEY.to_owned(),
            "expected two lines but found 1",
        ),
        (
            "three",
            format!("{ACCESS_KEY}\n{SECRET_KEY}\n{SECRET_KEY}"),
            "expected two lines but found 3",
        ),
        (
            "half",
            format!("SECRET_KEY={SECRET_KEY}"),
            "it does not set ACCESS_KEY",
        ),
        (
            "other-half",
            format!("ACCESS_KEY={ACCESS_KEY}"),
            "it does not set SECRET_KEY",
        ),
        (
            "twice",
            format!("ACCESS_KEY={ACCESS_KEY}\nSECRET_KEY={SECRET_KEY}\nSECRET_KEY={SECRET_KEY}"),
            "it sets SECRET_KEY more than once",
        ),
        (
            "json",
            format!("{{\"accessKey\":\"{ACCESS_KEY}\",\n\"secretKey\":\"{SECRET_KEY}\"}}"),
            "JSON",
        ),
        (
            "spaces",
            format!("{ACCESS_KEY}\n{SECRET_KEY} {SECRET_KEY}"),
            "the secret key has a character that",
        ),
        (
            "blank",
            format!("ACCESS_KEY={ACCESS_KEY}\nSECRET_KEY=''"),
            "the secret key is blank",
        ),
    ] {
        let path = private_file(&format!("no-keys-{name}"), &text);
        let mut command = command(&["enroll", "--region", "sg", "a"]);
        let (code, shown, errors) = run(with_file(&mut command, &path));
        assert_eq!((code, &*shown), (2, ""), "{name}");
        assert!(errors.contains(reason), "{name}: {errors}");
        assert!(errors.contains(path.to_str().unwrap()), "{errors}");
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_others_can_read_is_refused() {
    let sandbox = sandbox();
    let url = sandbox.base_url();
    let path = private_file("readable-keys", &format!("{ACCESS_KEY}\n{SECRET_KEY}"));
    for mode in [0o640, 0o604, 0o644, 0o444] {
        set_mode(&path, mode);
        let (code, _, errors) = run(with_file(&mut enroll(&url), &path));
        assert_eq!(code, 2);
        assert!(errors.contains(&format!("mode {mode:04o}")), "{errors}");
        assert!(
            errors.contains(&format!("`chmod 600 {}`", path.display())),
            "{errors}"
        );
        let mut allowed = enroll(&url);
        let allowed = with_file(&mut allowed, &path).arg("--allow-readable-credentials");
        assert_eq!(run(allowed).0, 0);
    }
    for mode in [0o600, 0o400] {
        set_mode(&path, mode);
        assert_eq!(run(with_file(&mut enroll(&url), &path)).0, 0);
    }
}

#[test]
fn exactly_one_way_is_taken() {
    type Way = fn(&mut Command, &[PathBuf; 2]);
    let keys = private_file("one-way-keys", &format!("{ACCESS_KEY}\n{SECRET_KEY}"));
    let token = private_file("one-way-token", TOKEN);
    let ways: [(&str, Way); 4] = [
        ("--credentials-file", |command, files| {
            command.arg("--credentials-file").arg(&files[0]);
        }),
        ("--token-file", |command, files| {
            command.arg("--token-file").arg(&files[1]);
        }),
        ("FACE_SEARCH_ENROLL_ACCESS_KEY", |command, _| {
            with_keys(command, SECRET_KEY);
        }),
        ("FACE_SEARCH_ENROLL_TOKEN", |command, _| {
            command.env("FACE_SEARCH_ENROLL_TOKEN", TOKEN);
        }),
    ];
    let files = [keys, token];
    for (index, (first, give_first)) in ways.iter().enumerate() {
        for (second, give_second) in &ways[index + 1..] {
            let mut command = command(&["enroll", "--region", "sg", "a"]);
            give_first(&mut command, &files);
            give_second(&mut command, &files);
            let (code, _, errors) = run(&mut command);
            assert_eq!(code, 2);
            let expected = format!("more than one way: {first}, {second}; keep only one");
            assert!(errors.contains(&expected), "{errors}");
        }
    }

    let (code, _, errors) = run(&mut command(&["enroll", "--region", "sg", "a"]));
    assert_eq!(code, 2);
    assert!(
        errors.contains("account management of the vendor's console"),
        "{errors}"
    );
    for (name, _) in ways {
        assert!(errors.contains(name), "{errors}");
    }
    for (set, unset) in [("ACCESS_KEY", "SECRET_KEY"), ("SECRET_KEY", "ACCESS_KEY")] {
        let mut command = command(&["enroll", "--region", "sg", "a"]);
        let variable = format!("FACE_SEARCH_ENROLL_{set}");
        let (code, _, errors) = run(command.env(&variable, SECRET_KEY));
        assert_eq!(code, 2);
        let expected = format!("{variable} is set without FACE_SEARCH_ENROLL_{unset}");
        assert!(errors.contains(&expected), "{errors}");
    }
}

#[test]
fn a_secret_on_the_command_line_is_refused() {
    for option in ["--secret-key", "--token", "--access-key"] {
        for argument in [
            vec![option.to_owned(), SECRET_KEY.to_owned()],
            vec![format!("{option}={SECRET_KEY}")],
        ] {
            let mut command = command(&["enroll", "--region", "sg", "a"]);
            let (code, _, _) = run(command.args(argument));
            assert_eq!(code, 2);
        }
    }
}

/// Responses of the token operation as other programs save them, and tokens as people paste them.
#[test]
fn a_token_is_taken_out_of_an_answer_and_other_texts_are_refused() {
    let issued = token_answer(TokenOutcome::TokenIssued, std::time::SystemTime::now());
    let refused = token_answer(TokenOutcome::WrongSignature, std::time::SystemTime::now());
    let token = "issued-token-of-the-test-server";
    let url = Sandbox::start().unwrap();
    let url = url.base_url();
    let token_of = |text: &str, in_file: bool| {
        let mut command = command(&["token", "--endpoint", &url, "--format", "json"]);
        if in_file {
            let path = file("token-answer", text.as_bytes());
            command.arg("--token-file").arg(path);
        } else {
            command.env("FACE_SEARCH_ENROLL_TOKEN", text);
        }
        run(&mut command)
    };
    for in_file in [true, false] {
        for text in [format!("{issued}"), format!("\n{issued:#}\n")] {
            let (code, shown, errors) = token_of(&text, in_file);
            assert_eq!(code, 0, "{errors}");
            let shown: serde_json::Value = serde_json::from_str(&shown).unwrap();
            assert_eq!(shown["token"], token);
            assert!(shown["expires_at"].is_string(), "{shown}");
        }
        for (text, reason) in [
            (
                format!("{refused}"),
                "the answer does not issue a token: WrongSignature",
            ),
            (
                format!("{{\"token\":\"{TOKEN}\"}}"),
                "looks like JSON, but it is not an answer",
            ),
            (
                "{\"code\":\"SUCCESS\",\"data\":{}}".to_owned(),
                "has no usable token",
            ),
            (format!("\"{TOKEN}\""), "begins with a quotation mark"),
            (format!("'{TOKEN}'"), "begins with a quotation mark"),
            (format!("TOKEN={TOKEN}"), "looks like NAME=VALUE"),
            (
                format!("export FACE_SEARCH_ENROLL_TOKEN={TOKEN}"),
                "looks like NAME=VALUE",
            ),
        ] {
            let (code, shown, errors) = token_of(&text, in_file);
            assert_eq!((code, &*shown), (2, ""), "{reason}");
            assert!(errors.contains(reason), "{errors}");
        }
        // Base64 may end like this.
        for text in ["dG9rZW4=", "dG9rZW5zMQ=="] {
            assert_eq!(token_of(text, in_file).0, 0);
        }
    }
}

/// Otherwise ten thousand ids would give ten thousand refusals.
#[test]
fn a_run_ends_early_when_the_keys_are_refused() {
    let server = TokenServer::answering(TokenOutcome::WrongSignature, Outcome::Enrolled);
    let folder = tempfile::tempdir().unwrap();
    let ids: Vec<_> = (0..10_000).map(|number| format!("id-{number}")).collect();
    std::fs::write(folder.path().join("ids.txt"), ids.join("\n")).unwrap();
    let mut command = command(&["enroll", "--endpoint", &server.base_url()]);
    command.args(["--input", "ids.txt", "--output", "results.jsonl"]);
    let (code, _, errors) = run(with_keys(&mut command, SECRET_KEY).current_dir(folder.path()));
    assert_eq!(code, 3, "{errors}");
    let outcome = TokenOutcome::WrongSignature;
    let expected = format!(
        "the server refused to issue a token ({outcome}): {} {}",
        outcome.summary(),
        outcome.action().trim_end_matches('.')
    );
    assert!(errors.contains(&expected), "{errors}");
    assert_eq!(server.token_requests().len(), 1);
    assert_eq!(server.calls(), 0);
    let journal = std::fs::read_to_string(folder.path().join("results.jsonl")).unwrap();
    assert!(journal.lines().count() < 100, "{}", journal.lines().count());
    assert!(journal.contains("WrongSignature"), "{journal}");
    for secret in SECRETS {
        assert!(!journal.contains(secret));
    }
}

#[test]
fn a_refusal_says_what_to_do_about_the_keys() {
    let server = TokenServer::answering(TokenOutcome::WrongSignature, Outcome::Enrolled);
    let (code, _, errors) = run(with_keys(&mut enroll(&server.base_url()), SECRET_KEY));
    assert_eq!(code, 3);
    assert!(
        errors.contains(TokenOutcome::WrongSignature.action()),
        "{errors}"
    );
    assert_eq!(server.token_requests().len(), 1);
}

#[test]
fn the_sandbox_refuses_another_secret() {
    let place = Workplace::of(sandbox());
    let mut command = place.enroll_without_credentials(&["a"]);
    let (code, shown, errors) = run(with_keys(&mut command, "another-secret-key"));
    assert_eq!(code, 3);
    assert!(shown.contains("WrongSignature"), "{shown}{errors}");
    assert_eq!(place.sandbox.requests(), 1, "it is not asked again");
}

#[test]
fn a_wrong_clock_does_no_harm() {
    for offset in [3600, -3600] {
        let server = TokenServer::with_clock(offset);
        let (code, _, errors) = run(with_keys(&mut enroll(&server.base_url()), SECRET_KEY));
        assert_eq!(code, 1, "the id is not known: {errors}");
        assert_eq!(server.token_requests().len(), 2);
        assert_eq!(server.calls(), 1);
    }
}

/// The run takes longer than the lifetime of three tokens.
#[test]
fn a_run_over_many_tokens_loses_nothing() {
    let place = Workplace::of(sandbox_with_life(Duration::from_secs(1)));
    let ids = place.write_ids(2000);
    let arguments = [
        "--input",
        "ids.txt",
        "--output",
        "results.jsonl",
        "--rate",
        "600/s",
    ];
    let started = std::time::Instant::now();
    let (code, _, errors) = run(&mut place.enroll_with_keys(&arguments));
    let seconds = started.elapsed().as_secs();
    assert_eq!(code, 0, "{errors}");
    let records = place.records("results.jsonl");
    assert_eq!(records.len(), ids.len());
    let ids = sorted(ids);
    assert_eq!(ids_of(&records, "enrolled"), ids);
    assert_eq!(sorted(place.sandbox.enrolled()), ids);
    let journal = place.read("results.jsonl");
    let path = place.path("results.jsonl");
    let (_, report, _) = run(command(&["report", "--format", "json"]).arg(path));
    for secret in SECRETS {
        assert!(!journal.contains(secret) && !report.contains(secret));
    }
    let tokens = place.sandbox.requests() - u64::try_from(ids.len()).unwrap();
    // A busy machine takes longer.
    let most = 30 + 2 * seconds;
    assert!((3..most).contains(&tokens), "{tokens} in {seconds} s");
}
