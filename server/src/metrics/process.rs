//! What the process takes of the machine, as Linux tells it. Elsewhere the figures are zero.

use rustix::process::{Resource, getrlimit};

/// What the process takes.
pub struct ProcessFigures {
    /// Bytes of memory that are resident.
    pub resident_bytes: u64,
    /// Files and connections that are open.
    pub open_files: u64,
    /// How many may be.
    pub most_open_files: u64,
}

impl ProcessFigures {
    /// What it takes now.
    pub fn now() -> Self {
        let open = std::fs::read_dir("/proc/self/fd").map(Iterator::count).unwrap_or_default();
        Self {
            resident_bytes: std::fs::read_to_string("/proc/self/status").map_or(0, |status| resident_bytes(&status)),
            // One of them is the folder that is being read.
            open_files: u64::try_from(open.saturating_sub(1)).unwrap_or_default(),
            most_open_files: getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX),
        }
    }
}

/// `VmRSS` of `/proc/<pid>/status`, see proc(5).
fn resident_bytes(status: &str) -> u64 {
    let kilobytes = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .and_then(|rest| rest.trim().strip_suffix("kB"))
        .and_then(|kilobytes| kilobytes.trim().parse::<u64>().ok());
    kilobytes.unwrap_or_default() * 1_024
}

#[cfg(test)]
mod tests {
    use super::{ProcessFigures, resident_bytes};

    #[test]
    fn the_status_says_how_much_memory_is_resident() {
        assert_eq!(resident_bytes("Name:\tapi-logs\nVmRSS:\t   12345 kB\nThreads:\t9\n"), 12_345 * 1_024);
        assert_eq!(resident_bytes("Name:\tapi-logs\n"), 0);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_process_has_memory_and_open_files() {
        let figures = ProcessFigures::now();
        assert!(figures.resident_bytes > 1 << 20);
        assert!(figures.open_files > 0 && figures.open_files <= figures.most_open_files);
    }
}
