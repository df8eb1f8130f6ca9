//! Bytes to text: UTF-8 is checked once, here, and offsets stay those of the file.

/// The text of a file, and where it was no UTF-8.
#[derive(Debug)]
pub struct Decoded {
    /// The text; each byte that is no UTF-8 has become a `?`, so that offsets stay.
    pub text: String,
    /// Offsets of the bytes that were replaced, at most [`MAXIMUM_REPORTED`] of them.
    pub replaced: Vec<u32>,
}

/// How many places of one file are remembered.
pub const MAXIMUM_REPORTED: usize = 20;

/// Checks the bytes of a file.
pub fn decode(bytes: Vec<u8>) -> Decoded {
    match String::from_utf8(bytes) {
        Ok(text) => Decoded { text, replaced: Vec::new() },
        Err(error) => replace(error.as_bytes()),
    }
}

fn replace(bytes: &[u8]) -> Decoded {
    let mut decoded = Decoded { text: String::with_capacity(bytes.len()), replaced: Vec::new() };
    for chunk in bytes.utf8_chunks() {
        decoded.text.push_str(chunk.valid());
        if decoded.replaced.len() < MAXIMUM_REPORTED && !chunk.invalid().is_empty() {
            decoded.replaced.push(decoded.text.len() as u32);
        }
        decoded.text.extend(chunk.invalid().iter().map(|_| '?'));
    }
    decoded
}
