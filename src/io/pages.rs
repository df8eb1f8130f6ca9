//! How much memory the system hands out at once. Large pages of 2 MB save large inputs a fifth of their time, and cost small ones as
//! much: each is cleared before it is handed out.

#[cfg(all(target_os = "linux", feature = "cli"))]
use std::sync::atomic::{AtomicBool, Ordering};

#[cfg(all(target_os = "linux", feature = "cli"))]
use nix::sys::prctl::{get_thp_disable, set_thp_disable};

/// Whether large pages were there and are done without.
#[cfg(all(target_os = "linux", feature = "cli"))]
static ARE_SMALL: AtomicBool = AtomicBool::new(false);

/// Does without large pages until there is a large input.
#[cfg(all(target_os = "linux", feature = "cli"))]
pub fn want_small_pages() {
    let are_small = get_thp_disable() == Ok(false) && set_thp_disable(true).is_ok();
    ARE_SMALL.store(are_small, Ordering::Relaxed);
}

/// Does nothing where there are no such pages.
#[cfg(all(not(target_os = "linux"), feature = "cli"))]
pub fn want_small_pages() {}

/// From so many bytes on what is made of them fills large pages, too. Of what is made of less, much of each stayed unused.
#[cfg(feature = "cli")]
const VERY_LARGE: usize = 32 << 20;

/// Does without large pages again once so many bytes were read, unless they are very many.
#[cfg(feature = "cli")]
pub fn have_read(bytes: usize) {
    if bytes < VERY_LARGE {
        want_small_pages();
    }
}

/// Takes large pages again, if it was this program that did without them.
#[cfg(all(target_os = "linux", feature = "cli"))]
pub(super) fn want_large_pages() {
    if ARE_SMALL.swap(false, Ordering::Relaxed) {
        // Without them it only takes longer.
        let _ = set_thp_disable(false);
    }
}

/// Leaves them as they are.
#[cfg(not(all(target_os = "linux", feature = "cli")))]
pub(super) fn want_large_pages() {}

#[cfg(all(test, target_os = "linux", feature = "cli"))]
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
        assert_eq!(get_thp_disable(), Ok(true));
        want_large_pages();
        assert_eq!(get_thp_disable(), were_off);
    }
}
