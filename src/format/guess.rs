//! What a source is by its first bytes: its encoding, or that it is no text at all.

use super::error::{ParseError, Problem};
use encoding_rs::{
    DecoderResult, EUC_KR, Encoding, GB18030, GBK, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252,
};

/// How a source is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guess {
    /// All of it, or most lines.
    pub encoding: &'static Encoding,
    /// Lines that are not UTF-8 in a source that is.
    pub fallback: Option<&'static Encoding>,
}

/// So few bytes that are not ASCII tell nothing.
const FEW: usize = 8;

/// The encoding of a source by its beginning, or by the whole of it: byte order mark, UTF-16 by its NULs or by what its
/// characters are, UTF-8, else by statistics. Lines that are not UTF-8 among lines that are have an encoding of their own.
pub fn guess(head: &[u8], whole: bool) -> Guess {
    let all = |encoding| Guess { encoding, fallback: None };
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return all(encoding);
    }
    if let Some(encoding) = utf16(head) {
        return all(encoding);
    }
    let rest = head.get(Encoding::utf8_valid_up_to(head)..).unwrap_or_default();
    let cut_short = || std::str::from_utf8(rest).is_err_and(|error| error.error_len().is_none());
    if rest.is_empty() || cut_short() {
        let is_jis = memchr::memmem::find(head, b"\x1b$").is_some() && !has_errors(ISO_2022_JP, head, whole);
        return all(if is_jis { ISO_2022_JP } else { UTF_8 });
    }
    let lines: Vec<_> = head.split(|&byte| byte == b'\n').filter(|line| !line.is_ascii()).collect();
    let (utf8, other): (Vec<&[u8]>, Vec<&[u8]>) =
        lines.into_iter().partition(|line| Utf8::of(line).is_likely());
    // Some lines of any double-byte text look like UTF-8.
    if utf8.len() < other.len().div_ceil(4) {
        return all(by_statistics(head, whole).unwrap_or(UTF_8));
    }
    // Of a few bytes it cannot be told whether they are words in another encoding or damaged.
    let other = other.join(&b'\n');
    let is_much = other.iter().filter(|byte| !byte.is_ascii()).count() >= FEW;
    Guess { encoding: UTF_8, fallback: by_statistics(&other, true).filter(|_| is_much) }
}

/// What a text that is not UTF-8 is encoded in, if it is likely to be in any other encoding.
fn by_statistics(text: &[u8], whole: bool) -> Option<&'static Encoding> {
    if text.is_empty() {
        return None;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
    detector.feed(text, whole);
    let guessed = detector.guess(None, chardetng::Utf8Detection::Deny);
    let encoding = if guessed == EUC_KR && !is_korean(text, whole) { GBK } else { guessed };
    let likely =
        if encoding.is_single_byte() { is_words(encoding, text) } else { is_double(encoding, text, whole) };
    // GB 18030 is GBK and characters of four bytes.
    let has_four =
        || text.windows(4).any(|four| matches!(four, [0x81..=0xfe, b'0'..=b'9', 0x81..=0xfe, b'0'..=b'9']));
    likely.then(|| if encoding == GBK && has_four() { GB18030 } else { encoding })
}

/// The commonest syllables of Korean: of any text they are a third.
const KOREAN: &str = "이다는의을가에한고를은로지하기도사니시어자서나인아라습요";

/// Whether a text reads as Korean in its encoding: a few words of Chinese pass for syllables, but for rare ones.
fn is_korean(text: &[u8], whole: bool) -> bool {
    let (decoded, _) = replacing(&mut EUC_KR.new_decoder_without_bom_handling(), text, whole);
    let wide = decoded.chars().filter(|ch| !ch.is_ascii()).count();
    let common = decoded.chars().filter(|&ch| KOREAN.contains(ch)).count();
    common * 8 >= wide
}

/// Whether a text is in an encoding of two bytes and more, some slips aside.
fn is_double(encoding: &'static Encoding, text: &[u8], whole: bool) -> bool {
    let (decoded, replaced) = replacing(&mut encoding.new_decoder_without_bom_handling(), text, whole);
    let wide = decoded.chars().filter(|ch| !ch.is_ascii()).count();
    replaced * 50 <= wide
}

/// Whether what is not ASCII in a text of single bytes makes words: letters among letters, and the marks of typesetters.
fn is_words(encoding: &'static Encoding, text: &[u8]) -> bool {
    let (decoded, replaced) = replacing(&mut encoding.new_decoder_without_bom_handling(), text, true);
    let few = text.iter().filter(|byte| !byte.is_ascii()).count() < FEW;
    if replaced > 0 || few && encoding != WINDOWS_1252 {
        return false;
    }
    let chars: Vec<char> = decoded.chars().collect();
    let is_letter = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|ch| ch.is_alphabetic());
    let (mut good, mut bad, mut letters) = (0, 0, 0);
    for (at, ch) in chars.iter().enumerate().filter(|(_, ch)| !ch.is_ascii()) {
        let among_letters = || is_letter(at.checked_sub(1)) || is_letter(Some(at + 1));
        let is_good = match ch {
            '\u{a0}' | '‘' | '’' | '“' | '”' | '„' | '–' | '—' | '…' | '•' | '«' | '»' | '°' | '·' | '€'
            | '£' | '©' | '®' | '¿' | '¡' | '№' => true,
            // In damaged text 0xff is as common as it is rare in French.
            'ÿ' => false,
            ch if ch.is_alphabetic() => among_letters(),
            _ => false,
        };
        *(if is_good { &mut good } else { &mut bad }) += 1;
        letters += usize::from(is_good && ch.is_alphabetic());
    }
    bad * 10 <= good && (letters > 0 || !few)
}

/// How a line looks as UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Utf8 {
    /// Characters that are not ASCII.
    valid: usize,
    /// Sequences that are no character.
    invalid: usize,
}

impl Utf8 {
    /// Looks at a line.
    pub fn of(line: &[u8]) -> Self {
        line.utf8_chunks().fold(Self::default(), |counted, chunk| Self {
            valid: counted.valid + chunk.valid().chars().filter(|ch| !ch.is_ascii()).count(),
            invalid: counted.invalid + usize::from(!chunk.invalid().is_empty()),
        })
    }

    /// Whether it is UTF-8, if not without fault: in double-byte text hardly one character in seven passes for it.
    pub const fn is_likely(self) -> bool {
        self.invalid == 0 || self.valid > 2 * self.invalid
    }
}

/// Whether a text is not in an encoding; its beginning may end within a character.
fn has_errors(encoding: &'static Encoding, head: &[u8], whole: bool) -> bool {
    replacing(&mut encoding.new_decoder_without_bom_handling(), head, whole).1 > 0
}

/// Decodes bytes, and counts what was not valid: the text may well have U+FFFD of its own.
pub fn replacing(decoder: &mut encoding_rs::Decoder, bytes: &[u8], last: bool) -> (String, usize) {
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

/// Whether all there is so far is the first half of a byte order mark of UTF-16.
pub fn is_half_a_mark(head: &[u8]) -> bool {
    matches!(head, [0xff | 0xfe])
}

/// How much of a source is looked at to tell text from other data, in bytes.
pub const SAMPLE: usize = 8192;

fn sample(head: &[u8]) -> &[u8] {
    head.get(..SAMPLE).unwrap_or(head)
}

/// UTF-16 without a mark: at least a tenth of NULs, nearly all on one side of the pairs; or marks and characters as people write
/// them in one order of bytes and not in the other.
fn utf16(head: &[u8]) -> Option<&'static Encoding> {
    let head = sample(head);
    let (even, odd) = nuls(head);
    let little = if even + odd >= 4 && (even + odd) * 10 >= head.len() {
        if odd > even * 8 {
            true
        } else if even > odd * 8 {
            false
        } else {
            return None;
        }
    } else {
        if std::str::from_utf8(head).is_ok() || head.len() < 8 {
            return None;
        }
        match (Units::of(head, u16::from_le_bytes), Units::of(head, u16::from_be_bytes)) {
            (Units { common: 90.., landmarks: 1.. }, Units { landmarks: 0, .. }) => true,
            (Units { landmarks: 0, .. }, Units { common: 90.., landmarks: 1.. }) => false,
            _ => return None,
        }
    };
    Some(if little { UTF_16LE } else { UTF_16BE })
}

/// What a text is in UTF-16.
struct Units {
    /// Characters as people write them, in percent.
    common: usize,
    /// Line ends, blanks and marks that are nothing in the other order of bytes, and that no other encoding writes so.
    landmarks: usize,
}

impl Units {
    fn of(head: &[u8], unit: fn([u8; 2]) -> u16) -> Self {
        let units = || head.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        let is_common = |unit: &u16| {
            matches!(unit, 9 | 10 | 13 | 0x20..=0x7e | 0x2010..=0x2027 | 0x3000..=0x30ff | 0x4e00..=0x9fff)
                || matches!(unit, 0xac00..=0xd7a3 | 0xff00..=0xff65)
        };
        let is_landmark = |unit: &u16| matches!(unit, 10 | 13 | 0x20 | 0x3001 | 0x3002 | 0xff0c | 0xff1a);
        let common = units().filter(is_common).count() * 100 / (head.len() / 2).max(1);
        Self { common, landmarks: units().filter(is_landmark).count() }
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
    use encoding_rs::{BIG5, EUC_JP, SHIFT_JIS, WINDOWS_1251};

    const CHINESE: &str = "2018-01-09 07:34\n主持人\n质量提升,从今天开始。欢迎各位网友。\n";
    const TRADITIONAL: &str = "主席：本院委員會現在開會，請各位委員發言。謝謝大家。\n";
    const JAPANESE: &str = "議長：これより会議を開きます。よろしくお願いします。カタカナもあります。\n";
    const HANGUL: &str = "사회자: 안녕하세요. 오늘 회의를 시작하겠습니다. 감사합니다.\n";
    const FRENCH: &str = "Élodie: C’est déjà l’été à Orléans, et le café est prêt.\n";
    const RUSSIAN: &str = "Ведущий: Здравствуйте, дорогие друзья. Начинаем нашу беседу.\n";

    #[test]
    fn encodings_are_told_by_their_bytes() {
        for (text, encoding) in [
            (CHINESE, GBK),
            ("主持人:㐀㐁好的,我们开始吧,谢谢大家。😀\n", GB18030),
            (TRADITIONAL, BIG5),
            (JAPANESE, SHIFT_JIS),
            (JAPANESE, EUC_JP),
            (JAPANESE, ISO_2022_JP),
            (HANGUL, EUC_KR),
            ("甲: 加个括号\n乙: 半括号\n", GBK),
            (FRENCH, WINDOWS_1252),
            (RUSSIAN, WINDOWS_1251),
            (CHINESE, UTF_8),
            ("plain\n", UTF_8),
        ] {
            let (bytes, _, unmappable) = encoding.encode(text);
            assert!(!unmappable, "{text}");
            assert_eq!(guess(&bytes, true), Guess { encoding, fallback: None }, "{text}");
        }
    }

    #[test]
    fn utf_16_needs_no_mark() {
        let long = "质量提升从今天开始，".repeat(50);
        for text in [CHINESE, TRADITIONAL, JAPANESE, HANGUL, FRENCH, &long] {
            let units = text.encode_utf16();
            let little: Vec<u8> = units.clone().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = units.flat_map(u16::to_be_bytes).collect();
            assert_eq!(guess(&little, true).encoding, UTF_16LE, "{text}");
            assert_eq!(guess(&big, true).encoding, UTF_16BE, "{text}");
        }
    }

    #[test]
    fn a_slip_in_a_text_does_not_change_what_it_is() {
        let slip = |bytes: &[u8]| [bytes, &bytes.repeat(4), b"\xff\n", bytes].concat();
        for (text, encoding) in [(CHINESE, GBK), (TRADITIONAL, BIG5)] {
            assert_eq!(guess(&slip(&encoding.encode(text).0), true).encoding, encoding);
        }
        assert_eq!(guess(&slip(CHINESE.as_bytes()), true).encoding, UTF_8);
    }

    #[test]
    fn lines_in_another_encoding_are_told_apart() {
        let utf8 = CHINESE.as_bytes();
        for (other, fallback) in [(CHINESE, GBK), (TRADITIONAL, BIG5), (&FRENCH.repeat(3), WINDOWS_1252)] {
            let bytes = [utf8, &fallback.encode(other).0, utf8].concat();
            assert_eq!(guess(&bytes, true), Guess { encoding: UTF_8, fallback: Some(fallback) }, "{other}");
        }
        let noise = [utf8, b"\xff\xfe\x81\n", utf8].concat();
        assert_eq!(guess(&noise, true), Guess { encoding: UTF_8, fallback: None });
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
