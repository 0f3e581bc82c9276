//! Test cases that are small patches of a base file, each with its expected report next to it.
//! `UPDATE_EXPECTED=1` rewrites the reports.
//!
//! A patch is a sequence of blocks: `<<<<`, lines of the base, `====`, the new lines, `>>>>`. Text
//! before the first block is a comment.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// A patch of a folder, and the result of applying it.
pub(crate) struct Case {
    /// The file of the patch.
    pub(crate) path: PathBuf,
    /// Its name, without the extension.
    pub(crate) name: String,
    /// The base with the patch applied.
    pub(crate) text: String,
}

/// The patches of `folder`, applied to `base`, in the order of their names.
pub(crate) fn cases(folder: &Path, base: &str) -> Vec<Case> {
    let entries = fs::read_dir(folder).unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "patch")
    });
    paths.sort();
    let case = |path: PathBuf| {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let text = patched(base, &fs::read_to_string(&path).unwrap(), &name);
        Case { path, name, text }
    };
    paths.into_iter().map(case).collect()
}

fn patched(base: &str, patch: &str, name: &str) -> String {
    let mut text = base.to_owned();
    for block in patch.split("<<<<\n").skip(1) {
        let (old, rest) = block.split_once("====\n").expect("a block has ====");
        let (new, _) = rest.split_once(">>>>\n").expect("a block ends with >>>>");
        assert_eq!(
            text.matches(old).count(),
            1,
            "{name}: not once in the base: {old}\n{text}"
        );
        text = text.replace(old, new);
    }
    text
}

/// The reports that are not as expected.
#[derive(Default)]
pub(crate) struct Wrong(Vec<String>);

impl Wrong {
    /// Compares `found` with the file `expected`, or writes that file.
    pub(crate) fn compare(&mut self, expected: &Path, found: &str) {
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            fs::write(expected, found).unwrap();
        }
        if fs::read_to_string(expected).unwrap_or_default() != found {
            self.0.push(format!("{}\n{found}", expected.display()));
        }
    }

    /// Panics if any report was not as expected.
    pub(crate) fn assert_none(&self) {
        assert!(
            self.0.is_empty(),
            "set UPDATE_EXPECTED=1 to rewrite:\n{}",
            self.0.join("\n")
        );
    }
}
