//! The README's procedure for a page that changed, followed to the letter on a copy of this repository, ends
//! with a green run of all tests.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use face_search_enroll_contract::Contract;
use face_search_enroll_vendor_page::{self as page, VendorPage};

use super::{
    facts::WithoutLines as _,
    render::{Rendering, render},
};

const CONTRACT: &str = "openapi/face-search-enroll.yaml";

/// A region that nobody serves.
const HOST: &str = "https://aq-api.advance.ai";

#[test]
#[ignore = "builds the whole repository again; run it with --ignored"]
fn it_ends_with_a_green_run() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join("procedure");
    _ = fs::remove_dir_all(&copy);
    copy_folder(&root, &copy);
    let text = fs::read_to_string(copy.join(CONTRACT)).unwrap();
    let contract = Contract::parse(CONTRACT, &text).unwrap();
    let known = copy.join(format!(
        "openapi/vendor-pages/{}.yaml",
        contract.operations[0].id
    ));
    let known = page::from_yaml(&fs::read_to_string(known).unwrap()).unwrap();
    let printed = render(&changed(known.clone()), Rendering::Glued);
    fs::write(copy.join("page.txt"), &printed).unwrap();
    let changed = page::read(printed.as_bytes()).unwrap();

    let commands = commands(&fs::read_to_string(root.join("README.md")).unwrap());
    assert!(commands.contains(&FIX.to_owned()), "{commands:?}");
    for command in commands {
        let output = run(&copy, &command);
        let (told, errors) = (text_of(&output.stdout), text_of(&output.stderr));
        // What is found is settled by the command after it, but for the note: whether a description tells
        // what it says, only a person can see.
        let expected = i32::from(command.starts_with("cargo xtask check"));
        assert_eq!(
            output.status.code(),
            Some(expected),
            "{command}\n{told}\n{errors}"
        );
        if command == FIX {
            let text = fs::read_to_string(copy.join(CONTRACT)).unwrap();
            let text = text.replacen(&known.notes[0].digest, &changed.notes[0].digest, 1);
            fs::write(copy.join(CONTRACT), text).unwrap();
            let told = text_of(&run(&copy, "cargo xtask check").stdout);
            assert!(told.contains(" 0 disagree"), "{told}");
        }
    }
}

/// What the README says to run from the page on to the tests, but for git: the copy has no history.
fn commands(readme: &str) -> Vec<String> {
    let (_, section) = readme
        .split_once("## When the vendor's page changes\n")
        .unwrap();
    let (section, _) = section.split_once("**6.**").unwrap();
    let blocks = section.split("```").skip(1).step_by(2);
    let lines = blocks
        .flat_map(str::lines)
        .map(|line| line.trim_start_matches("$ "));
    let commands = lines.filter(|line| line.starts_with("cargo "));
    let commands: Vec<_> = commands.map(str::to_owned).collect();
    assert_eq!(commands.last().unwrap(), "cargo test --workspace");
    commands
}

/// The page with a new region, and a message in other words.
fn changed(page: VendorPage) -> VendorPage {
    let mut page = page.without_lines();
    let mut address = page.addresses[0].clone();
    let path = address.url.splitn(4, '/').last().unwrap();
    address.url = format!("{HOST}/{path}");
    page.addresses.push(address);
    let last = page.response_codes.last_mut().unwrap();
    let message = std::mem::replace(&mut last.message, NEW_MESSAGE.to_owned());
    page.response_examples.retain(|example| {
        let body = example.body.json.as_ref().unwrap();
        body["message"] != message
    });
    page
}

const NEW_MESSAGE: &str = "Said in other words";

/// Of the two ways to settle a message in other words it is to take the one that breaks nobody.
const FIX: &str = "cargo xtask check --fix";

fn run(copy: &Path, command: &str) -> Output {
    let mut arguments = command.split_whitespace().skip(1).collect::<Vec<_>>();
    if command == FIX {
        arguments.extend(["--edition", "minor"]);
    }
    if command == "cargo test --workspace" {
        // Those tests build copies themselves, and nothing in them reads a page.
        arguments.extend(["--", "--skip", "changed_contract"]);
    }
    Command::new(env!("CARGO"))
        .current_dir(copy)
        .args(arguments)
        .env(
            "CARGO_TARGET_DIR",
            Path::new(env!("CARGO_TARGET_TMPDIR")).join("procedure.target"),
        )
        .env_remove("RUSTFLAGS")
        .output()
        .unwrap()
}

fn text_of(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path: PathBuf = entry.unwrap().path();
        let name = path.file_name().unwrap();
        let to = to.join(name);
        if path.is_file() {
            fs::copy(&path, to).unwrap();
        } else if name != "target" && name != ".git" && name != "node_modules" {
            copy_folder(&path, &to);
        }
    }
}
