//! Searching a file that is read in place: the same hits as in memory, from anywhere, also while it grows.

mod ground;
mod support;

use ground::{Ground, IN_PLACE, Reading, file_of, input, read, record, stream};
use proptest::collection::vec;
use proptest::prelude::any;
use proptest::sample::{Index as Pick, select};
use proptest::strategy::Strategy;
use proptest::test_runner::Config;
use proptest::{prop_assert_eq, proptest};
use shilu::format::{Forced, Patience, Sizes};
use shilu::marks::Marks;
use shilu::query::{Hit, Picked, Query, Search, Ways};
use shilu::structure::Structure;
use shilu::transcript::{PostId, Transcript};

const WHOLE: Sizes = Sizes { block: 1 << 20, in_memory: 1 << 30 };

/// A search of a pattern from a post on.
fn begun(id: u64, pattern: &str, transcript: &Transcript, from: PostId) -> Search {
    let query = Query::parse(pattern, Ways::default()).expect("a pattern");
    Search::new(id, query, (transcript, &Structure::default()), &Marks::default(), from)
}

/// Looks through all that there is to look through.
fn run(search: &mut Search, transcript: &Transcript) {
    while let Some(scan) = search.next_scan(transcript) {
        scan.run(|found| {
            search.take(&found, (transcript, &Structure::default()));
            true
        });
    }
}

fn hits(search: &Search) -> Vec<Hit> {
    search.hits(usize::MAX).to_vec()
}

fn text() -> impl Strategy<Value = Vec<u8>> {
    let words = select(vec![
        "质量",
        "质\u{200b}量",
        "quality",
        "Quality",
        "灯都亮着,",
        "\n",
        "\n\n",
        "。",
        "量",
        "\u{ad}",
    ]);
    let post = (0u32..60, select(vec!["甲", "乙"]), vec(words, 0..12));
    let broken = vec(any::<Pick>(), 0..4);
    (vec(post, 1..40), broken).prop_map(|(posts, broken)| {
        let mut bytes = Vec::new();
        for (minute, who, words) in posts {
            bytes
                .extend(format!("2025-01-01 08:{minute:02}\n\n{who}\n\n{}\n\n", words.concat()).into_bytes());
        }
        for at in broken {
            let at = at.index(bytes.len());
            bytes.insert(at, 0xff);
        }
        bytes
    })
}

fn pattern() -> impl Strategy<Value = &'static str> {
    select(vec![
        "质量",
        "quality",
        "Quality",
        "^质",
        "量$",
        "量.*质",
        r"\A质",
        r"着,\z",
        "[甲-龥]量",
        "没有",
        "灯|量",
        "x*",
    ])
}

proptest! {
    #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(200) })]

    #[test]
    fn a_search_in_place_finds_what_one_in_memory_does(bytes in text(), pattern in pattern(), from in any::<Pick>(), block in 16usize..300, stride in 1usize..9) {
        // The format must be known from the beginning, for it is read in small pieces.
        let how = (Forced { format: Some(shilu::choice::Format::Zhibo), encoding: Some(encoding_rs::UTF_8), ..Forced::default() }, Patience::None);
        let whole = read(stream(&bytes), WHOLE, how).expect("a text").0;
        let mut expected = begun(1, pattern, &whole, PostId::new(0));
        run(&mut expected, &whole);
        let from = PostId::new(from.index(whole.len() + 1));

        let file = file_of(&bytes);
        let mut reading = Reading::forced(input(&file), Sizes { block, in_memory: 0 }, how);
        let mut transcript = Transcript::default();
        let mut growing = begun(2, pattern, &transcript, from);
        for step in 0.. {
            let (batch, ended) = reading.step().expect("a text");
            transcript.grow(batch);
            growing.extend((&transcript, &Structure::default()));
            if step % stride == 0 {
                run(&mut growing, &transcript);
            }
            if ended {
                break;
            }
        }
        run(&mut growing, &transcript);
        prop_assert_eq!(hits(&growing), hits(&expected), "while it grew");
        let mut later = begun(3, pattern, &transcript, from);
        run(&mut later, &transcript);
        prop_assert_eq!(hits(&later), hits(&expected), "from {:?}", from);
        prop_assert_eq!(later.posts_with_hits(usize::MAX), expected.posts_with_hits(usize::MAX));
        prop_assert_eq!(growing.posts_with_hits(usize::MAX), expected.posts_with_hits(usize::MAX));
    }
}

/// A record that is too large to be looked through at once, partly of other bytes than its file.
fn large() -> Vec<u8> {
    let text = record(80_000);
    let mut bytes = text.into_bytes();
    // Words with a byte that does not belong there, every megabyte or so.
    for at in (1 << 20..bytes.len()).step_by(1 << 20).rev() {
        let at = at + bytes[at..].windows(3).position(|end| end == "。".as_bytes()).expect("a sentence");
        bytes.insert(at, 0xff);
    }
    bytes
}

#[test]
fn hits_are_found_from_any_post_across_extents() {
    let bytes = large();
    let (in_memory, _) = read(stream(&bytes), WHOLE, (Forced::default(), Patience::Head)).expect("a text");
    let mut expected = begun(1, "第\\d*77条|\u{fffd}", &in_memory, PostId::new(0));
    run(&mut expected, &in_memory);
    assert_eq!(hits(&expected).len(), 800 + 8);
    let mut ground = Ground::whole(&bytes, IN_PLACE);
    for from in [1, 40_000, 79_999, 80_000] {
        ground.keys(&format!(": \"#{from}\" Enter / \"第\\d*77条|\u{fffd}\" Enter"));
        ground.search_out();
        let search = ground.app.search.as_ref().expect("a search");
        assert!(search.is_complete());
        assert_eq!(hits(search), hits(&expected), "from {from}");
        // The next one behind, or the first.
        let next = hits(&expected)
            .into_iter()
            .find(|hit| hit.post.number() >= from)
            .unwrap_or(hits(&expected)[0].clone());
        assert_eq!(ground.app.reader.focus, next.post, "from {from}");
    }
}

#[test]
fn what_was_found_for_an_older_pattern_is_ignored() {
    let bytes = record(80_000).into_bytes();
    let mut ground = Ground::whole(&bytes, IN_PLACE);
    ground.keys("/ \"第79999条\" Enter");
    assert_eq!(ground.app.message.as_deref(), Some(ground.app.lang.words().searching));
    ground.search_out();
    assert_eq!(ground.app.message, None, "it was found");
    assert!(ground.page().concat().contains("第79999条"), "{}", ground.screen());
    ground.keys("g g Esc / \"第79\"");
    let old = ground.app.next_scan().expect("more than is looked through at once");
    let mut news = Vec::new();
    old.run(|found| {
        news.push(found);
        true
    });
    ground.keys("\"999\"");
    for found in &news {
        ground.app.found(found, ground.now);
    }
    let search = ground.app.search.as_ref().expect("a search");
    assert_eq!((hits(search).len(), search.is_complete()), (0, false));
    assert_eq!(ground.app.reader.focus.number(), 1);
    ground.search_out();
    let search = ground.app.search.as_ref().expect("a search");
    assert_eq!((hits(search).len(), search.is_complete()), (1, true));
    assert_eq!(ground.app.reader.focus.number(), 79_999);
    ground.keys("Esc");
    for found in &news {
        ground.app.found(found, ground.now);
    }
    assert_eq!((ground.app.search.is_none(), ground.app.reader.focus.number()), (true, 1));
}

#[test]
fn a_search_that_waits_finds_what_comes_later() {
    let bytes = record(80_000).into_bytes();
    let mut ground = Ground::new(&bytes, Sizes { block: 256 * 1024, in_memory: 0 });
    ground.feed();
    ground.keys("/ \"第7[89]999条\" Enter");
    assert_eq!(ground.app.reader.focus.number(), 1);
    while ground.loading {
        ground.feed();
        ground.search_out();
    }
    let found: Vec<_> =
        hits(ground.app.search.as_ref().expect("a search")).iter().map(|hit| hit.post.number()).collect();
    assert_eq!(found, [78_999, 79_999]);
}

#[test]
fn filters_of_a_large_record_find_every_post_and_take_turns_with_the_search() {
    let bytes = record(80_000).into_bytes();
    let mut ground = Ground::whole(&bytes, IN_PLACE);
    ground.keys(": \"#40000\" Enter & \"第\\d*77条\"");
    assert_eq!(ground.app.reader.focus.number(), 40_000, "what is not known yet is not left out");
    assert_eq!(ground.app.shown_count(), Some((80_000, false)));
    ground.keys("Enter / \"第79\\d*条\" Enter & \"before:#50000\" Enter");
    ground.search_out();
    assert_eq!(ground.app.shown_count(), Some((500, true)));
    let shown: Vec<_> = ground.app.shown_posts().map(PostId::number).collect();
    assert!(shown.iter().all(|number| number % 100 == 77) && shown.len() == 500);
    assert_eq!(ground.app.reader.focus.number(), 49_977, "the nearest to the hit that is shown");
    assert!(ground.app.search.as_ref().is_some_and(Search::is_complete));
    ground.keys("H");
    assert_eq!(ground.app.reader.focus.number(), 79_000, "one is back where one read");
}

#[test]
fn a_filter_goes_on_while_the_record_grows() {
    let bytes = record(80_000).into_bytes();
    let mut ground = Ground::new(&bytes, Sizes { block: 256 * 1024, in_memory: 0 });
    ground.feed();
    ground.keys("& \"第7[89]999条\" Enter & \"!第78999条\" Enter");
    while ground.loading {
        ground.feed();
        ground.search_out();
    }
    let shown: Vec<_> = ground.app.shown_posts().map(PostId::number).collect();
    assert_eq!(shown, [79_999]);
}

proptest! {
    #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(100) })]

    #[test]
    fn a_filter_in_place_picks_the_posts_in_which_a_search_has_hits(bytes in text(), pattern in pattern(), block in 16usize..300, stride in 1usize..9) {
        let how = (Forced { format: Some(shilu::choice::Format::Zhibo), encoding: Some(encoding_rs::UTF_8), ..Forced::default() }, Patience::None);
        let whole = read(stream(&bytes), WHOLE, how).expect("a text").0;
        let mut expected = begun(1, pattern, &whole, PostId::new(0));
        run(&mut expected, &whole);
        let mut expected: Vec<_> = hits(&expected).iter().map(|hit| hit.post).collect();
        expected.dedup();

        let file = file_of(&bytes);
        let mut reading = Reading::forced(input(&file), Sizes { block, in_memory: 0 }, how);
        let mut transcript = Transcript::default();
        let structure = Structure::default();
        let query = Query::parse(pattern, Ways::default()).expect("a pattern");
        let mut picked = Picked::new(2, query, (&transcript, &structure), &Marks::default());
        for step in 0.. {
            let (batch, ended) = reading.step().expect("a text");
            transcript.grow(batch);
            picked.extend((&transcript, &structure));
            while let Some(scan) = picked.next_scan(&transcript).filter(|_| ended || step % stride == 0) {
                scan.run(|found| picked.take(&found, (&transcript, &structure)));
            }
            if ended {
                break;
            }
            // A scan that was given out and never came back.
            picked = picked.restarted(2);
        }
        let posts: Vec<_> = picked.posts().members(0..usize::MAX).collect();
        prop_assert_eq!(posts, expected);
        prop_assert_eq!(picked.known(), transcript.len());
    }
}
