//! How a test configures the reply to one request.

use std::{fmt, time::Duration};

use axum::http::{HeaderName, HeaderValue};

/// How the sandbox replies to one request.
#[derive(Debug, Clone)]
pub struct Reply {
    pub(crate) kind: Kind,
    pub(crate) delay: Duration,
    pub(crate) status: Option<u16>,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
}

#[derive(Debug, Clone)]
pub(crate) enum Kind {
    /// The same as without a reply.
    Usual,
    /// The first answer that means the outcome with this name. The face set does not change.
    Outcome(String),
    /// The answer with this name. The face set does not change.
    Example(String),
    /// This body. The face set does not change.
    Body { content_type: String, body: Vec<u8> },
    /// The usual answer, cut in the middle of its body.
    Cut,
    /// No answer. The face set does not change.
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

    /// The usual answer. Use it with a delay, a status or a header.
    #[must_use]
    pub fn usual() -> Self {
        Self::new(Kind::Usual)
    }

    pub(crate) fn example(name: &str) -> Self {
        Self::new(Kind::Example(name.to_owned()))
    }

    /// The first answer that means this outcome. Pass an [`Outcome`](face_search_enroll::Outcome),
    /// a [`TokenOutcome`](face_search_enroll::TokenOutcome), or a name from the contract. The face
    /// set does not change. For a specific example of the contract, see
    /// [`Sandbox::example`](crate::Sandbox::example).
    ///
    /// If the operation of the request has no such outcome, the sandbox answers with HTTP status
    /// 501.
    #[must_use]
    pub fn outcome(outcome: impl fmt::Display) -> Self {
        Self::new(Kind::Outcome(outcome.to_string()))
    }

    /// A custom body, such as the HTML page of a gateway. The face set does not change.
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

    /// Waits for this time before the request is handled.
    #[must_use]
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Answers with this HTTP status. A status outside 200 to 999 is ignored.
    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    /// Adds a header to the answer.
    ///
    /// # Errors
    ///
    /// [`InvalidHeader`] if HTTP does not allow the name or the value.
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

/// There is no example with this name. The message lists the names that exist.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown example {name:?}; use one of {}", known.join(", "))]
pub struct UnknownExample {
    pub(crate) name: String,
    /// The names that exist.
    pub(crate) known: Vec<String>,
}

/// HTTP does not allow the name or the value of a header.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "invalid header {name:?}: HTTP does not allow its name or its value; use letters, digits and hyphens in the name, and visible ASCII characters in the value"
)]
pub struct InvalidHeader {
    name: String,
}
