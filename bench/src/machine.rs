//! The machine under the figures: without it they mean nothing.

use std::fs::{self, File};
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;

use serde::Serialize;

use crate::Error;
use crate::measure::{Times, repeated};

/// How often the disk is asked to make a block durable.
const SYNCS: usize = 50;
const BLOCK: [u8; 4_096] = [7; 4_096];

/// The machine.
#[derive(Serialize)]
pub struct Machine {
    /// The processor's name.
    pub processor: String,
    /// Processors that may be used.
    pub processors: usize,
    /// Memory in bytes.
    pub memory_bytes: u64,
    /// The kernel.
    pub kernel: String,
    /// The file system and the device of the folder in which everything is measured.
    pub disk: String,
    /// How long that disk takes to make 4 kB durable, in milliseconds (median).
    pub sync_ms: f64,
    /// How many processes wanted a processor in the minute before; above `processors` the figures suffer.
    pub load_average: Option<f64>,
}

impl Machine {
    /// This one, now.
    pub fn this(work: &Path) -> Result<Self, Error> {
        let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
        let kilobytes =
            field(&read("/proc/meminfo"), "MemTotal").and_then(|text| text.strip_suffix(" kB")?.parse().ok());
        Ok(Self {
            processor: field(&read("/proc/cpuinfo"), "model name").unwrap_or_else(|| "unknown".to_owned()),
            processors: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
            memory_bytes: kilobytes.map_or(0, |kilobytes: u64| kilobytes * 1_024),
            kernel: read("/proc/sys/kernel/osrelease").trim().to_owned(),
            disk: disk_of(&work.canonicalize()?, &read("/proc/mounts")),
            sync_ms: sync_ms(work)?,
            load_average: read("/proc/loadavg").split(' ').next().and_then(|number| number.parse().ok()),
        })
    }

    /// In one line.
    pub fn line(&self) -> String {
        format!(
            "{} processors ({}), {:.0} GiB, Linux {}, {} (4 kB made durable in {:.1} ms), load average {}",
            self.processors,
            self.processor,
            self.memory_bytes as f64 / f64::from(1 << 30),
            self.kernel,
            self.disk,
            self.sync_ms,
            self.load_average.map_or("unknown".to_owned(), |load| format!("{load:.1}")),
        )
    }
}

/// A value of the files in `/proc` that hold `name: value` lines.
fn field(text: &str, name: &str) -> Option<String> {
    text.lines().find_map(|line| {
        let (found, value) = line.split_once(':')?;
        (found.trim() == name).then(|| value.trim().to_owned())
    })
}

/// What the folder is mounted from: the longest mount point that holds it, the last one where several lie there.
fn disk_of(folder: &Path, mounts: &str) -> String {
    let mount = |line: &'_ str| {
        let mut words = line.split(' ');
        let (device, point, kind) = (words.next()?, words.next()?, words.next()?);
        folder.starts_with(point).then(|| (point.len(), format!("{kind} on {device}")))
    };
    mounts.lines().filter_map(mount).max_by_key(|(length, _)| *length).map_or("unknown".to_owned(), |(_, disk)| disk)
}

fn sync_ms(work: &Path) -> Result<f64, Error> {
    let path = work.join(format!("api-logs-bench-sync-{}", std::process::id()));
    let mut file = File::create(&path)?;
    let times = repeated(SYNCS, std::time::Duration::MAX, |_| {
        file.seek(SeekFrom::Start(0))?;
        file.write_all(&BLOCK)?;
        Ok(file.sync_data()?)
    });
    fs::remove_file(path)?;
    Ok(Times::of(&times?).median_ms)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_lies_on_the_innermost_mount() {
        let mounts = "/dev/vda / ext4 rw 0 0\ntmpfs /var/tmp tmpfs rw 0 0\n/dev/vdb /var xfs rw 0 0\n";
        assert_eq!(disk_of(Path::new("/var/tmp/x"), mounts), "tmpfs on tmpfs");
        assert_eq!(disk_of(Path::new("/var/tmpfile"), mounts), "xfs on /dev/vdb");
        assert_eq!(disk_of(Path::new("/home"), mounts), "ext4 on /dev/vda");
        assert_eq!(disk_of(Path::new("/home"), ""), "unknown");
    }

    #[test]
    fn fields_are_found_by_their_whole_name() {
        let text = "model\t\t: 1\nmodel name\t: A processor: fast\n";
        assert_eq!(field(text, "model name").as_deref(), Some("A processor: fast"));
        assert_eq!(field(text, "name"), None);
    }
}
