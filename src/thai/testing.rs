//! Strings to break readers with: the same ones on every run.

/// Xorshift; good enough to shuffle letters.
pub struct Random(u64);

impl Random {
    pub fn new() -> Random {
        Random(0x9E37_79B9_7F4A_7C15)
    }

    pub fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n as u64) as usize
    }
}

const PIECES: &[&str] = &[
    "ก",
    "ข",
    "ต",
    "ค",
    "ม",
    "ย",
    "น",
    "ฐ",
    "เ",
    "แ",
    "โ",
    "ะ",
    "า",
    "ำ",
    "ั",
    "ิ",
    "ี",
    "ุ",
    "ู",
    "็",
    "่",
    "้",
    "๊",
    "๋",
    "์",
    "ํ",
    "ฺ",
    "ๆ",
    "ฯ",
    "๐",
    "๑",
    "๒",
    "๕",
    "๖",
    "๙",
    "0",
    "1",
    "2",
    "3",
    "5",
    "9",
    ".",
    ",",
    "-",
    "–",
    "/",
    " ",
    "\u{a0}",
    "(",
    ")",
    "a",
    "e\u{301}",
    "\u{200b}",
    "\u{f701}",
    "\u{f70a}",
    "\u{f89e}",
    "ต.ค.",
    "ก.พ.",
    "มกราคม",
    "กันยายน",
    "พ.ศ.",
    "ปีงบประมาณ",
    "ถึง",
    "และ",
    "ทุกเดือน",
    "รอบ",
    "2568",
    "๒๕๖๖",
    "68",
    "31",
    "บาท",
    "วันที่",
    "99999999999999999999",
    "ไตรมาส",
    "1101",
    "😀",
    "\n",
    "﷽",
    "ﷺ",
    "ກ",
    "x",
];

/// Calls `check` with many strings of Thai letters, marks, digits and words.
pub fn any_strings(mut check: impl FnMut(&str)) {
    let mut random = Random::new();
    for round in 0..20_000 {
        let mut text = String::new();
        for _ in 0..random.below(4 + round % 14) {
            text.push_str(PIECES[random.below(PIECES.len())]);
        }
        check(&text);
    }
}
