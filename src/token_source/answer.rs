//! Reading the token in an answer of the token operation, from a server or from a file.

use std::time::Duration;

use face_search_enroll_runtime::lenient::Lenient;

use crate::{
    AccessToken, IssuedToken,
    generated::{
        facts::{Envelope, generate_token::Outcome as TokenOutcome},
        wire::types,
    },
    signing::time_of_server,
};

/// Reads the token and its expiry from a saved answer of the token operation.
///
/// `json` is the whole body.
///
/// The expiry is a time by the clock of the server. It is used as if the clock of this machine were the same.
///
/// # Errors
///
/// [`TokenAnswerError`] for an answer that does not issue a token, and for any other text.
pub fn parse_answer(json: &str) -> Result<IssuedToken, TokenAnswerError> {
    let answer: Envelope<'_, Lenient<types::IssuedToken>> =
        serde_json::from_str(json).map_err(|_| TokenAnswerError::NoAnswer)?;
    match TokenOutcome::classify(answer.code.as_str(), answer.message_text()) {
        TokenOutcome::TokenIssued => issued(answer.data, None, None),
        outcome => Err(TokenAnswerError::Refused { outcome }),
    }
}

/// Reads the token in the data of an answer, with its expiry by the clock of the server. `clock_offset` is how
/// many seconds that clock is ahead of the clock of this machine. If it is not known, the token expires after the
/// requested `period` at the latest.
pub(super) fn issued(
    data: Option<Lenient<types::IssuedToken>>,
    clock_offset: Option<i64>,
    period: Option<Duration>,
) -> Result<IssuedToken, TokenAnswerError> {
    let Some(Lenient::Read(types::IssuedToken {
        token: Some(token),
        expired_time,
    })) = data
    else {
        return Err(TokenAnswerError::NoToken);
    };
    let token = AccessToken::new(token.expose()).map_err(|_| TokenAnswerError::NoToken)?;
    let issued = IssuedToken::new(token).with_clock_offset(clock_offset);
    let expiry = expired_time.and_then(|time| match time {
        Lenient::Read(time) => time.as_i64().or_else(|| time.as_str()?.parse().ok()),
        Lenient::Unexpected(_) => None,
    });
    let Some(expiry) = expiry else {
        return Ok(issued);
    };
    let life = expiry.saturating_sub(time_of_server(clock_offset.unwrap_or(0)));
    let life = Duration::from_millis(u64::try_from(life).unwrap_or(0));
    Ok(
        issued.expires_in(match period.filter(|_| clock_offset.is_none()) {
            Some(period) if life.is_zero() || life > period => period,
            _ => life,
        }),
    )
}

/// The error for an answer without a token. It does not contain the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TokenAnswerError {
    /// The text is not a JSON object with the members of an answer.
    #[error("it is not an answer of the token operation")]
    NoAnswer,
    /// The answer refuses to issue a token.
    #[error("the answer does not issue a token: {outcome}")]
    #[non_exhaustive]
    Refused {
        /// What the answer means.
        outcome: TokenOutcome,
    },
    /// The answer says that a token was issued, but has no token, or one that an HTTP header cannot carry.
    #[error("the answer says that a token was issued, but has no usable token")]
    NoToken,
}
