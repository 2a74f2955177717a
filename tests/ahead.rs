//! Reading ahead of the index: what is shown before it has come there, and how the record takes that over.

mod ground;
mod support;

use ground::{Ground, record};
use shilu::format::Sizes;
use std::fmt::Write as _;

const POSTS: usize = 40_000;

/// A large record of which a third is known.
fn third() -> Ground {
    let ground = Ground::partly(record(POSTS).as_bytes(), 0.34);
    assert!(ground.loading && ground.app.transcript.len() < POSTS / 2);
    ground
}

/// The number that the post in focus says of itself.
fn number(ground: &Ground) -> usize {
    let words = ground.words();
    let digits: String = words.chars().skip(1).take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap_or_else(|_| panic!("{words:?} has no number"))
}

/// How far the post in focus is told to be, at the right of the first row.
fn position(ground: &Ground) -> String {
    ground.screen().lines().next().unwrap_or_default().rsplit(' ').next().unwrap_or_default().to_owned()
}

/// The words on a page: without colours, marks of the focus, numbers of exchanges, and names, which may differ.
fn words(ground: &Ground) -> Vec<String> {
    let telling = |row: &String| if row.contains("问答") { "header".to_owned() } else { row.clone() };
    ground.page().iter().map(telling).collect()
}

#[test]
fn the_end_is_shown_at_once_and_taken_over_by_the_record_row_by_row() {
    let mut ground = third();
    let known = ground.app.transcript.len();
    ground.keys("G");
    assert_eq!(number(&ground), POSTS);
    assert!(ground.page().concat().contains(&format!("第{POSTS}条")), "{}", ground.screen());
    assert!(position(&ground).starts_with('?'), "{}", ground.screen());
    assert_eq!(ground.app.known_posts(), known);
    let before = words(&ground);
    while ground.loading {
        ground.feed();
        assert_eq!(words(&ground), before, "at {} bytes\n{}", ground.reading.intake.bytes(), ground.screen());
        assert_eq!(number(&ground), POSTS);
    }
    assert!(ground.app.ahead().is_none());
    assert_eq!(position(&ground), format!("{POSTS}/{POSTS}"));
    ground.keys("K");
    assert_eq!(ground.app.reader.focus.number(), POSTS - 1);
}

#[test]
fn moves_go_where_they_go_in_the_record() {
    let whole = || Ground::whole(record(POSTS).as_bytes(), ground::IN_PLACE);
    for keys in [
        "G",
        "G k",
        "G k k k k k k k",
        "G PgUp",
        "G PgUp PgUp PgDn",
        "G K",
        "G K K J",
        "G K K K K O",
        "G K K K K K K o",
        "G [ [ ]",
        "G Ctrl-u",
        "G K K ( )",
        "G PgUp PgUp PgUp j",
        "G g g",
        "G g g G",
        "G G",
        "G End Home",
        "J J G Ctrl-o",
        "J J G K K Ctrl-o",
    ] {
        let (mut ahead, mut whole) = (third(), whole());
        ahead.keys(keys);
        whole.keys(keys);
        assert_eq!(words(&ahead), words(&whole), "{keys}");
        assert_eq!(number(&ahead), number(&whole), "{keys}");
    }
}

#[test]
fn going_up_past_what_was_read_reads_on_and_comes_back_to_the_record() {
    let mut ground = third();
    ground.keys("G");
    let first = |ground: &Ground| ground.app.ahead().expect("a part");
    let mut parts = vec![first(&ground)];
    let mut last = number(&ground);
    for _ in 0..20_000 {
        ground.keys("K");
        assert_eq!(number(&ground), last - 1, "{}", ground.screen());
        last -= 1;
        if first(&ground) < parts[parts.len() - 1] {
            parts.push(first(&ground));
            if parts.len() == 3 {
                break;
            }
        }
    }
    assert_eq!(parts.len(), 3, "{parts:?}");
    for keys in ["PgUp", "k", "Ctrl-u"] {
        let mut ground = third();
        ground.keys("G");
        let (end, mut last) = (first(&ground), number(&ground));
        while first(&ground) >= end {
            ground.keys(keys);
            assert!(number(&ground) <= last, "{keys}");
            last = number(&ground);
        }
        let there = number(&ground);
        ground.feed_all();
        assert_eq!(ground.app.reader.focus.number(), there, "{keys}");
        assert_eq!(number(&ground), there, "{keys}");
    }
}

#[test]
fn a_part_is_left_upwards_and_downwards_post_by_post() {
    let mut ground = third();
    ground.keys(": \"60%\" Enter");
    for (keys, by, times) in [("K", -1, 9000), ("J", 1, 14_000)] {
        for _ in 0..times {
            let last = number(&ground);
            ground.keys(keys);
            assert_eq!(number(&ground) as isize, last as isize + by, "{keys} from {last}");
        }
    }
    assert!(ground.app.ahead().is_some());
}

/// What is shown stays as it is while the record comes nearer a little at a time, until it has taken over.
fn assert_quiet(text: &str, keys: &str) {
    let mut ground = Ground::partly_in(text.as_bytes(), 0.3, Sizes { block: 500, in_memory: 0 });
    ground.keys(keys);
    assert!(ground.app.ahead().is_some());
    let (before, there) = (words(&ground), number(&ground));
    while ground.loading {
        ground.feed();
        assert_eq!(
            words(&ground),
            before,
            "{keys}, {} read\n{}",
            ground.reading.intake.bytes(),
            ground.screen()
        );
        assert_eq!(number(&ground), there, "{keys}");
    }
    assert!(ground.app.ahead().is_none());
    assert_eq!(ground.app.reader.focus.number(), there, "{keys}");
}

#[test]
fn the_record_takes_over_without_a_flicker() {
    let text = record(12_000);
    for keys in ["G", "G PgUp K K", ": \"60%\" Enter J PgDn"] {
        assert_quiet(&text, keys);
    }
}

#[test]
fn a_share_is_shown_from_the_middle_and_taken_over() {
    for share in [50.0, 75.0, 99.9] {
        let mut ground = third();
        ground.keys(&format!(": \"{share}%\" Enter"));
        let there = number(&ground);
        let wanted = POSTS as f64 * share / 100.0;
        assert!((there as f64 - wanted).abs() < POSTS as f64 / 50.0, "{there} is not at {share}%");
        assert!(position(&ground).starts_with('?'), "{}", ground.screen());
        let shown = words(&ground);
        ground.feed_all();
        assert_eq!((number(&ground), ground.app.reader.focus.number()), (there, there));
        // The first post of a part may have been the first of a day to it.
        assert_eq!(words(&ground).last().is_some(), shown.last().is_some());
    }
}

#[test]
fn what_is_known_is_gone_to_in_the_record() {
    let mut ground = third();
    ground.keys(": \"10%\" Enter");
    assert!(ground.app.ahead().is_none());
    assert!((number(&ground) as f64 - POSTS as f64 / 10.0).abs() < POSTS as f64 / 50.0);
    ground.keys("G : \"#77\" Enter");
    assert!(ground.app.ahead().is_none());
    assert_eq!((number(&ground), ground.app.reader.focus.number()), (77, 77));
    ground.keys("G : \"20%\" Enter");
    assert!(ground.app.ahead().is_none());
    ground.keys("G g g");
    assert_eq!((number(&ground), position(&ground).starts_with("1/")), (1, true));
}

#[test]
fn a_place_that_is_not_known_yet_is_gone_to_when_it_is() {
    for (place, wanted) in [("#30000", 30_000), ("2025-02-20T09:30", 720 * (28 + 19) + 91)] {
        for way in ["", "G ", ": \"80%\" Enter "] {
            let mut ground = third();
            ground.keys(&format!("{way}: \"{place}\" Enter"));
            assert!(ground.app.message.is_some());
            let shown = number(&ground);
            while ground.loading && ground.app.known_posts() < wanted {
                assert_eq!(number(&ground), shown, "{place} after {way}");
                ground.feed();
            }
            assert_eq!(number(&ground), wanted, "{place} after {way}");
            assert!(ground.app.ahead().is_none());
            ground.feed_all();
            assert_eq!(number(&ground), wanted, "{place} after {way}");
        }
    }
}

#[test]
fn a_place_that_is_not_known_yet_is_forgotten_when_one_moves_on() {
    for (keys, wanted) in [("J", 2), ("PgDn g g", 1), ("G", POSTS), ("G K", POSTS - 1)] {
        let mut ground = third();
        ground.keys(&format!(": \"#30000\" Enter {keys}"));
        ground.feed_all();
        assert_eq!(number(&ground), wanted, "{keys}");
    }
}

#[test]
fn one_comes_back_from_the_end() {
    let mut ground = third();
    ground.keys("J J J G K K Ctrl-o");
    assert_eq!((number(&ground), ground.app.reader.focus.number()), (4, 4));
    assert!(ground.app.ahead().is_none());
    ground.keys("G");
    ground.feed_all();
    ground.keys("Ctrl-o");
    assert_eq!(number(&ground), 4);
}

#[test]
fn a_prompt_that_is_open_while_the_record_takes_over_goes_back_to_where_one_was() {
    let mut ground = third();
    ground.keys("G K K");
    let there = number(&ground);
    ground.keys("/ \"第\"");
    ground.feed_all();
    ground.keys("Esc");
    assert_eq!(number(&ground), there, "{}", ground.screen());
}

#[test]
fn a_search_goes_on_behind_a_look_at_the_end() {
    let text = record(100_000);
    let mut ground = Ground::partly(text.as_bytes(), 0.95);
    ground.keys("/ \"沈砚秋|第9999条\" Enter");
    let scan = ground.app.next_scan().expect("more than is looked through at once");
    ground.keys("G");
    // What the thread still says of it comes while the end is shown.
    let mut news = Vec::new();
    scan.run(|found| {
        news.push(found);
        true
    });
    for found in news {
        ground.app.found(&found, ground.now);
    }
    ground.keys("g g");
    ground.feed_all();
    ground.search_out();
    let search = ground.app.search.as_ref().expect("a search");
    assert!(search.is_complete());
    assert_eq!(search.hits(usize::MAX).len(), 1);
}

#[test]
fn a_search_is_not_lost_by_one_at_the_end() {
    let text = record(100_000);
    let mut ground = Ground::partly(text.as_bytes(), 0.95);
    ground.keys("/ \"第9999条\" Enter");
    // The thread is at it; a newer scan ends it, and it never says that it has come to its end.
    let _first = ground.app.next_scan().expect("more than is looked through at once");
    ground.keys("G / \"第100000条\" Enter");
    ground.search_out();
    assert_eq!(number(&ground), 100_000);
    ground.keys("g g");
    ground.feed_all();
    ground.search_out();
    let search = ground.app.search.as_ref().expect("a search");
    assert!(search.is_complete(), "{}", ground.screen());
    assert_eq!(search.hits(usize::MAX).len(), 1);
}

#[test]
fn what_is_searched_for_at_the_end_is_searched_for_in_the_record() {
    let mut ground = third();
    ground.keys("G / \"第3999\\d条\" Enter n n");
    let hits = |ground: &Ground| ground.app.search.as_ref().map(|search| search.hits(usize::MAX).len());
    assert_eq!(hits(&ground), Some(10));
    // Reading on does not end it, nor does the record that takes over.
    while ground.app.ahead().expect("a part") > 0.7 {
        ground.keys("PgUp");
    }
    ground.keys("n");
    assert!(hits(&ground).is_some() && number(&ground) < POSTS);
    ground.keys("G n");
    ground.feed_all();
    ground.search_out();
    assert_eq!(hits(&ground), Some(10), "{}", ground.screen());
    ground.keys("g g n");
    assert_eq!(number(&ground), 39_990);
    let mut ground = third();
    ground.keys("/ \"第3999\\d条|第77条\" Enter");
    assert_eq!((number(&ground), hits(&ground)), (77, Some(1)));
    ground.keys("G");
    assert_eq!(hits(&ground), Some(10));
    ground.keys("Ctrl-o");
    assert_eq!((number(&ground), hits(&ground)), (77, Some(1)));
    ground.keys("G Esc");
    ground.feed_all();
    assert_eq!(hits(&ground), None);
}

/// A record in which so many more speakers than in the first half speak in the second.
fn with_newcomers(before: usize, after: usize) -> String {
    let mut text = record(12_000);
    for post in 0..before {
        let _ = write!(text, "2025-02-01 08:00\n\n早到的{post}号\n\n早。\n\n");
    }
    let _ = write!(text, "2025-02-01 09:00\n\n主持人\n\n{}\n\n", "灯都亮着,江上有雾。\n".repeat(100_000));
    for post in 0..after {
        let _ = write!(text, "2025-02-01 10:00\n\n晚到的{post}号\n\n晚{post}。\n\n");
    }
    text
}

#[test]
fn the_speaker_that_is_chosen_is_the_same_person_here_and_there() {
    let chosen = |ground: &Ground| ground.app.transcript.speaker(ground.app.chosen).label.clone();
    let text = with_newcomers(5000, 50);
    let mut ground = Ground::partly(text.as_bytes(), 0.5);
    ground.keys("G Tab");
    assert_eq!(chosen(&ground), "晚到的49号");
    ground.feed_all();
    ground.screen();
    assert_eq!(chosen(&ground), "晚到的49号");
    // Where there is no such person there is another one.
    for keys in [
        "G Tab g g",
        "G Tab Ctrl-o",
        "G Tab : \"1%\" Enter",
        "@ \"早到的4999\" Enter Tab G",
        "@ \"早到的4999\" Enter Tab : \"90%\" Enter",
    ] {
        let mut ground = Ground::partly(text.as_bytes(), 0.5);
        ground.keys(keys);
        ground.screen();
        ground.keys("j k Enter o");
        ground.feed_all();
        ground.keys("j k Enter o");
        ground.screen();
    }
}

#[test]
fn a_speaker_is_found_although_the_record_takes_over_meanwhile() {
    let text = with_newcomers(5000, 50);
    let mut ground = Ground::partly(text.as_bytes(), 0.5);
    ground.keys("G @ \"晚到的7号\"");
    ground.feed_all();
    ground.screen();
    ground.keys("Enter");
    assert_eq!(ground.words(), "晚7。");
}

#[test]
fn where_the_end_cannot_be_read_by_itself_it_is_gone_to_when_it_is_known() {
    let mut bytes = record(POSTS).into_bytes();
    let at = bytes.len() - 500;
    let at = at + bytes[at..].iter().position(|&byte| byte == b'\n').expect("a line");
    bytes.splice(at..at, [0xff, 0xfe]);
    let mut ground = Ground::partly(&bytes, 0.34);
    let known = ground.app.transcript.len();
    ground.keys("G");
    assert!(ground.app.ahead().is_none());
    assert_eq!(ground.app.reader.focus.number(), known);
    ground.feed_all();
    assert_eq!(ground.app.reader.focus.number(), POSTS);
    assert!(ground.page().concat().contains(&format!("第{POSTS}条")), "{}", ground.screen());
    assert_eq!(ground.app.source.replaced, 2);
    // From the middle, too.
    let mut ground = Ground::partly(&bytes, 0.34);
    ground.keys(": \"60%\" Enter");
    assert!(ground.app.ahead().is_some());
    ground.keys("G");
    ground.feed_all();
    assert_eq!(ground.app.reader.focus.number(), POSTS);
}

#[test]
fn a_file_that_grows_or_shrinks_meanwhile_is_shown_as_far_as_it_goes() {
    let mut ground = third();
    ground.file.set_len(ground.total - 4000).expect("a shorter file");
    ground.keys("G");
    let there = number(&ground);
    assert!(there < POSTS && ground.app.ahead().is_some(), "{}", ground.screen());
    ground.feed_all();
    assert_eq!((number(&ground), ground.app.reader.focus.number()), (there, there));
    assert_eq!(ground.app.transcript.len(), there);
}

#[test]
fn a_plain_text_is_shown_ahead_too() {
    let mut text = String::new();
    for block in 1..=30_000 {
        let _ = write!(text, "第{block}条。灯都亮着,\n江上有雾,{}\n\n", "雾".repeat(block % 40));
    }
    let mut ground = Ground::partly(text.as_bytes(), 0.3);
    ground.keys("G");
    assert_eq!(number(&ground), 30_000);
    let shown = words(&ground);
    ground.feed_all();
    assert_eq!((words(&ground), ground.app.reader.focus.number()), (shown, 30_000));
    let mut ground = Ground::partly(text.as_bytes(), 0.3);
    ground.keys(": \"70%\" Enter");
    let there = number(&ground);
    ground.feed_all();
    assert_eq!((number(&ground), ground.app.reader.focus.number()), (there, there));
}
