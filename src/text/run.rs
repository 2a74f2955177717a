//! Runs of ideographs, measured in one step: most of what a Chinese row holds.

/// Ideographs in a row.
#[derive(Debug, Clone, Copy, Default)]
pub struct Run {
    /// How long it is.
    pub bytes: usize,
    /// How wide it is.
    pub cells: usize,
    /// Bytes and cells before its last two ideographs, in that order; a row may end there.
    pub last: [(usize, usize); 2],
    /// Bytes of its last character.
    pub end: usize,
}

/// The ideographs at the beginning of a text that fit, and with the cells of a closing quotation mark also the
/// pauses, stops and such marks between them: no row begins with one, any may end with it.
pub fn run(bytes: &[u8], room: usize, quote: Option<usize>) -> Run {
    let mut run = Run::default();
    let (mut at, mut cells) = (0, 0);
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let mut count = stretch(rest, room.saturating_sub(cells) / 2);
        let behind = rest.get(3 * count..).unwrap_or_default();
        let (skip, wide) = quote.map_or((0, 0), |quote| mark(behind, quote));
        if skip == 0 && !stands_apart(behind) {
            // Something combines with the last one.
            count = count.saturating_sub(1);
        }
        let place = |index: usize| (at + 3 * index, cells + 2 * index);
        run.last = match count {
            0 => return run,
            1 => [run.last[1], place(0)],
            _ => [place(count - 2), place(count - 1)],
        };
        (run.bytes, run.cells) = place(count);
        run.end = 3;
        if skip == 0 || !behind.get(skip..).is_some_and(is_ideograph) {
            return run;
        }
        (at, cells) = (run.bytes + skip, run.cells + wide);
        if (cells..cells + 2).contains(&room) {
            return Run { bytes: at, cells, end: skip, ..run };
        }
    }
}

/// How many ideographs a text begins with, `most` at most.
fn stretch(bytes: &[u8], most: usize) -> usize {
    let (mut count, mut at) = (0, 0);
    while count < most {
        match bytes.get(at) {
            Some(0xe5..=0xe9) => {}
            Some(0xe4) if bytes.get(at + 1) >= Some(&0xb8) => {}
            _ => break,
        }
        count += 1;
        at += 3;
    }
    count
}

/// Whether a text begins with what most often stands there and combines with nothing: ASCII but its controls, CJK
/// punctuation but its tone marks, an ideograph; or is empty.
pub const fn stands_apart(bytes: &[u8]) -> bool {
    matches!(bytes, [] | [b'\t' | b'\n' | b' '..=b'~' | 0xe4..=0xe9, ..])
        || matches!(bytes, [0xe3, 0x80, 0x81..=0xa9, ..] | [0xef, 0xbc..=0xbd, ..])
}

/// Bytes and cells of a pause or stop that no level but none lets begin a row, and any lets end one.
const fn mark(bytes: &[u8], quote: usize) -> (usize, usize) {
    match bytes {
        [b',' | b'.' | b':' | b';' | b'!' | b'?', ..] => (1, 1),
        // 、 。 and ！ ， ： ； ？
        [0xe3, 0x80, 0x81 | 0x82, ..] | [0xef, 0xbc, 0x81 | 0x8c | 0x9a | 0x9b | 0x9f, ..] => (3, 2),
        // ”
        [0xe2, 0x80, 0x9d, ..] => (3, quote),
        _ => (0, 0),
    }
}

/// Whether bytes begin with an ideograph of U+4E00 to U+9FFF: class ID, two cells, simple.
pub fn is_ideograph(bytes: &[u8]) -> bool {
    matches!(bytes, [0xe4, 0xb8..=0xbf, ..] | [0xe5..=0xe9, ..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_ends_where_something_combines_or_the_room_does() {
        for (text, room, bytes, cells) in [
            ("一二三", 9, 9, 6),
            ("一二三", 5, 6, 4),
            ("一二,三a", 9, 10, 7),
            ("一二”三", 9, 12, 7),
            ("一二,三", 5, 7, 5),
            ("一二,三", 4, 6, 4),
            ("一二\u{301}", 9, 3, 2),
            ("一二\u{7}", 9, 3, 2),
            ("一。。二", 9, 3, 2),
            ("a", 9, 0, 0),
            ("㐀一", 9, 0, 0),
        ] {
            let run = run(text.as_bytes(), room, Some(1));
            assert_eq!((run.bytes, run.cells), (bytes, cells), "{text:?} in {room}");
        }
        assert_eq!(run("一,二".as_bytes(), 9, None).bytes, 3);
    }
}
