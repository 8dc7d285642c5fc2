//! Which folders must never become the output folder.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::error::{Action, Unsafe, WriteError};

/// What the output folder must keep away from.
#[derive(Debug, Clone, Default)]
pub struct Guard {
    /// Files and folders that the output must not be, must not hold and must not
    /// lie in: content, themes, the configuration file, the binary.
    pub sources: Vec<PathBuf>,
    /// The folder of the site. The output must not be it nor hold it, but lies
    /// in it as a rule (`site/public`); its `content` and `themes` are sources
    /// without being named.
    pub root: Option<PathBuf>,
}

/// Makes `output` absolute, with links resolved, and checks that it may be
/// replaced as a whole. Nothing is created.
///
/// A link to a folder is resolved first, so what counts is where it leads.
///
/// # Errors
/// [`WriteError::Unsafe`], [`WriteError::NotAFolder`], or an I/O error when the
/// path cannot be resolved.
pub(super) fn settle(output: &Path, guard: &Guard) -> Result<PathBuf, WriteError> {
    let real = resolve(output)?;
    match fs::symlink_metadata(&real) {
        Ok(meta) if !meta.is_dir() => {
            return Err(WriteError::NotAFolder {
                path: output.into(),
            });
        }
        Ok(_) => {}
        Err(e) if is_absent(&e) => {}
        Err(e) => return Err(WriteError::io(Action::Read, output)(e)),
    }
    match danger(&real, guard)? {
        Some(reason) => Err(WriteError::Unsafe {
            output: output.to_path_buf(),
            reason,
        }),
        None => Ok(real),
    }
}

/// True when the error says that there is nothing at the path.
pub(super) fn is_absent(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

fn danger(output: &Path, guard: &Guard) -> Result<Option<Unsafe>, WriteError> {
    if output.parent().is_none() || output.file_name().is_none() {
        return Ok(Some(Unsafe::Root));
    }
    if let Some(home) = std::env::home_dir().filter(|h| h.is_absolute()) {
        let real = resolve(&home)?;
        if holds(output, &real) {
            return Ok(Some(Unsafe::Home(home)));
        }
    }
    if let Some(root) = &guard.root {
        let real = resolve(root)?;
        if same(output, &real) {
            return Ok(Some(Unsafe::Source(root.clone())));
        }
        if holds(output, &real) {
            return Ok(Some(Unsafe::HoldsSource(root.clone())));
        }
    }
    let implied = guard
        .root
        .iter()
        .flat_map(|root| [root.join("content"), root.join("themes")]);
    for source in guard.sources.iter().cloned().chain(implied) {
        let real = resolve(&source)?;
        if same(output, &real) {
            return Ok(Some(Unsafe::Source(source)));
        }
        if holds(output, &real) {
            return Ok(Some(Unsafe::HoldsSource(source)));
        }
        if holds(&real, output) {
            return Ok(Some(Unsafe::InsideSource(source)));
        }
    }
    if let Some(inside) = output
        .ancestors()
        .find(|a| a.file_name() == Some(OsStr::new(".git")))
    {
        return Ok(Some(Unsafe::Git(inside.to_path_buf())));
    }
    // A file named `.git` marks a work tree or a submodule.
    let git = output.join(".git");
    Ok(fs::symlink_metadata(&git)
        .is_ok()
        .then_some(Unsafe::Git(git)))
}

/// The absolute path with all links resolved, also when its last parts do not
/// exist yet.
pub(super) fn resolve(path: &Path) -> Result<PathBuf, WriteError> {
    let absolute = std::path::absolute(path).map_err(WriteError::io(Action::Read, path))?;
    let mut missing: Vec<&OsStr> = Vec::new();
    let mut exists: &Path = &absolute;
    let mut real = loop {
        match exists.canonicalize() {
            Ok(real) => break real,
            // A link that leads nowhere: what it will lead to is unknown.
            Err(_) if fs::symlink_metadata(exists).is_ok_and(|m| m.is_symlink()) => {
                return Err(WriteError::NotAFolder {
                    path: exists.to_path_buf(),
                });
            }
            Err(e) if is_absent(&e) => {
                let (Some(last), Some(parent)) = (exists.components().next_back(), exists.parent())
                else {
                    return Err(WriteError::io(Action::Read, path)(e));
                };
                missing.push(last.as_os_str());
                exists = parent;
            }
            Err(e) => return Err(WriteError::io(Action::Read, path)(e)),
        }
    };
    for part in missing.into_iter().rev() {
        match Path::new(part).components().next() {
            Some(Component::ParentDir) => {
                real.pop();
            }
            Some(Component::Normal(name)) => real.push(name),
            _ => {}
        }
    }
    Ok(real)
}

/// True when `inner` is `outer` or lies below it.
fn holds(outer: &Path, inner: &Path) -> bool {
    let mut parts = inner.components();
    outer.components().all(|o| {
        parts
            .next()
            .is_some_and(|i| same_name(o.as_os_str(), i.as_os_str()))
    })
}

fn same(a: &Path, b: &Path) -> bool {
    holds(a, b) && holds(b, a)
}

/// Windows and macOS take `Content` and `content` for one folder as a rule.
fn same_name(a: &OsStr, b: &OsStr) -> bool {
    if cfg!(any(windows, target_vendor = "apple")) {
        a.to_string_lossy().to_lowercase() == b.to_string_lossy().to_lowercase()
    } else {
        a == b
    }
}
