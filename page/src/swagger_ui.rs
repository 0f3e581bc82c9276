//! Swagger UI, taken out of the archive that its crate carries.

use std::io::{Cursor, Read};

use rawzip::{CompressionMethod, ZipArchive, ZipSliceArchive};
use utoipa_swagger_ui_vendored::SWAGGER_UI_VENDORED;

use crate::RenderError;

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
