//! Where a client gets its tokens from.

use tokio::time::Instant;

use super::{
    dynamic::DynTokenSource,
    source::{TokenSource, TokenSourceError},
};
use crate::AccessToken;

/// A constant token, which needs no asking, or a source.
#[derive(Debug, Clone)]
pub(crate) enum TokenSupply {
    Constant(AccessToken),
    Source(DynTokenSource),
}

impl TokenSupply {
    /// The token for an attempt; `deadline` is None for no limit.
    pub(crate) async fn get(
        &self,
        deadline: Option<Instant>,
    ) -> Result<AccessToken, TokenSourceError> {
        match self {
            Self::Constant(token) => Ok(token.clone()),
            Self::Source(source) => Ok(source.token_until(deadline).await?.token),
        }
    }

    /// Whether there may be another token than the one that was given.
    pub(crate) fn can_change(&self) -> bool {
        matches!(self, Self::Source(_))
    }

    pub(crate) fn refused(&self, token: &AccessToken) {
        match self {
            Self::Constant(_) => {}
            Self::Source(source) => source.refused(token),
        }
    }
}
