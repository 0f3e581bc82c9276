//! The steps of CONTRIBUTING.md for a changed page, followed on a copy of this repository, end with a green run
//! of all tests.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use face_search_enroll_contract::Contract;
use face_search_enroll_test_support::dependencies::reuse_dependencies;
use face_search_enroll_vendor_page::{self as page, VendorPage};

use super::{
    facts::WithoutLines as _,
    render::{Rendering, render},
    settle,
};

/// It appears twice: before and after a person pastes lines.
const FIX: &str = "cargo xtask check --fix";
const TEST: &str = "cargo test --workspace";

#[test]
#[ignore = "builds the whole repository again; run it with --ignored"]
fn it_ends_with_a_green_run() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join("procedure");
    _ = fs::remove_dir_all(&copy);
    copy_folder(&root, &copy);
    reuse_dependencies(
        Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap(),
        &target_of(&copy),
    );
    let openapi = copy.join("openapi");
    let text = fs::read_to_string(openapi.join("face-search-enroll.yaml")).unwrap();
    let contract = Contract::parse("contract", &text).unwrap();
    let known = format!("vendor-pages/{}.yaml", contract.operations[0].id);
    let known = page::from_yaml(&fs::read_to_string(openapi.join(known)).unwrap()).unwrap();
    let printed = render(&changed(known), Rendering::Html);
    fs::write(copy.join("page.html"), printed).unwrap();

    let mut is_pasted = false;
    for command in commands(&fs::read_to_string(root.join("CONTRIBUTING.md")).unwrap()) {
        let output = run(&copy, &command);
        let [told, errors] = [&output.stdout, &output.stderr].map(|it| String::from_utf8_lossy(it));
        // What `check` finds is settled by the steps after it.
        let finds = command.starts_with("cargo xtask check") && !is_pasted;
        assert_eq!(
            output.status.code(),
            Some(i32::from(finds)),
            "{command}\n{told}\n{errors}"
        );
        if command == FIX && !is_pasted {
            let left = run(&copy, "cargo xtask check --format json").stdout;
            let left = settle::open(serde_json::from_slice(&left).unwrap());
            settle::paste_first_ways(&openapi, Path::new("openapi"), &left);
            is_pasted = true;
        }
    }
}

/// The commands of the guide, from `import` to the tests. Without git, because the copy has no history.
fn commands(guide: &str) -> Vec<String> {
    let (_, section) = guide
        .split_once("## When the vendor's page changes\n")
        .unwrap();
    let (section, _) = section.split_once("**7.**").unwrap();
    let blocks = section.split("```").skip(1).step_by(2);
    let lines = blocks.flat_map(str::lines);
    let lines = lines.map(|line| line.trim_start_matches("$ "));
    let commands = lines.filter(|line| line.starts_with("cargo "));
    let commands: Vec<_> = commands.map(str::to_owned).collect();
    let fixes = commands.iter().filter(|command| *command == FIX);
    assert_eq!(fixes.count(), 2, "{commands:?}");
    assert_eq!(commands.last().unwrap(), TEST);
    commands
}

/// The page with a new region, a new code, a reworded message, an example removed, and the token's header
/// renamed.
fn changed(page: VendorPage) -> VendorPage {
    let mut page = page.without_lines();
    let mut address = page.addresses[0].clone();
    let path = address.url.splitn(4, '/').last().unwrap();
    let hosts = ["jp", "kr", "br"].map(|country| format!("https://{country}-api.advance.ai"));
    let is_new = |host: &&String| !page.addresses.iter().any(|it| it.url.starts_with(*host));
    let host = hosts.iter().find(is_new).unwrap();
    address.url = format!("{host}/{path}");
    page.addresses.push(address);

    let mut code = page.response_codes[0].clone();
    "FACE_TOO_SMALL".clone_into(&mut code.code);
    "The face is too small.".clone_into(&mut code.message);
    page.response_codes.push(code);

    let row = page.response_codes.len() / 2;
    let row = &mut page.response_codes[row];
    let reworded = format!("{} Again.", row.message);
    let old = std::mem::replace(&mut row.message, reworded);
    for example in &mut page.response_examples {
        let body = example.body.json.as_mut().unwrap();
        if body["message"] == *old {
            body["message"] = row.message.as_str().into();
        }
    }
    page.response_examples.pop().unwrap();

    let header = &mut page.header_parameters[0].name;
    let renamed = format!("{header}-2");
    let old = std::mem::replace(header, renamed);
    let sent = page.request_example.as_mut().unwrap();
    for sent in sent.headers.iter_mut().filter(|it| it.name == old) {
        sent.name.clone_from(header);
    }
    page
}

fn run(copy: &Path, command: &str) -> Output {
    let mut arguments = command.split_whitespace().skip(1).collect::<Vec<_>>();
    if command == FIX {
        // The guide offers two ways to settle changes that break callers.
        arguments.extend(["--edition", "minor"]);
    }
    if command == TEST {
        // Report all failures. The skipped tests build copies themselves, which takes long, and read no page.
        arguments.extend(["--no-fail-fast", "--"]);
        arguments.extend(["--skip", "changed_contract", "--skip", "neighbours"]);
    }
    Command::new(env!("CARGO"))
        .current_dir(copy)
        .args(arguments)
        .env("CARGO_TARGET_DIR", target_of(copy))
        .env_remove("RUSTFLAGS")
        .output()
        .unwrap()
}

/// The copy needs its own target folder. In a shared one, cargo would mistake artifacts of the copy for those of
/// this repository.
fn target_of(copy: &Path) -> PathBuf {
    copy.with_extension("target")
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
