//! An operation that no code knows, for tests which show that the contract alone makes one.

/// A contract with one operation more: `forget`, with an effect and outcomes of its own. Every outcome of
/// the platform says what it means for that effect.
pub fn with_forget(contract: &str) -> String {
    let (operations, rest) = contract.split_once("\nx-platform-outcomes:").unwrap();
    let (platform, rest) = rest.split_once("\ncomponents:").unwrap();
    let platform = platform.replace("    enrolled: ", "    forgotten: 'no'\n    enrolled: ");
    let forget = include_str!("forget.yaml");
    format!("{operations}\n{forget}\nx-platform-outcomes:{platform}\ncomponents:{rest}")
}
