//! From bytes to text: encodings, and what is not text at all.

use super::error::{ParseError, Problem};
use super::parser::HEAD;
use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// What a reader should know about the decoding of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notice {
    /// Name of the encoding.
    pub encoding: &'static str,
    /// Characters that were not valid and show as U+FFFD.
    pub replaced: usize,
}

/// How a source is decoded, as told by its beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manner {
    encoding: &'static Encoding,
    lone_cr_ends_lines: bool,
}

impl Manner {
    /// That of a source that begins with `head`; more of the head may come unless that is `complete`.
    pub fn of(head: &[u8], complete: bool, forced: Option<&'static Encoding>) -> Self {
        // Whether CR alone ends lines is told by what follows it.
        let known = if complete { head } else { head.strip_suffix(b"\r").unwrap_or(head) };
        Self {
            encoding: forced.unwrap_or_else(|| guess(head, complete && head.len() < HEAD)),
            lone_cr_ends_lines: !known.contains(&b'\n') && known.contains(&b'\r'),
        }
    }
}

/// Decodes a stream of bytes. Line ends stay as they are, but where CR alone ends lines it becomes `\n`.
pub struct Decoder {
    /// None for UTF-8, which needs no state.
    inner: Option<encoding_rs::Decoder>,
    manner: Manner,
    replaced: usize,
    begun: bool,
}

/// The text of some bytes.
#[derive(Debug, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// Bytes in front that are no text: a byte order mark.
    pub skipped: usize,
    /// The text; borrowed where the bytes are the text as it is.
    pub text: Cow<'a, str>,
    /// Bytes that were decoded. The rest, a character that is not complete, is to come again with what follows it.
    pub consumed: usize,
}

const MARK: &[u8] = b"\xef\xbb\xbf";

impl Decoder {
    /// A decoder for the beginning of a source.
    pub fn new(manner: Manner) -> Self {
        let inner = (manner.encoding != UTF_8).then(|| manner.encoding.new_decoder_with_bom_removal());
        Self { inner, manner, replaced: 0, begun: false }
    }

    /// How it decodes.
    pub fn manner(&self) -> Manner {
        self.manner
    }

    /// Name of the encoding.
    pub fn name(&self) -> &'static str {
        self.manner.encoding.name()
    }

    /// What should be said, unless it is plain valid UTF-8.
    pub fn notice(&self) -> Option<Notice> {
        (self.replaced > 0 || self.manner.encoding != UTF_8)
            .then(|| Notice { encoding: self.name(), replaced: self.replaced })
    }

    /// The next piece of text.
    pub fn decode<'a>(&mut self, bytes: &'a [u8], last: bool) -> Decoded<'a> {
        let mut decoded = match &mut self.inner {
            Some(inner) => {
                let (text, replaced) = replacing(inner, bytes, last);
                self.replaced += replaced;
                Decoded { skipped: 0, text: Cow::Owned(text), consumed: bytes.len() }
            }
            None => self.utf8(bytes, last),
        };
        if self.manner.lone_cr_ends_lines && decoded.text.contains('\r') {
            decoded.text = Cow::Owned(decoded.text.replace('\r', "\n"));
        }
        decoded
    }

    fn utf8<'a>(&mut self, bytes: &'a [u8], last: bool) -> Decoded<'a> {
        let consumed = if last { bytes.len() } else { bytes.len() - incomplete(bytes) };
        let first = !self.begun;
        self.begun |= consumed > 0;
        let skipped = if first && bytes.starts_with(MARK) { MARK.len() } else { 0 };
        let bytes = &bytes[skipped..consumed];
        let text = simdutf8::basic::from_utf8(bytes).map_or_else(|_| self.replace(bytes), Cow::Borrowed);
        Decoded { skipped, text, consumed }
    }

    fn replace<'a>(&mut self, bytes: &'a [u8]) -> Cow<'a, str> {
        let text = String::from_utf8_lossy(bytes);
        let genuine = bytes.windows(3).filter(|&window| window == "\u{fffd}".as_bytes()).count();
        self.replaced += text.matches('\u{fffd}').count().saturating_sub(genuine);
        text
    }
}

/// Decodes bytes, and counts what was not valid: the text may well have U+FFFD of its own.
fn replacing(decoder: &mut encoding_rs::Decoder, bytes: &[u8], last: bool) -> (String, usize) {
    let room =
        |decoder: &encoding_rs::Decoder, len| decoder.max_utf8_buffer_length(len).unwrap_or(len * 3 + 16);
    let mut text = String::with_capacity(room(decoder, bytes.len()));
    let (mut rest, mut replaced) = (bytes, 0);
    loop {
        let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut text, last);
        rest = &rest[read..];
        match result {
            DecoderResult::InputEmpty => return (text, replaced),
            DecoderResult::OutputFull => text.reserve(room(decoder, rest.len())),
            DecoderResult::Malformed(..) => {
                text.push('\u{fffd}');
                replaced += 1;
            }
        }
    }
}

/// Bytes at the end of a piece that begin a character of UTF-8 and do not complete it.
fn incomplete(bytes: &[u8]) -> usize {
    let from_the_end = |back: &usize| bytes.len().checked_sub(*back).map(|at| bytes[at]);
    let Some((back, lead)) =
        (1..=3).filter_map(|back| Some((back, from_the_end(&back)?))).find(|(_, byte)| byte & 0xc0 != 0x80)
    else {
        return 0;
    };
    let length = match lead {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => 1,
    };
    if back < length { back } else { 0 }
}

/// The encoding of a source by its beginning, or by the whole of it: byte order mark, UTF-8, UTF-16 by its NULs, else by
/// statistics.
fn guess(head: &[u8], whole: bool) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return encoding;
    }
    let rest = head.get(Encoding::utf8_valid_up_to(head)..).unwrap_or_default();
    let cut_short = || std::str::from_utf8(rest).is_err_and(|error| error.error_len().is_none());
    let valid = rest.is_empty() || cut_short();
    if let Some(encoding) = utf16(head) {
        return encoding;
    }
    if valid {
        return UTF_8;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
    detector.feed(head, whole);
    let encoding = detector.guess(None, chardetng::Utf8Detection::Allow);
    if encoding.is_single_byte() || has_errors(encoding, head, whole) { UTF_8 } else { encoding }
}

/// Whether a text is not in an encoding; its beginning may end within a character.
fn has_errors(encoding: &'static Encoding, head: &[u8], whole: bool) -> bool {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    replacing(&mut decoder, head, whole).1 > 0
}

/// Whether all there is so far is the first half of a byte order mark of UTF-16.
pub fn is_half_a_mark(head: &[u8]) -> bool {
    matches!(head, [0xff | 0xfe])
}

/// How much of a source is looked at to tell text from other data, in bytes.
pub const SAMPLE: usize = 8192;

fn sample(head: &[u8]) -> &[u8] {
    head.get(..SAMPLE).unwrap_or(head)
}

/// UTF-16 without a mark: at least a tenth of NULs, nearly all on one side of the pairs.
fn utf16(head: &[u8]) -> Option<&'static Encoding> {
    let head = sample(head);
    let (even, odd) = nuls(head);
    if even + odd < 4 || (even + odd) * 10 < head.len() {
        return None;
    }
    if odd > even * 8 {
        Some(UTF_16LE)
    } else if even > odd * 8 {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn nuls(head: &[u8]) -> (usize, usize) {
    head.iter()
        .enumerate()
        .filter(|&(_, &byte)| byte == 0)
        .fold((0, 0), |(even, odd), (at, _)| if at % 2 == 0 { (even + 1, odd) } else { (even, odd + 1) })
}

const MAGIC: [(&[u8], &str); 4] =
    [(b"BZh", "bzip2"), (b"\xfd7zXZ\0", "xz"), (b"7z\xbc\xaf\x27\x1c", "7z"), (b"Rar!\x1a\x07", "RAR")];

const BINARY: [&[u8]; 5] = [b"\x7fELF", b"\x89PNG", b"\xff\xd8\xff", b"%PDF-", b"\xd0\xcf\x11\xe0"];

/// Refuses what is no text: known magic numbers, more than a tenth of NULs, or a twentieth of control bytes among
/// bytes that are not UTF-8 either. Controls alone are a text, if a strange one: they are shown as marks.
pub fn refuse_binary(head: &[u8]) -> Result<(), ParseError> {
    if let Some((_, how)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Err(ParseError::whole(Problem::Compressed { how }));
    }
    if Encoding::for_bom(head).is_some() || utf16(head).is_some() {
        return Ok(());
    }
    let sample = sample(head);
    let first = |wanted: fn(u8) -> bool| sample.iter().position(|&byte| wanted(byte)).unwrap_or(0);
    let many = |wanted: fn(u8) -> bool, share: usize| {
        let count = sample.iter().filter(|&&byte| wanted(byte)).count();
        count * share > sample.len() && count > 8
    };
    let control = |byte: u8| matches!(byte, 0..=8 | 14..=26 | 28..=31);
    let invalid = || std::str::from_utf8(sample).is_err_and(|error| error.error_len().is_some());
    let offset = if BINARY.iter().any(|magic| head.starts_with(magic)) {
        0
    } else if many(|byte| byte == 0, 10) {
        first(|byte| byte == 0)
    } else if many(control, 20) && invalid() {
        first(control)
    } else {
        return Ok(());
    };
    Err(ParseError::whole(Problem::Binary { offset }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8]) -> (String, Option<Notice>) {
        let mut decoder = Decoder::new(Manner::of(bytes, true, None));
        let text = decoder.decode(bytes, true).text.into_owned();
        (text, decoder.notice())
    }

    #[test]
    fn encodings_are_told_apart() {
        let text = "2018-01-09 07:34\n主持人\n质量提升,从今天开始。\n";
        let (gbk, _, _) = encoding_rs::GBK.encode(text);
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let bom = [b"\xef\xbb\xbf", text.as_bytes()].concat();
        for (bytes, name) in
            [(text.as_bytes(), None), (&gbk, Some("GBK")), (&utf16, Some("UTF-16LE")), (&bom, None)]
        {
            let (decoded, notice) = all(bytes);
            assert_eq!(decoded, text);
            assert_eq!(notice.map(|notice| notice.encoding), name);
        }
    }

    #[test]
    fn text_is_the_same_at_any_cut() {
        let mark = [MARK, "好a𝄞".as_bytes()].concat();
        let broken = b"\xe5\xa5a\xff\xf0\x9d\x84b\xe5";
        for (raw, expected) in [
            ("质a量𝄞b".as_bytes(), "质a量𝄞b"),
            (b"a\rb\r", "a\nb\n"),
            (b"a\r\nb\rc\n", "a\r\nb\rc\n"),
            (&mark, "好a𝄞"),
        ]
        .into_iter()
        .chain([(&broken[..], "\u{fffd}a\u{fffd}\u{fffd}b\u{fffd}")])
        {
            for cut in 0..=raw.len() {
                let mut decoder = Decoder::new(Manner::of(raw, true, None));
                let first = decoder.decode(&raw[..cut], false);
                let mut text = first.text.into_owned();
                text += &decoder.decode(&raw[first.consumed..], true).text;
                assert_eq!(text, expected, "{raw:?} cut at {cut}");
            }
        }
    }

    #[test]
    fn valid_text_is_not_copied() {
        let bytes = [MARK, "质量".as_bytes()].concat();
        let decoded = Decoder::new(Manner::of(&bytes, true, None)).decode(&bytes, true);
        assert!(matches!(decoded.text, Cow::Borrowed("质量")));
        assert_eq!((decoded.skipped, decoded.consumed), (3, 9));
    }

    #[test]
    fn invalid_bytes_are_replaced_and_counted() {
        let (text, notice) = all("好\u{ff}".as_bytes().split_last().unwrap().1);
        assert_eq!(text, "好\u{fffd}");
        assert_eq!(notice, Some(Notice { encoding: "UTF-8", replaced: 1 }));
    }

    #[test]
    fn what_a_text_has_of_its_own_is_no_replacement() {
        let units = [0xfeff, 0xfffd, 0xd800, 0xfffd, 0xfffd, u16::from(b'a')];
        let bytes: Vec<u8> = units.into_iter().flat_map(u16::to_le_bytes).collect();
        assert_eq!(all(&bytes).1, Some(Notice { encoding: "UTF-16LE", replaced: 1 }));
        let (gbk, _, _) = encoding_rs::GBK.encode("质量");
        let mut decoder = Decoder::new(Manner::of(&gbk, true, Some(encoding_rs::GBK)));
        let text = decoder.decode(&[&gbk[..], b"\xff\xff", &gbk].concat(), true).text.into_owned();
        assert_eq!((text.as_str(), decoder.replaced), ("质量\u{fffd}\u{fffd}质量", 2));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert!(refuse_binary(b"\x7fELF\x02\x01").is_err());
        assert!(refuse_binary(b"\xfd7zXZ\0").is_err());
        assert!(refuse_binary(&[0; 1000]).is_err());
        assert!(refuse_binary(&b"abc\0\0\0".repeat(9)).is_err());
        let mut seed = 1u32;
        let mut random = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 24) as u8
        };
        for _ in 0..100 {
            let noise: Vec<u8> = (0..400).map(|_| random()).collect();
            assert!(refuse_binary(&noise).is_err());
        }
    }

    #[test]
    fn controls_alone_are_text() {
        for bytes in [
            &b"a\0b \x1b[31m"[..],
            b"",
            &[7; 1000],
            &[1, 2, 3, 4, 5, 6, 7, 8, 14, 15, 16, 31],
            &b"\x0e\x0f\0 words and more words ".repeat(30),
            "\u{7}钟\u{7}声\u{7}".repeat(300).as_bytes(),
        ] {
            assert_eq!(refuse_binary(bytes), Ok(()), "{bytes:?}");
        }
    }
}
