//! Whether two texts are similar.

use face_search_enroll_contract::fold;

/// Whether two messages are similar: they share more than half of their pairs of adjacent characters.
pub(super) fn is_near(one: &str, other: &str) -> bool {
    let pairs = |text: &str| -> Vec<(char, char)> {
        let text = fold(text);
        text.chars().zip(text.chars().skip(1)).collect()
    };
    let (one, mut other) = (pairs(one), pairs(other));
    let total = one.len() + other.len();
    let mut shared = 0;
    for pair in one {
        if let Some(at) = other.iter().position(|it| *it == pair) {
            other.swap_remove(at);
            shared += 2;
        }
    }
    shared * 2 > total
}
