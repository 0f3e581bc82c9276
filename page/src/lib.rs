//! Renders the contract as one HTML page that holds everything it shows:
//! what the API is, its regions, what answers mean, each call, and the operations in Swagger UI.
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

mod csp;
mod curl;
mod embed;
mod fields;
mod markdown;
mod outcomes;
mod page;
mod regions;
mod sources;
mod swagger_ui;

use face_search_enroll_contract::Contract;

pub use swagger_ui::RenderError;

/// The page of `contract`: the same contract gives the same page.
///
/// # Errors
///
/// Where Swagger UI cannot be taken out of its archive.
pub fn render(contract: &Contract) -> Result<String, RenderError> {
    let swagger_ui = swagger_ui::SwaggerUi::unpack()?;
    Ok(page::page(contract, &swagger_ui).into_string())
}
