//! Servers and regions.

use face_search_enroll_contract::{Operation, yaml::Node};

use super::{
    candidate::Candidate,
    known::{Known, of_operation, value_of},
};
use crate::{
    edit::Place,
    pieces::host_of,
    settle::{
        group::Group,
        region::{NAME, named},
    },
    source::{EARLIER, OURS},
    subject::Subject,
    yaml::quoted,
};

pub(super) fn ways(
    known: Known<'_>,
    group: &Group,
    host: &str,
    went: Option<&Subject>,
) -> Vec<Candidate> {
    match went {
        Some(Subject::Server(old)) => vec![moved(known, old, host)],
        _ if group.is_gone() => gone(known, host),
        _ => vec![new(known, host)],
    }
}

fn new(known: Known<'_>, host: &str) -> Candidate {
    let region = named(known.contract, host);
    let title = quoted(&region.title);
    let server = [
        format!("- url: https://{host}"),
        format!("  description: {title}"),
    ];
    if let Some(place) = servers(known, known.operation) {
        let what = format!("add the server of {}", region.title);
        return Candidate::new(what, vec![place.insert(server.into())]);
    }
    let extension = format!(
        "  x-region: {{ name: {}, code: {}, country: {}, source: {} }}",
        region.variant, region.code, region.country, OURS.0
    );
    let mut lines = server.to_vec();
    lines.push(extension);
    let mut edits: Vec<_> = OURS.named(known.contract).into_iter().collect();
    edits.push(Place::of(["servers"]).insert(lines));
    // A client calls every operation in its region.
    for operation in &known.contract.operations {
        let Some(place) = servers(known, operation) else {
            continue;
        };
        if let Some(there) = item(known, operation, host) {
            // It is a server of a region now.
            edits.push(there.key("description").set(&title));
            continue;
        }
        let mut lines = server.to_vec();
        lines.push(format!("  x-source: {}", OURS.0));
        edits.push(place.insert(lines));
    }
    let what = if region.variant == NAME {
        "add the region, with its names and its country".to_owned()
    } else {
        format!("add the region {}", region.title)
    };
    Candidate::new(what, edits)
}

fn moved(known: Known<'_>, old: &str, host: &str) -> Candidate {
    let url = format!("https://{host}");
    let places = items(known, old, |_| true);
    let edits = places.into_iter().map(|it| it.key("url").set(&url));
    let what = format!("replace {old} with the new host");
    Candidate::new(what, edits.collect())
}

fn gone(known: Known<'_>, host: &str) -> Vec<Candidate> {
    // Other operations have it only because of the region.
    let places = items(known, host, |server| server.get("x-source").is_some());
    let edits = places.into_iter().map(Place::remove).collect();
    let mut candidates = vec![Candidate::new("remove the server", edits)];
    if let Some(place) = item(known, known.operation, host) {
        let mut edits: Vec<_> = EARLIER.named(known.contract).into_iter().collect();
        edits.push(place.insert(vec![format!("x-source: {}", EARLIER.0)]));
        let what = "keep it, and name its source";
        candidates.push(Candidate::new(what, edits));
    }
    candidates
}

/// The operation's own list of servers, if there is one.
fn servers(known: Known<'_>, operation: &Operation) -> Option<Place> {
    list(known, operation).map(|_| of_operation(operation).key("servers"))
}

fn list<'k>(known: Known<'k>, operation: &Operation) -> Option<&'k Node> {
    value_of(known.contract, operation, "servers")
}

/// A server in the operation's own list.
fn item(known: Known<'_>, operation: &Operation, host: &str) -> Option<Place> {
    let node = at(list(known, operation)?, host)?;
    Some(servers(known, operation)?.item(node.to_json()))
}

fn at<'n>(list: &'n Node, host: &str) -> Option<&'n Node> {
    let is_there = |server: &&Node| {
        let url = server.get("url").and_then(Node::as_str);
        url.is_some_and(|url| host_of(url) == host)
    };
    list.items().iter().find(is_there)
}

/// Where the server stands: in the operation's own list, if it has one. Otherwise among the regions, and in
/// the lists of other operations, where `counts` selects.
fn items(known: Known<'_>, host: &str, counts: fn(&Node) -> bool) -> Vec<Place> {
    if list(known, known.operation).is_some() {
        return item(known, known.operation, host).into_iter().collect();
    }
    let regions = known.contract.tree.get("servers");
    let region = regions.and_then(|regions| at(regions, host));
    let region = region.map(|node| Place::of(["servers"]).item(node.to_json()));
    let others = known.contract.operations.iter().filter_map(|operation| {
        let node = at(list(known, operation)?, host)?;
        counts(node).then(|| item(known, operation, host))?
    });
    region.into_iter().chain(others).collect()
}
