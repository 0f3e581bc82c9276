//! The names of the envelope, the JSON object that every answer is. That the contract describes it
//! so is checked where the operation's response is read.

/// The property that says what happened.
pub const CODE: &str = "code";

/// The property that refines the code.
pub const MESSAGE: &str = "message";

/// The property that holds what a call was made for.
pub const DATA: &str = "data";

/// The property for what else there is to say.
pub const EXTRA: &str = "extra";

/// The property that names the request and its answer.
pub const TRANSACTION_ID: &str = "transactionId";
