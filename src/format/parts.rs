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
    for (number, line) in lines.iter().enumerate() {
        let mut cut = Vec::new();
        bite(line, &LEVELS, &mut cut);
        pieces.extend(cut.into_iter().map(|piece| (number, piece)));
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

/// Puts pieces together, line by line, as long as there is room.
fn pack(pieces: &[(usize, &str)], room: usize) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    // The lines of the part that is begun, and the rows of those before the last.
    let mut last_number = None;
    let (mut before, mut line_weight) = (0, 0);
    for &(number, piece) in pieces {
        let goes_on = last_number == Some(number);
        let (before_it, its_weight) = if goes_on {
            (before, line_weight + weight(piece))
        } else {
            (before + row_count(line_weight), weight(piece))
        };
        let fits = last_number.is_some() && before_it + row_count(its_weight) <= room;
        match parts.last_mut().filter(|_| fits) {
            Some(part) => {
                match part.lines.last_mut().filter(|_| goes_on) {
                    Some(line) => line.push_str(piece),
                    None => part.lines.push(piece.to_owned()),
                }
                part.weight += weight(piece);
                (before, line_weight) = (before_it, its_weight);
            }
            None => {
                parts.push(Part { lines: vec![piece.to_owned()], weight: weight(piece) });
                (before, line_weight) = (0, weight(piece));
            }
        }
        last_number = Some(number);
    }
    for line in parts.iter_mut().flat_map(|part| &mut part.lines) {
        *line = line.trim().to_owned();
    }
    for part in &mut parts {
        part.lines.retain(|line| !line.is_empty());
    }
    parts.retain(|part| !part.lines.is_empty());
    parts
}

/// Where a line may be cut, the best places first.
const LEVELS: [fn(&str) -> Vec<&str>; 4] = [sentences, clauses, words, characters];

/// Cuts a line at the first level at which the pieces are short enough, and each of those that are not at the next one.
fn bite<'a>(line: &'a str, levels: &[fn(&str) -> Vec<&str>], out: &mut Vec<&'a str>) {
    let Some((cut, finer)) = levels.split_first() else { return out.push(line) };
    for piece in cut(line) {
        if rows([piece].into_iter()) <= 1 {
            out.push(piece);
        } else {
            bite(piece, finer, out);
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
            Some(mark) if !mark.is_ascii() || ch.is_whitespace() => {
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
                    "后来来了一位新的守塔人，他带着一本旧书和一把胡琴。",
                    "大家都喜欢他。",
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
