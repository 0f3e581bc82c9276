//! The names of the envelope, the JSON object that every answer is. That the contract describes it
//! so is checked where the operation's response is read.

/// The property that says what happened.
pub(crate) const CODE: &str = "code";

/// The property that refines the code.
pub(crate) const MESSAGE: &str = "message";

/// The schema of the property [`CODE`], under `components.schemas`.
pub(crate) const CODE_SCHEMA: &str = "Code";
