//! The call at a glance: what it is sent with, what comes back, and where it can be sent.

use face_search_enroll_contract::{Body, Contract};

use crate::html::Html;

/// The entries of the list.
pub(crate) fn entries(contract: &Contract) -> Html {
    let operation = &contract.operation;
    let regions = contract.regions.iter().map(|region| region.code.as_str());
    let mut list = Html::default();
    list.wrapped(
        "<div><dt>Token</dt><dd>in the header <code>",
        &operation.token_header,
        "</code></dd></div>\n",
    );
    list.markup("<div><dt>Request</dt><dd>")
        .html(&body(&operation.request));
    list.markup("</dd></div>\n<div><dt>Answer</dt><dd>")
        .html(&body(&operation.response));
    list.markup("</dd></div>\n<div><dt>Regions</dt><dd>")
        .html(&codes(regions));
    list.markup("</dd></div>\n");
    list
}

fn body(body: &Body) -> Html {
    let fields = body.fields.iter().map(|field| field.name.as_str());
    let mut html = Html::default();
    html.wrapped("<code>", &body.media_type, "</code> with ")
        .html(&codes(fields));
    html
}

fn codes<'a>(codes: impl Iterator<Item = &'a str>) -> Html {
    let mut html = Html::default();
    for (index, code) in codes.enumerate() {
        if index > 0 {
            html.markup(", ");
        }
        html.wrapped("<code>", code, "</code>");
    }
    html
}
