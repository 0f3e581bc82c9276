//! Transcripts of the command line in `tests/transcripts/*.trycmd`. `TRYCMD=overwrite` rewrites them.

#[test]
fn transcripts() {
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        // Overwriting would replace the `[..]` that stand for elapsed times.
        return;
    }
    trycmd::TestCases::new()
        // An empty variable counts as unset. So no real credentials are sent to a real server.
        .env("FACE_SEARCH_ENROLL_ACCESS_KEY", "")
        .env("FACE_SEARCH_ENROLL_SECRET_KEY", "")
        .env("FACE_SEARCH_ENROLL_TOKEN", "")
        .env("FACE_SEARCH_ENROLL_REGION", "")
        .env("FACE_SEARCH_ENROLL_PROXY", "")
        .case("tests/transcripts/*.trycmd");
}

use std::process::Command;

use face_search_enroll::Outcome;
use serde_json::Value;

use crate::{
    TOKEN, answer,
    cli::{command, file, run},
    operation,
    server::{Server, http},
};

#[test]
fn the_token_comes_from_a_file_or_the_environment() {
    let token_file = file("token.txt", format!("{TOKEN}\r\n").as_bytes());
    let token_file = token_file.to_str().unwrap();
    let sent = |command: &mut Command, server: &Server| {
        let (code, _, errors) = run(command);
        assert_eq!(code, 0, "{errors}");
        let headers = server.request().headers;
        let name = operation().token_header.as_ref().unwrap().to_lowercase();
        headers
            .into_iter()
            .find(|(header, _)| *header == name)
            .unwrap()
            .1
    };

    let server = Server::answering([&answer(Outcome::Enrolled)]);
    let arguments = [
        "enroll",
        "--endpoint",
        server.endpoint().base_url(),
        "--token-file",
        token_file,
        "a",
    ]
    .map(str::to_owned);
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    assert_eq!(sent(&mut command(&arguments), &server), TOKEN);

    let server = Server::answering([&answer(Outcome::Enrolled)]);
    let endpoint = server.endpoint();
    let mut command = command(&["enroll", "--endpoint", endpoint.base_url(), "a"]);
    assert_eq!(
        sent(command.env("FACE_SEARCH_ENROLL_TOKEN", TOKEN), &server),
        TOKEN
    );
}

#[test]
fn a_token_file_that_holds_no_token_is_refused() {
    for (name, bytes, reason) in [
        ("empty.txt", &b""[..], "empty"),
        ("two-lines.txt", b"one\ntwo\n", "byte 4"),
        ("latin1.txt", b"t\xe9", "UTF-8"),
    ] {
        let path = file(name, bytes);
        let arguments = [
            "enroll",
            "--region",
            "sg",
            "--token-file",
            path.to_str().unwrap(),
            "a",
        ];
        let (code, shown, errors) = run(&mut command(&arguments));
        assert_eq!((code, &*shown), (2, ""));
        assert!(errors.contains(reason), "{errors}");
    }
}

#[test]
fn the_region_comes_from_the_environment_by_default() {
    let (code, _, errors) = run(command(&["enroll", "a"])
        .env("FACE_SEARCH_ENROLL_REGION", "atlantis")
        .env("FACE_SEARCH_ENROLL_TOKEN", TOKEN));
    assert_eq!(code, 2);
    assert!(errors.contains("unknown region \"atlantis\""), "{errors}");
    let (code, _, _) =
        run(command(&["enroll", "--sandbox", "a"]).env("FACE_SEARCH_ENROLL_REGION", "atlantis"));
    assert_eq!(code, 0);
}

#[test]
fn the_exit_code_is_that_of_the_id_that_is_worst_off() {
    let enrolled = answer(Outcome::Enrolled);
    let rejected = answer(Outcome::SignatureNotFound);
    let failed = answer(Outcome::ServerError);
    let page = http("502 Bad Gateway", "Content-Type: text/html\r\n", "<html>");
    for (answers, expected, statuses) in [
        ([&enrolled, &enrolled], 0, ["enrolled", "enrolled"]),
        ([&enrolled, &rejected], 1, ["enrolled", "rejected"]),
        ([&rejected, &failed], 3, ["rejected", "failed"]),
        ([&page, &rejected], 3, ["failed", "rejected"]),
    ] {
        let server = Server::answering(answers.map(|answer| &**answer));
        let endpoint = server.endpoint();
        let arguments = [
            "enroll",
            "--format",
            "json",
            "--concurrency",
            "1",
            "--max-attempts",
            "1",
            "--endpoint",
            endpoint.base_url(),
            "a",
            "b",
        ];
        let (code, shown, _) = run(command(&arguments).env("FACE_SEARCH_ENROLL_TOKEN", TOKEN));
        assert_eq!(code, expected, "{shown}");
        let records: Vec<Value> = shown
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        let found: Vec<_> = records
            .iter()
            .map(|record| record["status"].as_str().unwrap())
            .collect();
        assert_eq!(found, statuses);
        assert_eq!(records[0].as_object().unwrap().len(), 15);
    }
}

#[test]
fn a_failure_says_what_to_do() {
    let server = Server::answering([&answer(Outcome::SignatureNotFound)]);
    let endpoint = server.endpoint();
    let arguments = ["enroll", "--endpoint", endpoint.base_url(), "a"];
    let (code, shown, errors) = run(command(&arguments).env("FACE_SEARCH_ENROLL_TOKEN", TOKEN));
    assert_eq!(code, 1);
    assert!(
        shown.starts_with("a  rejected  SignatureNotFound from http://127.0.0.1:"),
        "{shown}"
    );
    assert_eq!(
        errors,
        format!("  what to do: {}\n", Outcome::SignatureNotFound.action())
    );
}

/// A proxy would receive the token in the clear.
#[test]
fn proxies_of_the_environment_are_not_used() {
    let proxy = Server::answering([&http("502 Bad Gateway", "", "")]);
    let server = Server::answering([&answer(Outcome::Enrolled)]);
    let endpoint = server.endpoint();
    let mut command = command(&["enroll", "--endpoint", endpoint.base_url(), "a"]);
    command.env("FACE_SEARCH_ENROLL_TOKEN", TOKEN);
    for name in [
        "http_proxy",
        "HTTP_PROXY",
        "https_proxy",
        "HTTPS_PROXY",
        "all_proxy",
        "ALL_PROXY",
    ] {
        command.env(name, proxy.endpoint().base_url());
    }
    let (code, _, errors) = run(command.env_remove("no_proxy").env_remove("NO_PROXY"));
    assert_eq!(code, 0, "{errors}");
    server.request();
    assert!(!proxy.has_request());
}

#[test]
fn every_command_has_a_manual_page_and_examples() {
    let (code, page, _) = run(&mut command(&["man"]));
    assert_eq!(code, 0);
    for name in [
        "enroll",
        "report",
        "check-access",
        "token",
        "explain",
        "regions",
        "sandbox",
        "spec",
        "completions",
        "man",
    ] {
        assert!(
            page.contains(&format!(
                "face\\-search\\-enroll\\-{}(1)",
                name.replace('-', "\\-")
            )),
            "{page}"
        );
        let (code, page, _) = run(&mut command(&["man", name]));
        assert_eq!(code, 0);
        assert!(
            page.contains(&format!(
                ".TH FACE-SEARCH-ENROLL-{} 1  \"face-search-enroll {}\"",
                name.to_uppercase(),
                env!("CARGO_PKG_VERSION")
            )),
            "{page}"
        );
        let (_, help, _) = run(&mut command(&[name, "--help"]));
        assert!(help.contains("\nExamples:\n  "), "{help}");
    }
}

#[test]
fn every_shell_gets_its_completions() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let (code, script, _) = run(&mut command(&["completions", shell]));
        assert_eq!(code, 0);
        assert!(script.contains("allow-rejected"), "{shell}: {script}");
    }
}

/// A closed output is no error, because a program such as `head` reads only the beginning.
#[cfg(unix)]
#[test]
fn whoever_reads_may_stop() {
    let mut shell = Command::new("sh");
    let program = env!("CARGO_BIN_EXE_face-search-enroll");
    for arguments in [
        "spec",
        "man enroll",
        "completions bash",
        "regions",
        "--help",
    ] {
        let line = format!("{{ {program} {arguments}; echo $? >&2; }} | true");
        let (_, _, errors) = run(shell.args(["-c", &line]));
        assert_eq!(errors, "0\n", "{arguments}");
        shell = Command::new("sh");
    }
}

/// Editors, PowerShell and copying leave characters around a token, which are ignored.
#[test]
fn a_token_is_read_however_it_was_saved() {
    let utf16 = |text: &str, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    };
    let marked = format!("\u{feff}{TOKEN}\r\n");
    let texts = [
        marked.clone(),
        format!("\n\r\n  {TOKEN}\t\n\n"),
        format!("\u{a0}{TOKEN}\u{200b}"),
    ];
    let mut files: Vec<_> = texts.iter().map(|text| text.clone().into_bytes()).collect();
    files.push(utf16(&marked, u16::to_le_bytes));
    files.push(utf16(&marked, u16::to_be_bytes));
    files.push(utf16(TOKEN, u16::to_le_bytes));
    files.push(utf16(TOKEN, u16::to_be_bytes));
    let sent = |command: &mut Command| {
        let server = Server::answering([&answer(Outcome::Enrolled)]);
        command.args(["--endpoint", server.endpoint().base_url()]);
        let (code, _, errors) = run(command);
        assert_eq!(code, 0, "{errors}");
        let request = server.request();
        let name = operation().token_header.as_ref().unwrap();
        request.header(name).unwrap().to_owned()
    };
    for bytes in files {
        let path = file("saved-token.txt", &bytes);
        let arguments = ["enroll", "a", "--token-file", path.to_str().unwrap()];
        assert_eq!(sent(&mut command(&arguments)), TOKEN, "{bytes:?}");
    }
    for text in texts {
        let mut command = command(&["enroll", "a"]);
        command.env("FACE_SEARCH_ENROLL_TOKEN", &text);
        assert_eq!(sent(&mut command), TOKEN, "{text:?}");
    }
}

#[test]
fn what_is_no_token_is_refused_for_what_it_looks_like() {
    for (text, what) in [
        (format!("{{\"token\": \"{TOKEN}\"}}"), "looks like JSON"),
        (format!("\"{TOKEN}\"\n"), "begins with a quotation mark"),
        (format!("\n'{TOKEN}'"), "begins with a quotation mark"),
        (format!("TOKEN={TOKEN}"), "looks like NAME=VALUE"),
        (
            format!("\u{feff}export TOKEN={TOKEN}"),
            "looks like NAME=VALUE",
        ),
        (format!("$env:TOKEN = \"{TOKEN}\""), "looks like NAME=VALUE"),
    ] {
        let path = file("no-token.txt", text.as_bytes());
        let arguments = ["enroll", "--region", "sg", "a"];
        let with_file = ["--token-file", path.to_str().unwrap()];
        for command in [
            command(&arguments).args(with_file),
            command(&arguments).env("FACE_SEARCH_ENROLL_TOKEN", &text),
        ] {
            let (code, _, errors) = run(command);
            assert_eq!(code, 2, "{errors}");
            assert!(errors.contains(what), "{errors}");
        }
    }
    for (access_key, secret_key) in [("\"key\"", "secret"), ("key", "SECRET=secret")] {
        let (code, _, errors) = run(command(&["enroll", "--region", "sg", "a"])
            .env("FACE_SEARCH_ENROLL_ACCESS_KEY", access_key)
            .env("FACE_SEARCH_ENROLL_SECRET_KEY", secret_key));
        assert_eq!(code, 2, "{errors}");
        assert!(errors.contains("; pass the value alone"), "{errors}");
    }
}

#[test]
fn rates_and_times_are_read_as_people_write_them() {
    for rate in [
        "50/s",
        "50/sec",
        "50/second",
        "30/min",
        "30/minute",
        "50/m",
        "1000/h",
        "1000/hour",
        "0.5/s",
        "50 / Seconds",
    ] {
        let arguments = ["enroll", "--sandbox", "--rate", rate, "a"];
        assert_eq!(run(&mut command(&arguments)).0, 0, "{rate}");
    }
    for (option, value, what) in [
        ("--rate", "50", "it is not a rate; write 50/s"),
        ("--rate", "0/s", "it must be more than 0"),
        ("--rate", "nan/s", "it must be"),
        ("--rate", "-1/s", "it must be more than 0"),
        ("--rate", "1/day", "it is not a rate"),
        ("--rate", "0.000001/s", "at least one call a day"),
        ("--concurrency", "0", "it must be at least 1"),
        (
            "--concurrency",
            "many",
            "it is not a whole number; write one such as 8",
        ),
        ("--concurrency", "-1", "it is not a whole number"),
        (
            "--concurrency",
            "99999999999999999999",
            "it must be at most 1000000",
        ),
        ("--max-attempts", "0", "it must be at least 1"),
        ("--timeout", "0", "it must be longer than 0"),
        ("--timeout", "0s", "it must be longer than 0"),
        ("--timeout", "30", "write 30s or 500ms"),
        (
            "--timeout",
            "584542046090years",
            "it must be at most 365 days",
        ),
        (
            "--timeout",
            "99999999999999999999s",
            "it must be at most 365 days",
        ),
        ("--attempt-timeout", "0ms", "it must be longer than 0"),
        ("--connect-timeout", "0ms", "it must be longer than 0"),
    ] {
        let option = format!("{option}={value}");
        let (code, _, errors) = run(&mut command(&["enroll", "--sandbox", &option, "a"]));
        assert_eq!(code, 2, "{option}: {errors}");
        assert!(errors.contains(what), "{option}: {errors}");
    }
}

/// A token can expire during a long run. Another program then writes a new one to the file.
#[test]
fn the_token_file_is_read_again_when_the_token_is_refused() {
    use face_search_enroll_sandbox::Reply;

    let place = crate::cli::Workplace::new();
    place.write("token", "old-token");
    let file = place.path("token");
    place.sandbox.respond_with(move |request| {
        if request.number() == 5 {
            std::fs::write(&file, "new-token\n").unwrap();
        }
        let valid = if request.number() < 5 {
            "old-token"
        } else {
            "new-token"
        };
        if request.token() == Some(valid) {
            Reply::usual()
        } else {
            Reply::outcome(Outcome::Unauthorized)
        }
    });
    place.write_ids(20);
    let arguments = [
        "--input",
        "ids.txt",
        "--token-file",
        "token",
        "--concurrency",
        "1",
    ];
    let (code, _, errors) = run(&mut place.enroll_without_credentials(&arguments));
    assert_eq!(code, 0, "{errors}");
    assert_eq!(place.sandbox.enrolled().len(), 20);
}
