//! Renders the contract of Face-Search Enroll as one HTML page that holds everything it shows:
//! what the API is, its regions, what answers mean, a call, and the operation in Swagger UI.
//!
//! Every fact on the page is taken from the contract; the words around them are here. The page
//! fetches nothing. Where it is kept or served is left to others.
//!
//! ```no_run
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use face_search_enroll_contract::Contract;
//!
//! let text = std::fs::read_to_string("openapi/face-search-enroll.yaml")?;
//! let contract = Contract::parse("openapi/face-search-enroll.yaml", &text)?;
//! std::fs::write("index.html", face_search_enroll_page::render(&contract)?)?;
//! # Ok(())
//! # }
//! ```

mod call;
mod document;
mod error;
mod glance;
mod html;
mod inline;
mod markdown;
mod outcomes;
mod policy;
mod regions;
mod sources;
mod swagger_ui;

pub use error::RenderError;

use face_search_enroll_contract::{Contract, Origin};

use html::Html;
use swagger_ui::SwaggerUi;

/// The page of `contract`: the same contract gives the same page.
///
/// # Errors
///
/// Where Swagger UI cannot be taken out of its archive.
pub fn render(contract: &Contract) -> Result<String, RenderError> {
    let swagger_ui = SwaggerUi::unpack()?;
    let library = inline::script(&swagger_ui.script);
    let start = inline::script(include_str!("page.js"));
    let policy = policy::policy(&[&library, &start], &contract.regions);

    let operation = &contract.operation;
    let info = &contract.openapi.info;
    let description = info.description.as_deref().unwrap_or_default();
    let text = Html::of_text;
    let parts = [
        ("policy", text(&policy)),
        ("title", text(&contract.title)),
        ("version", text(&contract.version)),
        ("excerpt", text(&excerpt(contract))),
        ("page-style", inline::style(include_str!("page.css"))),
        ("tables-style", inline::style(include_str!("tables.css"))),
        ("library-style", inline::style(&swagger_ui.style)),
        (
            "reference-style",
            inline::style(include_str!("reference.css")),
        ),
        ("answers-style", inline::style(include_str!("answers.css"))),
        ("method", text(&operation.method)),
        ("path", text(&operation.path)),
        ("lede", lede(contract)),
        ("description", markdown::to_html(description)),
        ("glance", glance::entries(contract)),
        ("country-source", regions::shared_source(contract)),
        ("regions", regions::rows(contract)),
        (
            "default-outcome",
            text(outcomes::default_name(&contract.outcomes)),
        ),
        (
            "own-outcomes",
            outcomes::rows(&contract.outcomes, Origin::Operation),
        ),
        (
            "platform-outcomes",
            outcomes::rows(&contract.outcomes, Origin::Platform),
        ),
        ("sources", sources::list(&contract.sources)),
        ("command", call::command(contract)),
        ("answer", call::answer(contract)),
        ("license", license(contract)),
        ("library-version", text(&swagger_ui.version)),
        ("library-notice", text(swagger_ui.notice.trim())),
        ("library-license", text(swagger_ui.license.trim_end())),
        ("document", inline::json(&document::document(contract))),
        ("library", library),
        ("start", start),
    ];
    Ok(Html::fill(include_str!("page.html"), &parts).into_string())
}

/// What search engines show of the page: how the description begins, or what else there is.
fn excerpt(contract: &Contract) -> String {
    let description = contract.openapi.info.description.as_deref();
    description
        .map(markdown::first_paragraph)
        .or_else(|| summary(contract).map(str::to_owned))
        .unwrap_or_else(|| contract.title.value.clone())
}

/// The line under the title, where there is one.
fn lede(contract: &Contract) -> Html {
    let mut html = Html::default();
    if let Some(summary) = summary(contract) {
        html.wrapped("<p class=\"lede\">", summary, "</p>\n");
    }
    html
}

/// The operation in a sentence.
fn summary(contract: &Contract) -> Option<&str> {
    let operation = &contract.operation;
    let method = operation.method.to_ascii_lowercase();
    let path = ["paths", &operation.path, &method, "summary"];
    contract.tree.at_path(&path)?.as_str()
}

/// The license of the contract, which leads to its text where the contract says where that is.
fn license(contract: &Contract) -> Html {
    let mut html = Html::default();
    if let Some(license) = &contract.openapi.info.license {
        html.markup(" Its license: ");
        match license.url.as_deref().filter(|url| markdown::is_safe(url)) {
            Some(url) => html
                .wrapped("<a href=\"", url, "\">")
                .wrapped("", &license.name, "</a>."),
            None => html.text(&license.name).markup("."),
        };
    }
    html
}
