//! Long words in parts that can be read at once: the cues of subtitles.
//!
//! A part has at most two rows, of 42 narrow characters or 16 wide ones each, and is shown for 5/6 of a second at least: Netflix's Timed
//! Text Style Guides ("General Requirements", English, Simplified Chinese); the BBC's Subtitle Guidelines ask for about the same. It
//! ends with a sentence if it can, else with a clause, a word, a character.

use crate::text::cluster::clusters;
use crate::text::kind::Kind;

/// What a row holds: 42 narrow characters, or 16 wide ones.
const ROW: usize = 42 * NARROW;
const NARROW: usize = 8;
const WIDE: usize = 21;

/// Rows of a part.
const ROWS: usize = 2;

/// No part is shown for less, in milliseconds, unless that is all there is.
const SHORTEST_MS: i64 = 833;

/// Words that are shown together, with their share of the time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Part {
    /// Its lines, none of which is blank.
    pub lines: Vec<String>,
    /// How much there is to read, in eighths of a narrow character.
    pub weight: usize,
}

/// The lines of what is said in parts, for each of which there is time in so many milliseconds.
pub fn parts(lines: &[String], ms: i64) -> Vec<Part> {
    let whole = || Part { lines: lines.to_vec(), weight: lines.iter().map(|line| weight(line)).sum() };
    let most = usize::try_from(ms / SHORTEST_MS).unwrap_or(0);
    if most < 2 || rows(lines.iter().map(String::as_str)) <= ROWS {
        return vec![whole()];
    }
    let mut pieces = Vec::new();
    for line in lines {
        bite(line, &LEVELS, 0, &mut pieces);
        if let Some(last) = pieces.last_mut() {
            last.ends_line = true;
        }
    }
    let mut room = ROWS;
    loop {
        let packed = pack(&pieces, room);
        if packed.len() <= most {
            return packed;
        }
        room += room.div_ceil(4);
    }
}

/// The times at which parts begin, and the last one ends: by their share of the words.
pub fn times(parts: &[Part], (start, end): (i64, i64)) -> Vec<i64> {
    let total = parts.iter().map(|part| part.weight).sum::<usize>().max(1);
    let mut read = 0;
    let begins = parts.iter().map(|part| {
        let at = start + ((end - start) as f64 * read as f64 / total as f64) as i64;
        read += part.weight;
        at
    });
    begins.chain([end]).collect()
}

/// A piece of a line that is not cut.
#[derive(Debug, Clone, Copy)]
struct Piece<'a> {
    text: &'a str,
    /// How bad a place its end is to cut at.
    rank: usize,
    ends_line: bool,
}

/// Puts pieces together as long as there is room, up to the best place to cut in the second half of it.
fn pack(pieces: &[Piece], room: usize) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = pieces;
    while !rest.is_empty() {
        let lengths = fitting(rest, room);
        let full = lengths.last().copied().unwrap_or_default();
        let is_end = lengths.len() == rest.len();
        let places = lengths.iter().enumerate().filter(|(_, weight)| 2 * **weight >= full);
        let best = places.min_by_key(|(at, _)| (rest[*at].rank, usize::MAX - at)).map(|(at, _)| at + 1);
        let (taken, behind) = rest.split_at(best.filter(|_| !is_end).unwrap_or(lengths.len()).max(1));
        parts.extend(joined(taken));
        rest = behind;
    }
    parts
}

/// How much there is to read up to the end of each piece, as long as they fit.
fn fitting(pieces: &[Piece], room: usize) -> Vec<usize> {
    // Rows of the lines before, what is in the last line, and all there is.
    let (mut before, mut line, mut all) = (0, 0, 0);
    let mut lengths = Vec::new();
    for piece in pieces {
        line += weight(piece.text);
        all += weight(piece.text);
        if before + row_count(line) > room && !lengths.is_empty() {
            break;
        }
        lengths.push(all);
        if piece.ends_line {
            before += row_count(line);
            line = 0;
        }
    }
    lengths
}

fn joined(pieces: &[Piece]) -> Option<Part> {
    let mut lines = vec![String::new()];
    for (index, piece) in pieces.iter().enumerate() {
        lines.iter_mut().rev().take(1).for_each(|line| line.push_str(piece.text));
        if piece.ends_line && index + 1 < pieces.len() {
            lines.push(String::new());
        }
    }
    let lines: Vec<_> =
        lines.iter().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
    let weight = lines.iter().map(|line| weight(line)).sum();
    (!lines.is_empty()).then_some(Part { lines, weight })
}

/// Where a line may be cut, the best places first.
const LEVELS: [fn(&str) -> Vec<&str>; 4] = [sentences, clauses, words, characters];

/// Cuts a line at the first level, and each of the pieces that are longer than a row at the next one. The end of the line may be cut
/// as its `rank` says.
fn bite<'a>(line: &'a str, levels: &[fn(&str) -> Vec<&str>], rank: usize, out: &mut Vec<Piece<'a>>) {
    let Some((cut, finer)) = levels.split_first().filter(|_| !line.is_empty()) else { return };
    let pieces = cut(line);
    let own = LEVELS.len() - finer.len();
    for (index, piece) in pieces.iter().enumerate() {
        let rank = if index + 1 == pieces.len() { rank.min(own) } else { own };
        if row_count(weight(piece)) <= 1 || finer.is_empty() {
            out.push(Piece { text: piece, rank, ends_line: false });
        } else {
            bite(piece, finer, rank, out);
        }
    }
}

fn sentences(text: &str) -> Vec<&str> {
    behind_marks(text, &['。', '！', '？', '；', '…', '.', '!', '?', ';'])
}

fn clauses(text: &str) -> Vec<&str> {
    behind_marks(text, &['，', '、', '：', '—', ',', ':'])
}

/// Pieces that end with marks; those of ASCII only before a blank.
fn behind_marks<'a>(text: &'a str, marks: &[char]) -> Vec<&'a str> {
    const CLOSING: [char; 10] = ['”', '’', '」', '』', '）', '》', '】', ')', '"', '\''];
    let mut pieces = Vec::new();
    let mut from = 0;
    let mut ended: Option<char> = None;
    for (at, ch) in text.char_indices() {
        match ended {
            _ if marks.contains(&ch) => ended = Some(ch),
            Some(_) if CLOSING.contains(&ch) => {}
            Some(mark) if !mark.is_ascii() || !ch.is_ascii() || ch.is_whitespace() => {
                pieces.extend(text.get(from..at));
                (from, ended) = (at, None);
            }
            _ => ended = None,
        }
    }
    pieces.extend(text.get(from..));
    pieces
}

fn words(text: &str) -> Vec<&str> {
    text.split_inclusive(' ').collect()
}

fn characters(text: &str) -> Vec<&str> {
    clusters(text).collect()
}

/// The rows that lines take.
fn rows<'a>(lines: impl Iterator<Item = &'a str>) -> usize {
    lines.map(|line| row_count(weight(line))).sum()
}

const fn row_count(weight: usize) -> usize {
    if weight == 0 { 1 } else { weight.div_ceil(ROW) }
}

fn weight(text: &str) -> usize {
    text.chars().map(|ch| if Kind::of(ch).east_asian { WIDE } else { NARROW }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(lines: &[&str], ms: i64) -> Vec<String> {
        let lines: Vec<_> = lines.iter().map(|line| (*line).to_owned()).collect();
        parts(&lines, ms).into_iter().map(|part| part.lines.join("/")).collect()
    }

    #[test]
    fn parts_end_with_sentences_clauses_words_and_characters() {
        let long = "灯塔".repeat(20);
        for (lines, expected) in [
            (&["短的一句。", "又一句。"][..], &["短的一句。/又一句。"][..]),
            (
                &[
                    "灯塔守了三十年，没有一夜不亮。后来来了一位新的守塔人，他带着一本旧书和一把胡琴。大家都喜欢他。",
                ],
                &[
                    "灯塔守了三十年，没有一夜不亮。",
                    "后来来了一位新的守塔人，他带着一本旧书和一把胡琴。大家都喜欢他。",
                ],
            ),
            (
                &[
                    "The lamp was lit at dusk, and it burned all night. Nobody in the village went to sleep before they had seen it, I think.",
                ],
                &[
                    "The lamp was lit at dusk, and it burned all night.",
                    "Nobody in the village went to sleep before they had seen it, I think.",
                ],
            ),
            (&["一", "二", "三"], &["一/二", "三"]),
            (&[&long], &[long.get(..96).unwrap_or_default(), long.get(96..).unwrap_or_default()]),
        ] {
            assert_eq!(told(lines, 60_000), expected, "{lines:?}");
        }
    }

    #[test]
    fn where_there_is_little_time_parts_are_fewer() {
        let line = "一句话在这里说完了。".repeat(12);
        let counts = [0, 800, 1700, 3400, 60_000].map(|ms| told(&[&line], ms).len());
        assert_eq!(counts, [1, 1, 2, 4, 4]);
    }

    #[test]
    fn times_are_by_share_and_rise() {
        let part = |weight| Part { lines: Vec::new(), weight };
        assert_eq!(times(&[part(1), part(3)], (1000, 5000)), [1000, 2000, 5000]);
        assert_eq!(times(&[part(0)], (5, 6)), [5, 6]);
    }
}
