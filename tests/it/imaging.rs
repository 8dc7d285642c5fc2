//! Pictures from the content folder to the website, read again by programs
//! that had no hand in making them.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Cursor};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};

use image::{DynamicImage, GenericImageView, ImageFormat, Rgb, RgbImage};
use prongsai::build;
use prongsai::files::{Digest, Files, Limits, Listing, Look, SitePath};
use prongsai::imaging::{Picture, clean, inspect, sizes};
use prongsai::serve::{Body, Preview, Request, Settings};
use proptest::prelude::*;

use crate::help::{OnDisk, SITE_TOML, here, options};

/// EXIF: an orientation, an owner's name, and a latitude of 13 degrees.
fn exif(orientation: u8) -> Vec<u8> {
    let mut tiff = b"MM\0\x2a\0\0\0\x08".to_vec();
    let mut put = |bytes: &[u8]| tiff.extend_from_slice(bytes);
    put(&[0, 3]);
    put(&[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    put(&[0x01, 0x3B, 0, 2, 0, 0, 0, 4, b'O', b'w', b'n', 0]);
    put(&[0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 50]);
    put(&[0, 0, 0, 0]);
    put(&[0, 2]);
    put(&[0, 1, 0, 2, 0, 0, 0, 2, b'N', 0, 0, 0]);
    put(&[0, 2, 0, 5, 0, 0, 0, 3, 0, 0, 0, 80]);
    put(&[0, 0, 0, 0]);
    for part in [13u32, 45, 0] {
        put(&part.to_be_bytes());
        put(&1u32.to_be_bytes());
    }
    tiff
}

/// Its upper left quarter is red, the rest uneven grey.
fn scene(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        if x < width / 2 && y < height / 2 {
            Rgb([220, 30, 30])
        } else {
            let noise = (x.wrapping_mul(7919) ^ y.wrapping_mul(104_729)) >> 3 & 31;
            Rgb([120 + noise as u8; 3])
        }
    })
}

/// A JPEG as a phone saves it: EXIF, XMP, a comment, and a second picture with
/// a place of its own behind the end of the first.
fn photo(width: u32, height: u32, orientation: u8) -> Vec<u8> {
    let mut plain = Cursor::new(Vec::new());
    scene(width, height)
        .write_to(&mut plain, ImageFormat::Jpeg)
        .expect("a JPEG");
    let plain = plain.into_inner();
    let mut out = plain[..2].to_vec();
    let mut put = |marker: u8, head: &[u8], body: &[u8]| {
        out.extend([0xFF, marker]);
        out.extend((2 + head.len() as u16 + body.len() as u16).to_be_bytes());
        out.extend(head);
        out.extend(body);
    };
    put(0xE1, b"Exif\0\0", &exif(orientation));
    put(
        0xE1,
        b"http://ns.adobe.com/xap/1.0/\0",
        b"<x exif:GPSLatitude=\"13,45N\"/>",
    );
    put(0xED, b"Photoshop 3.0\0", b"8BIM");
    put(0xFE, b"", b"by Owner");
    out.extend(&plain[2..]);
    let again = out.clone();
    out.extend(again);
    out
}

/// What another reader finds in a picture's file besides the picture.
fn tells(bytes: &[u8]) -> Vec<String> {
    let mut reader = exif::Reader::new();
    reader.continue_on_error(true);
    let read = reader
        .read_from_container(&mut Cursor::new(bytes))
        .or_else(|e| e.distill_partial_result(|_| {}));
    let mut found: Vec<String> = read
        .iter()
        .flat_map(|exif| exif.fields().map(|f| f.tag.to_string()))
        .collect();
    for word in ["GPSLatitude", "8BIM", "Owner", "xap/1.0"] {
        if memchr::memmem::find(bytes, word.as_bytes()).is_some() {
            found.push(word.into());
        }
    }
    found
}

const PAGE: &str =
    "+++\ntitle = \"ภาพกิจกรรม\"\n+++\n\n![ประชุมประชาคมที่ศาลากลางบ้าน](files/meeting.jpg)\n";

fn with_photo() -> OnDisk {
    OnDisk::new([
        ("content/site.toml", SITE_TOML.as_bytes()),
        ("content/pages/activity.md", PAGE.as_bytes()),
        ("content/pages/files/meeting.jpg", &photo(2000, 1500, 6)),
    ])
}

fn made(public: &BTreeMap<String, Vec<u8>>) -> Vec<(&str, &[u8])> {
    let of = |(path, bytes)| (str::strip_prefix(path, "assets/pictures/"), bytes);
    public
        .iter()
        .map(|(path, bytes)| of((path.as_str(), bytes.as_slice())))
        .filter_map(|(path, bytes)| Some((path?, bytes)))
        .collect()
}

fn color(image: &DynamicImage, x: f64, y: f64) -> [u8; 3] {
    let at = |share: f64, side: u32| (share * f64::from(side)) as u32;
    let point = image
        .get_pixel(at(x, image.width()), at(y, image.height()))
        .0;
    [point[0], point[1], point[2]]
}

fn is_red([r, g, b]: [u8; 3]) -> bool {
    r > 180 && g < 80 && b < 80
}

#[test]
fn a_photograph_of_a_phone_is_offered_upright_in_sizes_and_tells_nothing_else() {
    let disk = with_photo();
    disk.build();
    let public = disk.public();
    let page = String::from_utf8(public["activity/index.html"].clone()).expect("UTF-8");
    let tag = &page[page.find("<picture>").expect("sizes")..page.find("</picture>").expect("end")];
    for wanted in [
        "320w",
        "640w",
        "960w",
        "1500w",
        "width=\"1500\" height=\"2000\"",
    ] {
        assert!(tag.contains(wanted), "{wanted}: {tag}");
    }
    assert!(!tag.contains("loading"), "it is the first: {tag}");
    let made = made(&public);
    let names: Vec<&str> = made
        .iter()
        .map(|(n, _)| n.rsplit('-').next().expect("-"))
        .collect();
    assert_eq!(
        names,
        ["1500.webp", "320.webp", "640.webp", "960.jpg", "960.webp"]
    );
    for (name, bytes) in &made {
        assert!(tag.contains(name), "{name} is not on the page");
        assert_eq!(tells(bytes), Vec::<String>::new(), "{name}");
        let image = image::load_from_memory(bytes).expect("a picture");
        let width: u32 = name[17..]
            .split('.')
            .next()
            .expect("width")
            .parse()
            .expect("px");
        assert_eq!(image.dimensions(), (width, (width * 4 + 1) / 3), "{name}");
        // Turned to the right: what was left above is right above.
        assert!(is_red(color(&image, 0.75, 0.25)), "{name}");
        assert!(!is_red(color(&image, 0.25, 0.25)), "{name}");
    }
    // What is linked for download is the same picture, point for point.
    let source = fs::read(disk.path("content/pages/files/meeting.jpg")).expect("there");
    let copy = &public["pages/files/meeting.jpg"];
    assert_eq!(tells(copy), ["Orientation"]);
    let points = |bytes: &[u8]| {
        image::load_from_memory(bytes)
            .expect("a picture")
            .into_rgb8()
    };
    assert_eq!(points(copy), points(&source));
    assert!(tells(&source).len() > 5, "{:?}", tells(&source));
    assert!(
        inspect(copy)
            .picture
            .is_ok_and(|p| (p.width, p.height) == (1500, 2000))
    );
}

#[test]
fn pictures_of_other_programs_lose_their_place_and_nothing_else() {
    for name in ["place.jpg", "place.png", "place.webp"] {
        let bytes = fs::read(here("it/documents").join(name)).expect("there");
        assert!(tells(&bytes).iter().any(|t| t == "GPSLatitude"), "{name}");
        let clean = clean(&bytes).expect("clean");
        assert_eq!(tells(&clean), Vec::<String>::new(), "{name}");
        let points = |bytes: &[u8]| {
            image::load_from_memory(bytes)
                .expect("a picture")
                .into_rgba8()
        };
        assert_eq!(points(&bytes), points(&clean), "{name}");
    }
}

/// A program that writes what it knows under a marker of its own, and one that
/// puts it where tables belong.
#[test]
fn text_under_markers_that_no_picture_needs_goes() {
    let photo = photo(40, 30, 6);
    let at = memchr::memmem::find(&photo, b"http://ns.adobe.com/xap").expect("there") - 3;
    for marker in [0x02, 0xBF, 0xC4, 0xC8, 0xCC, 0xDB, 0xDD, 0xF0, 0xFD] {
        let mut bytes = photo.clone();
        bytes[at] = marker;
        let clean = clean(&bytes).expect("clean");
        assert_eq!(tells(&clean), ["Orientation"], "{marker:X}");
        image::load_from_memory(&clean).expect("a picture");
    }
}

#[test]
fn every_kind_of_picture_has_its_size_and_its_words() {
    let disk = OnDisk::base();
    let photo = photo(900, 1200, 1);
    disk.write("content/files/head.jpg", &photo);
    disk.write(
        "content/files/crest.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 300 200\"/>",
    );
    disk.write(
        "content/people.toml",
        "[[person]]\nname = \"นายทดสอบ ระบบ\"\nposition = \"นายกองค์การบริหารส่วนตำบล\"\nside = \"political\"\nrole = \"head\"\nphoto = \"files/head.jpg\"\n",
    );
    fs::remove_file(disk.path("content/people.csv")).expect("gone");
    disk.swap("content/site.toml", "files/logo.svg", "files/crest.svg");
    disk.write(
        "content/news/2568-03-01-fair.md",
        "+++\ntitle = \"งานประจำปี\"\nimage = { path = \"../files/head.jpg\", alt = \"ขบวนแห่หน้าวัด\" }\n+++\n\nข่าว\n",
    );
    disk.build();
    let mut seen = Vec::new();
    for (path, bytes) in disk.public() {
        if !path.ends_with(".html") {
            continue;
        }
        let page = String::from_utf8(bytes).expect("UTF-8");
        for tag in page.split("<img").skip(1) {
            let tag = tag.split('>').next().expect("an end");
            for wanted in [
                " src=\"",
                " width=\"",
                " height=\"",
                " decoding=\"async\"",
                " alt=\"",
            ] {
                assert!(tag.contains(wanted), "{path}: {tag}");
            }
            seen.push(format!("{path}{tag}"));
        }
    }
    let has = |parts: &[&str]| seen.iter().any(|s| parts.iter().all(|p| s.contains(p)));
    assert!(has(&[
        "people/index.html",
        "alt=\"ภาพถ่าย นายทดสอบ ระบบ\"",
        "width=\"900\" height=\"1200\""
    ]));
    assert!(has(&["news/", "alt=\"ขบวนแห่หน้าวัด\""]));
    assert!(has(&[
        "index.html",
        "crest.svg\" width=\"64\" height=\"43\""
    ]));
}

#[test]
fn what_cannot_be_shown_is_told_where_it_is_asked_for() {
    let whole = photo(400, 300, 1);
    let heic = fs::read(here("it/documents/no-place.heic")).expect("there");
    // A frame that says to be 60,000 points wide and high.
    let mut vast = whole.clone();
    let frame = vast
        .windows(2)
        .position(|pair| pair == [0xFF, 0xC0])
        .expect("a frame");
    vast[frame + 5..frame + 9].copy_from_slice(&[0xEA, 0x60, 0xEA, 0x60]);
    let cases: [(&str, &[u8], &str); 7] = [
        ("vast.jpg", &vast, "picture-too-large"),
        ("IMG_0042.HEIC", &heic, "picture-heic"),
        // As renamed by a clerk who was told to use .jpg.
        ("phone.jpg", &heic, "picture-heic"),
        ("cut.jpg", &whole[..whole.len() / 4], "picture-broken"),
        ("scan.tif", b"II*\0\x08\0\0\0\0\0\0\0\0\0", "picture-kind"),
        ("words.png", "ไม่ใช่ภาพ".as_bytes(), "picture-kind"),
        ("empty.jpg", b"", "picture-kind"),
    ];
    for (name, bytes, code) in cases {
        let disk = OnDisk::new([("content/site.toml", SITE_TOML.as_bytes())]);
        disk.build();
        let before = disk.public();
        disk.write(&format!("content/files/{name}"), bytes);
        disk.write(
            "content/pages/p.md",
            format!("+++\ntitle = \"ก\"\n+++\n\n![ภาพ ก](/files/{name})\n"),
        );
        let ran = disk.run(&["build"]);
        assert_eq!(ran.code, 1, "{name}");
        assert!(ran.stderr.contains(code), "{name}: {}", ran.stderr);
        assert!(
            ran.stderr.contains("content/pages/p.md:5:1"),
            "{}",
            ran.stderr
        );
        assert_eq!(disk.public(), before, "{name}");
        // In a field too, at the field.
        fs::remove_file(disk.path("content/pages/p.md")).expect("gone");
        disk.swap(
            "content/site.toml",
            "[agency]",
            &format!("[agency]\nlogo = \"files/{name}\""),
        );
        let ran = disk.run(&["build"]);
        assert!(ran.stderr.contains(code), "{name}: {}", ran.stderr);
        assert!(
            ran.stderr.contains("content/site.toml:2:8"),
            "{}",
            ran.stderr
        );
    }
}

#[test]
fn sizes_are_made_once_and_forgetting_them_changes_nothing() {
    let disk = with_photo();
    disk.build();
    let first = disk.public();
    let kept = disk.path(".prongsai/pictures");
    let entry = || {
        let all: Vec<PathBuf> = fs::read_dir(&kept)
            .expect("a folder")
            .map(|e| e.expect("an entry").path())
            .filter(|p| p.extension().is_none() && !p.ends_with(".gitignore"))
            .collect();
        assert_eq!(all.len(), 1, "{all:?}");
        all[0].clone()
    };
    let name = entry()
        .file_name()
        .expect("a name")
        .to_string_lossy()
        .into_owned();
    let again = |why: &str| {
        fs::remove_dir_all(disk.path("public")).expect("gone");
        disk.build();
        assert_eq!(disk.public(), first, "{why}");
    };
    fs::write(entry(), b"half writ").expect("broken");
    again("after damage");
    fs::remove_dir_all(disk.path(".prongsai")).expect("gone");
    again("after forgetting");
    // What is kept is what is published: nothing is made again.
    let files = build::open(disk.dir.path());
    let packed: Vec<u8> = (0..5u8)
        .flat_map(|n| [&8u64.to_le_bytes()[..], &[b'0' + n; 8]].concat())
        .collect();
    files.keep(&name, &packed);
    fs::remove_dir_all(disk.path("public")).expect("gone");
    disk.build();
    let public = disk.public();
    let planted: Vec<&[u8]> = made(&public).into_iter().map(|(_, bytes)| bytes).collect();
    assert!(planted.iter().all(|bytes| bytes.len() == 8), "{planted:?}");
    // A picture that is gone is forgotten.
    fs::remove_file(disk.path("content/pages/files/meeting.jpg")).expect("gone");
    disk.write(
        "content/pages/activity.md",
        "+++\ntitle = \"ก\"\n+++\n\nข\n",
    );
    disk.build();
    assert!(!kept.join(&name).exists());
}

#[test]
fn any_number_of_threads_makes_the_same_bytes() {
    let disk = with_photo();
    disk.write("content/pages/files/other.jpg", photo(1000, 700, 3));
    disk.swap(
        "content/pages/activity.md",
        "\n![",
        "\n![ลานหน้าสำนักงาน](files/other.jpg)\n\n![",
    );
    let with = |threads: &str| {
        let _ = fs::remove_dir_all(disk.path(".prongsai"));
        let _ = fs::remove_dir_all(disk.path("public"));
        let mut command = disk.command(["build"]);
        let ran = command.env("RAYON_NUM_THREADS", threads).output();
        assert!(ran.expect("it runs").status.success());
        disk.public()
    };
    let one = with("1");
    assert_eq!(made(&one).len(), 9);
    assert_eq!(one, with("4"));
}

/// A door that counts how often pictures are opened.
struct Counting {
    door: Arc<dyn Files>,
    pictures: AtomicUsize,
}

impl Files for Counting {
    fn list(&self) -> Listing {
        self.door.list()
    }

    fn read(&self, path: &SitePath) -> io::Result<Vec<u8>> {
        if path.extension().as_deref() == Some("jpg") {
            self.pictures.fetch_add(1, Ordering::Relaxed);
        }
        self.door.read(path)
    }

    fn disk_path(&self, path: &SitePath) -> Option<PathBuf> {
        self.door.disk_path(path)
    }

    fn digest(&self, path: &SitePath) -> Option<Digest> {
        self.door.digest(path)
    }

    fn kept(&self, name: &str) -> Option<Vec<u8>> {
        self.door.kept(name)
    }

    fn keep(&self, name: &str, bytes: &[u8]) {
        self.door.keep(name, bytes);
    }

    fn limits(&self) -> Limits {
        self.door.limits()
    }
}

#[test]
fn the_preview_shows_what_a_build_makes_and_edits_of_words_open_no_picture() {
    let disk = with_photo();
    disk.build();
    let public = disk.public();
    fs::remove_dir_all(disk.path(".prongsai")).expect("gone");
    let door = Arc::new(Counting {
        door: build::open(disk.dir.path()),
        pictures: AtomicUsize::new(0),
    });
    let preview = Preview::load(door.clone(), Settings::new(options()));
    let get = |path: &str| {
        let address = format!("/{path}");
        let request = Request {
            method: "GET",
            target: &address,
            headers: &[("Host".to_string(), "localhost".to_string())],
            near: true,
        };
        match preview.reply(&request).body {
            Body::Bytes(bytes) => bytes.to_vec(),
            _ => panic!("{path} is not made"),
        }
    };
    for (name, bytes) in made(&public) {
        assert_eq!(get(&format!("assets/pictures/{name}")), bytes, "{name}");
    }
    let copy = "pages/files/meeting.jpg";
    assert_eq!(get(copy), public[copy]);
    assert!(preview.check(&|| true));
    let before = door.pictures.load(Ordering::Relaxed);
    assert!(before > 0);
    let edited = PAGE.replace("ประชุมประชาคม", "ประชุมใหญ่");
    disk.write("content/pages/activity.md", &edited);
    let path = SitePath::new("content/pages/activity.md").expect("a path");
    assert!(preview.look(Some(&[path]), Look::First).shown);
    assert!(preview.check(&|| true));
    let page = String::from_utf8(get("activity/index.html")).expect("UTF-8");
    assert!(page.contains("ประชุมใหญ่") && page.contains("<picture>"));
    for (name, _) in made(&public) {
        get(&format!("assets/pictures/{name}"));
    }
    assert_eq!(door.pictures.load(Ordering::Relaxed), before);
}

static SAMPLES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let encoded = |format| {
        let mut out = Cursor::new(Vec::new());
        let image = DynamicImage::ImageRgb8(scene(40, 30));
        image.write_to(&mut out, format).expect("a picture");
        out.into_inner()
    };
    let mut all = vec![
        photo(40, 30, 6),
        encoded(ImageFormat::Png),
        encoded(ImageFormat::WebP),
        b"<svg width=\"3\" height=\"4\"><g/></svg>".to_vec(),
    ];
    for name in ["place.jpg", "place.png", "place.webp", "place.heic"] {
        all.push(fs::read(here("it/documents").join(name)).expect("there"));
    }
    all
});

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_are_too_strange(
        of in 0..8usize,
        cut in 0.0..1.2f64,
        changes in proptest::collection::vec((0.0..1.0f64, any::<u8>()), 0..6),
        noise in proptest::collection::vec(any::<u8>(), 0..40),
    ) {
        let mut bytes = SAMPLES[of].clone();
        for (at, value) in changes {
            let at = (at * bytes.len() as f64) as usize;
            bytes[at] = value;
        }
        bytes.truncate((cut * bytes.len() as f64) as usize);
        bytes.extend(noise);
        let seen = inspect(&bytes);
        prop_assert_eq!(
            seen.cleaned,
            clean(&bytes).filter(|c| **c != bytes).map(|c| c.len() as u64)
        );
        if let Some(cleaned) = clean(&bytes) {
            let again = clean(&cleaned);
            prop_assert_eq!(again.as_deref(), Some(&*cleaned), "cleaning is done at once");
            let told = tells(&cleaned);
            prop_assert!(!told.iter().any(|t| t.starts_with("GPS")), "{:?}", told);
        }
        // As large as its head claims, within what a test may take.
        if let Ok(picture) = seen.picture && picture.width.max(picture.height) < 2_000 {
            let picture = Picture { bytes: 1 << 20, ..picture };
            if let Ok(all) = sizes(&bytes, &picture) {
                prop_assert_eq!(all.len(), picture.sizes().len());
            }
        }
    }
}
