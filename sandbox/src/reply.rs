//! What a test tells the sandbox to do with one request.

use std::{fmt, time::Duration};

use axum::http::{HeaderName, HeaderValue};

/// How the sandbox treats one request.
#[derive(Debug, Clone)]
pub struct Reply {
    pub(crate) kind: Kind,
    pub(crate) delay: Duration,
    pub(crate) status: Option<u16>,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
}

#[derive(Debug, Clone)]
pub(crate) enum Kind {
    /// As if no reply had been set.
    Usual,
    /// The first answer of the outcome of this name, and the face set stays as it is.
    Outcome(String),
    /// The answer of this name, and the face set stays as it is.
    Example(String),
    /// This body, and the face set stays as it is.
    Body { content_type: String, body: Vec<u8> },
    /// The usual answer, cut in the middle of its body.
    Cut,
    /// No answer, and the face set stays as it is.
    Refused,
    /// No answer, but the request takes effect.
    Lost,
}

impl Reply {
    fn new(kind: Kind) -> Self {
        Self {
            kind,
            delay: Duration::ZERO,
            status: None,
            headers: Vec::new(),
        }
    }

    /// The usual answer; for use with a delay or a status.
    #[must_use]
    pub fn usual() -> Self {
        Self::new(Kind::Usual)
    }

    pub(crate) fn example(name: &str) -> Self {
        Self::new(Kind::Example(name.to_owned()))
    }

    /// The first answer that shows this outcome: an [`Outcome`](face_search_enroll::Outcome), a
    /// [`TokenOutcome`](face_search_enroll::TokenOutcome), or a name from the contract. The face set stays
    /// as it is. For a certain example of the contract, see
    /// [`Sandbox::example`](crate::Sandbox::example).
    ///
    /// Where the operation that is called has no such outcome, the sandbox answers with HTTP 501.
    #[must_use]
    pub fn outcome(outcome: impl fmt::Display) -> Self {
        Self::new(Kind::Outcome(outcome.to_string()))
    }

    /// A body of the caller's own, such as a gateway's page. The face set stays as it is.
    #[must_use]
    pub fn body(content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self::new(Kind::Body {
            content_type: content_type.to_owned(),
            body: body.into(),
        })
    }

    /// The usual answer, but the connection breaks in the middle of its body.
    #[must_use]
    pub fn cut() -> Self {
        Self::new(Kind::Cut)
    }

    /// The connection breaks before the request takes effect.
    #[must_use]
    pub fn refused() -> Self {
        Self::new(Kind::Refused)
    }

    /// The request takes effect, but the connection breaks before the answer.
    #[must_use]
    pub fn lost() -> Self {
        Self::new(Kind::Lost)
    }

    /// Waits before the request is looked at.
    #[must_use]
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Answers under this HTTP status; one that is not from 200 to 999 is left out.
    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    /// Adds a header to the answer.
    ///
    /// # Errors
    ///
    /// [`InvalidHeader`] for a name or a value that HTTP does not allow.
    pub fn header(mut self, name: &str, value: &str) -> Result<Self, InvalidHeader> {
        match (name.parse(), value.parse()) {
            (Ok(name), Ok(value)) => {
                self.headers.push((name, value));
                Ok(self)
            }
            _ => Err(InvalidHeader {
                name: name.to_owned(),
            }),
        }
    }
}

/// A name that no example has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown example {name:?}; use one of {}", known.join(", "))]
pub struct UnknownExample {
    pub(crate) name: String,
    /// The names that there are.
    pub(crate) known: Vec<String>,
}

/// A header that HTTP does not allow.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "header {name:?} has a name or a value that HTTP does not allow; use a token as its name and visible characters as its value"
)]
pub struct InvalidHeader {
    name: String,
}
