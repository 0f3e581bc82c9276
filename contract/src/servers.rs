//! Where an operation is served: at the servers of the regions, or at those of its own.

use crate::{position::Located, reader::Reader, regions::Region, sources::Sources, yaml::Node};

/// A server of an operation.
#[derive(Debug, Clone)]
pub struct Server {
    /// The address without a path: `https://HOST`.
    pub url: Located<String>,
    /// Where it comes from, if not from the page of the operation.
    pub source: Option<Located<String>>,
}

/// The servers of the operation at `node`. Each region must be among them: a client is made for a
/// region, and calls every operation there.
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
                format!(
                    "an operation without a server for the region {}",
                    region.name
                ),
                format!("write {} under its servers", region.url),
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
