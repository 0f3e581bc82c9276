//! The OpenAPI contract that this crate was built from.
//!
//! Use it in programs that check answers, generate clients or show documentation.
//!
//! ```
//! use face_search_enroll::openapi;
//!
//! assert!(openapi::YAML.contains(openapi::VERSION));
//! ```

/// The contract as YAML, as published, with its comments.
pub const YAML: &str = include_str!(concat!(env!("OUT_DIR"), "/openapi.yaml"));

/// The contract as JSON, with the keys in the order of the YAML.
pub const JSON: &str = include_str!(concat!(env!("OUT_DIR"), "/openapi.json"));

/// The version of the contract, from `info.version`.
///
/// It follows Semantic Versioning for callers of the API. It is independent of the version of this crate.
pub const VERSION: &str = crate::generated::facts::CONTRACT_VERSION;
