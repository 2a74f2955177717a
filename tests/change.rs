//! A file that is changed while it is read, and after.

mod ground;
mod support;

use ground::{Ground, IN_PLACE, record};
use proptest::collection::vec;
use proptest::sample::select;
use proptest::strategy::{Just, Strategy};
use proptest::test_runner::Config;
use proptest::{prop_assert, prop_assert_eq, prop_oneof, proptest};
use shilu::format::Sizes;
use shilu::lang::Lang;
use shilu::transcript::PostId;
use std::fs::File;
use std::os::unix::fs::FileExt;
use std::sync::Arc;

fn config(cases: u32) -> Config {
    Config { failure_persistence: None, ..Config::with_cases(cases) }
}

/// What becomes of a file.
#[derive(Debug, Clone)]
enum Deed {
    /// It is cut to a share of its length.
    Truncate(f64),
    /// More posts, of so many bytes about, come at its end.
    Append(usize),
    /// Its content from a share on is other text.
    Replace(f64, &'static str),
    /// The reader reads on by so many pieces.
    Read(usize),
    /// The reader is used.
    Keys(&'static str),
}

fn deed() -> impl Strategy<Value = Deed> {
    let keys = select(vec![
        "G",
        "g g",
        "PgDn",
        "PgUp",
        "J",
        "K",
        "]",
        "[",
        "o",
        "O",
        ": \"50%\" Enter",
        "/ \"雾\" Enter",
        "n",
        "N",
        "@ \"沈\" Enter",
        "Ctrl-o",
        "Space",
        "Esc",
        "Tab j Enter Esc",
        "w",
    ]);
    prop_oneof![
        1 => (0.0..1.0).prop_map(Deed::Truncate),
        2 => (1usize..3000).prop_map(Deed::Append),
        1 => (0.0..1.0, select(vec!["雾", "\n\n", "\u{0}", "a", "2025-01-01 08:00\n\n甲\n\n"])).prop_map(|(at, text)| Deed::Replace(at, text)),
        4 => (1usize..20).prop_map(Deed::Read),
        4 => keys.prop_map(Deed::Keys),
    ]
}

fn append(file: &File, more: &str) {
    let len = file.metadata().expect("metadata").len();
    file.write_all_at(more.as_bytes(), len).expect("room");
}

fn more_posts(bytes: usize) -> String {
    "2025-11-01 08:00\n\n主持人\n\n后来的一条。\n\n".repeat(bytes / 60 + 1)
}

impl Ground {
    fn suffer(&mut self, deed: &Deed) {
        let len = self.file.metadata().expect("metadata").len();
        match deed {
            Deed::Truncate(share) => self.file.set_len((len as f64 * share) as u64).expect("a length"),
            Deed::Append(bytes) => append(&self.file, &more_posts(*bytes)),
            Deed::Replace(share, text) => {
                let at = (len as f64 * share) as u64;
                let other = text.repeat((len - at) as usize / text.len());
                self.file.write_all_at(other.as_bytes(), at).expect("room");
            }
            Deed::Read(pieces) => {
                for _ in 0..*pieces {
                    if !self.loading || !self.feed() {
                        break;
                    }
                }
            }
            Deed::Keys(keys) => {
                self.keys(keys);
            }
        }
        self.app.tick(self.now);
        self.screen();
    }

    /// Whether there is text that is to be read behind the end of the file.
    fn lacks_text(&self) -> bool {
        let source = self.app.transcript.source();
        let end = self.file.metadata().expect("metadata").len();
        (0..source.len()).any(|place| source.in_file(place, &self.file).is_some_and(|at| at >= end))
    }

    /// Reads all of the text anew; says whether some of it is said to be lost.
    fn loses_text(&self) -> bool {
        let source = self.app.transcript.source().clone();
        for at in (0..source.len()).step_by(700) {
            source.text(at..at + 700);
        }
        source.take_lost()
    }
}

proptest! {
    #![proptest_config(config(150))]

    #[test]
    fn whatever_becomes_of_a_file_the_reader_goes_on(deeds in vec(deed(), 1..25), block in prop_oneof![Just(4096usize), 40usize..2000], ahead in 0u8..2) {
        let sizes = Sizes { block, in_memory: 0 };
        let text = record(300);
        let mut ground = Ground::new(text.as_bytes(), sizes);
        ground.feed();
        if ahead == 1 && let Some(index) = ground.reading.index.elsewhere(&[]) {
            ground.app.may_look_ahead(index, Arc::clone(&ground.file));
        }
        for deed in &deeds {
            ground.suffer(deed);
            if ground.app.ahead().is_none() {
                prop_assert_eq!(ground.loses_text(), ground.lacks_text(), "after {:?}", deed);
            }
        }
        ground.feed_all();
        ground.keys("Esc E G");
        ground.screen();
        prop_assert!(ground.app.ahead().is_none());
        prop_assert_eq!(ground.loses_text(), ground.lacks_text());
        prop_assert_eq!(ground.app.reader.focus, ground.app.transcript.last_id().unwrap_or_default());
    }
}

proptest! {
    #![proptest_config(config(60))]

    #[test]
    fn what_comes_before_the_end_was_reached_is_there(more in vec((1usize..2000, 1usize..12), 0..12), block in 40usize..900) {
        let mut text = record(60);
        let mut ground = Ground::new(text.as_bytes(), Sizes { block, in_memory: 0 });
        for (bytes, pieces) in more {
            if !ground.reading.intake.has_ended() {
                let more = more_posts(bytes);
                append(&ground.file, &more);
                text += &more;
            }
            ground.suffer(&Deed::Read(pieces));
        }
        ground.feed_all();
        let source = ground.app.transcript.source();
        prop_assert_eq!(source.text(0..source.len()), &*text);
        prop_assert_eq!(ground.app.transcript.len(), text.matches("2025-").count());
        prop_assert!(!source.take_lost());
    }
}

#[test]
fn what_can_no_longer_be_read_is_said_and_nothing_else_is() {
    let lost = Lang::Zh.words().lost;
    let text = record(30_000);
    let mut ground = Ground::whole(text.as_bytes(), IN_PLACE);
    ground.keys("G g g");
    assert_eq!(ground.app.message, None);
    append(&ground.file, "2025-11-01 08:00\n\n主持人\n\n后来的一条。\n");
    ground.keys(": \"30%\" Enter");
    assert_eq!(ground.app.message, None, "more than there was is no loss");
    ground.file.set_len(text.len() as u64 / 2).unwrap();
    ground.keys(": \"40%\" Enter");
    assert_eq!(ground.app.message, None, "what is before the cut can be read");
    ground.keys(": \"70%\" Enter");
    assert_eq!(ground.app.message.as_deref(), Some(lost));
    assert!(ground.screen().contains(lost), "{}", ground.screen());
    ground.keys("g g");
    assert_eq!(ground.app.message, None);
    assert!(ground.page().concat().contains("第1条"), "{}", ground.screen());
}

#[test]
fn a_file_that_shrinks_while_it_is_read_ends_there() {
    let text = record(30_000);
    let mut ground = Ground::new(text.as_bytes(), IN_PLACE);
    ground.feed_to(0.8);
    let read = ground.reading.intake.bytes();
    ground.file.set_len(read + 1000).unwrap();
    ground.feed_all();
    assert_eq!(ground.reading.facts().bytes, read + 1000);
    assert!(!ground.loses_text() && !ground.lacks_text());
    ground.file.set_len(read / 2).unwrap();
    assert!(ground.loses_text() && ground.lacks_text());
    ground.keys("G");
    assert_eq!(ground.app.message.as_deref(), Some(Lang::Zh.words().lost));
}

#[test]
fn a_file_of_other_words_shows_those() {
    let text = record(30_000);
    let mut ground = Ground::whole(text.as_bytes(), IN_PLACE);
    ground.file.write_all_at(text.replace("第", "题").as_bytes(), 0).unwrap();
    let place = PostId::new(25_000);
    assert!(ground.app.transcript.body(place).contains("题25001条"));
    ground.keys("G");
    assert!(ground.page().concat().contains("题30000条"), "{}", ground.screen());
    assert_eq!(ground.app.message, None, "all of it can be read");
}
