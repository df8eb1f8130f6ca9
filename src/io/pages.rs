//! How much memory the system hands out at once. Large pages of 2 MB save large inputs a fifth of their time, and cost small ones as
//! much: each is cleared before it is handed out.

#[cfg(all(target_os = "linux", feature = "cli"))]
mod system {
    use std::sync::atomic::{AtomicBool, Ordering};

    use nix::sys::prctl::set_thp_disable;

    /// Whether large pages were there and are done without.
    static ARE_SMALL: AtomicBool = AtomicBool::new(false);

    pub(in crate::io) fn want_small() {
        let is_done = nix::sys::prctl::get_thp_disable() == Ok(false) && set_thp_disable(true).is_ok();
        ARE_SMALL.store(is_done, Ordering::Relaxed);
    }

    pub(in crate::io) fn want_large() {
        if ARE_SMALL.swap(false, Ordering::Relaxed) {
            // Without them it only takes longer.
            let _ = set_thp_disable(false);
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn large_pages_come_back() {
            let were_off = nix::sys::prctl::get_thp_disable();
            want_small();
            assert_eq!(nix::sys::prctl::get_thp_disable(), Ok(true));
            want_large();
            assert_eq!(nix::sys::prctl::get_thp_disable(), were_off);
        }
    }
}

#[cfg(not(all(target_os = "linux", feature = "cli")))]
mod system {
    #[cfg(feature = "cli")]
    pub(in crate::io) fn want_small() {}

    pub(in crate::io) fn want_large() {}
}

/// Does without large pages until there is a large input.
#[cfg(feature = "cli")]
pub fn want_small_pages() {
    system::want_small();
}

/// Takes large pages again, if it was this program that did without them.
pub(super) fn want_large_pages() {
    system::want_large();
}
