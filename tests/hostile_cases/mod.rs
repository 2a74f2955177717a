//! Bytes that mean harm, what a safe viewer must do with them, and how much of that a program can tell.
//!
//! The cases are the project's own, and those of `../shared/hostile.tsv` where it is present.
#![allow(dead_code, reason = "each test file uses its part")]

use std::fmt::Write as _;
use std::path::Path;

pub const WIDTHS: [u16; 6] = [1, 2, 3, 8, 25, 80];

/// Longer cases are cut, in bytes.
pub const LONGEST: usize = 100_000;

/// The most bytes a cell may hold.
pub const LARGEST_CELL: usize = 64;

/// Some bytes, and what a safe viewer does with them.
pub struct Case {
    pub name: String,
    pub bytes: Vec<u8>,
    pub promise: String,
}

impl Case {
    fn new(name: &str, bytes: &[u8], promise: &str) -> Self {
        let bytes = bytes.get(..LONGEST).unwrap_or(bytes).to_vec();
        Self { name: name.to_owned(), bytes, promise: promise.to_owned() }
    }

    /// As the body of a post of live text.
    pub fn as_body(&self) -> Vec<u8> {
        let around = ["2018-01-09 08:00\n主持人\n", "\n2018-01-09 08:01\n甲\n好。\n"].map(str::as_bytes);
        [around[0], &self.bytes, around[1]].concat()
    }

    /// On one line, for a byline, a title or a file name.
    pub fn as_line(&self) -> Vec<u8> {
        let short = self.bytes.get(..120).unwrap_or(&self.bytes);
        short.iter().copied().filter(|byte| !matches!(byte, b'\n' | b'\r' | 0)).collect()
    }

    pub fn as_text(&self) -> String {
        String::from_utf8_lossy(self.bytes.get(..600).unwrap_or(&self.bytes)).into_owned()
    }
}

fn own_cases() -> Vec<Case> {
    let marked = "show ESC as ␛";
    let pictures = "show control pictures";
    let bidi = "show the bidi control as a visible mark";
    let stack = format!("a{}b", "\u{301}".repeat(5000));
    let selectors = format!("\u{301}{}", "\u{e0100}".repeat(40));
    let family = "👩\u{200d}".repeat(2000);
    let long = "长".repeat(30_000);
    let word = "x，".repeat(10_000);
    let table: [(&str, &[u8], &str); 18] = [
        ("own-colour", b"a\x1b[31mred\x1b[0m", marked),
        ("own-title", b"\x1b]0;pwned\x07", marked),
        ("own-clipboard", b"\x1b]52;c;cm0gLXJmIH4K\x1b\\", marked),
        ("own-clear", b"safe\x1b[2J\x1b[H\x1b[?1049l", marked),
        ("own-c1", "a\u{9b}31mb\u{9d}0;x\u{9c}".as_bytes(), "show every C1 code point visibly"),
        ("own-c0", b"a\0b\x07c\x08d\x0ee\x7f", pictures),
        ("own-return", b"safe\rEVIL\nnext", "stays readable: shown as ␍ or breaks the line"),
        ("own-override", "金额\u{202e}000,1\u{202c}元".as_bytes(), bidi),
        ("own-isolates", "\u{2067}说完\u{2066}主持人\u{2069}\u{61c}\u{200e}".as_bytes(), bidi),
        (
            "own-invisible",
            "主\u{200b}持\u{2060}人\u{feff}\u{ad}\u{e0041}\u{3164}\u{115f}".as_bytes(),
            "visible mark, or dropped",
        ),
        ("own-stack-of-marks", stack.as_bytes(), "at most 4 marks per cell"),
        ("own-selectors", selectors.as_bytes(), ""),
        ("own-endless-family", family.as_bytes(), ""),
        ("own-invalid", b"\xe4\xb8\x1b[m\xff\xfe\xc0\xaf\xed\xa0\x80", "U+FFFD for the bad bytes"),
        ("own-one-long-line", long.as_bytes(), "text not lost"),
        ("own-one-long-word", word.as_bytes(), "text not lost"),
        ("own-program", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0\x3e\0", "exit code not 0"),
        ("own-compressed", b"\xfd7zXZ\0\0\x04\xe6\xd6\xb4\x46", "exit code not 0"),
    ];
    table.map(|(name, bytes, promise)| Case::new(name, bytes, promise)).into()
}

/// Reads `HEX` or `HEX*N` segments.
fn bytes_of(segments: &str) -> Vec<u8> {
    let segment = |text: &str| {
        let (hex, times) = text.split_once('*').unwrap_or((text, "1"));
        let digits: Vec<u32> = hex.chars().map(|ch| ch.to_digit(16).expect("hex digits")).collect();
        let bytes: Vec<u8> = digits.chunks(2).map(|pair| (pair[0] * 16 + pair[1]) as u8).collect();
        bytes.repeat(times.parse::<usize>().expect("a count").min(LONGEST / bytes.len().max(1) + 1))
    };
    segments.split_whitespace().flat_map(segment).collect()
}

pub fn shared_cases() -> Vec<Case> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/hostile.tsv");
    let table = std::fs::read_to_string(path).unwrap_or_default();
    let case = |line: &str| {
        let mut fields = line.split('\t');
        let (name, hex) = (fields.next()?, fields.next()?);
        Some(Case::new(name, &bytes_of(hex), fields.next().unwrap_or_default()))
    };
    table.lines().filter(|line| !line.starts_with('#')).filter_map(case).collect()
}

pub fn cases() -> Vec<Case> {
    own_cases().into_iter().chain(shared_cases()).collect()
}

pub fn is_harmful(ch: char) -> bool {
    ch.is_control()
        || matches!(ch, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

// Promises

/// In what a case was put before the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// The body of a post.
    Body,
    /// A file of its own.
    File,
    /// The name of a file.
    Name,
}

/// Words of promises by which the text stays whole, its controls told by marks.
const WHOLE: [&str; 39] = [
    "show ESC",
    "text not lost",
    "C1 code point",
    "U+FFFD",
    "control pictures",
    "show ␡",
    "␋ ␌",
    "must not run together",
    "the bidi control",
    "keep the letters",
    "letters kept",
    "visible mark, or dropped",
    "width 1, no panic",
    "looks like a space",
    "not a break point",
    "leading indent kept",
    "2+2",
    "on the border of the pane",
    "width computed per cluster",
    "SARA AM",
    "U+FF9E",
    "2 columns",
    "half-flag",
    "pairs; bounded",
    "re-position",
    "columns stay aligned",
    "not split",
    "between two wide characters",
    "decoded once",
    "as a timestamp",
    "shown as is",
    "strip C0/C1/DEL",
    "dotted circle",
    "sanitise file names",
    "shown lossily",
    "one line in the header",
    "the search prompt",
    "pasted text is data",
    "late reply",
];

/// White space and marks of the layout, which may part what was written in one piece; what stands for what
/// is not seen; and what either breaks the line or is a mark.
fn parts(ch: char) -> bool {
    ch.is_whitespace() || matches!(ch, '▎' | '·' | '␍' | '␋' | '␌' | '◌' | '|' | '\u{200d}' | '\u{2800}')
}

/// What there is to read in a text, wherever its rows end.
pub fn ink(text: &str) -> String {
    text.chars().filter(|&ch| !parts(ch)).collect()
}

/// Characters that are not seen, wherever they stand, or that change the order of what is seen.
pub const fn is_deceptive(ch: char) -> bool {
    matches!(ch, '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}' | '\u{200b}'
        | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e007f}')
}

const fn is_common_mark(ch: char) -> bool {
    matches!(ch, '\u{300}'..='\u{36f}' | '\u{20d0}'..='\u{20ff}')
}

/// What there is to read in a text when every control in it is told by a mark.
pub fn told(text: &str) -> String {
    let mut out = String::new();
    for ch in text.chars() {
        match ch {
            '\t' | '\n' | '\r' | '\u{34f}' => {}
            '\0'..='\u{1f}' => out.extend(char::from_u32(0x2400 + ch as u32)),
            '\u{7f}' => out.push('␡'),
            '\u{80}'..='\u{9f}' => {
                let _ = write!(out, "<{:02X}>", ch as u32);
            }
            '\u{61c}' => out.push_str("⟨ALM⟩"),
            '\u{200e}' => out.push_str("⟨LRM⟩"),
            '\u{200f}' => out.push_str("⟨RLM⟩"),
            '\u{202a}' => out.push_str("⟨LRE⟩"),
            '\u{202b}' => out.push_str("⟨RLE⟩"),
            '\u{202c}' => out.push_str("⟨PDF⟩"),
            '\u{202d}' => out.push_str("⟨LRO⟩"),
            '\u{202e}' => out.push_str("⟨RLO⟩"),
            '\u{2066}' => out.push_str("⟨LRI⟩"),
            '\u{2067}' => out.push_str("⟨RLI⟩"),
            '\u{2068}' => out.push_str("⟨FSI⟩"),
            '\u{2069}' => out.push_str("⟨PDI⟩"),
            '\u{fffe}' | '\u{ffff}' | '\u{10ffff}' => out.push('\u{fffd}'),
            ch if is_deceptive(ch) => {}
            ch => out.push(ch),
        }
    }
    ink(&out)
}

impl Case {
    /// Whether it is no text, even with text around it.
    pub fn is_binary(&self) -> bool {
        let magic = |magic: &[u8]| self.bytes.starts_with(magic);
        magic(b"\x7fELF") || magic(b"\x1f\x8b") && self.bytes.len() > 10
    }

    /// The bytes as a file name, which holds neither `/` nor NUL.
    pub fn as_name(&self) -> Vec<u8> {
        self.bytes.iter().copied().filter(|byte| !matches!(byte, 0 | b'/')).take(200).collect()
    }

    /// What must be there to read, whole, if the case promises that.
    pub fn whole(&self, form: Form) -> Option<String> {
        let bytes = if form == Form::Name { self.as_name() } else { self.bytes.clone() };
        if form == Form::File && std::str::from_utf8(&bytes).is_err() {
            // Alone it may be taken for text in another encoding.
            return self.promise.contains("U+FFFD for the bad bytes").then(|| '\u{fffd}'.to_string());
        }
        let promised = WHOLE.iter().any(|words| self.promise.contains(words));
        promised.then(|| told(&String::from_utf8_lossy(&bytes)))
    }
}

/// Rules for what is shown, with the words of the promises that they belong to; no words belong to all.
type Rule = (&'static str, fn(&str) -> bool);

const RULES: [Rule; 11] = [
    ("", |text| !text.chars().any(is_deceptive)),
    ("", |text| !text.chars().any(|ch| ch != '\n' && is_harmful(ch))),
    ("", |text| text.lines().all(|row| !row.trim_start().starts_with(is_common_mark))),
    ("", |text| longest_run_of_marks(text) <= 4),
    ("\"1000\" readable", |text| ink(text).contains("1000")),
    ("\"safe\" stays readable", |text| ink(text).contains("safe")),
    ("both words readable", |text| ink(text).contains("admin") && ink(text).contains("root")),
    ("no ␍ shown", |text| !text.contains('␍')),
    ("must not run together", |text| !text.contains("abc")),
    ("keep one IVS", |text| text.contains('\u{e0100}')),
    ("never decoded as /", |text| !text.contains("a/b") && !text.contains("a//b")),
];

fn longest_run_of_marks(text: &str) -> usize {
    let mut run = 0;
    let runs = text.chars().map(|ch| {
        run = if is_common_mark(ch) { run + 1 } else { 0 };
        run
    });
    runs.max().unwrap_or_default()
}

/// The promise of a case that is broken by what was shown in rows, as far as a program can tell.
pub fn broken(case: &Case, form: Form, code: Option<i32>, shown: &str) -> Option<String> {
    let promise = case.promise.as_str();
    if form == Form::File && promise.contains("exit code not 0") && code == Some(0) {
        return Some(format!("{}: no error is told: {shown:.300}", case.name));
    }
    for (words, holds) in RULES {
        if promise.contains(words) && !holds(shown) {
            return Some(format!("{}: {words:?} does not hold: {shown:.300}", case.name));
        }
    }
    let whole = case.whole(form).filter(|_| code == Some(0) || form == Form::Name);
    let lost = whole.filter(|whole| !ink(shown).contains(whole));
    lost.map(|whole| format!("{}: {whole:.300} is not in {shown:.300}", case.name))
}
