//! From bytes to text.

use super::guess::{Guess, Utf8, guess, replacing};
use super::parser::HEAD;
use encoding_rs::{Encoding, UTF_8};
use std::borrow::Cow;

/// What a reader should know about the decoding of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notice {
    /// Name of the encoding.
    pub encoding: &'static str,
    /// Name of the encoding of the lines that are not in that one, if there are such lines.
    pub fallback: Option<&'static str>,
    /// Characters that were not valid and show as U+FFFD.
    pub replaced: usize,
}

/// How a source is decoded, as told by its beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manner {
    encoding: &'static Encoding,
    /// Of lines that are not UTF-8, in a source that is.
    fallback: Option<&'static Encoding>,
    lone_cr_ends_lines: bool,
}

impl Manner {
    /// That of a source that begins with `head`; more of the head may come unless that is `complete`.
    pub fn of(head: &[u8], complete: bool, forced: Option<&'static Encoding>) -> Self {
        // Whether CR alone ends lines is told by what follows it.
        let known = if complete { head } else { head.strip_suffix(b"\r").unwrap_or(head) };
        let guess = || guess(head, complete && head.len() < HEAD);
        let Guess { encoding, fallback } =
            forced.map_or_else(guess, |encoding| Guess { encoding, fallback: None });
        Self { encoding, fallback, lone_cr_ends_lines: !known.contains(&b'\n') && known.contains(&b'\r') }
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
        let Manner { encoding, fallback, .. } = self.manner;
        let fallback = fallback.map(Encoding::name);
        let is_plain = self.replaced == 0 && encoding == UTF_8 && fallback.is_none();
        (!is_plain).then(|| Notice { encoding: self.name(), fallback, replaced: self.replaced })
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
        let unclear = if self.manner.fallback.is_some() { half_a_line(bytes) } else { incomplete(bytes) };
        let consumed = if last { bytes.len() } else { bytes.len() - unclear };
        let first = !self.begun;
        self.begun |= consumed > 0;
        let skipped = if first && bytes.starts_with(MARK) { MARK.len() } else { 0 };
        let bytes = &bytes[skipped..consumed];
        let text = simdutf8::basic::from_utf8(bytes).map_or_else(|_| self.replace(bytes), Cow::Borrowed);
        Decoded { skipped, text, consumed }
    }

    fn replace<'a>(&mut self, bytes: &'a [u8]) -> Cow<'a, str> {
        if let Some(fallback) = self.manner.fallback {
            return Cow::Owned(self.line_by_line(fallback, bytes));
        }
        self.lossy(bytes)
    }

    /// Lines that are not UTF-8 in the other encoding.
    fn line_by_line(&mut self, fallback: &'static Encoding, bytes: &[u8]) -> String {
        let mut text = String::with_capacity(bytes.len());
        for line in bytes.split_inclusive(|&byte| byte == b'\n') {
            if Utf8::of(line).is_likely() {
                text.push_str(&self.lossy(line));
            } else {
                let (decoded, replaced) =
                    replacing(&mut fallback.new_decoder_without_bom_handling(), line, true);
                text.push_str(&decoded);
                self.replaced += replaced;
            }
        }
        text
    }

    fn lossy<'a>(&mut self, bytes: &'a [u8]) -> Cow<'a, str> {
        let text = String::from_utf8_lossy(bytes);
        let genuine = bytes.windows(3).filter(|&window| window == "\u{fffd}".as_bytes()).count();
        self.replaced += text.matches('\u{fffd}').count().saturating_sub(genuine);
        text
    }
}

/// A line whose encoding is not known before its end has come is no longer, in bytes.
const LONGEST_LINE: usize = 64 * 1024;

/// Bytes at the end of a piece that are a line without its end, if they are not ASCII.
fn half_a_line(bytes: &[u8]) -> usize {
    let begin = memchr::memrchr(b'\n', bytes).map_or(0, |end| end + 1);
    let line = &bytes[begin..];
    if line.is_ascii() || line.len() > LONGEST_LINE { incomplete(line) } else { line.len() }
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
    fn lines_in_another_encoding_are_the_same_at_any_cut() {
        let other = "好的，谢谢。";
        let lines = [
            "<a> 你好\n".as_bytes(),
            &encoding_rs::GBK.encode(other).0,
            b"\n<b> ok\n<c> \xe4\xbd",
            "好！再见\n".as_bytes(),
        ];
        let raw = lines.concat();
        let manner = Manner::of(&raw, true, None);
        for cut in 0..=raw.len() {
            let mut decoder = Decoder::new(manner);
            let first = decoder.decode(&raw[..cut], false);
            let mut text = first.text.into_owned();
            text += &decoder.decode(&raw[first.consumed..], true).text;
            assert_eq!(text, format!("<a> 你好\n{other}\n<b> ok\n<c> \u{fffd}好！再见\n"), "cut at {cut}");
            let notice = Notice { encoding: "UTF-8", fallback: Some("GBK"), replaced: 1 };
            assert_eq!(decoder.notice(), Some(notice));
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
        assert_eq!(notice, Some(Notice { encoding: "UTF-8", fallback: None, replaced: 1 }));
    }

    #[test]
    fn what_a_text_has_of_its_own_is_no_replacement() {
        let units = [0xfeff, 0xfffd, 0xd800, 0xfffd, 0xfffd, u16::from(b'a')];
        let bytes: Vec<u8> = units.into_iter().flat_map(u16::to_le_bytes).collect();
        assert_eq!(all(&bytes).1, Some(Notice { encoding: "UTF-16LE", fallback: None, replaced: 1 }));
        let (gbk, _, _) = encoding_rs::GBK.encode("质量");
        let mut decoder = Decoder::new(Manner::of(&gbk, true, Some(encoding_rs::GBK)));
        let text = decoder.decode(&[&gbk[..], b"\xff\xff", &gbk].concat(), true).text.into_owned();
        assert_eq!((text.as_str(), decoder.replaced), ("质量\u{fffd}\u{fffd}质量", 2));
    }
}
