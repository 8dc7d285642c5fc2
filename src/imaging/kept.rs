//! What was made before: in memory for the pictures asked for last, and where
//! the file tree keeps things, from run to run. Forgetting it costs time alone.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

use crate::files::{Digest, Files, SitePath, digest};

use super::sizes::RECIPE;
use super::{Fault, Picture, sizes};

/// The files of a picture, in the order of [`Picture::sizes`].
pub type Made = Result<Arc<Vec<Vec<u8>>>, Fault>;

#[derive(Default)]
struct Memo {
    pictures: HashMap<Digest, Arc<OnceLock<Made>>>,
    bytes: usize,
}

static MEMO: LazyLock<Mutex<Memo>> = LazyLock::new(Mutex::default);

/// As many bytes as are held in memory.
const MOST_HELD: usize = 32 * 1024 * 1024;

/// All sizes of the picture in this file. Who asks while another thread makes
/// them waits for it.
pub fn made(files: &dyn Files, path: &SitePath, picture: &Picture) -> Made {
    let slot = {
        let mut memo = MEMO.lock().unwrap_or_else(PoisonError::into_inner);
        memo.pictures.entry(picture.digest).or_default().clone()
    };
    let mut is_new = false;
    let made = slot
        .get_or_init(|| {
            is_new = true;
            recall_or_make(files, path, picture)
        })
        .clone();
    if is_new {
        let mut memo = MEMO.lock().unwrap_or_else(PoisonError::into_inner);
        match &made {
            Ok(all) => {
                memo.bytes += all.iter().map(Vec::len).sum::<usize>();
                if memo.bytes > MOST_HELD {
                    *memo = Memo::default();
                }
            }
            // The file may be mended without its hash telling.
            Err(_) => {
                memo.pictures.remove(&picture.digest);
            }
        }
    }
    made
}

fn recall_or_make(files: &dyn Files, path: &SitePath, picture: &Picture) -> Made {
    let name = name(picture.digest);
    let count = picture.sizes().len();
    if let Some(all) = files.kept(&name).and_then(|kept| unpacked(&kept, count)) {
        return Ok(Arc::new(all));
    }
    let bytes = files.read(path).map_err(|_| Fault::Changed)?;
    if digest(&bytes) != picture.digest {
        return Err(Fault::Changed);
    }
    let all = sizes(&bytes, picture)?;
    files.keep(&name, &packed(&all));
    Ok(Arc::new(all))
}

/// Lets go of what was made from other pictures than these.
pub fn keep_only<'p>(files: &dyn Files, pictures: impl Iterator<Item = &'p Picture>) {
    let names: std::collections::HashSet<String> = pictures.map(|p| name(p.digest)).collect();
    files.keep_only(&|kept| names.contains(kept));
}

fn name(source: Digest) -> String {
    digest(format!("{RECIPE} {source}").as_bytes()).to_string()
}

/// Each file behind its length.
fn packed(all: &[Vec<u8>]) -> Vec<u8> {
    let mut out = Vec::with_capacity(all.iter().map(|file| file.len() + 8).sum());
    for file in all {
        out.extend((file.len() as u64).to_le_bytes());
        out.extend(file);
    }
    out
}

fn unpacked(mut bytes: &[u8], count: usize) -> Option<Vec<Vec<u8>>> {
    let mut all = Vec::with_capacity(count);
    while let Some((length, rest)) = bytes.split_first_chunk::<8>() {
        let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
        all.push(rest.get(..length)?.to_vec());
        bytes = rest.get(length..)?;
    }
    (all.len() == count && bytes.is_empty()).then_some(all)
}
