//! zstd streams of any number of frames, skippable ones passed over. The decoding itself is `ruzstd`'s.

use std::io::{self, BufRead, Error, Read};

use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// Reads what was compressed. After damage, what came before it is still given, then the error.
pub(super) struct Zstd<R> {
    source: R,
    decoder: FrameDecoder,
    in_frame: bool,
    error: Option<Error>,
}

impl<R: BufRead> Zstd<R> {
    pub(super) fn new(source: R) -> Self {
        Self { source, decoder: FrameDecoder::new(), in_frame: false, error: None }
    }

    /// Begins the next frame; `false` at the end of the stream.
    fn begin(&mut self) -> io::Result<bool> {
        while !self.source.fill_buf()?.is_empty() {
            match self.decoder.reset(&mut self.source) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                    let length = u64::from(length);
                    if io::copy(&mut self.source.by_ref().take(length), &mut io::sink())? < length {
                        return Err(io::ErrorKind::UnexpectedEof.into());
                    }
                }
                Err(error) => return Err(Error::other(error)),
            }
        }
        Ok(false)
    }

    fn decode(&mut self) {
        while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
            let result = self.decoder.decode_blocks(&mut self.source, BlockDecodingStrategy::UptoBytes(1 << 17));
            if let Err(error) = result {
                self.error = Some(Error::other(error));
                self.close_frame();
                return;
            }
        }
    }

    /// The decoder holds back its window until the frame ends, so after damage the frame is ended for it: an empty last
    /// block, and four bytes in case it wants a checksum.
    fn close_frame(&mut self) {
        let end = [1, 0, 0, 0, 0, 0, 0];
        if self.decoder.decode_blocks(&end[..], BlockDecodingStrategy::All).is_err() {
            self.in_frame = false;
        }
    }

    fn end_frame(&mut self) -> io::Result<()> {
        self.in_frame = false;
        if let Some(error) = self.error.take() {
            return Err(error);
        }
        match (self.decoder.get_checksum_from_data(), self.decoder.get_calculated_checksum()) {
            (Some(told), Some(found)) if told != found => Err(Error::other("its checksum does not agree")),
            _ => Ok(()),
        }
    }
}

impl<R: BufRead> Read for Zstd<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            if !self.in_frame {
                if let Some(error) = self.error.take() {
                    return Err(error);
                }
                self.in_frame = self.begin()?;
                if !self.in_frame {
                    return Ok(0);
                }
            }
            self.decode();
            let count = self.decoder.read(buffer)?;
            if count > 0 {
                return Ok(count);
            }
            self.end_frame()?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    fn read(bytes: &[u8]) -> (Vec<u8>, Option<Error>) {
        let mut out = Vec::new();
        let error = Zstd::new(bytes).read_to_end(&mut out).err();
        (out, error)
    }

    /// Text of `count` bytes that does not repeat.
    fn noise(count: usize) -> Vec<u8> {
        let mut state = 1_u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            b'a' + (state >> 28) as u8
        };
        (0..count).map(|_| next()).collect()
    }

    #[test]
    fn frames_follow_each_other_and_skippable_ones_are_passed_over() {
        let mut bytes = compress_to_vec(&b"one "[..], CompressionLevel::Fastest);
        bytes.extend([0x52, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 9, 9, 9]);
        bytes.extend(compress_to_vec(&b"two"[..], CompressionLevel::Fastest));
        let (out, error) = read(&bytes);
        assert_eq!(out, b"one two");
        assert!(error.is_none());
    }

    #[test]
    fn what_came_before_a_cut_is_given() {
        let text = noise(1_000_000);
        let bytes = compress_to_vec(&text[..], CompressionLevel::Fastest);
        let (out, error) = read(&bytes[..bytes.len() / 2]);
        assert!(error.is_some());
        assert!(out.len() > 300_000, "{}", out.len());
        assert!(text.starts_with(&out));
    }

    #[test]
    fn damage_is_told() {
        let text = noise(100_000);
        let mut bytes = compress_to_vec(&text[..], CompressionLevel::Fastest);
        let middle = bytes.len() / 2;
        bytes[middle] ^= 0xff;
        assert!(read(&bytes).1.is_some());
        assert!(read(&[0x52, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 9]).1.is_some());
    }
}
