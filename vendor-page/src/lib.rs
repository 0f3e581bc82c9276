//! Reads the vendor's page in any rendering into typed facts, writes the facts as YAML, reads them
//! back, and compares two sets of facts.
//!
//! Data flows one way: bytes, lines of text (`decode`, then `plain_text` or `html`), the lines
//! under each heading (`outline`), one reader for each kind of fact, and [`VendorPage`]. `yaml`
//! writes the facts, `yaml_read` reads them, and `changes` compares two sets.
//!
//! This package does not know the contract, and does not judge whether a fact is right.

mod addresses;
mod body;
mod changes;
mod codes;
mod curl;
mod decode;
mod description;
mod examples;
mod facts;
mod fields;
mod headings;
mod html;
mod known_names;
mod layout;
mod limits;
mod lines;
mod names;
mod notes;
mod outline;
mod parameters;
mod plain_text;
mod read;
mod section;
mod signature;
mod slip;
mod stacked;
mod statements;
mod table;
mod text;
mod title;
mod unreadable;
mod yaml;
mod yaml_read;

pub use body::{Broken, PrintedBody};
pub use changes::{PageChange, changes};
pub use facts::{
    Address, Header, Member, Note, Parameter, PrintedCharge, RequestExample, ResponseCode,
    ResponseExample, ResponseField, SignatureExample, SignatureInput, Sourced, Unread, VendorPage,
};
pub use limits::MAX_BYTES;
pub use read::read;
pub use section::Section;
pub use slip::{Slip, SlipKind};
pub use statements::Statement;
pub use unreadable::{Reason, Unreadable};
pub use yaml::to_yaml;
pub use yaml_read::{YamlError, from_yaml};
