//! The names of the properties of the envelope, which is the JSON object of every answer. The
//! reader checks that the response of an operation has them.

/// The result as a code.
pub const CODE: &str = "code";

/// The message that makes the code more precise.
pub const MESSAGE: &str = "message";

/// The data that the call was made for.
pub const DATA: &str = "data";

/// Additional details.
pub const EXTRA: &str = "extra";

/// The id of the request and its answer.
pub const TRANSACTION_ID: &str = "transactionId";
