//! The preferences of a client: the `Prefer` header of its request.

use axum::http::HeaderMap;

/// The `Prefer` header (RFC 7240): `Prefer: example=NAME, code=NNN`.
#[derive(Default)]
pub(crate) struct Prefer {
    /// The name of an example.
    pub(crate) example: Option<String>,
    pub(crate) status: Option<u16>,
}

impl Prefer {
    pub(crate) fn read(headers: &HeaderMap) -> Self {
        let mut prefer = Self::default();
        let values = headers.get_all("prefer").into_iter();
        let items = values
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split([',', ';']));
        for (name, value) in items.filter_map(|item| item.split_once('=')) {
            let value = value.trim().trim_matches('"');
            match name.trim() {
                "example" => prefer.example = Some(value.to_owned()),
                "code" => prefer.status = value.parse().ok(),
                _ => {}
            }
        }
        prefer
    }
}
