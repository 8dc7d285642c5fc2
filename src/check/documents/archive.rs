//! The parts of an archive, within limits.

use std::io::{Cursor, Read};

use super::Document;
use crate::content::MAX_UNPACKED;

/// More parts than any document of an office has.
const MAX_PARTS: usize = 10_000;

/// What is done with a part: its name and bytes; the reason where it is no
/// such part.
type Take<'t> = dyn FnMut(&str, Vec<u8>) -> Result<(), String> + 't;

/// Shows each part that `wants` its name to `take`, with its bytes.
pub fn parts(
    bytes: &[u8],
    wants: &dyn Fn(&str) -> bool,
    take: &mut Take<'_>,
) -> Result<(), Box<Document>> {
    let failed = |e: String| {
        Box::new(Document::unread(
            "เปิดไฟล์ไม่ได้ อาจเสียหายหรือมีรหัสผ่าน".to_string(),
            format!("the file can't be opened; it may be damaged or have a password ({e})"),
        ))
    };
    let mut archive =
        zip::ZipArchive::new(Cursor::new(bytes)).map_err(|e| failed(e.to_string()))?;
    let mut left = MAX_UNPACKED;
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(|e| failed(e.to_string()))?;
        let name = part.name().map_err(|e| failed(e.to_string()))?.to_string();
        if !wants(&name) {
            continue;
        }
        let mut inside = Vec::new();
        (&mut part)
            .take(left + 1)
            .read_to_end(&mut inside)
            .map_err(|e| failed(e.to_string()))?;
        let read = inside.len() as u64;
        if read > left || index >= MAX_PARTS {
            return Err(Box::new(Document::unread(
                "ไฟล์นี้ขยายออกแล้วใหญ่ผิดปกติ (เกิน 200 เมกะไบต์) จึงไม่อ่าน",
                "this file unpacks to over 200 megabytes, so it is not read",
            )));
        }
        left -= read;
        take(&name, inside).map_err(failed)?;
    }
    Ok(())
}
