//! The header that carries the access token: the header of an `apiKey` security scheme.

use crate::{
    position::Located,
    reader::Reader,
    yaml::{Key, Node, Value},
};

/// The header of the security scheme of `operation`; `None` if the operation takes no token
/// (`security: []`), and after a reported problem.
pub(super) fn read(
    reader: &mut Reader,
    root: &Node,
    operation: &Node,
    method: &Key,
) -> Option<Located<String>> {
    let own = operation.get("security");
    if own.is_some_and(|own| matches!(&own.value, Value::List(items) if items.is_empty())) {
        return None;
    }
    let security = own.or_else(|| root.get("security"));
    let wanted: Vec<&Key> = security
        .map_or(&[][..], Node::items)
        .iter()
        .flat_map(Node::entries)
        .map(|(name, _)| name)
        .collect();
    let [name] = wanted.as_slice() else {
        reader.problem(
            method.at,
            format!("the operation asks for {} security schemes", wanted.len()),
            "write security: with the one apiKey scheme that carries the access token, or with [] if it takes none",
        );
        return None;
    };
    let Key { text: name, at } = name;
    let header = root
        .at_path(&["components", "securitySchemes", name])
        .filter(|scheme| scheme.has_text("type", "apiKey") && scheme.has_text("in", "header"))
        .and_then(|scheme| scheme.get("name"))
        .filter(|header| is_header_name(header));
    let header = reader.require(
        header,
        *at,
        format!("security scheme {name} is not an apiKey in a header"),
        format!("write components.securitySchemes.{name}: {{ type: apiKey, in: header, name: … }}"),
    )?;
    reader.text(header, "header name")
}

fn is_header_name(node: &Node) -> bool {
    node.as_str()
        .is_some_and(|name| name.parse::<http::HeaderName>().is_ok())
}
