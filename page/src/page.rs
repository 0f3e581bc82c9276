//! The page from top to bottom. Each section with tables or samples has a module of its own.

use face_search_enroll_contract::{Body, Contract, Operation};
use maud::{DOCTYPE, Markup, html};

use crate::{
    call, csp, embed, markdown, outcomes, regions,
    swagger_ui::{SwaggerUi, document},
    texts,
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
                        @let summary = texts::of_operation(contract, operation, &["summary"]);
                        .operation {
                            @if let Some(summary) = summary { p.lede { (summary) } }
                            p.endpoint {
                                span.method { (operation.method) } " " code { (operation.path) }
                            }
                        }
                    }
                }
                nav aria-label="On this page" {
                    ul.wide {
                        li { a href="#about" { "Overview" } }
                        li { a href="#regions" { "Regions" } }
                        li { a href="#call" { "Make a call" } }
                        @for operation in &contract.operations {
                            li { a href={"#call-" (operation.id)} { code { (operation.id) } } }
                        }
                        li { a href="#outcomes" { "Outcomes" } }
                        li { a href="#reference" { "Reference" } }
                    }
                }
                main #main.wide tabindex="-1" {
                    (about(contract))
                    (regions::section(contract))
                    (call::section(contract))
                    (outcomes::section(contract))
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
    // Search engines show this text: the first paragraph of the description, or else a summary.
    let mut operations = contract.operations.iter();
    let description = contract.openapi.info.description.as_deref();
    let otherwise = || {
        let summary = |operation| texts::of_operation(contract, operation, &["summary"]);
        let summary = operations.find_map(summary);
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
            h2 #about-title { "Overview" }
            .beside {
                .text { (markdown::to_html(description.unwrap_or_default())) }
                aside aria-labelledby="glance-title" {
                    h3 #glance-title { "At a glance" }
                    dl {
                        @for operation in &contract.operations {
                            div {
                                dt { code { (operation.id) } }
                                (glance(contract, operation))
                            }
                        }
                        div {
                            dt { "Regions" }
                            dd { (codes(contract.regions.iter().map(|region| &*region.code))) }
                        }
                        div {
                            dt { "OpenAPI document" }
                            dd {
                                a href="openapi.yaml" { "openapi.yaml" } ", "
                                a href="openapi.json" { "openapi.json" }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What an operation takes and returns.
fn glance(contract: &Contract, operation: &Operation) -> Markup {
    let page = texts::of_operation(contract, operation, &["externalDocs", "url"]);
    html! {
        dd {
            @if let Some(header) = &operation.token_header {
                "token in the header " code { (header) }
            } @else {
                "no token"
            }
        }
        dd { "request: " (body(&operation.request)) }
        dd { "response: " (body(&operation.response)) }
        @if let Some(page) = page.filter(|page| markdown::is_safe(page)) {
            dd { a href=(page) { "the vendor’s page" } }
        }
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

/// The place where Swagger UI renders the operations.
fn reference() -> Markup {
    html! {
        section #reference aria-labelledby="reference-title" {
            .prose {
                h2 #reference-title { "Reference" }
                p {
                    "To make a call from this page, choose a server, enter your access token under \
                     “Authorize”, press “Try it out”, and then “Execute”. The page keeps the token \
                     only in its memory, and can send it only to the servers in the list. A browser \
                     shows a response only if the server allows calls from web pages. The samples \
                     above do not have this restriction."
                }
                noscript {
                    p.note { "The reference needs JavaScript. The rest of the page does not." }
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
                "This page was generated from version " (contract.version) " of the contract."
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
                    "The reference is rendered by Swagger UI " (version) ": notice and license"
                }
                pre tabindex="0" role="region" aria-label="Notice and license of Swagger UI" {
                    code { (notice.trim()) "\n\n" (license.trim_end()) }
                }
            }
        }
    }
}
