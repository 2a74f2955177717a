//! What holds for any text that is set: rows, widths, punctuation, and what may be shown of it.

mod texts;

use icu_segmenter::LineSegmenter;
use icu_segmenter::options::LineBreakOptions;
use proptest::collection::vec;
use proptest::prelude::any;
use proptest::sample::select;
use proptest::strategy::Strategy;
use proptest::test_runner::Config;
use proptest::{prop_assert, prop_assert_eq, prop_oneof, proptest};
use shilu::choice::{Indent, Kinsoku};
use shilu::text::breaks::{Break, Breaker};
use shilu::text::cluster::clusters;
use shilu::text::habits::Habits;
use shilu::text::ruler::Ruler;
use shilu::text::safe::Shown;
use shilu::text::wrap::{self, Typesetting};
use texts::{CLOSING, OPENING, any_text, clean_text, is_bidi_control, strange_text, with_few_marks};
use unicode_segmentation::UnicodeSegmentation;

fn config(cases: u32) -> Config {
    Config { failure_persistence: None, ..Config::with_cases(cases) }
}

/// Any ruler, and any way to set text.
fn setting() -> impl Strategy<Value = (Ruler, Typesetting)> {
    let kinsoku = select(vec![Kinsoku::None, Kinsoku::Basic, Kinsoku::Gb, Kinsoku::Strict]);
    (any::<[bool; 6]>(), kinsoku, 0usize..=2).prop_map(|(flags, kinsoku, hang)| {
        let [ambiguous_wide, joins, tones, presents, reveal, autospace] = flags;
        let habits = Habits { ambiguous_wide, joins, tones, presents };
        let set = Typesetting { kinsoku, hang, autospace, indent: Indent::Rest };
        (Ruler { habits, autospace: false, reveal }, set)
    })
}

/// Characters of every class, from every script that has rules of its own.
fn mixture() -> impl Strategy<Value = String> {
    let telling = "a1\u{1100}\u{1161}\u{11a8}一かッー가กא‐-–—…“”‘’\"'«»()（）「」,，.。:;!?、/／%￥$€+ \u{a0}\u{3000}\u{200b}\u{200d}\u{2060}\u{301}\
                   \u{308}\u{fe0f}👍\u{1f3fd}🇨🇳❤️\u{25cc}\u{1b05}\u{1b44}\u{11f50}\u{1bf2}·•～々\u{ad}\u{fffc}\n\r\u{b}\u{85}\u{2028}°№";
    let telling: Vec<char> = telling.chars().collect();
    let piece = prop_oneof![8 => select(telling), 2 => any::<char>(), 1 => (0x1000u32..0x3200).prop_filter_map("a scalar", char::from_u32)];
    vec(piece, 0..24).prop_map(|chars| chars.into_iter().collect())
}

/// Where the clusters of a text begin and end.
fn borders(text: &str) -> Vec<usize> {
    let mut end = 0;
    let ends = clusters(text).map(|cluster| {
        end += cluster.len();
        end
    });
    std::iter::once(0).chain(ends).collect()
}

/// A row that begins or ends with what it must not.
fn breach(set: (Ruler, Typesetting), text: &str, width: usize) -> Option<String> {
    // A dash is kept from the start of a row only at the strict level.
    let closing = |ch: char| CLOSING.contains(ch) && (ch != '—' || set.1.kinsoku == Kinsoku::Strict);
    let rows: Vec<&str> =
        wrap::rows(set, text, width, 0).into_iter().filter_map(|row| text.get(row)).collect();
    let begins = rows.iter().skip(1).find(|row| row.trim_start().starts_with(closing));
    let ends = rows.iter().rev().skip(1).find(|row| row.trim_end().ends_with(|ch| OPENING.contains(ch)));
    begins.or(ends).map(|row| format!("{row:?} of {text:?} at {width}"))
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn every_cluster_stands_within_its_row_unless_it_is_alone(
        text in any_text(50), width in 1usize..=200, indent in 0usize..5, set in setting()
    ) {
        let ruler = set.1.ruler(set.0);
        for (index, row) in wrap::rows(set, &text, width, indent).into_iter().enumerate() {
            let room = if index == 0 { width.saturating_sub(indent).max(1) } else { width };
            let row = text.get(row).expect("a row of the text");
            let mut used = 0;
            for cluster in ruler.clusters(row) {
                used += cluster.lead + cluster.width;
                let alone = cluster.start == 0 || row.get(..cluster.start).is_some_and(|row| ruler.width(row) == 0);
                let blank = row.get(cluster.start..).is_some_and(|rest| rest.trim().is_empty());
                prop_assert!(used <= room + set.1.hang || alone || blank, "{:?} takes {} of {}", row, used, room);
            }
        }
    }

    #[test]
    fn rows_hold_everything_but_white_space_in_order(
        text in any_text(50), width in 1usize..=200, indent in 0usize..5, set in setting()
    ) {
        let borders: Vec<usize> = borders(&text);
        let mut end = 0;
        for row in wrap::rows(set, &text, width, indent) {
            prop_assert!(end <= row.start && row.start <= row.end, "{:?} behind {}", row, end);
            let between = text.get(end..row.start).expect("characters between rows");
            prop_assert_eq!(between.trim(), "");
            prop_assert!(borders.contains(&row.start), "a row begins inside a cluster at {}", row.start);
            let cut = borders.iter().copied().find(|&at| at >= row.end).expect("a border");
            prop_assert_eq!(text.get(row.end..cut).expect("the rest of a cluster").trim(), "");
            end = row.end;
        }
        prop_assert_eq!(text.get(end..).expect("the end").trim(), "");
    }

    #[test]
    fn no_row_begins_with_closing_or_ends_with_opening_punctuation(
        text in clean_text(60).prop_map(|text| with_few_marks(&text)), width in 20usize..=200, wide in any::<bool>()
    ) {
        for kinsoku in [Kinsoku::Basic, Kinsoku::Gb, Kinsoku::Strict] {
            let set = (Ruler::new(wide), Typesetting { kinsoku, ..Typesetting::default() });
            prop_assert_eq!(breach(set, text.trim(), width), None);
        }
    }

    #[test]
    fn the_short_way_for_ideographs_changes_no_row(
        text in prop_oneof![any_text(60), "[一-龥，。a-z“”\u{301}]{0,120}"], width in 1usize..=200,
        indent in 0usize..5, set in setting()
    ) {
        prop_assert_eq!(wrap::rows(set, &text, width, indent), wrap::rows_by_cluster(set, &text, width, indent));
    }

    #[test]
    fn clusters_tile_a_text_and_are_those_of_the_standard_up_to_their_bound(text in any_text(50)) {
        let ours: Vec<&str> = clusters(&text).collect();
        prop_assert_eq!(ours.concat(), text.as_str());
        let standard: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).collect();
        let ours = borders(&text);
        prop_assert!(standard.iter().all(|at| ours.contains(at)));
        prop_assert!(text.chars().count() > 14 || ours.len() == standard.len() + 1);
    }

    #[test]
    fn places_of_breaks_are_those_of_an_independent_implementation(text in mixture()) {
        let options = LineBreakOptions::default();
        let segmenter = LineSegmenter::new_neo_for_non_complex_scripts(options);
        let theirs: Vec<usize> = segmenter.segment_str(&text).skip(1).collect();
        let mut breaker = Breaker::new(&text, None);
        let places = text.char_indices().map(|(at, _)| at);
        let ours: Vec<usize> = places.filter(|&at| breaker.before(at) != Break::No).chain([text.len()]).collect();
        prop_assert_eq!(ours, if text.is_empty() { vec![0] } else { theirs });
    }

    #[test]
    fn a_harmless_line_holds_no_control(text in any_text(40)) {
        let line = Shown::of(&text).to_string();
        for ch in line.chars() {
            prop_assert!(!ch.is_control() && !is_bidi_control(ch), "{ch:?} in {line:?}");
        }
        for cluster in clusters(&text).map(|cluster| Shown::cluster(cluster, false)) {
            prop_assert!(cluster.as_str().len() <= 64, "{} bytes in {cluster:?}", cluster.as_str().len());
        }
    }

    #[test]
    fn a_harmless_line_stays_as_it_is(text in strange_text(40)) {
        let line = Shown::of(&text).to_string();
        prop_assert_eq!(Shown::of(&line).to_string(), line.clone());
    }

}

#[test]
fn rows_of_rare_texts_fit_and_keep_the_rules() {
    for (text, width) in [
        ("aA一一一一0000000📚一aAaaAaAAaAaA\t\u{200b}aAa一一一一\0一一一一一", 35),
        ("abcd e\t,fghij", 7),
        ("aaaaaaaaaaaaaaaaaaa ,b", 20),
        ("aaaaaaaaaaaaaaaaaa( bbbbbbbbbbbbbbbbbbbbbbb", 20),
        ("一一一一一一A一000aaA00AAaAAaaAaaaa“\u{a0} aAaaAAAaaaaA", 21),
        ("一一一一一一一一一“\u{a0} aaaaaaaaaa", 20),
    ] {
        let set = (Ruler::default(), Typesetting::default());
        assert_eq!(breach(set, text, width), None);
        for row in wrap::rows(set, text, width, 0) {
            let row = text.get(row).expect("a row of the text");
            assert!(set.0.width(row) <= width, "{row:?} takes {} of {width}", set.0.width(row));
        }
    }
}

#[test]
fn rare_lines_are_harmless_after_one_pass() {
    for text in [
        &"\u{e0100}".repeat(30),
        &format!("{0}\u{200b}{0}", "ᄀ".repeat(10)),
        &format!("{}👨", "👩\u{200d}".repeat(20)),
        &format!("a{0}\u{200b}{0}", "\u{301}".repeat(3)),
        "🇨\u{200b}🇳",
    ] {
        let line = Shown::of(text).to_string();
        assert_eq!(Shown::of(&line).to_string(), line.clone(), "{text:?}");
    }
}
