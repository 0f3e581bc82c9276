//! Parsing enums by the names of their variants.

/// A text that names none of the values there are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown {kind} {input:?}; use one of {}", known.join(", "))]
pub struct UnknownName {
    kind: &'static str,
    input: String,
    known: Vec<&'static str>,
}

impl UnknownName {
    /// The value whose name is exactly `text`.
    pub(crate) fn find<T: Copy>(
        kind: &'static str,
        all: &[T],
        name: impl Fn(T) -> &'static str,
        text: &str,
    ) -> Result<T, Self> {
        let mut values = all.iter().copied();
        values
            .find(|value| name(*value) == text)
            .ok_or_else(|| Self {
                kind,
                input: text.to_owned(),
                known: all.iter().copied().map(name).collect(),
            })
    }

    /// The text.
    #[must_use]
    pub fn input(&self) -> &str {
        &self.input
    }
}
