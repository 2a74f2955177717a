//! Records that are wide in one way: many speakers, one endless line, a minute full of posts, nothing at all.
//! `SHILU_BIG=1` adds larger ones.

mod ground;
mod say;
mod support;

use ground::{Ground, IN_PLACE};
use say::say;
use shilu::choice::Format;
use shilu::format::Sizes;
use shilu::transcript::PostId;
use std::fmt::Write as _;
use std::time::Duration;

const IN_MEMORY: Sizes = Sizes { block: 256 * 1024, in_memory: 1 << 30 };

/// The record opened, read in place and in memory; and what holds for any record on the usual way through it.
fn tour(text: &str) -> Ground {
    let mut ground = Ground::whole(text.as_bytes(), IN_MEMORY);
    let in_place = Ground::whole(text.as_bytes(), IN_PLACE);
    let (posts, app) = (ground.app.transcript.len(), &ground.app);
    assert_eq!(in_place.app.transcript.len(), posts);
    assert_eq!(in_place.app.transcript.speakers().len(), app.transcript.speakers().len());
    assert_eq!(in_place.app.shows().total(), app.shows().total());
    for id in [0, posts / 3, posts.saturating_sub(1)].into_iter().filter(|&id| id < posts).map(PostId::new) {
        assert_eq!(in_place.app.transcript.body(id), app.transcript.body(id));
    }
    walk(&mut ground);
    ground
}

fn walk(ground: &mut Ground) {
    let posts = ground.app.transcript.len();
    let last = posts.max(1);
    let focus = |ground: &Ground| ground.app.reader.focus.number();
    let screen = |ground: &Ground| {
        let screen = ground.screen();
        assert_eq!(screen.lines().count(), 24);
        screen
    };
    screen(ground);
    ground.keys("G");
    assert_eq!(focus(ground), last);
    assert!(screen(ground).contains('完') || posts == 0, "{}", ground.screen());
    ground.keys("g g");
    assert_eq!(focus(ground), 1);
    for keys in ["PgDn", "PgDn", "PgUp"] {
        ground.keys(keys);
        screen(ground);
    }
    ground.keys("g g J");
    assert_eq!(focus(ground), last.min(2));
    ground.keys("o");
    screen(ground);
    ground.keys("@");
    screen(ground);
    ground.keys("\"a\"");
    screen(ground);
    ground.keys("Enter Esc / \"字\" Enter");
    ground.search_out();
    screen(ground);
    ground.keys("n Tab j");
    screen(ground);
    ground.keys("Esc v v L Space");
    ground.now += Duration::from_secs(3600);
    ground.app.tick(ground.now);
    screen(ground);
    ground.keys("E");
    assert_eq!(ground.app.revealed, posts);
}

/// How large the cases are: so many times the usual size.
fn sizes() -> Vec<usize> {
    let big = std::env::var("SHILU_BIG").is_ok_and(|value| value == "1");
    if !big {
        say("1 larger case is skipped: SHILU_BIG=1 runs it");
    }
    if big { vec![1, 10] } else { vec![1] }
}

#[test]
fn a_hundred_thousand_speakers() {
    for times in sizes() {
        let mut text = String::new();
        let speakers = 100_000 * times;
        for speaker in 0..speakers {
            let _ = write!(
                text,
                "2025-01-01 {:02}:{:02}\n甲{speaker}\n字。\n",
                speaker * 24 / speakers,
                speaker % 60
            );
        }
        let mut ground = tour(&text);
        assert_eq!(
            (ground.app.transcript.len(), ground.app.transcript.speakers().len()),
            (speakers, speakers)
        );
        ground.keys(&format!("@ \"甲{}\" Enter", speakers - 1));
        assert_eq!(ground.app.reader.focus.number(), speakers);
        ground.keys("Tab k k k");
        assert!(ground.screen().contains(&format!("甲{}", speakers - 4)), "{}", ground.screen());
    }
}

#[test]
fn a_post_of_five_megabytes_in_one_line() {
    for times in sizes() {
        let words = "灯都亮着,江上有雾abc。".repeat(160_000 * times);
        let text = format!(
            "2025-01-01 08:00\n主持人\n字\n2025-01-01 08:01\n馆长陆知远\n{words}末字\n2025-01-01 08:02\n主持人\n谢谢。\n"
        );
        let mut ground = tour(&text);
        assert_eq!(ground.app.transcript.len(), 3);
        let long = ground.app.transcript.body(PostId::new(1)).into_owned();
        assert!(long.trim() == format!("{words}末字"));
        ground.keys("g g / \"末字\" Enter");
        ground.search_out();
        assert!(ground.page().concat().contains("末字"), "{}", ground.screen());
        ground.keys("g g J PgDn PgDn PgDn PgUp PgUp PgUp");
        assert_eq!(ground.app.reader.focus.number(), 2);
        ground.keys("G PgUp PgUp");
        assert_eq!(ground.app.reader.focus.number(), 2);
        assert!(ground.page().concat().contains("江上有雾"), "{}", ground.screen());
    }
}

#[test]
fn a_minute_of_two_hundred_thousand_posts() {
    for times in sizes() {
        let posts = 200_000 * times;
        let mut text = String::new();
        for post in 0..posts {
            let _ = write!(text, "2025-01-01 08:00\n{}\n字{post}。\n", ["甲", "乙", "丙"][post % 3]);
        }
        text += "2025-01-01 08:01\n甲\n末。\n";
        let mut ground = tour(&text);
        assert_eq!(ground.app.transcript.len(), posts + 1);
        let shows = ground.app.shows();
        assert!(
            (1..posts)
                .step_by(997)
                .all(|post| shows.show(PostId::new(post - 1)) <= shows.show(PostId::new(post)))
        );
        assert_eq!(shows.show(PostId::new(posts)), shows.total());
        assert_eq!(shows.revealed(shows.total()), posts + 1);
        ground.keys(": \"08:01\" Enter");
        assert_eq!(ground.app.reader.focus.number(), posts + 1);
        ground.keys(": \"50%\" Enter");
        assert_eq!(ground.app.reader.focus.number(), posts / 2 + 1);
    }
}

#[test]
fn three_megabytes_without_a_line_end() {
    for times in sizes() {
        for piece in ["abc字 ", "字", "a", " ", "\u{200b}", "2025-01-01 08:00 "] {
            let text = piece.repeat(3_000_000 * times / piece.len());
            let ground = tour(&text);
            assert!(ground.app.transcript.len() <= 1);
            assert_eq!(ground.app.source.format, Some(Format::Plain));
        }
    }
}

#[test]
fn a_million_empty_lines() {
    for times in sizes() {
        for (end, posts) in [("\n", 0), ("\r\n", 0), (" \n", 0)] {
            let text = end.repeat(1_000_000 * times);
            let ground = tour(&text);
            assert_eq!(ground.app.transcript.len(), posts);
        }
        let text = format!("字\n{}末\n", "\n".repeat(1_000_000 * times));
        let ground = tour(&text);
        assert_eq!(ground.app.transcript.len(), 2);
        let gap = "\n".repeat(1_000_000 * times);
        let text = format!("2025-01-01 08:00\n甲\n字{gap}末\n2025-01-01 08:01\n乙\n{gap}末。\n");
        let mut ground = tour(&text);
        assert_eq!(ground.app.transcript.len(), 2);
        ground.keys("g g");
        assert!(ground.page().concat().contains('字'), "{}", ground.screen());
        ground.keys("G");
        assert!(ground.page().concat().contains("末。"), "{}", ground.screen());
    }
}

#[test]
fn nothing_but_stamps() {
    for times in sizes() {
        let stamps = 100_000 * times;
        let mut text = String::new();
        for stamp in 0..stamps {
            let _ = writeln!(
                text,
                "2025-01-{:02} {:02}:{:02}",
                1 + stamp * 28 / stamps,
                stamp / 60 % 24,
                stamp % 60
            );
        }
        let ground = tour(&text);
        assert!(!ground.app.transcript.is_empty());
        let chars: usize = ground
            .app
            .transcript
            .ids()
            .map(|id| ground.app.transcript.body(id).matches("2025").count())
            .sum();
        assert_eq!(chars, stamps, "no stamp is lost");
    }
}
