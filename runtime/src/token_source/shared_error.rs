//! One error of a token source for all calls that waited for it.

use std::{error::Error, fmt, sync::Arc};

use tokio::time::Instant;

use super::source::TokenSourceError;

/// The error of a source, shared by the calls that waited for the same renewal.
#[derive(Debug, Clone)]
pub struct SharedError {
    /// The error of the source.
    pub error: Arc<dyn Error + Send + Sync>,
    /// When the cache asks the source again. None without a cache.
    pub retry_at: Option<Instant>,
}

impl SharedError {
    /// Shares an error that does not come from a cache.
    pub fn new(error: impl Into<Arc<dyn Error + Send + Sync>>) -> Self {
        Self {
            error: error.into(),
            retry_at: None,
        }
    }

    /// Shares the error of a source. An error that is already shared is returned unchanged.
    #[must_use]
    pub fn of(error: TokenSourceError) -> Self {
        match error.downcast::<Self>() {
            Ok(shared) => *shared,
            Err(error) => Self::new(error),
        }
    }
}

impl fmt::Display for SharedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl Error for SharedError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.error)
    }
}
