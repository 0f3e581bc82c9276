//! Swagger UI, read from the archive in its crate, and the document that it shows.

use std::{error::Error, fmt};

use face_search_enroll_contract::Contract;
use rawzip::{CompressionMethod, ZipArchive, ZipSliceArchive, ZipVerification};
use serde_json::Value;
use utoipa_swagger_ui_vendored::SWAGGER_UI_VENDORED;

/// The name of the folder in the archive, without its version.
const FOLDER: &str = "swagger-ui-";

/// The size of the largest file that is unpacked, in bytes.
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
        // The hash of a script is that of the text a browser reads, with all line ends as LF.
        return Ok((version.to_owned(), text.replace("\r\n", "\n")));
    }
    Err(RenderError::Missing(path))
}

/// The document that Swagger UI shows, with its keys in the order of the contract. The summaries of
/// response examples, which it shows in a drop-down list, begin with the outcome.
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

/// Puts the outcome at the beginning of the summary.
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

/// Why a page cannot be rendered: something is wrong with the copy of Swagger UI that this crate was built
/// with. The contract is not the cause.
#[derive(Debug)]
#[non_exhaustive]
pub enum RenderError {
    /// The archive of Swagger UI cannot be read.
    Archive(Box<dyn Error + Send + Sync>),
    /// The archive of Swagger UI does not contain this file.
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
            Self::Archive(_) => write!(
                f,
                "could not read the archive of Swagger UI; build the page crate again"
            ),
            Self::Missing(path) => write!(
                f,
                "the archive of Swagger UI does not contain {path}; build the page crate again"
            ),
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
