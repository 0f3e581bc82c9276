//! Reads the contract, which is an OpenAPI 3.0 document with extensions, into typed facts with
//! their positions. A contract may have any number of operations.
//!
//! This crate defines what a usable contract must contain. It does not know what is built from the
//! contract or compared with it: the client, the sandbox, the reference page and the vendor's page.
//!
//! ```no_run
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use face_search_enroll_contract::Contract;
//!
//! let text = std::fs::read_to_string("openapi/face-search-enroll.yaml")?;
//! let contract = Contract::parse("openapi/face-search-enroll.yaml", &text)?;
//! for region in &contract.regions {
//!     println!("{} {} (line {})", region.code, region.url, region.url.at.line);
//! }
//! # Ok(())
//! # }
//! ```

mod answers;
mod codes;
mod dialect;
mod effect;
pub mod envelope;
mod examples;
mod identifiers;
mod mapping;
mod notes;
mod openapi;
mod operation;
mod outcomes;
mod placeholders;
mod position;
mod problems;
mod reader;
mod regions;
mod servers;
mod sources;
pub mod yaml;

pub use answers::Answer;
pub use codes::Code;
pub use effect::{Effect, Effected};
pub use examples::{Example, RequestExample};
pub use notes::Note;
pub use operation::{Body, BrokenRule, Clock, Field, Kind, METHODS, Operation, Signature};
pub use outcomes::{
    Charge, Condition, FINAL_PUNCTUATION, Match, Origin, Outcome, Precision, Retry, Rule, Scope,
    fold,
};
pub use position::{Located, Position};
pub use problems::{Problem, Problems};
pub use regions::{Country, Region};
pub use servers::Server;
pub use sources::Source;

use reader::Reader;

/// A usable contract: every required fact is present, and no two facts contradict each other.
#[derive(Debug, Clone)]
pub struct Contract {
    /// The title of the API.
    pub title: Located<String>,
    /// The version of the document, `info.version`.
    pub version: Located<String>,
    /// The named sources of facts that are not on the vendor's pages.
    pub sources: Vec<Source>,
    /// The regions, in the order of the servers.
    pub regions: Vec<Region>,
    /// The operations, in the order of the paths.
    pub operations: Vec<Operation>,
    /// The codes, each once: first those that the pages list, then those of the platform.
    pub codes: Vec<Code>,
    /// The document as OpenAPI. No key of the file is lost in it.
    pub openapi: openapiv3::OpenAPI,
    /// The document as a tree with positions.
    pub tree: yaml::Node,
    /// The text that is published: the text of the file, with facts instead of placeholders.
    pub text: String,
}

impl Contract {
    /// Reads a contract from `text`. Problems name the file as `file`.
    ///
    /// # Errors
    ///
    /// All problems at once, in the order of the file. If the text is not valid YAML, only that
    /// problem is reported.
    pub fn parse(file: &str, text: &str) -> Result<Self, Problems> {
        let mut reader = Reader::default();
        let contract = match yaml::Node::parse(text) {
            Ok(tree) => {
                dialect::check_booleans(&mut reader, &tree, text);
                let filled = placeholders::fill(&mut reader, &tree, text);
                let (tree, text) = filled.unwrap_or_else(|| (tree, text.to_owned()));
                Self::read(&mut reader, tree, text)
            }
            Err(problem) => {
                reader.push(problem);
                None
            }
        };
        let problems = reader.into_problems();
        match contract {
            Some(contract) if problems.is_empty() => Ok(contract),
            _ => Err(Problems::new(file, problems)),
        }
    }

    /// The document as JSON: keys in the order of the YAML, an indent of two spaces, and a line
    /// break at the end. The same contract always gives the same bytes.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Formatting a `Value` cannot fail, because its keys are strings.
        format!("{:#}\n", self.tree.to_json())
    }

    /// The operation with this `operationId`.
    #[must_use]
    pub fn operation(&self, id: &str) -> Option<&Operation> {
        self.operations.iter().find(|operation| *operation.id == id)
    }

    fn read(reader: &mut Reader, tree: yaml::Node, text: String) -> Option<Self> {
        dialect::check_openapi(reader, &tree);
        let openapi = openapi::read(reader, &tree);
        let sources = sources::Sources::read(reader, &tree);
        let regions = regions::read(reader, &tree, &sources);
        let operations = operation::read_all(reader, &tree, &regions, &sources);
        let title = info(reader, &tree, "title");
        let version = info(reader, &tree, "version");
        let listed = operations.iter().flat_map(|operation| &operation.codes);
        let outcomes = operations.iter().flat_map(|operation| &operation.outcomes);
        let named = outcomes.flat_map(|outcome| outcome.rules.iter().map(|rule| &rule.code));
        let codes = codes::merge(reader, listed, named);
        Some(Self {
            title: title?,
            version: version?,
            sources: sources.all,
            regions,
            operations,
            codes,
            openapi: openapi?,
            tree,
            text,
        })
    }
}

fn info(reader: &mut Reader, tree: &yaml::Node, key: &str) -> Option<Located<String>> {
    let node = tree.at_path(&["info", key])?;
    reader.text(node, key)
}
