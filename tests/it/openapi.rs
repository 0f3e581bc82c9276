//! The contract that the crate embeds, as YAML and as JSON, is the one of the repository.

use face_search_enroll::openapi;

use crate::{CONTRACT, CONTRACT_FILE};

#[test]
fn the_yaml_is_the_file_and_the_json_says_the_same_in_the_same_order() {
    assert_eq!(openapi::YAML, CONTRACT.text);
    // Comments explain placeholders, but prose has none left.
    let mut prose = openapi::YAML
        .lines()
        .filter(|line| !line.trim_start().starts_with('#'));
    assert!(!prose.any(|line| line.contains("((")));
    assert_eq!(
        openapi::YAML.lines().count(),
        crate::read(CONTRACT_FILE).lines().count()
    );
    assert_eq!(openapi::JSON, CONTRACT.to_json());
    assert_eq!(openapi::VERSION, *CONTRACT.version);

    let json: serde_json::Value = serde_json::from_str(openapi::JSON).unwrap();
    assert_eq!(json, CONTRACT.tree.to_json());
    // The indent is two spaces, and the keys are in the order of the file.
    let keys: Vec<_> = openapi::JSON
        .lines()
        .filter(|line| line.starts_with("  \""))
        .filter_map(|line| line.split('"').nth(1))
        .collect();
    let written: Vec<_> = openapi::YAML
        .lines()
        .filter(|line| !line.starts_with([' ', '#']))
        .filter_map(|line| line.split_once(':'))
        .map(|(key, _)| key)
        .collect();
    assert_eq!(keys, written);
}
