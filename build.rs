//! A digest of the program's own sources and default theme, so that a build
//! by another program is never taken for the one that made the last site.

use std::fs;
use std::path::Path;

fn main() {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for folder in ["src", "themes"] {
        println!("cargo:rerun-if-changed={folder}");
        take(Path::new(folder), &mut hash);
    }
    println!("cargo:rustc-env=PRONGSAI_SOURCES={hash:016x}");
}

fn take(path: &Path, hash: &mut u64) {
    if path.is_dir() {
        let mut entries: Vec<_> = fs::read_dir(path)
            .map(|dir| dir.filter_map(Result::ok).map(|e| e.path()).collect())
            .unwrap_or_default();
        entries.sort();
        for entry in entries {
            take(&entry, hash);
        }
    } else if let Ok(bytes) = fs::read(path) {
        let name = path.to_string_lossy().replace('\\', "/");
        for byte in name.bytes().chain(bytes) {
            *hash = (*hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}
