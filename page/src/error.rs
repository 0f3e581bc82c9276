//! Why a page cannot be made.

use std::{error::Error, fmt};

/// Why a page cannot be made: something is wrong with the Swagger UI that this crate was built
/// with, and no contract is to blame.
#[derive(Debug)]
#[non_exhaustive]
pub enum RenderError {
    /// The archive of Swagger UI cannot be read.
    Archive(Box<dyn Error + Send + Sync>),
    /// The archive of Swagger UI lacks this file.
    Missing(&'static str),
}

impl RenderError {
    pub(crate) fn archive(error: impl Error + Send + Sync + 'static) -> Self {
        Self::Archive(Box::new(error))
    }
}

impl fmt::Display for RenderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Archive(_) => write!(f, "the archive of Swagger UI cannot be read"),
            Self::Missing(path) => write!(f, "the archive of Swagger UI has no {path}"),
        }
    }
}

impl Error for RenderError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Archive(error) => Some(error.as_ref()),
            Self::Missing(_) => None,
        }
    }
}
