//! The status of an id: whether it is settled, and how.

use anstyle::Style;
use face_search_enroll::{EnrollError, Outcome};
use serde::{Deserialize, Serialize};

use crate::{
    exit::Exit,
    terminal::{GREEN, RED, YELLOW},
};

/// The status of an id, the worst last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Status {
    /// This call enrolled the face.
    Enrolled,
    /// The face was enrolled before.
    AlreadyEnrolled,
    /// The server refused to enroll this journey, or the id is invalid. A retry gives the same result.
    Rejected,
    /// Not settled: there was no response, or one that does not settle the journey.
    Failed,
}

impl Status {
    pub(crate) fn of_error(error: &EnrollError) -> Self {
        let EnrollError::Rejected(rejected) = error else {
            return Self::Failed;
        };
        match rejected.answer.outcome {
            Outcome::AlreadyEnrolled => Self::AlreadyEnrolled,
            outcome if outcome.is_retryable() || outcome.is_of_platform() => Self::Failed,
            _ => Self::Rejected,
        }
    }

    pub(crate) fn exit(self) -> Exit {
        match self {
            Self::Enrolled | Self::AlreadyEnrolled => Exit::Enrolled,
            Self::Rejected => Exit::Rejected,
            Self::Failed => Exit::Failed,
        }
    }

    /// The text for people.
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::Enrolled => "enrolled",
            Self::AlreadyEnrolled => "already enrolled",
            Self::Rejected => "rejected",
            Self::Failed => "failed",
        }
    }

    pub(crate) fn style(self) -> Style {
        match self {
            Self::Enrolled | Self::AlreadyEnrolled => GREEN,
            Self::Rejected => YELLOW,
            Self::Failed => RED,
        }
    }
}
