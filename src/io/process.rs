//! Other processes.

/// Whether a process is there. Where that cannot be told, it is.
#[cfg(all(unix, feature = "cli"))]
pub fn is_running(id: u32) -> bool {
    use nix::errno::Errno;
    use nix::sys::signal::kill;
    use nix::unistd::Pid;
    // Zero and negative numbers are groups of processes.
    i32::try_from(id).is_ok_and(|id| id <= 0 || kill(Pid::from_raw(id), None) != Err(Errno::ESRCH))
}

/// Whether a process is there, which cannot be told here.
#[cfg(not(all(unix, feature = "cli")))]
pub fn is_running(_: u32) -> bool {
    true
}

#[cfg(all(test, unix, feature = "cli"))]
mod tests {
    use super::is_running;

    #[test]
    fn a_process_that_ended_is_not_running() {
        assert!(is_running(std::process::id()));
        let mut child = std::process::Command::new("true").spawn().unwrap();
        let id = child.id();
        child.wait().unwrap();
        assert!(!is_running(id));
    }
}
