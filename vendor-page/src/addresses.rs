//! The addresses of the endpoint, each with the method and the media type next to it. They are also
//! found if a line break was lost: `POST (application/json)https://…`.

use crate::facts::Address;
use crate::limits::MAX_FACTS;
use crate::outline::PagePart;

const METHODS: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/// The maximum length of an address. Longer text is not an address.
const MAX_URL: usize = 2_000;

enum AddressToken<'a> {
    Url(&'a str, u32),
    Method(&'a str),
    MediaType(&'a str),
}

pub(crate) fn read(part: &PagePart<'_>) -> Vec<Address> {
    let mut items = vec![];
    for line in &part.lines {
        let mut rest = line.text;
        while let Some((item, after)) = next_item(rest, line.number) {
            if items.len() > 3 * MAX_FACTS {
                break;
            }
            items.push(item);
            rest = after;
        }
    }
    // The method comes after its address, or before it on a page that prints the method first.
    let method_first = matches!(
        items.first(),
        Some(AddressToken::Method(_) | AddressToken::MediaType(_))
    );
    let mut addresses: Vec<Address> = vec![];
    let mut waiting = Address::default();
    for item in items {
        let target = if method_first {
            &mut waiting
        } else {
            match addresses.last_mut() {
                Some(last) => last,
                None => &mut waiting,
            }
        };
        match item {
            AddressToken::Method(method) => target.method = Some(method.to_owned()),
            AddressToken::MediaType(media_type) => target.media_type = Some(media_type.to_owned()),
            AddressToken::Url(url, line) => addresses.push(Address {
                url: url.to_owned(),
                line,
                ..std::mem::take(&mut waiting)
            }),
        }
    }
    addresses
}

/// The next item of a line, or `None` at the start of prose.
fn next_item(text: &str, line: u32) -> Option<(AddressToken<'_>, &str)> {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || "|`*<>[•·-,;:\\".contains(c));
    if text.starts_with("https://") || text.starts_with("http://") {
        let end = text
            .find(|c: char| c.is_whitespace() || "\"'`<>()[]{}|\\*".contains(c))
            .unwrap_or(text.len());
        let (url, after) = text.split_at_checked(end)?;
        // `enrollPOST (application/json)`: the line break after the address was lost.
        let glued = METHODS.iter().find_map(|method| url.strip_suffix(method));
        let url = match glued {
            Some(shorter) if after.trim_start().starts_with('(') => shorter,
            _ => url,
        };
        let mut after = text.get(url.len()..)?;
        if let Some(target) = after.strip_prefix("](") {
            after = target.split_once(')').map_or("", |(_, after)| after);
        }
        let url = url.trim_end_matches(['.', ',', ';']);
        return (url.len() <= MAX_URL).then_some((AddressToken::Url(url, line), after));
    }
    for method in METHODS {
        if let Some(after) = text.strip_prefix(method)
            && (after.starts_with("http") || !after.starts_with(char::is_alphanumeric))
        {
            return Some((AddressToken::Method(method), after));
        }
    }
    let inner = text.strip_prefix('(').unwrap_or(text);
    let end = inner
        .find(|c: char| !(c.is_ascii_alphanumeric() || "/+.-".contains(c)))
        .unwrap_or(inner.len());
    let (media_type, after) = inner.split_at_checked(end)?;
    let (kind, name) = media_type.split_once('/')?;
    let whole = !kind.is_empty() && !name.is_empty() && !name.contains('/');
    let after = after.strip_prefix(')').unwrap_or(after);
    whole.then_some((AddressToken::MediaType(media_type), after))
}
