//! The operator's guide, `README.md` of this package: its commands work as pasted, and its tables agree with
//! the command.

use std::{collections::BTreeSet, fs, path::Path};

use face_search_enroll::{Client, Region};

use crate::cli::{VARIABLES, command, records, run};

/// The command whose help lists the exit codes of the guide.
const WITH_EXIT_CODES: &str = "enroll";

fn folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn guide() -> String {
    fs::read_to_string(folder().join("README.md")).unwrap()
}

/// The cells of the table between these marks, without its header.
fn table(name: &str) -> Vec<Vec<String>> {
    let guide = guide();
    let (start, end) = (
        format!("<!-- {name} -->\n"),
        format!("<!-- end of {name} -->"),
    );
    let (_, rest) = guide.split_once(&start).expect("the mark before the table");
    let (table, _) = rest.split_once(&end).expect("the mark after the table");
    rows(table)
}

fn rows(text: &str) -> Vec<Vec<String>> {
    let rows = text.lines().filter_map(|line| line.strip_prefix("| "));
    let cells = |row: &str| -> Vec<String> {
        let row = row.strip_suffix(" |").expect("a row ends with |");
        row.split(" | ").map(str::to_owned).collect()
    };
    rows.skip(1).map(cells).collect()
}

/// The names in backticks in a text.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// The code blocks in a language, in order, each with the text after it.
fn blocks<'g>(guide: &'g str, language: &str) -> Vec<(&'g str, &'g str)> {
    let fence = format!("\n```{language}\n");
    let blocks = guide.split(&*fence).skip(1);
    blocks
        .map(|rest| rest.split_once("\n```").unwrap())
        .collect()
}

/// The help of every command.
fn help() -> Vec<(String, String)> {
    let (_, overview, _) = run(&mut command(&["--help"]));
    let (_, list) = overview.split_once("\nCommands:\n").unwrap();
    let names = list
        .lines()
        .map_while(|line| line.split_whitespace().next());
    let names = names.filter(|name| *name != "help");
    names
        .map(|name| (name.to_owned(), run(&mut command(&[name, "--help"])).1))
        .collect()
}

/// Words that look like the variables of this command.
fn variables_in(text: &str) -> BTreeSet<String> {
    let is_name = |letter: char| letter.is_ascii_uppercase() || letter == '_';
    let words = text.split(|letter| !is_name(letter));
    let words = words.filter(|word| word.starts_with("FACE_SEARCH_ENROLL_"));
    words.map(str::to_owned).collect()
}

fn sources(folder: &Path, text: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, text);
        } else {
            text.push_str(&fs::read_to_string(path).unwrap());
        }
    }
}

#[test]
fn the_table_of_variables_has_all_that_the_command_reads() {
    let rows = table("environment variables");
    let listed: BTreeSet<_> = rows.iter().flat_map(|row| quoted(&row[0])).collect();
    assert_eq!(listed, BTreeSet::from(VARIABLES));

    let mut text = String::new();
    sources(&folder().join("src"), &mut text);
    let known = VARIABLES.map(str::to_owned);
    // The prefix without a name is not a variable.
    let read = variables_in(&text.replace("\"FACE_SEARCH_ENROLL_\"", ""));
    for name in read {
        assert!(known.contains(&name), "{name} is missing in the guide");
    }
    for (command, help) in help() {
        for name in variables_in(&help) {
            assert!(known.contains(&name), "{command} --help names {name}");
        }
    }
}

#[test]
fn the_table_of_exit_codes_is_that_of_the_help() {
    let (_, help, _) = run(&mut command(&[WITH_EXIT_CODES, "--help"]));
    let (_, codes) = help.split_once("\nExit codes:\n").unwrap();
    let codes = codes.lines().take_while(|line| !line.is_empty());
    let codes = codes.map(|line| line.trim().split_once("  ").unwrap());
    let codes: Vec<_> = codes.map(|(code, meaning)| vec![code, meaning]).collect();
    assert_eq!(table("exit codes"), codes);
}

#[test]
fn the_table_of_keys_has_those_of_a_record() {
    let guide = guide();
    let (_, section) = guide.split_once("\n### Records\n").unwrap();
    let (section, _) = section.split_once("\n## ").unwrap();
    let rows = rows(section);
    let listed: BTreeSet<_> = rows.iter().flat_map(|row| quoted(&row[0])).collect();
    let (_, shown, _) = run(&mut command(&["enroll", "--sandbox", "--format=json", "a"]));
    let record = &records(&shown)[0];
    let keys = record.as_object().unwrap().keys().map(String::as_str);
    assert_eq!(listed, keys.collect());
}

#[test]
fn the_help_names_the_defaults_of_the_client() {
    let (_, help, _) = run(&mut command(&["enroll", "--help"]));
    let client = format!("{:?}", Client::builder(Region::ALL[0]));
    for (option, field) in [
        ("max-attempts", "max_attempts"),
        ("timeout", "timeout"),
        ("attempt-timeout", "attempt_timeout"),
        ("connect-timeout", "connect_timeout"),
    ] {
        let (_, text) = help.split_once(&format!("      --{option} <")).unwrap();
        let (_, default) = text.split_once("[default:").unwrap();
        let (default, _) = default.split_once(']').unwrap();
        let expected = format!(" {field}: {},", default.trim());
        assert!(client.contains(&expected), "{option}: {client}");
    }
}

/// Replays the transcripts of the guide.
#[test]
fn transcripts() {
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        return;
    }
    trycmd::TestCases::new().case("README.md");
}

/// A wrapper around the command. It makes `sandbox` print its help, because a server would run forever, and
/// it records command lines that the command refused as wrong.
#[cfg(unix)]
const STAND_IN: &str = r#"#!/bin/sh
[ "$1" != sandbox ] || set -- "$@" --help
"$REAL_COMMAND" "$@"
code=$?
[ $code != 2 ] || echo "$*" >> "$REFUSED"
exit $code
"#;

/// A folder in which the code blocks of the guide run.
#[cfg(unix)]
struct Stage {
    folder: tempfile::TempDir,
}

#[cfg(unix)]
impl Stage {
    fn new() -> Self {
        use std::os::unix::fs::PermissionsExt;

        let stage = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        fs::create_dir(stage.path("bin")).unwrap();
        fs::write(stage.path("ids.csv"), "signature_id\n730baa5ab2e34e53\n").unwrap();
        let stand_in = stage.path("bin/face-search-enroll");
        fs::write(&stand_in, STAND_IN).unwrap();
        fs::set_permissions(&stand_in, fs::Permissions::from_mode(0o755)).unwrap();
        stage
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    /// Runs a code block on a sandbox instead of a region, and returns its output.
    fn run(&self, block: &str) -> String {
        let mut shell = std::process::Command::new("sh");
        let path = format!(
            "{}:{}",
            self.path("bin").display(),
            std::env::var("PATH").unwrap()
        );
        let script = block.replace("--region sg", "--sandbox");
        assert!(!script.contains("REGION") && !script.contains("--region"));
        let script = format!("{{ {script}\n}} 2>&1");
        fs::write(self.path("keys"), "access-key\nsecret-key\n").unwrap();
        let (real, refused) = (
            env!("CARGO_BIN_EXE_face-search-enroll"),
            self.path("refused"),
        );
        shell
            .args(["-c", &script])
            .current_dir(self.folder.path())
            .stdin(fs::File::open(self.path("keys")).unwrap())
            .env("HOME", self.folder.path())
            .env("PATH", path)
            .env("REAL_COMMAND", real)
            .env("REFUSED", &refused);
        for name in VARIABLES {
            shell.env_remove(name);
        }
        if block.contains("#SBATCH") {
            shell.env("SLURM_ARRAY_TASK_ID", "3");
        }
        let (_, shown, _) = run(&mut shell);
        let refused = fs::read_to_string(refused).unwrap_or_default();
        assert_eq!(refused, "", "{shown}");
        assert!(!shown.contains("not found"), "{block}\n{shown}");
        shown
    }
}

/// The words of a text, without those that differ from run to run.
#[cfg(unix)]
fn stable(text: &str) -> Vec<&str> {
    let has_digit = |word: &&str| word.contains(|letter: char| letter.is_ascii_digit());
    let words = text.split_whitespace().filter(|word| !has_digit(word));
    words
        .filter(|word| !["less", "than"].contains(word))
        .collect()
}

/// The blocks run in the order of the guide and in one folder, because some use the files of earlier ones.
#[cfg(unix)]
#[test]
fn the_commands_work_as_pasted() {
    let guide = guide();
    let stage = Stage::new();
    let blocks = blocks(&guide, "sh");
    assert!(blocks.len() > 10, "the fences have changed");
    let mut outputs = 0;
    for (block, after) in blocks {
        let shown = stage.run(block);
        // The next block may show the output of this one.
        let next = after.split("\n```").nth(1).unwrap_or_default();
        if let Some(expected) = next.strip_prefix("text\n") {
            assert_eq!(stable(&shown), stable(expected), "{shown}");
            outputs += 1;
        }
    }
    assert_eq!(outputs, self::blocks(&guide, "text").len());
}

/// These blocks need other programs, so only their options are checked: with `--help` the command parses
/// them and does nothing.
#[test]
fn the_commands_beside_other_programs_have_known_options() {
    let guide = guide();
    let mut count = 0;
    for (block, _) in blocks(&guide, "shell") {
        let block = block.replace("\\\n", " ");
        let Some((_, arguments)) = block.split_once("face-search-enroll enroll ") else {
            continue;
        };
        let words = shlex::split(arguments.trim_end_matches('\'')).unwrap();
        let mut words: Vec<_> = words.iter().map(String::as_str).collect();
        words.insert(0, "enroll");
        words.push("--help");
        let (code, _, errors) = run(&mut command(&words));
        assert_eq!(code, 0, "{errors}");
        count += 1;
    }
    assert!(count > 0, "the fences have changed");
}
