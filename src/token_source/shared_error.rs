//! An error that several calls get.

use std::{error::Error, fmt, sync::Arc};

/// The error of a renewal that several calls waited for.
#[derive(Debug, Clone)]
pub(crate) struct SharedError(pub(crate) Arc<dyn Error + Send + Sync>);

impl fmt::Display for SharedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Error for SharedError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.0)
    }
}
