//! Large files, read in parts side by side: to hand out fresh memory takes the system longer than to copy into it.

use std::fs::File;

/// All of a file, read into room of the length that it should have; none where it has another by now, or cannot be read like
/// that.
#[cfg(unix)]
pub(super) fn read(file: &File, mut room: Vec<u8>) -> Option<Vec<u8>> {
    use std::os::unix::fs::FileExt;

    use rayon::prelude::*;

    const PART: usize = 1 << 20;
    let length = room.len();
    let parts = room.par_chunks_mut(PART).enumerate();
    let are_read = parts.map(|(number, part)| file.read_exact_at(part, (number * PART) as u64).is_ok()).all(|is_read| is_read);
    let has_ended = are_read && matches!(file.read_at(&mut [0], length as u64), Ok(0));
    has_ended.then_some(room)
}

#[cfg(not(unix))]
pub(super) fn read(_: &File, _: Vec<u8>) -> Option<Vec<u8>> {
    None
}

#[cfg(all(test, unix))]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn all_of_it_is_read_or_that_is_told() {
        let text: Vec<u8> = (0..(5_usize << 20) + 7).map(|at| (at * 31 % 251) as u8).collect();
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(&text).unwrap();
        let read_into = |length| read(&file, vec![0; length]);
        assert_eq!(read_into(text.len()), Some(text.clone()));
        assert_eq!(read_into(text.len() + 1), None);
        assert_eq!(read_into(text.len() - 1), None);
    }
}
