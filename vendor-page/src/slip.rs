//! Mistakes in the printed curl command that keep it from running.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A mistake that keeps the curl command from running as printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slip {
    /// What is wrong.
    pub kind: SlipKind,
    /// The line of the page.
    pub line: u32,
}

/// The kinds of mistakes in a curl command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "&'static str", try_from = "String")]
pub enum SlipKind {
    /// There is no space between the address and the backslash that continues the line. A space
    /// after that backslash belongs to this slip, because saved pages do not always keep it.
    AddressRunsIntoBackslash,
    /// A space follows the backslash, so the shell ends the command there. It is recorded only if
    /// other lines show that the rendering did not add the space.
    SpaceAfterBackslash,
    /// The command continues in the next line without a backslash.
    LineNotContinued,
}

impl SlipKind {
    /// All kinds.
    pub const ALL: [Self; 3] = [
        Self::AddressRunsIntoBackslash,
        Self::SpaceAfterBackslash,
        Self::LineNotContinued,
    ];

    /// The name in files and reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AddressRunsIntoBackslash => "address-runs-into-backslash",
            Self::SpaceAfterBackslash => "space-after-backslash",
            Self::LineNotContinued => "line-not-continued",
        }
    }
}

impl fmt::Display for SlipKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl From<SlipKind> for &'static str {
    fn from(kind: SlipKind) -> Self {
        kind.as_str()
    }
}

impl TryFrom<String> for SlipKind {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let kind = Self::ALL.into_iter().find(|kind| kind.as_str() == text);
        kind.ok_or_else(|| format!("unknown kind of slip `{text}`"))
    }
}
