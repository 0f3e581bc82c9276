//! The vendor's page as typed facts: reading it in any rendering, writing the facts as YAML,
//! reading that back, and telling what changed between two sets.
//!
//! Data flows one way: bytes, lines of text (`decode`, and from there `plain_text` or `html`), the
//! lines under each heading (`outline`), one reader a kind of fact, [`VendorPage`].
//! `yaml` writes it and `yaml_read` reads it; `changes` compares what two of them state.
//!
//! Nothing here knows the contract; whether a fact is right is for others to say.

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
