//! Data flows one way: the modules of a package never use each other in a circle.
//!
//! A module is a file. It uses another module by a path that starts with `crate`, `super`, `self`, or the
//! name of a module that it declares. A path to a re-export counts as a use of the module that has the
//! item; items of another package are not counted. Generated code is not read: its types and their
//! hand-written implementations belong together.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use proc_macro2::{Spacing, TokenStream, TokenTree};

/// The names from the root of the package: `["error", "stage"]`.
type Name = Vec<String>;

#[derive(Debug, Default)]
struct Module {
    file: PathBuf,
    /// Paths from the root, and the lines that they stand on.
    uses: Vec<(Name, usize)>,
    /// What it exports again: the name, and the path that it has.
    exports: BTreeMap<String, Name>,
}

type Modules = BTreeMap<Name, Module>;

/// Begins a name that another package has.
const FOREIGN: &str = "::";

#[test]
fn no_package_has_a_circle_of_modules() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut circles = Vec::new();
    let mut packages = 0;
    for folder in folders(repository) {
        let roots = ["build.rs", "src/lib.rs", "src/main.rs"].map(|root| folder.join(root));
        for root in roots.iter().filter(|root| root.is_file()) {
            circles.extend(circle(&read_package(root)));
            packages += 1;
        }
    }
    assert!(packages > 10, "the packages have moved");
    assert!(circles.is_empty(), "\n{}", circles.join("\n"));
}

/// The folders of the packages: those that the workspace names, and its own.
fn folders(repository: &Path) -> Vec<PathBuf> {
    let manifest = fs::read_to_string(repository.join("Cargo.toml")).unwrap();
    let members = manifest.split("\nmembers = [").nth(1).unwrap();
    let members = members.split(']').next().unwrap().split(',');
    let members = members.map(|member| repository.join(member.trim().trim_matches('"')));
    members.chain([repository.to_owned()]).collect()
}

#[test]
fn a_circle_is_told_by_the_lines_that_close_it() {
    let folder = tempfile::tempdir().unwrap();
    let write = |file: &str, text: &str| fs::write(folder.path().join(file), text).unwrap();
    let told = || circle(&read_package(&folder.path().join("lib.rs")));
    write("lib.rs", "mod one;\nmod two;\npub use two::Two;\n");
    write("one.rs", "pub struct One;\nfn f(_: crate::Two) {}\n");
    write("two.rs", "pub struct Two;\n");
    assert_eq!(told(), None);

    write(
        "lib.rs",
        "mod one;\nmod two;\npub use another::{Elsewhere, Two};\n",
    );
    assert_eq!(told(), None);

    write("lib.rs", "mod one;\nmod two;\npub use two::Two;\n");
    write(
        "two.rs",
        "pub struct Two;\n\nuse super::{\n    one::One,\n};\n",
    );
    let circle = told().unwrap();
    for line in ["one.rs:2 uses two", "two.rs:4 uses one"] {
        assert!(circle.contains(line), "{circle}");
    }
}

/// The modules of a package whose root is `file`.
fn read_package(file: &Path) -> Modules {
    let mut modules = Modules::new();
    let folder = file.parent().unwrap();
    read_module(file, folder, &[], &mut modules);
    modules
}

fn read_module(file: &Path, folder: &Path, name: &[String], modules: &mut Modules) {
    let text = fs::read_to_string(file).unwrap();
    let tokens: TokenStream = text.parse().unwrap();
    let mut module = Module {
        file: file.to_owned(),
        ..Module::default()
    };
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut children = Vec::new();
    declared(&tokens, folder, &mut children);
    let names: Vec<&str> = children.iter().map(|(child, _)| child.as_str()).collect();
    read_tokens(&tokens, name, &names, &mut module);
    modules.insert(name.to_vec(), module);
    for (child, folder) in &children {
        let inner = folder.join(child);
        let file = [folder.join(format!("{child}.rs")), inner.join("mod.rs")];
        let file = file.iter().find(|file| file.is_file());
        let name = [name, std::slice::from_ref(child)].concat();
        read_module(file.expect(child), &inner, &name, modules);
    }
}

/// The modules that are declared here, and the folders that they are in.
fn declared(tokens: &[TokenTree], folder: &Path, children: &mut Vec<(String, PathBuf)>) {
    for window in tokens.windows(3) {
        let [TokenTree::Ident(keyword), TokenTree::Ident(name), end] = window else {
            continue;
        };
        if keyword != "mod" {
            continue;
        }
        match end {
            TokenTree::Punct(end) if end.as_char() == ';' => {
                children.push((name.to_string(), folder.to_owned()));
            }
            // Modules in a module that is written here are taken for modules of the file.
            TokenTree::Group(group) => {
                let tokens: Vec<_> = group.stream().into_iter().collect();
                declared(&tokens, &folder.join(name.to_string()), children);
            }
            _ => {}
        }
    }
}

/// Finds paths, in the code and in groups of it.
fn read_tokens(tokens: &[TokenTree], name: &[String], children: &[&str], module: &mut Module) {
    let mut index = 0;
    while let Some(token) = tokens.get(index) {
        match token {
            // Code that is written, not code that runs.
            TokenTree::Group(_) if follows_quote(tokens, index) => index += 1,
            TokenTree::Group(group) => {
                let inner: Vec<_> = group.stream().into_iter().collect();
                // `super` in a module that is written here is the module of the file.
                let name = match index
                    .checked_sub(2)
                    .and_then(|from| tokens.get(from..index))
                {
                    Some([TokenTree::Ident(keyword), TokenTree::Ident(inline)])
                        if keyword == "mod" =>
                    {
                        [name, &[inline.to_string()]].concat()
                    }
                    _ => name.to_vec(),
                };
                read_tokens(&inner, &name, children, module);
                index += 1;
            }
            TokenTree::Ident(first) => {
                let before = index
                    .checked_sub(2)
                    .and_then(|from| tokens.get(from..index));
                let in_a_path = before.is_some_and(is_double_colon);
                let start = match first.to_string().as_str() {
                    _ if in_a_path => None,
                    "crate" => Some(Name::new()),
                    "self" => Some(name.to_vec()),
                    "super" => name.split_last().map(|(_, parent)| parent.to_vec()),
                    child if children.contains(&child) => {
                        Some([name, &[child.to_owned()]].concat())
                    }
                    package if is_exported(tokens, index) => {
                        Some(vec![format!("{FOREIGN}{package}")])
                    }
                    _ => None,
                };
                index += 1;
                if let Some(start) = start {
                    let exported = is_exported(tokens, index - 1);
                    index = read_path(tokens, index, start, exported, module);
                }
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => index += 1,
        }
    }
}

/// Whether the group at `index` is what `quote!` or `parse_quote!` takes.
fn follows_quote(tokens: &[TokenTree], index: usize) -> bool {
    let before = index
        .checked_sub(2)
        .and_then(|from| tokens.get(from..index));
    matches!(before, Some([TokenTree::Ident(quote), TokenTree::Punct(mark)])
        if mark.as_char() == '!' && (quote == "quote" || quote == "parse_quote"))
}

/// Whether the path at `index` is that of a `pub use`.
fn is_exported(tokens: &[TokenTree], index: usize) -> bool {
    let is = |token: Option<&TokenTree>, word: &str| {
        token.is_some_and(|token| matches!(token, TokenTree::Ident(ident) if ident == word))
    };
    let before = |count: usize| index.checked_sub(count).and_then(|at| tokens.get(at));
    // `pub use`, or `pub(crate) use`.
    is(before(1), "use") && (is(before(2), "pub") || is(before(3), "pub"))
}

/// Reads what follows the beginning of a path, and returns where it ends.
fn read_path(
    tokens: &[TokenTree],
    mut index: usize,
    mut path: Name,
    exported: bool,
    module: &mut Module,
) -> usize {
    let line = |token: &TokenTree| token.span().start().line;
    let mut at = tokens.get(index - 1).map_or(0, line);
    let mut is_path = false;
    while let [colons @ .., next] = tokens.get(index..index + 3).unwrap_or_default() {
        if !is_double_colon(colons) {
            break;
        }
        is_path = true;
        match next {
            TokenTree::Ident(segment) => {
                match segment.to_string().as_str() {
                    "super" => drop(path.pop()),
                    "self" => {}
                    segment => path.push(segment.to_owned()),
                }
                at = line(next);
                index += 3;
            }
            TokenTree::Group(group) => {
                let inner: Vec<_> = group.stream().into_iter().collect();
                for item in inner.split(is_comma) {
                    if let [TokenTree::Ident(first), ..] = item {
                        let word = first.to_string();
                        let start = match word.as_str() {
                            "self" => path.clone(),
                            _ => [&path[..], &[word]].concat(),
                        };
                        read_path_in_group(item, start, exported, module);
                    }
                }
                return index + 3;
            }
            _ => break,
        }
    }
    if is_path || exported {
        add(path, at, exported, module);
    }
    index
}

/// An item of `use path::{…}`, whose first name is in `path` already.
fn read_path_in_group(item: &[TokenTree], path: Name, exported: bool, module: &mut Module) {
    let has_more = item.len() > 1;
    if has_more {
        read_path(item, 1, path, exported, module);
    } else {
        let at = item.first().map_or(0, |token| token.span().start().line);
        add(path, at, exported, module);
    }
}

fn is_double_colon(tokens: &[TokenTree]) -> bool {
    matches!(tokens, [TokenTree::Punct(one), TokenTree::Punct(two)]
        if (one.as_char(), two.as_char(), one.spacing()) == (':', ':', Spacing::Joint))
}

fn is_comma(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(comma) if comma.as_char() == ',')
}

fn add(path: Name, line: usize, exported: bool, module: &mut Module) {
    if exported && let Some(name) = path.last() {
        module.exports.insert(name.clone(), path.clone());
    }
    module.uses.push((path, line));
}

/// The module that has what `path` names.
fn resolve(modules: &Modules, path: &[String]) -> Option<Name> {
    let mut path = path.to_vec();
    // An export may name another export.
    for _ in 0..8 {
        if path.first().is_some_and(|name| name.starts_with(FOREIGN)) {
            return None;
        }
        let length = (0..=path.len())
            .rev()
            .find(|length| modules.contains_key(&path[..*length]))?;
        let module = modules.get(&path[..length])?;
        match path
            .get(length)
            .and_then(|name| module.exports.get(name))
            .filter(|target| **target != path)
        {
            Some(target) => path = [target, &path[length + 1..]].concat(),
            None => return Some(path[..length].to_vec()),
        }
    }
    None
}

/// The lines of a circle, if there is one.
fn circle(modules: &Modules) -> Option<String> {
    let mut edges: BTreeMap<&Name, BTreeMap<Name, usize>> = BTreeMap::new();
    for (name, module) in modules {
        for (path, line) in &module.uses {
            if let Some(target) = resolve(modules, path)
                && target != *name
            {
                let edges = edges.entry(name).or_default();
                edges.entry(target).or_insert(*line);
            }
        }
    }
    let mut done = Vec::new();
    for name in modules.keys() {
        let mut trail = vec![name.clone()];
        if let Some(circle) = visit(&edges, &mut trail, &mut done) {
            let mut lines = vec!["a circle of modules:".to_owned()];
            for pair in circle.windows(2) {
                let [from, to] = pair else { continue };
                let line = edges[from][to];
                let file = modules[from].file.display();
                let to = match to.as_slice() {
                    [] => "the root of the package".to_owned(),
                    names => names.join("::"),
                };
                lines.push(format!("  {file}:{line} uses {to}"));
            }
            return Some(lines.join("\n"));
        }
    }
    None
}

fn visit(
    edges: &BTreeMap<&Name, BTreeMap<Name, usize>>,
    trail: &mut Vec<Name>,
    done: &mut Vec<Name>,
) -> Option<Vec<Name>> {
    let name = trail.last()?.clone();
    if done.contains(&name) {
        return None;
    }
    for target in edges.get(&name).into_iter().flat_map(BTreeMap::keys) {
        if let Some(start) = trail.iter().position(|earlier| earlier == target) {
            return Some([&trail[start..], std::slice::from_ref(target)].concat());
        }
        trail.push(target.clone());
        if let Some(circle) = visit(edges, trail, done) {
            return Some(circle);
        }
        trail.pop();
    }
    done.push(name);
    None
}
