//! The servers of an operation: those of the regions, or its own.

use crate::{position::Located, reader::Reader, regions::Region, sources::Sources, yaml::Node};

/// A server of an operation.
#[derive(Debug, Clone)]
pub struct Server {
    /// The base URL without a path: `https://HOST`.
    pub url: Located<String>,
    /// The source of the server, if it is not on the operation's page.
    pub source: Option<Located<String>>,
}

/// The servers of the operation at `node`. Each region must be among them, because a client calls
/// every operation in its region.
pub(crate) fn read(
    reader: &mut Reader,
    node: &Node,
    regions: &[Region],
    sources: &Sources,
) -> Vec<Server> {
    let own = node.items_at(&["servers"]);
    if own.is_empty() {
        let of_region = |region: &Region| Server {
            url: region.url.clone(),
            source: None,
        };
        return regions.iter().map(of_region).collect();
    }
    let servers: Vec<Server> = own
        .iter()
        .filter_map(|server| read_server(reader, server, sources))
        .collect();
    for region in regions {
        if !servers.iter().any(|server| *server.url == *region.url) {
            reader.problem(
                node.at,
                format!("the operation has no server for the region {}", region.name),
                format!("add {} to its servers", region.url),
            );
        }
    }
    servers
}

fn read_server(reader: &mut Reader, server: &Node, sources: &Sources) -> Option<Server> {
    let url = server.get("url").and_then(|url| reader.text(url, "url"))?;
    crate::regions::read_host(reader, &url);
    let source = server.get("x-source");
    let source = source.and_then(|source| reader.text(source, "x-source"));
    if let Some(source) = &source {
        sources.check(reader, source);
    }
    Some(Server { url, source })
}
