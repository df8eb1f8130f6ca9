//! How much memory the system hands out at once. Large pages of 2 MB save large inputs a fifth of their time, and cost small ones as
//! much: each is cleared before it is handed out.

#[cfg(target_os = "linux")]
use std::sync::atomic::AtomicBool;
use std::sync::atomic::{AtomicUsize, Ordering};

#[cfg(target_os = "linux")]
use nix::sys::prctl::{get_thp_disable, set_thp_disable};

/// From so many bytes on all that is made of them fills large pages, too. Of what is made of less, much of each stayed unused.
const VERY_LARGE: usize = 32 << 20;

/// For how many large files room is being made.
static MAKING_ROOM: AtomicUsize = AtomicUsize::new(0);

/// Whether large pages were there and are done without.
#[cfg(target_os = "linux")]
static ARE_SMALL: AtomicBool = AtomicBool::new(false);

/// Does without large pages until there is a large input.
#[cfg(target_os = "linux")]
pub fn want_small_pages() {
    if !ARE_SMALL.load(Ordering::Relaxed) {
        let are_small = get_thp_disable() == Ok(false) && set_thp_disable(true).is_ok();
        ARE_SMALL.fetch_or(are_small, Ordering::Relaxed);
    }
}

/// Does nothing where there are no such pages.
#[cfg(not(target_os = "linux"))]
pub fn want_small_pages() {}

/// Takes large pages again, if it was this program that did without them; whether that is so.
#[cfg(target_os = "linux")]
fn want_large_pages() -> bool {
    // Without them it only takes longer.
    ARE_SMALL.swap(false, Ordering::Relaxed) && set_thp_disable(false).is_ok()
}

/// Leaves them as they are.
#[cfg(not(target_os = "linux"))]
fn want_large_pages() -> bool {
    false
}

/// Does without large pages once so many bytes were read, unless they are very many.
pub fn have_read(bytes: usize) {
    if bytes < VERY_LARGE {
        want_small_pages();
    } else {
        want_large_pages();
    }
}

/// Whether room for a large file is being made in large pages: what else needs memory had better wait a moment.
pub fn are_being_taken() -> bool {
    MAKING_ROOM.load(Ordering::Relaxed) > 0
}

/// Room for so many bytes of a file in large pages. Unless these go on being wanted, some more of them are taken for what is read
/// out of the bytes, most of which is half as much: that memory goes back to the allocator, which hands it out next. For what
/// comes later small pages will do.
pub(super) fn large_room(bytes: usize) -> Vec<u8> {
    MAKING_ROOM.fetch_add(1, Ordering::Relaxed);
    let were_small = want_large_pages();
    let mut room = vec![0; bytes];
    if were_small && bytes < VERY_LARGE {
        touch(&mut room);
        touch(&mut vec![0; bytes / 2]);
        want_small_pages();
    }
    MAKING_ROOM.fetch_sub(1, Ordering::Relaxed);
    room
}

/// Has the system hand out this memory.
fn touch(room: &mut [u8]) {
    const PAGE: usize = 4_096;
    room.chunks_mut(PAGE).filter_map(<[u8]>::first_mut).for_each(|first| *first = 1);
    std::hint::black_box(room);
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn large_pages_come_back() {
        let were_off = get_thp_disable();
        want_small_pages();
        assert_eq!(get_thp_disable(), Ok(true));
        want_large_pages();
        assert_eq!(get_thp_disable(), were_off);
        have_read(VERY_LARGE);
        assert_eq!(get_thp_disable(), were_off);
        have_read(VERY_LARGE - 1);
        want_small_pages();
        assert_eq!(get_thp_disable(), Ok(true));
        want_large_pages();
        assert_eq!(get_thp_disable(), were_off);
    }
}
