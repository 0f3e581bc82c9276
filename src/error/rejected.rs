//! The payload of an error for an answer that does not mean success.

use std::{error::Error, fmt};

use super::call_context::CallContext;
use crate::{Answer, Outcome, outcome::OutcomeKind};

/// An envelope that does not mean success.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rejected<O = Outcome> {
    /// The server that was called, how often, and for how long.
    pub call: CallContext,
    /// The answer of the server.
    pub answer: Answer<O>,
}

impl<O: OutcomeKind> fmt::Display for Rejected<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { call, answer } = self;
        let code = shortened(answer.code.as_str()).escape_debug();
        write!(
            f,
            "{} from {}: code {code}",
            answer.outcome.name(),
            call.endpoint
        )?;
        if let Some(message) = &answer.message {
            write!(f, ", message {:?}", shortened(message))?;
        }
        if let Some(extra) = &answer.extra {
            write!(f, ", extra {:?}", shortened(extra))?;
        }
        if let Some(id) = &answer.transaction_id {
            write!(f, ", transaction {}", shortened(id).escape_debug())?;
        }
        write!(f, ", HTTP {}", answer.http_status)?;
        match answer.clock_offset {
            Some(offset) if offset.unsigned_abs() > CLOCK_SHOWN => write!(
                f,
                "; the clock of this machine is {} s {} that of the server",
                offset.unsigned_abs(),
                if offset < 0 { "ahead of" } else { "behind" }
            ),
            _ => Ok(()),
        }
    }
}

impl<O: OutcomeKind> Error for Rejected<O> {}

/// A difference between the clocks of up to this many seconds is not shown.
const CLOCK_SHOWN: u64 = 10;

/// The beginning of a text from the server, because an error should be one readable line.
fn shortened(text: &str) -> &str {
    const SHOWN: usize = 200;
    text.char_indices()
        .nth(SHOWN)
        .map_or(text, |(end, _)| text.get(..end).unwrap_or(text))
}
