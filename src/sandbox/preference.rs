//! What a client asks for in its request.

use axum::http::HeaderMap;

use super::{Reply, UnknownExample};

/// What a client prefers, by RFC 7240: `Prefer: example=NAME, code=NNN`.
pub(super) struct Preference {
    pub(super) example: Option<Result<Reply, UnknownExample>>,
    pub(super) status: Option<u16>,
}

impl Preference {
    pub(super) fn read(headers: &HeaderMap) -> Self {
        let mut preference = Self {
            example: None,
            status: None,
        };
        let values = headers.get_all("prefer").into_iter();
        let items = values
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split([',', ';']));
        for (name, value) in items.filter_map(|item| item.split_once('=')) {
            let value = value.trim().trim_matches('"');
            match name.trim() {
                "example" => preference.example = Some(Reply::example(value)),
                "code" => preference.status = value.parse().ok(),
                _ => {}
            }
        }
        preference
    }
}
