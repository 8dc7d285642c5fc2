//! What was costly to make and can be made again, kept beside the content from run to run.
//!
//! Names are hashes of what a thing was made from, and each file begins with the hash of the rest:
//! a file that is gone, half written or touched is made again. Deleting the folder changes nothing.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use super::digest;

const HASH: usize = 32;

#[derive(Debug, Clone)]
pub(super) struct Kept(PathBuf);

impl Kept {
    pub fn new(folder: PathBuf) -> Kept {
        Kept(folder)
    }

    pub fn get(&self, name: &str) -> Option<Vec<u8>> {
        let mut hash = fs::read(self.0.join(name)).ok()?;
        if hash.len() < HASH {
            return None;
        }
        let body = hash.split_off(HASH);
        (digest(&body).as_bytes().as_slice() == hash).then_some(body)
    }

    /// Where it can't be written, it is made again next time.
    pub fn put(&self, name: &str, bytes: &[u8]) {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        if !self.ready() {
            return;
        }
        let mark = COUNT.fetch_add(1, Ordering::Relaxed);
        let draft = self.0.join(format!("{}-{mark}.new", std::process::id()));
        let write = || {
            let mut file = fs::File::create_new(&draft)?;
            file.write_all(digest(bytes).as_bytes())?;
            file.write_all(bytes)?;
            drop(file);
            fs::rename(&draft, self.0.join(name))
        };
        if write().is_err() {
            let _ = fs::remove_file(&draft);
        }
    }

    pub fn retain(&self, keep: &dyn Fn(&str) -> bool) {
        for entry in fs::read_dir(&self.0).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let is_kept = name.to_str().is_some_and(|n| n == IGNORED || keep(n));
            if !is_kept && entry.file_type().is_ok_and(|t| t.is_file()) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// A folder of our own, not one that a link leads to.
    fn ready(&self) -> bool {
        let is_folder = |path: &Path| fs::symlink_metadata(path).is_ok_and(|m| m.is_dir());
        if !is_folder(&self.0) {
            if fs::create_dir_all(&self.0).is_err() {
                return false;
            }
            // Nothing of it belongs into a history of versions.
            let _ = fs::write(self.0.join(IGNORED), "*\n");
        }
        is_folder(&self.0) && self.0.parent().is_some_and(is_folder)
    }
}

const IGNORED: &str = ".gitignore";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_comes_back_and_what_was_touched_does_not() {
        let dir = tempfile::tempdir().expect("a folder");
        let folder = dir.path().join(".x/made");
        let kept = Kept::new(folder.clone());
        assert_eq!(kept.get("a"), None);
        kept.put("a", b"bytes");
        kept.put("b", b"");
        assert_eq!(kept.get("a").as_deref(), Some(&b"bytes"[..]));
        assert_eq!(kept.get("b").as_deref(), Some(&b""[..]));
        for broken in [&b""[..], b"short", &[0; 40]] {
            fs::write(folder.join("a"), broken).expect("a file");
            assert_eq!(kept.get("a"), None);
        }
        kept.retain(&|name| name == "b");
        assert!(kept.get("b").is_some() && !folder.join("a").exists());
        assert!(folder.join(".gitignore").exists());
    }
}
