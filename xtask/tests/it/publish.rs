//! `publish` writes every file for other teams, with the same bytes every time, and never a contract that
//! `check` refuses.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use face_search_enroll_contract::Contract;
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use xtask::publish::{Args, run};

use super::folder;

/// A copy of the contract and of what it is checked against, without its releases.
fn contract_folder() -> TempDir {
    let copy = TempDir::new().unwrap();
    folder::copy(copy.path());
    copy
}

/// The exit code, and what was printed.
fn publish(folder: &Path, dist: &Path, check: bool) -> (u8, String, String) {
    let args = Args {
        out: dist.to_owned(),
        check,
        folder: folder.to_owned(),
    };
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = run(&args, &mut out, &mut err).unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (code, text(out), text(err))
}

/// All files below `folder`, by their paths.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(below) = open.pop() {
        for entry in fs::read_dir(below).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_owned();
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}

fn version(folder: &Path) -> String {
    let contract = fs::read_to_string(folder.join("face-search-enroll.yaml")).unwrap();
    let line = contract
        .lines()
        .find(|line| line.starts_with("  version: "));
    line.unwrap().trim_start_matches("  version: ").to_owned()
}

#[test]
fn everything_is_written_under_its_version_and_as_the_latest() {
    let (folder, dist) = (contract_folder(), TempDir::new().unwrap());
    let (code, shown, errors) = publish(folder.path(), dist.path(), false);
    assert_eq!((code, &*errors), (0, ""));

    let name = format!("face-search-enroll-{}", version(folder.path()));
    let written = files(&dist.path().join(&name));
    assert_eq!(written, files(&dist.path().join("latest")));
    for (path, bytes) in &written {
        let line = format!("{:>9}  {name}/{}\n", bytes.len(), path.display());
        assert!(shown.contains(&line), "{line}");
    }

    let text = |path: &str| String::from_utf8(written[Path::new(path)].clone()).unwrap();
    let yaml = fs::read_to_string(folder.path().join("face-search-enroll.yaml")).unwrap();
    let contract = Contract::parse("contract", &yaml).unwrap();
    assert_eq!(text("openapi.yaml"), contract.text);
    assert_ne!(contract.text, yaml, "prose has placeholders");
    let json: serde_json::Value = serde_json::from_str(&text("openapi.json")).unwrap();
    assert_eq!(json["info"]["version"], version(folder.path()));
    assert!(text("openapi.json").starts_with("{\n  \"openapi\": "));
    assert!(text("index.html").contains("<h1"));
    assert!(text("CHANGES.md").ends_with("The first release.\n"));

    // Each example of the contract is a file.
    let media = |place: &serde_json::Value| place["content"]["application/json"].clone();
    let mut count = 0;
    let paths = json["paths"].as_object().unwrap().values();
    let operations = paths.flat_map(|path| path.as_object().unwrap().values());
    for operation in operations.filter(|it| it["operationId"].is_string()) {
        let id = operation["operationId"].as_str().unwrap();
        for (kind, media) in [
            ("request", media(&operation["requestBody"])),
            ("response", media(&operation["responses"]["200"])),
        ] {
            for (name, example) in media["examples"].as_object().unwrap() {
                let path = format!("examples/{id}/{kind}-{name}.json");
                let body: serde_json::Value = serde_json::from_str(&text(&path)).unwrap();
                assert_eq!(body, example["value"]);
                count += 1;
            }
        }
    }
    assert!(count > 5);
    assert_eq!(written.len(), count + 5);
}

#[test]
fn the_checksums_are_those_that_sha256sum_reads() {
    let (folder, dist) = (contract_folder(), TempDir::new().unwrap());
    publish(folder.path(), dist.path(), false);
    let latest = dist.path().join("latest");
    let sums = fs::read_to_string(latest.join("SHA256SUMS")).unwrap();
    assert_eq!(sums.lines().count(), files(&latest).len() - 1);
    for line in sums.lines() {
        let (hash, path) = line.split_once("  ").unwrap();
        let bytes = fs::read(latest.join(path)).unwrap();
        let expected = Sha256::digest(&bytes);
        let pairs = hash.as_bytes().chunks(2);
        let read: Vec<u8> = pairs
            .map(|pair| u8::from_str_radix(str::from_utf8(pair).unwrap(), 16).unwrap())
            .collect();
        assert_eq!(read, &expected[..], "{path}");
    }
}

#[test]
fn the_same_contract_gives_the_same_bytes() {
    let folders = [contract_folder(), contract_folder()];
    let written = folders.map(|folder| {
        let dist = TempDir::new().unwrap();
        publish(folder.path(), dist.path(), false);
        files(dist.path())
    });
    assert_eq!(written[0], written[1]);
}

#[test]
fn a_check_tells_every_file_that_is_not_as_it_would_be_written() {
    let (folder, dist) = (contract_folder(), TempDir::new().unwrap());
    let (code, shown, errors) = publish(folder.path(), dist.path(), true);
    assert_eq!(code, 1);
    assert!(
        shown.contains("latest/openapi.json: is missing\n"),
        "{shown}"
    );
    assert!(errors.contains("cargo xtask publish"), "{errors}");
    assert!(files(dist.path()).is_empty(), "it writes nothing");

    publish(folder.path(), dist.path(), false);
    assert_eq!(publish(folder.path(), dist.path(), true).0, 0);

    let latest = dist.path().join("latest");
    fs::write(latest.join("openapi.json"), "{}").unwrap();
    fs::write(latest.join("examples/old.json"), "{}").unwrap();
    let (code, shown, _) = publish(folder.path(), dist.path(), true);
    let shown = shown.replace(&dist.path().display().to_string(), "DIST");
    assert_eq!(code, 1);
    assert_eq!(
        shown,
        "DIST/latest/examples/old.json: is no longer published\nDIST/latest/openapi.json: differs\n"
    );

    // Writing anew takes away what is no longer published.
    publish(folder.path(), dist.path(), false);
    assert_eq!(publish(folder.path(), dist.path(), true).0, 0);
    assert!(!latest.join("examples/old.json").exists());
}

#[test]
fn a_contract_that_the_check_refuses_is_not_published() {
    let (folder, dist) = (contract_folder(), TempDir::new().unwrap());
    let contract = folder.path().join("face-search-enroll.yaml");
    let text = fs::read_to_string(&contract).unwrap();
    let header = Contract::parse("contract", &text).unwrap();
    let header = format!(
        "name: {}",
        header.operations[0].token_header.as_ref().unwrap().value
    );
    fs::write(&contract, text.replace(&header, "name: X-Another")).unwrap();
    let (code, shown, errors) = publish(folder.path(), dist.path(), false);
    assert_eq!(code, 1, "{shown}{errors}");
    assert!(errors.contains("was not published"), "{errors}");
    assert!(files(dist.path()).is_empty());

    fs::write(&contract, "openapi: 3.0.3\n").unwrap();
    let (code, _, errors) = publish(folder.path(), dist.path(), false);
    assert_eq!(code, 2, "{errors}");
    assert!(files(dist.path()).is_empty());
}

#[test]
fn the_changes_are_those_since_the_release_before() {
    let (folder, dist) = (contract_folder(), TempDir::new().unwrap());
    let contract = folder.path().join("face-search-enroll.yaml");
    let text = fs::read_to_string(&contract).unwrap();
    let text = Contract::parse("contract", &text).unwrap().text;
    let old = format!("  version: {}\n", version(folder.path()));
    let released = folder.path().join("released");
    fs::create_dir(&released).unwrap();
    let one = text.replace(&old, "  version: 1.0.0\n");
    fs::write(released.join("1.0.0.yaml"), &one).unwrap();

    let summary = "summary: The server failed while it handled the call.";
    let two = one
        .replace("  version: 1.0.0\n", "  version: 1.0.1\n")
        .replace(summary, "summary: The server failed.");
    assert_ne!(one, two);
    fs::write(&contract, &two).unwrap();
    // The release itself does not hide what changed in it.
    fs::write(released.join("1.0.1.yaml"), &two).unwrap();
    let (code, _, errors) = publish(folder.path(), dist.path(), false);
    assert_eq!((code, &*errors), (0, ""));
    let changes = fs::read_to_string(dist.path().join("latest/CHANGES.md")).unwrap();
    assert!(
        changes.starts_with("# Changes\n\n## 1.0.1\n\nChanges since 1.0.0.\n"),
        "{changes}"
    );
    assert!(changes.contains("### Wording\n"), "{changes}");
    assert!(!changes.contains("### Breaking"), "{changes}");
}
