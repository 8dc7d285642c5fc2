//! A file tree on disk.

use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::kept::Kept;
use super::names::shown;
use super::path::SitePath;
use super::problem::{FileFault, FileProblem, Refusal};
use super::rules::{self, Verdict};
use super::{Entry, Files, Limits, Listing, Skipped};

/// Some folders and files below a root: `content`, `themes/mine`, `site.toml`.
///
/// Symbolic links are never followed, neither when listing nor when reading: what they point to
/// may change, may be private, may be a loop, and is not there when the folder is copied. The root
/// itself may be a link, since whoever runs the program chose it.
///
/// Windows and macOS open `Report.PDF` by the name `report.pdf` too. Who resolves a link should ask
/// the listing first ([`Listing::get`]), so that what works here works on the server.
#[derive(Debug, Clone)]
pub struct DiskFiles {
    root: PathBuf,
    places: Vec<Place>,
    /// Places that could not be taken; reported with every listing.
    refused: Vec<FileProblem>,
    limits: Limits,
    kept: Option<Kept>,
    /// The root, held open: a file is opened below it in one step that
    /// follows no link. Opened anew by each listing, as a whole folder may be
    /// moved away and another put in its place.
    #[cfg(target_os = "linux")]
    door: std::sync::Arc<std::sync::RwLock<Option<fs::File>>>,
}

#[derive(Debug, Clone)]
struct Place {
    path: SitePath,
    optional: bool,
}

/// What a listing collects.
#[derive(Default)]
struct Found {
    entries: Vec<Entry>,
    problems: Vec<FileProblem>,
    skipped: Vec<Skipped>,
    /// Files and folders, so that empty folders without end come to an end too.
    looked_at: usize,
}

impl DiskFiles {
    /// The given folders and single files below `root`, `.` for all of it. One that is not there is
    /// a problem; see [`optional`](Self::optional).
    pub fn new(root: &Path, dirs: &[&str]) -> Self {
        let mut files = Self {
            // The working folder of a process can change; what was meant does not.
            root: std::path::absolute(root).unwrap_or_else(|_| root.to_path_buf()),
            places: Vec::new(),
            refused: Vec::new(),
            limits: Limits::default(),
            kept: None,
            #[cfg(target_os = "linux")]
            door: std::sync::Arc::new(fs::File::open(root).ok().into()),
        };
        files.add(dirs, false);
        files
    }

    /// Adds folders and files that may be missing.
    #[must_use]
    pub fn optional(mut self, dirs: &[&str]) -> Self {
        self.add(dirs, true);
        self
    }

    /// Keeps what is costly to make in this folder below the root, which no listing shows.
    #[must_use]
    pub fn keeping(mut self, folder: &str) -> Self {
        self.kept = Some(Kept::new(self.root.join(folder)));
        self
    }

    /// Other limits than the usual.
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// The folder that all paths are below.
    pub fn root(&self) -> &Path {
        &self.root
    }

    fn add(&mut self, dirs: &[&str], optional: bool) {
        for dir in dirs {
            match SitePath::root().join(dir) {
                Ok(path) => self.places.push(Place { path, optional }),
                Err(problem) => self.refused.push(FileProblem::name(problem)),
            }
        }
    }

    /// Whether the listing has, or would have, a file of this path by its name alone.
    fn wanted(&self, path: &SitePath) -> bool {
        self.places
            .iter()
            .filter(|place| path.starts_with_dir(&place.path))
            .any(|place| rules::judge(path, &place.path) == Verdict::Keep)
    }

    /// The metadata of a path none of whose parts is a symbolic link.
    fn unlinked(&self, path: &SitePath) -> io::Result<(PathBuf, Metadata)> {
        let mut disk = self.root.clone();
        let mut metadata = fs::metadata(&disk)?;
        for part in path.parts() {
            disk.push(part);
            metadata = fs::symlink_metadata(&disk)?;
            if metadata.is_symlink() {
                return Err(Refusal::Symlink.into());
            }
        }
        Ok((disk, metadata))
    }

    /// Where a file is that may be read. Opening a pipe would wait for ever, so only plain files
    /// are.
    fn plain_file(&self, path: &SitePath) -> io::Result<PathBuf> {
        if !self.wanted(path) {
            // A file that is not there is simply that, whatever its place.
            fs::symlink_metadata(path.to_disk(&self.root))?;
            return Err(Refusal::NotListed.into());
        }
        let (disk, metadata) = self.unlinked(path)?;
        if metadata.is_file() {
            Ok(disk)
        } else {
            Err(Refusal::NotAFile.into())
        }
    }

    /// A plain file without a link on its way, and its size. `None` wherever
    /// that can't be had in one step; the careful way finds out why.
    #[cfg(target_os = "linux")]
    fn open_beneath(&self, path: &SitePath) -> Option<(fs::File, u64)> {
        use rustix::fs::{Mode, OFlags, ResolveFlags, openat2};
        if !self.wanted(path) {
            return None;
        }
        let root = self.door.read().ok()?;
        let fd = openat2(
            root.as_ref()?,
            path.as_str(),
            OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NONBLOCK,
            Mode::empty(),
            ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS,
        )
        .ok()?;
        let file = fs::File::from(fd);
        let metadata = file.metadata().ok()?;
        metadata.is_file().then_some((file, metadata.len()))
    }

    #[cfg(not(target_os = "linux"))]
    fn open_beneath(&self, _: &SitePath) -> Option<(fs::File, u64)> {
        None
    }

    fn walk(&self, place: &Place, found: &mut Found) {
        let (disk, metadata) = match self.unlinked(&place.path) {
            Ok(known) => known,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                if !place.optional {
                    let path = place_name(&place.path);
                    found
                        .problems
                        .push(FileProblem::new(path, FileFault::Missing));
                }
                return;
            }
            Err(error) => {
                let mut problem = FileProblem::from_io(&place.path, &error);
                problem.path = place_name(&place.path).to_owned();
                found.problems.push(problem);
                return;
            }
        };
        if metadata.is_file() {
            found.looked_at += 1;
            found
                .entries
                .push(Entry::on_disk(place.path.clone(), &metadata));
            return;
        }
        let mut walk = WalkDir::new(&disk)
            .follow_links(false)
            .min_depth(1)
            .into_iter();
        while let Some(step) = walk.next() {
            if found.looked_at >= self.limits.files {
                let limit = self.limits.files;
                let path = place_name(&place.path);
                found
                    .problems
                    .push(FileProblem::new(path, FileFault::TooMany { limit }));
                return;
            }
            found.looked_at += 1;
            let step = match step {
                Ok(step) => step,
                Err(error) => {
                    self.unwalked(place, &error, found);
                    continue;
                }
            };
            let kind = step.file_type();
            let mut prune = || {
                if kind.is_dir() {
                    walk.skip_current_dir();
                }
            };
            let name = step.file_name().to_string_lossy();
            if let Some(why) = rules::skipped(&name, kind.is_dir()) {
                found.skipped.push(Skipped {
                    path: self.shown(step.path()),
                    why,
                });
                prune();
                continue;
            }
            if kind.is_symlink() {
                let path = self.shown(step.path());
                found
                    .problems
                    .push(FileProblem::new(&path, FileFault::Symlink));
                continue;
            }
            let path = match SitePath::from_disk(&self.root, step.path()) {
                Ok(path) => path,
                Err(problem) => {
                    found.problems.push(FileProblem::name(problem));
                    prune();
                    continue;
                }
            };
            if rules::conflict_copy(&name) {
                found
                    .problems
                    .push(FileProblem::new(path.as_str(), FileFault::ConflictCopy));
                prune();
                continue;
            }
            if kind.is_dir() {
                if path.depth() > self.limits.depth {
                    let limit = self.limits.depth;
                    found.problems.push(FileProblem::new(
                        path.as_str(),
                        FileFault::TooDeep { limit },
                    ));
                    prune();
                }
                continue;
            }
            if !kind.is_file() {
                found
                    .problems
                    .push(FileProblem::new(path.as_str(), FileFault::NotAFile));
                continue;
            }
            match step.metadata() {
                Ok(metadata) => found.entries.push(Entry::on_disk(path, &metadata)),
                Err(error) => self.unwalked(place, &error, found),
            }
        }
    }

    /// Reports what could not be walked into. What went away in the meantime (an editor's
    /// temporary file, a rename) is not there any more, which is no problem.
    fn unwalked(&self, place: &Place, error: &walkdir::Error, found: &mut Found) {
        let path = error.path().unwrap_or(&self.root);
        if let Err(again) = fs::symlink_metadata(path)
            && again.kind() == io::ErrorKind::NotFound
        {
            return;
        }
        let shown = error.path().map_or_else(
            || place_name(&place.path).to_owned(),
            |path| self.shown(path),
        );
        found.problems.push(match error.io_error() {
            Some(error) => FileProblem::unreadable(&shown, error),
            None => FileProblem::unreadable(&shown, &io::Error::other(error.to_string())),
        });
    }

    /// A path on disk as it may be printed: below the root and with `/`.
    fn shown(&self, path: &Path) -> String {
        let below = path.strip_prefix(&self.root).unwrap_or(path);
        let parts: Vec<_> = below
            .components()
            .map(|component| component.as_os_str().to_string_lossy())
            .collect();
        shown(&parts.join("/")).into_owned()
    }
}

fn place_name(path: &SitePath) -> &str {
    if path.is_root() { "." } else { path.as_str() }
}

impl Files for DiskFiles {
    fn list(&self) -> Listing {
        #[cfg(target_os = "linux")]
        if let Ok(mut door) = self.door.write() {
            *door = fs::File::open(&self.root).ok();
        }
        self.list_now()
    }

    fn read(&self, path: &SitePath) -> io::Result<Vec<u8>> {
        self.read_now(path)
    }

    fn disk_path(&self, path: &SitePath) -> Option<PathBuf> {
        self.plain_file(path).ok()
    }

    fn kept(&self, name: &str) -> Option<Vec<u8>> {
        self.kept.as_ref()?.get(name)
    }

    fn keep(&self, name: &str, bytes: &[u8]) {
        if let Some(kept) = &self.kept {
            kept.put(name, bytes);
        }
    }

    fn keep_only(&self, keep: &dyn Fn(&str) -> bool) {
        if let Some(kept) = &self.kept {
            kept.retain(keep);
        }
    }

    fn limits(&self) -> Limits {
        self.limits
    }

    fn read_text(&self, path: &SitePath) -> Result<super::Decoded, FileProblem> {
        self.read_text_now(path)
    }
}

impl DiskFiles {
    fn list_now(&self) -> Listing {
        let mut found = Found {
            problems: self.refused.clone(),
            ..Found::default()
        };
        for (at, place) in self.places.iter().enumerate() {
            // A place inside another, or given twice, is walked once.
            let walked = self.places.iter().enumerate().any(|(other, wider)| {
                place.path.starts_with_dir(&wider.path)
                    && (wider.path != place.path || other < at)
                    && rules::judge(&place.path, &wider.path) == Verdict::Keep
                    && (place.optional || self.unlinked(&place.path).is_ok())
            });
            if !walked {
                self.walk(place, &mut found);
            }
        }
        rules::finish(found.entries, found.problems, found.skipped)
    }

    fn read_now(&self, path: &SitePath) -> io::Result<Vec<u8>> {
        if let Some((mut file, size)) = self.open_beneath(path) {
            let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1);
            io::Read::read_to_end(&mut file, &mut bytes)?;
            return Ok(bytes);
        }
        fs::read(self.plain_file(path)?)
    }

    fn read_text_now(&self, path: &SitePath) -> Result<super::Decoded, FileProblem> {
        let limit = self.limits.text_bytes;
        let too_large = |size| FileProblem::new(path.as_str(), FileFault::TooLarge { size, limit });
        let bytes = match self.open_beneath(path) {
            Some((_, size)) if size > limit => return Err(too_large(size)),
            Some((mut file, size)) => {
                let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1);
                io::Read::read_to_end(&mut file, &mut bytes)
                    .map_err(|error| FileProblem::from_io(path, &error))?;
                bytes
            }
            None => self
                .read(path)
                .map_err(|error| FileProblem::from_io(path, &error))?,
        };
        let size = bytes.len() as u64;
        if size > limit {
            return Err(too_large(size));
        }
        super::decode(bytes)
            .map_err(|problem| FileProblem::new(path.as_str(), FileFault::Text(problem)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::{Problem, Severity};

    fn path(text: &str) -> SitePath {
        SitePath::new(text).expect("a good path")
    }

    fn site(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().expect("a folder");
        for (name, contents) in files {
            let disk = dir.path().join(name);
            fs::create_dir_all(disk.parent().expect("a parent")).expect("folders");
            fs::write(disk, contents).expect("a file");
        }
        dir
    }

    fn names(listing: &Listing) -> Vec<&str> {
        let entries = listing.entries.iter();
        entries.map(|entry| entry.path.as_str()).collect()
    }

    fn problems(listing: &Listing) -> Vec<(&'static str, &str)> {
        let problems = listing.problems.iter();
        problems.map(|p| (p.code(), p.path.as_str())).collect()
    }

    #[test]
    #[cfg(unix)]
    fn a_folder_that_took_the_place_of_another_is_read() {
        let work = tempfile::tempdir().expect("a folder");
        let root = work.path().join("site");
        fs::create_dir(&root).expect("made");
        fs::write(root.join("a.md"), "old").expect("written");
        let files = DiskFiles::new(&root, &["."]);
        let read = || files.read(&SitePath::new("a.md").expect("a path"));
        assert_eq!(read().expect("there"), b"old");
        fs::rename(&root, work.path().join("away")).expect("moved");
        fs::create_dir(&root).expect("made");
        fs::write(root.join("a.md"), "new").expect("written");
        assert_eq!(files.list().entries.len(), 1);
        assert_eq!(read().expect("there"), b"new");
    }

    #[test]
    fn lists_the_places_asked_for_and_nothing_else() {
        let dir = site(&[
            ("site.toml", b"x"),
            ("content/b.md", b"22"),
            ("content/ปี 2567/รายงาน.md", b"333"),
            ("themes/mine/page.html", b""),
            ("themes/other/page.html", b""),
            ("public/index.html", b""),
        ]);
        let files = DiskFiles::new(dir.path(), &["content/", "themes/mine", "site.toml"]);
        let listing = files.list();
        assert_eq!(
            names(&listing),
            [
                "content/b.md",
                "content/ปี 2567/รายงาน.md",
                "site.toml",
                "themes/mine/page.html"
            ]
        );
        assert_eq!(problems(&listing), []);
        let entry = listing.get(&path("content/b.md")).expect("listed");
        assert_eq!(entry.size, 2);
        assert!(entry.modified.is_some());
        assert_eq!(files.read(&entry.path).expect("read"), b"22");
        assert!(
            files
                .disk_path(&entry.path)
                .is_some_and(|disk| disk.is_file())
        );
        let error = files.read(&path("public/index.html")).expect_err("outside");
        let problem = FileProblem::from_io(&path("public/index.html"), &error);
        assert_eq!(problem.code(), "file-ignored");
        assert_eq!(files.disk_path(&path("public/index.html")), None);
    }

    #[test]
    fn places_inside_each_other_are_walked_once() {
        let dir = site(&[("content/2567/a.md", b""), ("content/.cache/b.md", b"")]);
        let places = ["content/2567", "content", "content", "content/.cache"];
        let files = DiskFiles::new(dir.path(), &places);
        let listing = files.list();
        assert_eq!(
            names(&listing),
            ["content/.cache/b.md", "content/2567/a.md"]
        );
        assert!(files.read(&path("content/.cache/b.md")).is_ok());
        let all = DiskFiles::new(dir.path(), &["."]);
        assert_eq!(names(&all.list()), ["content/2567/a.md"]);
    }

    #[test]
    fn a_missing_place_is_named_unless_it_may_be_missing() {
        let dir = site(&[("content/a.md", b"")]);
        let listing = DiskFiles::new(dir.path(), &["content", "data", "content/none", "../up"])
            .optional(&["themes/mine", "site.toml"])
            .list();
        assert_eq!(
            problems(&listing),
            [
                ("path-outside", "../up"),
                ("file-missing", "content/none"),
                ("file-missing", "data"),
            ]
        );
        let nowhere = DiskFiles::new(&dir.path().join("gone"), &["."]).list();
        assert_eq!(problems(&nowhere), [("file-missing", ".")]);
    }

    #[test]
    fn temporary_and_hidden_files_are_counted_and_cannot_be_read() {
        let dir = site(&[
            ("content/a.md", b""),
            ("content/~$a.docx", b""),
            ("content/.~lock.a.odt#", b""),
            ("content/a.md~", b""),
            ("content/.git/config", b""),
            ("content/.git/HEAD", b""),
            ("content/.env", b"SECRET"),
            ("content/.well-known/security.txt", b""),
        ]);
        let files = DiskFiles::new(dir.path(), &["content"]);
        let listing = files.list();
        assert_eq!(
            names(&listing),
            ["content/.well-known/security.txt", "content/a.md"]
        );
        assert_eq!(problems(&listing), []);
        assert_eq!(listing.skipped.len(), 5);
        assert!(files.read(&path("content/.env")).is_err());
        assert_eq!(files.disk_path(&path("content/.git/config")), None);
    }

    #[test]
    fn conflict_copies_are_named_and_not_listed() {
        let dir = site(&[
            ("content/report.md", b""),
            ("content/report (1).md", b""),
            ("content/report (conflicted copy).md", b""),
            ("content/งบ (สำเนาที่ขัดแย้ง)/a.md", b""),
        ]);
        let listing = DiskFiles::new(dir.path(), &["content"]).list();
        assert_eq!(
            names(&listing),
            ["content/report (1).md", "content/report.md"]
        );
        assert_eq!(
            problems(&listing),
            [
                ("file-conflict-copy", "content/report (conflicted copy).md"),
                ("file-conflict-copy", "content/งบ (สำเนาที่ขัดแย้ง)"),
            ]
        );
        assert!(
            listing
                .problems
                .iter()
                .all(|p| p.severity() == Severity::Warning)
        );
    }

    #[cfg(unix)]
    #[test]
    fn symbolic_links_are_named_never_followed() {
        use std::os::unix::fs::symlink;
        let outside = site(&[("private/secret.md", b"SECRET")]);
        let dir = site(&[("content/a.md", b"")]);
        let content = dir.path().join("content");
        symlink(outside.path().join("private"), content.join("folder")).expect("link");
        symlink(
            outside.path().join("private/secret.md"),
            content.join("file.md"),
        )
        .expect("link");
        symlink("a.md", content.join("inside.md")).expect("link");
        symlink("nowhere", content.join("broken.md")).expect("link");
        symlink(".", content.join("loop")).expect("link");
        symlink(outside.path(), dir.path().join("themes")).expect("link");
        let files = DiskFiles::new(dir.path(), &["content", "themes", "themes/private"]);
        let listing = files.list();
        assert_eq!(names(&listing), ["content/a.md"]);
        assert_eq!(
            problems(&listing),
            [
                ("file-symlink", "content/broken.md"),
                ("file-symlink", "content/file.md"),
                ("file-symlink", "content/folder"),
                ("file-symlink", "content/inside.md"),
                ("file-symlink", "content/loop"),
                ("file-symlink", "themes"),
                ("file-symlink", "themes/private"),
            ]
        );
        for inside in [
            "content/file.md",
            "content/folder/secret.md",
            "themes/private/secret.md",
        ] {
            let error = files.read(&path(inside)).expect_err("a link");
            let problem = FileProblem::from_io(&path(inside), &error);
            assert_eq!(problem.code(), "file-symlink", "{inside}");
            assert_eq!(files.disk_path(&path(inside)), None);
        }
    }

    #[cfg(unix)]
    #[test]
    fn the_root_itself_may_be_a_link() {
        let dir = site(&[("real/content/a.md", b"1")]);
        let link = dir.path().join("link");
        std::os::unix::fs::symlink("real", &link).expect("link");
        let files = DiskFiles::new(&link, &["content"]);
        assert_eq!(names(&files.list()), ["content/a.md"]);
        assert_eq!(files.read(&path("content/a.md")).expect("read"), b"1");
    }

    #[test]
    fn what_vanished_or_is_a_folder_cannot_be_read_and_says_so() {
        let dir = site(&[("content/a.md", b""), ("content/folder/b.md", b"")]);
        let files = DiskFiles::new(dir.path(), &["content"]);
        let listing = files.list();
        fs::remove_file(dir.path().join("content/a.md")).expect("removed");
        assert_eq!(listing.entries.len(), 2);
        let gone = files.read_text(&path("content/a.md")).expect_err("gone");
        assert_eq!(gone.code(), "file-unreadable");
        assert!(gone.en().contains("content/a.md"), "{}", gone.en());
        let folder = files
            .read_text(&path("content/folder"))
            .expect_err("a folder");
        assert_eq!(folder.code(), "file-special");
        let through = files
            .read_text(&path("content/folder/b.md/c"))
            .expect_err("a file");
        assert_eq!(through.code(), "file-unreadable");
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_without_permission_is_named() {
        use std::os::unix::fs::PermissionsExt;
        let dir = site(&[
            ("content/open/a.md", b""),
            ("content/shut/b.md", b""),
            ("content/shut.md", b""),
        ]);
        let shut = dir.path().join("content/shut");
        let shut_file = dir.path().join("content/shut.md");
        let mode = |path: &Path, mode| {
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("mode");
        };
        mode(&shut, 0o000);
        mode(&shut_file, 0o000);
        let all_powerful = fs::read_dir(&shut).is_ok();
        let files = DiskFiles::new(dir.path(), &["content"]);
        let listing = files.list();
        let reading = files.read_text(&path("content/shut.md"));
        mode(&shut, 0o755);
        mode(&shut_file, 0o644);
        if all_powerful {
            eprintln!("SKIPPED: this user may read everything, so nothing can be unreadable");
            return;
        }
        assert_eq!(names(&listing), ["content/open/a.md", "content/shut.md"]);
        assert_eq!(problems(&listing), [("file-unreadable", "content/shut")]);
        assert_eq!(reading.expect_err("shut").code(), "file-unreadable");
    }

    // Other systems refuse most of these names themselves.
    #[cfg(target_os = "linux")]
    #[test]
    fn names_that_are_not_portable_are_named() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        let dir = site(&[
            ("content/a.md", b""),
            ("content/CON.md", b""),
            ("content/what?.md", b""),
            ("content/back\\slash.md", b""),
            ("content/end./a.md", b""),
            ("content/zero\u{200b}width.md", b""),
            ("content/Case.md", b""),
            ("content/case.md", b""),
        ]);
        let odd = dir.path().join(OsStr::from_bytes(b"content/\xA1\xA2.md"));
        fs::write(odd, b"").expect("a file");
        let listing = DiskFiles::new(dir.path(), &["content"]).list();
        assert_eq!(
            names(&listing),
            [
                "content/Case.md",
                "content/a.md",
                "content/case.md",
                "content/zero\u{200b}width.md"
            ]
        );
        assert_eq!(
            problems(&listing),
            [
                ("file-name-reserved", "content/CON.md"),
                ("file-name-reserved", "content/back\\slash.md"),
                ("file-name-clash", "content/case.md"),
                ("file-name-reserved", "content/end."),
                ("file-name-reserved", "content/what?.md"),
                ("file-name-invisible", "content/zero\\u{200b}width.md"),
                ("file-name-not-unicode", "content/\u{fffd}\u{fffd}.md"),
            ]
        );
    }

    #[cfg(unix)]
    #[test]
    fn pipes_are_named_and_never_opened() {
        // A socket stands for all that is not a file: opening it fails, a pipe would hang.
        let dir = site(&[("content/a.md", b"")]);
        let socket = dir.path().join("content/s");
        let Ok(_listener) = std::os::unix::net::UnixListener::bind(&socket) else {
            eprintln!("SKIPPED: this system makes no socket here");
            return;
        };
        let files = DiskFiles::new(dir.path(), &["content"]);
        assert_eq!(problems(&files.list()), [("file-special", "content/s")]);
        let error = files.read(&path("content/s")).expect_err("not a file");
        assert_eq!(
            FileProblem::from_io(&path("content/s"), &error).code(),
            "file-special"
        );
    }

    #[test]
    fn the_limits_hold() {
        let dir = site(&[
            ("content/a.md", b"123456"),
            ("content/b.md", b""),
            ("content/1/2/c.md", b""),
        ]);
        let limits = Limits {
            text_bytes: 5,
            files: 200,
            depth: 2,
        };
        let files = DiskFiles::new(dir.path(), &["content"]).with_limits(limits);
        let listing = files.list();
        assert_eq!(names(&listing), ["content/a.md", "content/b.md"]);
        assert_eq!(problems(&listing), [("file-too-deep", "content/1/2")]);
        let large = files.read_text(&path("content/a.md")).expect_err("large");
        assert_eq!(large.code(), "file-too-large");
        let few = Limits { files: 1, ..limits };
        let listing = DiskFiles::new(dir.path(), &["content"])
            .with_limits(few)
            .list();
        assert!(listing.entries.len() <= 1);
        assert!(listing.problems.iter().any(|p| p.code() == "file-too-many"));
    }
}
