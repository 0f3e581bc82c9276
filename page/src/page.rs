//! The page from top to bottom. Sections that the contract fills with tables or commands are
//! modules of their own.

use face_search_enroll_contract::{Body, Contract, Operation};
use maud::{DOCTYPE, Markup, html};

use crate::{
    csp, curl, embed, markdown, outcomes, regions,
    swagger_ui::{SwaggerUi, document},
};

/// A face in a frame.
const ICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' \
    viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='7' fill='%230b5a94'/%3E\
    %3Cg fill='none' stroke='%23fff' stroke-width='2.4' stroke-linecap='round'%3E\
    %3Cpath d='M6 11V8a2 2 0 0 1 2-2h3M21 6h3a2 2 0 0 1 2 2v3M26 21v3a2 2 0 0 1-2 2h-3\
    M11 26H8a2 2 0 0 1-2-2v-3M12 19.5q4 3.5 8 0'/%3E%3Cpath d='M12.5 13v.1M19.5 13v.1'/%3E\
    %3C/g%3E%3C/svg%3E";

pub(crate) fn page(contract: &Contract, swagger_ui: &SwaggerUi) -> Markup {
    let library = embed::script(&swagger_ui.script);
    let start = embed::script(include_str!("page.js"));
    let policy = csp::policy(&[&library, &start], contract);
    html! {
        (DOCTYPE)
        html lang="en" {
            (head(contract, &policy, &swagger_ui.style))
            body {
                a.skip href="#main" { "Skip to the content" }
                header.wide {
                    p.kicker { "API reference, version " (contract.version) }
                    h1 { (contract.title) }
                    @for operation in &contract.operations {
                        @if let Some(summary) = summary(contract, operation) { p.lede { (summary) } }
                        p.endpoint {
                            span.method { (operation.method) } " " code { (operation.path) }
                        }
                    }
                }
                nav aria-label="On this page" {
                    ul.wide {
                        li { a href="#about" { "What it is" } }
                        li { a href="#regions" { "Regions" } }
                        li { a href="#outcomes" { "Outcomes" } }
                        li { a href="#call" { "Call it" } }
                        @for operation in &contract.operations {
                            li { a href={"#call-" (operation.id)} { code { (operation.id) } } }
                        }
                        li { a href="#reference" { "Reference" } }
                    }
                }
                main #main.wide tabindex="-1" {
                    (about(contract))
                    (regions::section(contract))
                    (outcomes::section(contract))
                    (curl::section(contract))
                    (reference())
                }
                (footer(contract, swagger_ui))
                script type="application/json" id="document" { (embed::json(&document(contract))) }
                script { (library) }
                script { (start) }
            }
        }
    }
}

fn head(contract: &Contract, policy: &str, library_style: &str) -> Markup {
    // What search engines show of the page: how the description begins, or what else there is.
    let mut operations = contract.operations.iter();
    let description = contract.openapi.info.description.as_deref();
    let otherwise = || {
        let summary = operations.find_map(|operation| summary(contract, operation));
        summary.unwrap_or(&contract.title).to_owned()
    };
    let excerpt = description.map_or_else(otherwise, markdown::first_paragraph);
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta http-equiv="Content-Security-Policy" content=(policy);
            title { (contract.title) ": API reference" }
            meta name="description" content=(excerpt);
            meta name="color-scheme" content="light dark";
            meta name="referrer" content="no-referrer";
            link rel="icon" href=(ICON);
            style { (embed::style(include_str!("page.css"))) }
            style { (embed::style(include_str!("tables.css"))) }
            style { "@layer swagger-ui {\n" (embed::style(library_style)) "\n}" }
            style { (embed::style(include_str!("reference.css"))) }
            style { (embed::style(include_str!("answers.css"))) }
        }
    }
}

fn about(contract: &Contract) -> Markup {
    let description = contract.openapi.info.description.as_deref();
    html! {
        section #about.prose aria-labelledby="about-title" {
            h2 #about-title { "What it is" }
            .beside {
                .text { (markdown::to_html(description.unwrap_or_default())) }
                aside aria-labelledby="glance-title" {
                    h3 #glance-title { "At a glance" }
                    dl {
                        @for operation in &contract.operations {
                            div {
                                dt { code { (operation.id) } }
                                (glance(operation))
                            }
                        }
                        div {
                            dt { "Regions" }
                            dd { (codes(contract.regions.iter().map(|region| &*region.code))) }
                        }
                    }
                }
            }
        }
    }
}

/// What an operation takes and answers.
fn glance(operation: &Operation) -> Markup {
    html! {
        dd {
            @if let Some(header) = &operation.token_header {
                "token in the header " code { (header) }
            } @else {
                "no token"
            }
        }
        dd { "request: " (body(&operation.request)) }
        dd { "answer: " (body(&operation.response)) }
    }
}

fn body(body: &Body) -> Markup {
    let fields = body.fields.iter().map(|field| &*field.name);
    html! { code { (body.media_type) } " with " (codes(fields)) }
}

fn codes<'a>(codes: impl Iterator<Item = &'a String>) -> Markup {
    html! {
        @for (index, code) in codes.enumerate() {
            @if index > 0 { ", " }
            code { (code) }
        }
    }
}

/// The place that Swagger UI fills.
fn reference() -> Markup {
    html! {
        section #reference aria-labelledby="reference-title" {
            .prose {
                h2 #reference-title { "Reference" }
                p {
                    "To make a call from here, choose a server, enter your access token under \
                     “Authorize”, and press “Try it out”, then “Execute”. The token is kept in the \
                     memory of this page and nowhere else, and the page can send it to no server \
                     but those of the list. A browser shows an answer only where the server allows \
                     calls from web pages; the command above needs no such leave."
                }
                noscript {
                    p.note { "The reference needs JavaScript. Everything above does without." }
                }
            }
            #swagger-ui {}
        }
    }
}

fn footer(contract: &Contract, swagger_ui: &SwaggerUi) -> Markup {
    let SwaggerUi {
        version,
        notice,
        license,
        ..
    } = swagger_ui;
    html! {
        footer.wide.prose {
            p {
                "This page is made from version " (contract.version) " of the contract."
                @if let Some(license) = &contract.openapi.info.license {
                    " Its license: "
                    @match license.url.as_deref().filter(|url| markdown::is_safe(url)) {
                        Some(url) => a href=(url) { (license.name) },
                        None => (license.name),
                    }
                    "."
                }
            }
            details {
                summary {
                    "The reference is drawn by Swagger UI " (version) ": notice and license"
                }
                pre tabindex="0" role="region" aria-label="Notice and license of Swagger UI" {
                    code { (notice.trim()) "\n\n" (license.trim_end()) }
                }
            }
        }
    }
}

/// The operation in a sentence.
fn summary<'c>(contract: &'c Contract, operation: &Operation) -> Option<&'c str> {
    let method = operation.method.to_ascii_lowercase();
    let path = ["paths", &operation.path, &method, "summary"];
    contract.tree.at_path(&path)?.as_str()
}
