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
    let changed = changed(known.clone());
    let printed = render(&changed, Rendering::Glued);
    fs::write(copy.join("page.txt"), &printed).unwrap();
    let changed = page::read(printed.as_bytes()).unwrap();

    let mut edited = false;
    for command in commands(&fs::read_to_string(root.join("README.md")).unwrap()) {
        let is_first_check = command == "cargo xtask check" && !edited;
        let output = run(&copy, &command);
        let (told, errors) = (text_of(&output.stdout), text_of(&output.stderr));
        let expected = i32::from(is_first_check);
        assert_eq!(
            output.status.code(),
            Some(expected),
            "{command}\n{told}\n{errors}"
        );
        if is_first_check {
            let text = edit(&text, &contract, &known, &changed);
            fs::write(copy.join(CONTRACT), &text).unwrap();
            let told = text_of(&run(&copy, &command).stdout);
            let (_, version) = told
                .split_once("write version: ")
                .unwrap_or_else(|| panic!("{told}"));
            let version = version.split(',').next().unwrap();
            let old = format!("  version: {}\n", *contract.version);
            let text = text.replacen(&old, &format!("  version: {version}\n"), 1);
            fs::write(copy.join(CONTRACT), text).unwrap();
            edited = true;
        }
    }
    assert!(edited, "the README does not say to check");
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

/// The page with a new region, another header, a new code, a message in other words, an example less, and
/// notes in other words.
fn changed(page: VendorPage) -> VendorPage {
    let mut page = page.without_lines();
    let mut address = page.addresses[0].clone();
    let path = address.url.splitn(4, '/').last().unwrap();
    address.url = format!("{HOST}/{path}");
    page.addresses.push(address);
    let old = page.header_parameters[0].name.clone();
    let header = |name: &mut String| {
        if *name == old {
            *name = NEW_HEADER.into();
        }
    };
    header(&mut page.header_parameters[0].name);
    let example = page.request_example.as_mut().unwrap();
    example
        .headers
        .iter_mut()
        .for_each(|it| header(&mut it.name));
    let last = page.response_codes.last_mut().unwrap();
    let message = std::mem::replace(&mut last.message, NEW_MESSAGE.to_owned());
    let mut code = last.clone();
    code.code = NEW_CODE.into();
    code.message = "It is new.".into();
    page.response_codes.push(code);
    page.response_examples.retain(|example| {
        let body = example.body.json.as_ref().unwrap();
        body["message"] != message
    });
    page
}

const NEW_HEADER: &str = "X-NEW-TOKEN";
const NEW_CODE: &str = "NEW_CODE";
const NEW_MESSAGE: &str = "Said in other words";

/// The contract as the page is now: what a person writes.
fn edit(text: &str, contract: &Contract, known: &VendorPage, changed: &VendorPage) -> String {
    let operation = &contract.operations[0];
    let header = operation.token_header.as_ref().unwrap();
    let last = known.response_codes.last().unwrap();
    let effect = &*operation.effect.as_ref().unwrap().name;
    let example = operation
        .examples
        .iter()
        .find(|it| *it.message == last.message)
        .unwrap();
    let name = format!("                {}:\n", *example.name);
    let outcomes = format!("      operationId: {}\n", *operation.id);
    let (before, after) = text.split_once(&outcomes).unwrap();
    let outcome = format!(
        "      x-outcomes:\n        New:\n          summary: It is new.\n          action: Nothing.\n          {effect}: 'no'\n          retry: never\n          charge: free\n          codes: [{NEW_CODE}]\n          messages:\n            - {{ code: {NEW_CODE}, message: It is new. }}\n"
    );
    let after = after.replacen("      x-outcomes:\n", &outcome, 1);
    let mut text = format!("{before}{outcomes}{after}");
    let server = format!("  - url: {HOST}\n    description: Antarctica\n");
    let region = "    x-region: { name: Antarctica, code: aq, country: AQ, source: ours }\n";
    let own = server
        .replace("\n    ", "\n          ")
        .replace("  - url", "        - url");
    let own_servers = "          description: ";
    let (_, servers) = text.split_once("\n      servers:\n").unwrap();
    let (servers, _) = servers.split_once("      requestBody:\n").unwrap();
    assert!(servers.contains(own_servers));
    let servers = servers.to_owned();
    let edits = [
        ("\ntags:\n".to_owned(), format!("{server}{region}\ntags:\n")),
        (
            servers.clone(),
            format!("{servers}{own}          x-source: ours\n"),
        ),
        (
            format!("      name: {}\n", **header),
            format!("      name: {NEW_HEADER}\n"),
        ),
        (
            format!("        - {}\n", last.code),
            format!("        - {}\n        - {NEW_CODE}\n", last.code),
        ),
        (
            name.clone(),
            format!("{name}                  x-source: ours\n"),
        ),
        (
            format!("message: {}\n", last.message),
            format!("message: {NEW_MESSAGE}\n"),
        ),
        (
            known.notes[0].digest.clone(),
            changed.notes[0].digest.clone(),
        ),
    ];
    for (old, new) in edits {
        assert!(text.contains(&old), "{old}");
        text = text.replacen(&old, &new, 1);
    }
    text
}

fn run(copy: &Path, command: &str) -> Output {
    let mut arguments = command.split_whitespace().skip(1).collect::<Vec<_>>();
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
