//! What must hold for any bytes: run by a fuzzer, and on the corpus by `tests/corpus.rs`.
#![allow(dead_code, reason = "each target uses its part")]

#[path = "../feed/mod.rs"]
mod feed;

use feed::Feeder;
use shilu::choice::{Indent, Kinsoku};
use shilu::format::{Forced, Patience, read_bytes, write_json};
use shilu::terminal::decoder::Typed;
use shilu::terminal::probe::Replies;
use shilu::text::cluster::clusters;
use shilu::text::habits::Habits;
use shilu::text::ruler::Ruler;
use shilu::text::safe::Shown;
use shilu::text::wrap::{self, Typesetting};
use shilu::transcript::Transcript;

/// A record reads the same at any cut. The first byte is the size of the pieces.
pub fn parser(data: &[u8]) {
    let Some((&size, bytes)) = data.split_first() else { return };
    let whole = read_bytes(bytes, Forced::default()).map(|(transcript, _)| transcript);
    let mut feeder = Feeder::new(Forced::default(), Patience::Head);
    let mut cut = Transcript::default();
    let mut result = Ok(());
    for piece in bytes.chunks(usize::from(size).max(1)) {
        result = result.and_then(|()| feeder.feed(piece, &mut cut));
    }
    result = result.and_then(|()| feeder.finish(&mut cut));
    if let (Ok(whole), Ok(())) = (whole, result) {
        assert_eq!(json(&whole), json(&cut));
        let again = read_bytes(&json(&whole), Forced::default()).expect("its own JSON reads").0;
        assert_eq!(json(&again), json(&whole));
    }
}

fn json(transcript: &Transcript) -> Vec<u8> {
    let mut out = Vec::new();
    write_json(transcript, &mut out).expect("memory takes it");
    out
}

/// What is shown holds no control, is bounded, and loses no cluster.
pub fn shown(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut end = 0;
    for cluster in clusters(&text) {
        end += cluster.len();
        for reveal in [false, true] {
            let shown = Shown::cluster(cluster, reveal);
            assert!(shown.as_str().len() <= 64, "{} bytes of {cluster:?}", shown.as_str().len());
            assert!(shown.as_str().chars().all(is_harmless), "{shown:?} of {cluster:?}");
        }
    }
    assert_eq!(end, text.len());
    let line = Shown::of(&text).to_string();
    assert!(line.chars().all(is_harmless), "{line:?}");
    assert_eq!(Shown::of(&line).to_string(), line);
}

fn is_harmless(ch: char) -> bool {
    !ch.is_control()
        && !matches!(ch, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Rows fit, hold the text in order, and the short way is the long one. The first bytes say how the text is set.
pub fn wrap(data: &[u8]) {
    let [width, indent, level, flags, text @ ..] = data else { return };
    let text = String::from_utf8_lossy(text);
    let kinsoku = [Kinsoku::None, Kinsoku::Basic, Kinsoku::Gb, Kinsoku::Strict][usize::from(level % 4)];
    let flag = |bit: u8| flags & (1 << bit) != 0;
    let habits = Habits { ambiguous_wide: flag(0), joins: flag(1), tones: flag(2), presents: flag(3) };
    let ruler = Ruler { habits, autospace: false, reveal: flag(4) };
    let hang = usize::from(level / 4 % 3);
    let set = Typesetting { kinsoku, hang, autospace: flag(5), indent: Indent::Rest };
    let (width, indent) = (usize::from(*width).max(1), usize::from(indent % 5));
    let rows = wrap::rows((ruler, set), &text, width, indent);
    assert_eq!(rows, wrap::rows_by_cluster((ruler, set), &text, width, indent));
    let mut end = 0;
    for row in rows {
        let between = text.get(end..row.start).expect("rows in order, at borders of characters");
        assert!(between.trim().is_empty(), "{between:?} is lost");
        let words = text.get(row.clone()).expect("a row of the text");
        let wide = set.ruler(ruler).width(words);
        let single = clusters(words.trim()).filter(|cluster| ruler.width(cluster) > 0).count() <= 1;
        assert!(wide <= width + hang || single, "{words:?} takes {wide} of {width}");
        end = row.end;
    }
    assert!(text.get(end..).expect("the end").trim().is_empty());
}

/// Whatever a terminal sends, what is typed in plain characters is kept, in order.
pub fn replies(data: &[u8]) {
    let mut replies = Replies::default();
    for &byte in data {
        let _ = replies.feed(byte);
    }
    let _ = (replies.pause(), replies.held(), replies.outcome());
    let mut plain = Replies::default();
    let typed: Vec<u8> = data.iter().copied().filter(|byte| matches!(byte, b' '..=b'~')).collect();
    let kept = typed.iter().filter_map(|&byte| plain.feed(byte)).count();
    assert_eq!(kept, typed.len());
    let _: Option<Typed> = plain.pause();
}
