//! How far a failed call got.

use face_search_enroll_runtime::by_name;

/// How far a failed call got.
///
/// The values are the variants of [`CallError`](crate::CallError) without their payload.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Stage {
    /// [`CallError::Invalid`](crate::CallError::Invalid).
    Invalid,
    /// [`CallError::Token`](crate::CallError::Token).
    Token,
    /// [`CallError::Connect`](crate::CallError::Connect).
    Connect,
    /// [`CallError::NoAnswer`](crate::CallError::NoAnswer).
    NoAnswer,
    /// [`CallError::Unreadable`](crate::CallError::Unreadable).
    Unreadable,
    /// [`CallError::Rejected`](crate::CallError::Rejected).
    Rejected,
}

impl Stage {
    /// Every stage, in the order in which a call reaches them.
    pub const ALL: &'static [Self] = &[
        Self::Invalid,
        Self::Token,
        Self::Connect,
        Self::NoAnswer,
        Self::Unreadable,
        Self::Rejected,
    ];

    /// The name in logs and records, in kebab case, such as `no-answer`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Invalid => "invalid",
            Self::Token => "token",
            Self::Connect => "connect",
            Self::NoAnswer => "no-answer",
            Self::Unreadable => "unreadable",
            Self::Rejected => "rejected",
        }
    }
}

by_name!(Stage, "stage");
