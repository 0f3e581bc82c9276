//! Swagger UI, taken out of the archive that its crate carries, and the document that it shows.

use std::{error::Error, fmt};

use face_search_enroll_contract::Contract;
use rawzip::{CompressionMethod, ZipArchive, ZipSliceArchive, ZipVerification};
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
    for entry in archive.entries() {
        let entry = entry.map_err(RenderError::archive)?;
        let name = str::from_utf8(entry.file_path().as_bytes()).unwrap_or_default();
        let found = name
            .strip_prefix(FOLDER)
            .and_then(|name| name.split_once('/'))
            .filter(|(_, rest)| *rest == path);
        let Some((version, _)) = found else {
            continue;
        };
        let packed = archive
            .get_entry(entry.wayfinder())
            .map_err(RenderError::archive)?;
        let unpacked = match entry.compression_method() {
            CompressionMethod::STORE => packed.data().to_vec(),
            _ => miniz_oxide::inflate::decompress_to_vec_with_limit(packed.data(), LIMIT)
                .map_err(|error| RenderError::Archive(error.to_string().into()))?,
        };
        let read = ZipVerification {
            crc: rawzip::crc32(&unpacked),
            uncompressed_size: unpacked.len() as u64,
        };
        let claimed = packed.claim_verifier();
        claimed.valid(read).map_err(RenderError::archive)?;
        let text = String::from_utf8(unpacked).map_err(RenderError::archive)?;
        // The page is hashed as a browser reads it, which ends lines in one way.
        return Ok((version.to_owned(), text.replace("\r\n", "\n")));
    }
    Err(RenderError::Missing(path))
}

/// The document that Swagger UI shows, its keys in the order of the contract. The names of the
/// response examples, as its drop-down shows them, say which outcome they are.
pub(crate) fn document(contract: &Contract) -> Value {
    let mut document = contract.tree.to_json();
    for operation in &contract.operations {
        let pointer = format!(
            "/paths/{}/{}/responses",
            operation.path.replace('~', "~0").replace('/', "~1"),
            operation.method.to_ascii_lowercase(),
        );
        for response in members(document.pointer_mut(&pointer)) {
            for media in members(response.get_mut("content")) {
                members(media.get_mut("examples")).for_each(name_outcome);
            }
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
    fn archive(error: impl Error + Send + Sync + 'static) -> Self {
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
