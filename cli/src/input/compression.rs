//! Compressed files, recognized by their first bytes.

use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;

/// Decompresses gzip and zstd, or returns the reader unchanged.
#[cfg_attr(
    not(feature = "zstd"),
    expect(
        clippy::unnecessary_wraps,
        reason = "no other decoder fails at its start"
    )
)]
pub(crate) fn uncompressed<R: BufRead + Send + 'static>(
    beginning: &[u8],
    reader: R,
) -> io::Result<Result<Box<dyn Read + Send>, R>> {
    if beginning.starts_with(b"\x1f\x8b") {
        let decoder = Some(GzDecoder::new(reader));
        return Ok(Ok(Box::new(GzMembers { decoder })));
    }
    #[cfg(feature = "zstd")]
    if is_zstd(beginning) {
        return Ok(Ok(Box::new(zstd::Decoder::with_buffer(reader)?)));
    }
    Ok(Err(reader))
}

/// Whether the text begins with a zstd frame or a skippable frame.
pub(crate) fn is_zstd(beginning: &[u8]) -> bool {
    match *beginning {
        [0x28, 0xb5, 0x2f, 0xfd, ..] => true,
        [first, 0x2a, 0x4d, 0x18, ..] => first & 0xf0 == 0x50,
        _ => false,
    }
}

/// Reads concatenated gzip members. Zeros may follow, because tapes and some programs pad the last block
/// with them.
struct GzMembers<R> {
    /// `None` at the end.
    decoder: Option<GzDecoder<R>>,
}

impl<R: BufRead> Read for GzMembers<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(decoder) = &mut self.decoder {
            let read = decoder.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            let rest = self.decoder.take().map(GzDecoder::into_inner);
            if let Some(mut rest) = rest
                && skip_zeros(&mut rest)?
            {
                self.decoder = Some(GzDecoder::new(rest));
            }
        }
        Ok(0)
    }
}

/// Skips zeros. Returns false if nothing follows.
fn skip_zeros(reader: &mut impl BufRead) -> io::Result<bool> {
    loop {
        let buffer = reader.fill_buf()?;
        let (length, zeros) = (buffer.len(), buffer.iter().take_while(|byte| **byte == 0));
        let zeros = zeros.count();
        reader.consume(zeros);
        if zeros < length || length == 0 {
            return Ok(length > 0);
        }
    }
}
