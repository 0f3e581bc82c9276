//! Settles findings as a maintainer does: `check --fix`, then the first way of each finding that is left, with
//! sample names.

use std::{fs, path::Path};

use face_search_enroll_drift::Hunk;
use serde_json::Value as Json;
use xtask::check::{self, Edition, Format};

use super::paste::{filled_in, paste};

/// The files that ways change.
const FILES: [&str; 2] = ["face-search-enroll.yaml", "errata.yaml"];

/// The exit code of `check --fix`, and the findings that are left.
pub(crate) fn fix(folder: &Path, edition: Edition) -> (u8, Vec<Json>) {
    let args = check::Args {
        format: Format::Json,
        fix: true,
        edition: Some(edition),
        ..check::Args::of(folder)
    };
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = check::run(&args, &mut std::io::empty(), &mut out, &mut err).unwrap();
    let err = String::from_utf8_lossy(&err);
    let findings = serde_json::from_slice(&out).unwrap_or_else(|_| panic!("{err}"));
    (code, open(findings))
}

/// The findings that a person has to settle.
pub(crate) fn open(mut findings: Vec<Json>) -> Vec<Json> {
    findings.retain(|it| {
        !["erratum", "changed-since-release"].contains(&it["verdict"].as_str().unwrap())
    });
    findings
}

/// Pastes the first way of each finding into the files in `folder`, which the findings call `named`.
pub(crate) fn paste_first_ways(folder: &Path, named: &Path, findings: &[Json]) {
    for file in FILES {
        let mut hunks = Vec::new();
        for (number, finding) in findings.iter().enumerate() {
            let way = &finding["ways"][0];
            assert!(way.is_object(), "no way: {finding:#}");
            for mut hunk in way["hunks"].as_array().unwrap().iter().map(hunk) {
                if Path::new(&hunk.file) == named.join(file) {
                    for line in &mut hunk.lines {
                        *line = filled_in(line, number);
                    }
                    hunks.push(hunk);
                }
            }
        }
        hunks.dedup();
        let path = folder.join(file);
        let text = paste(&fs::read_to_string(&path).unwrap(), &hunks);
        fs::write(&path, text).unwrap();
    }
}

fn hunk(json: &Json) -> Hunk {
    let lines = json["lines"].as_array().unwrap().iter();
    let number = |key: &str| usize::try_from(json[key].as_u64().unwrap()).unwrap();
    Hunk {
        file: json["file"].as_str().unwrap().to_owned(),
        line: number("line"),
        taken: number("taken"),
        lines: lines
            .map(|line| line.as_str().unwrap().to_owned())
            .collect(),
    }
}
