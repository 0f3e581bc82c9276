//! An operation that is not in the code, for tests which show that the contract is enough to add
//! one.

/// A contract with the additional operation `forget`, which has its own effect and outcomes. Every
/// outcome of the platform states that effect too.
pub fn with_forget(contract: &str) -> String {
    let (operations, rest) = contract.split_once("\nx-platform-outcomes:").unwrap();
    let (platform, rest) = rest.split_once("\ncomponents:").unwrap();
    let platform = platform.replace("    enrolled: ", "    forgotten: 'no'\n    enrolled: ");
    let forget = include_str!("forget.yaml");
    format!("{operations}\n{forget}\nx-platform-outcomes:{platform}\ncomponents:{rest}")
}
