//! Swagger UI, taken out of the archive that its crate carries, and the document that it shows.

use std::{
    error::Error,
    fmt,
    io::{Cursor, Read},
};

use face_search_enroll_contract::Contract;
use rawzip::{CompressionMethod, ZipArchive, ZipSliceArchive};
use serde_json::Value;
use utoipa_swagger_ui_vendored::SWAGGER_UI_VENDORED;

/// The folder in which everything of the archive lies, before its version.
const FOLDER: &str = "swagger-ui-";

/// The greatest file that is unpacked, in bytes.
const LIMIT: usize = 16 << 20;

/// Swagger UI as the page needs it.
#[derive(Debug)]
pub(crate) struct SwaggerUi {
    pub(crate) version: String,
    pub(crate) script: String,
    pub(crate) style: String,
    pub(crate) notice: String,
    pub(crate) license: String,
}

impl SwaggerUi {
    pub(crate) fn unpack() -> Result<Self, RenderError> {
        let archive = ZipArchive::from_slice(SWAGGER_UI_VENDORED).map_err(RenderError::archive)?;
        let (version, script) = file(&archive, "dist/swagger-ui-bundle.js")?;
        Ok(Self {
            version,
            script,
            style: file(&archive, "dist/swagger-ui.css")?.1,
            notice: file(&archive, "NOTICE")?.1,
            license: file(&archive, "LICENSE")?.1,
        })
    }
}

/// The version in the folder's name, and the text of the file `path` in it.
fn file(
    archive: &ZipSliceArchive<&[u8]>,
    path: &'static str,
) -> Result<(String, String), RenderError> {
    let mut entries = archive.entries();
    while let Some(entry) = entries.next_entry().map_err(RenderError::archive)? {
        let name = str::from_utf8(entry.file_path().as_bytes()).unwrap_or_default();
        let version = name
            .split_once('/')
            .filter(|(_, rest)| *rest == path)
            .and_then(|(folder, _)| folder.strip_prefix(FOLDER))
            .map(str::to_owned);
        let Some(version) = version else {
            continue;
        };
        let method = entry.compression_method();
        let packed = archive
            .get_entry(entry.wayfinder())
            .map_err(RenderError::archive)?;
        let unpacked = match method {
            CompressionMethod::STORE => packed.data().to_vec(),
            _ => miniz_oxide::inflate::decompress_to_vec_with_limit(packed.data(), LIMIT)
                .map_err(|error| RenderError::Archive(error.to_string().into()))?,
        };
        // Size and checksum are looked at on the way.
        let mut text = String::new();
        packed
            .verifying_reader(Cursor::new(unpacked))
            .read_to_string(&mut text)
            .map_err(RenderError::archive)?;
        // The page is hashed as a browser reads it, which ends lines in one way.
        return Ok((version, text.replace("\r\n", "\n")));
    }
    Err(RenderError::Missing(path))
}

/// The document with its keys in the order of the contract.
pub(crate) fn document(contract: &Contract) -> Value {
    let mut document = contract.tree.to_json();
    let operation = &contract.operation;
    let responses = document
        .get_mut("paths")
        .and_then(|paths| paths.get_mut(operation.path.as_str()))
        .and_then(|path| path.get_mut(operation.method.to_ascii_lowercase()))
        .and_then(|operation| operation.get_mut("responses"));
    for response in members(responses) {
        for media in members(response.get_mut("content")) {
            members(media.get_mut("examples")).for_each(name_outcome);
        }
    }
    document
}

fn members(value: Option<&mut Value>) -> impl Iterator<Item = &mut Value> {
    value
        .and_then(Value::as_object_mut)
        .into_iter()
        .flat_map(|object| object.values_mut())
}

/// Puts the outcome before the summary.
fn name_outcome(example: &mut Value) {
    let text = |key| example.get(key).and_then(Value::as_str);
    let named = match (text("x-outcome"), text("summary")) {
        (Some(outcome), Some(summary)) => format!("{outcome}: {summary}"),
        (Some(outcome), None) => outcome.to_owned(),
        (None, _) => return,
    };
    if let Some(example) = example.as_object_mut() {
        example.insert("summary".to_owned(), named.into());
    }
}

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
