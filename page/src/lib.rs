//! Renders the contract as one self-contained HTML page: an overview, the regions, each call with
//! samples in several languages, the outcomes, and the operations in Swagger UI.
//!
//! Every fact on the page comes from the contract; this crate adds only the words around the facts. The
//! page loads no other file. It links the contract as `openapi.yaml` and `openapi.json`, so store or serve
//! them in the same folder.
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
mod csp;
mod embed;
mod fields;
mod markdown;
mod outcomes;
mod page;
mod regions;
mod samples;
mod sources;
mod swagger_ui;
mod texts;

use face_search_enroll_contract::Contract;

pub use swagger_ui::RenderError;

/// Renders the page of `contract`. The same contract always gives the same page.
///
/// # Errors
///
/// [`RenderError`] if Swagger UI cannot be read from the archive that this crate was built with.
pub fn render(contract: &Contract) -> Result<String, RenderError> {
    let swagger_ui = swagger_ui::SwaggerUi::unpack()?;
    Ok(page::page(contract, &swagger_ui).into_string())
}
