//! What the operating system answers, in words for a clerk.

use std::io;

use super::Say;

/// A pipe that its reader has closed (`| head`) is no fault.
pub fn unless_closed(error: io::Error) -> io::Result<()> {
    match error.kind() {
        io::ErrorKind::BrokenPipe => Ok(()),
        _ => Err(error),
    }
}

/// Why the system refused: Thai for what happens in offices, else its own words
/// behind a Thai one.
pub fn why(error: &io::Error) -> Say {
    use io::ErrorKind as K;
    let english = error.to_string();
    // Windows: sharing violation, lock violation, mapped by a program.
    let is_open = cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33 | 1224));
    let thai = match error.kind() {
        _ if is_open => "โปรแกรมอื่นเปิดไฟล์นี้อยู่ ปิดโปรแกรมนั้นก่อน",
        K::NotFound => "ไม่พบไฟล์หรือโฟลเดอร์นี้",
        K::PermissionDenied => "ไม่มีสิทธิ์เข้าถึง (อาจตั้งเป็นอ่านอย่างเดียว หรือเป็นของผู้ใช้อื่น)",
        K::ReadOnlyFilesystem => "ไดรฟ์นี้อ่านได้อย่างเดียว",
        K::StorageFull => "พื้นที่ดิสก์เต็ม",
        K::QuotaExceeded | K::FileTooLarge => "เกินพื้นที่ที่กำหนดให้ใช้",
        K::ResourceBusy | K::ExecutableFileBusy => "โปรแกรมอื่นใช้อยู่ ปิดโปรแกรมนั้นก่อน",
        K::AlreadyExists => "มีไฟล์หรือโฟลเดอร์ชื่อนี้อยู่แล้ว",
        K::IsADirectory => "ชื่อนี้เป็นโฟลเดอร์ ไม่ใช่ไฟล์",
        K::NotADirectory => "ชื่อนี้เป็นไฟล์ ไม่ใช่โฟลเดอร์",
        K::DirectoryNotEmpty => "โฟลเดอร์นี้ไม่ว่าง",
        K::InvalidFilename => "ชื่อไฟล์ใช้ไม่ได้หรือยาวเกินไป",
        K::AddrInUse => "โปรแกรมอื่นใช้พอร์ตนี้อยู่",
        K::AddrNotAvailable => "เครื่องนี้ไม่มีที่อยู่นี้",
        K::TimedOut => "ใช้เวลานานเกินไปจนหมดเวลา",
        K::ConnectionRefused => "ปลายทางไม่รับการเชื่อมต่อ",
        K::ConnectionReset | K::ConnectionAborted | K::BrokenPipe => "การเชื่อมต่อขาดกลางทาง",
        K::HostUnreachable | K::NetworkUnreachable | K::NetworkDown => "เครือข่ายใช้ไม่ได้ในขณะนี้",
        K::OutOfMemory => "หน่วยความจำไม่พอ",
        K::UnexpectedEof => "ไฟล์จบก่อนที่ควร อาจเสียหายหรือยังบันทึกไม่เสร็จ",
        _ => return Say::new(format!("ระบบแจ้งว่า {english}"), english),
    };
    Say::new(thai, english)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_of_the_system_is_told_in_thai() {
        let missing = std::fs::read("/nothing/of/this/name").expect_err("not there");
        assert_eq!(why(&missing).th, "ไม่พบไฟล์หรือโฟลเดอร์นี้");
        let denied = why(&io::ErrorKind::PermissionDenied.into());
        assert!(
            !denied.th.contains(|c: char| c.is_ascii_alphabetic()),
            "{}",
            denied.th
        );
        assert_eq!(denied.en, "permission denied");
        let other = why(&io::Error::other("strange"));
        assert_eq!(other.th, "ระบบแจ้งว่า strange");
    }
}
