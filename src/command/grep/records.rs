//! Reading a record to be searched, unless it is plain that nothing in it is looked for.

use super::find::Asked;
use super::record::Record;
use super::sift::{self, Places};
use super::targets::Target;
use crate::choice::Format;
use crate::cli::SourceArgs;
use crate::command::source::{failed, forced, open};
use crate::command::stream::Failure;
use crate::command::{corrections, memory};
use crate::format::{Broken, HEAD, Index, Input, Intake, Patience, Piece, Problem};
use crate::lang::Lang;
use crate::marks::Marks;
use crate::structure::Structure;
use crate::transcript::{Buffer, Transcript};
use std::fs::File;
use std::sync::Arc;
use std::sync::mpsc::{channel, sync_channel};
use std::thread::scope;

/// A larger file is read by one thread while another finds the posts in it, in bytes.
const LARGE: u64 = 4 << 20;

/// Pieces that wait for the thread that finds posts.
const WAITING: usize = 4;

/// What has come of reading a file.
pub enum Read {
    /// A record in which something may be found.
    Record(Box<Record>),
    /// Nothing in it is looked for.
    Nothing,
    /// It is no record, or none that can be told.
    Skipped(Why),
}

/// Why a file that was found in a folder is skipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It is no text.
    Binary,
    /// It holds several files.
    Archive,
    /// Nothing is in it.
    Empty,
    /// It is of no format of transcripts.
    Unknown,
}

impl Why {
    /// In a few words.
    pub const fn words(self, lang: Lang) -> &'static str {
        match self {
            Self::Binary => lang.pick("二进制文件", "binary"),
            Self::Archive => lang.pick("压缩包", "an archive"),
            Self::Empty => lang.pick("空文件", "empty"),
            Self::Unknown => lang.pick("看不出是哪种实录", "no known format of transcripts"),
        }
    }
}

/// A file whose head was read.
struct Begun {
    intake: Intake,
    index: Index,
    /// The text of its head.
    head: Vec<u8>,
    file: Option<(Arc<File>, u64)>,
}

impl Asked {
    /// Reads a file; its structure only where it is asked for.
    pub fn read(&self, target: &Target, args: &SourceArgs, how: (Lang, bool)) -> Result<Read, Failure> {
        self.read_input(open(&target.path, how.0)?, target, (args, how))
    }

    fn read_input(
        &self,
        input: Input,
        target: &Target,
        (args, (lang, structured)): (&SourceArgs, (Lang, bool)),
    ) -> Result<Read, Failure> {
        let begun = match Begun::of(input, args) {
            Ok(begun) => begun,
            Err(error) => match skipped(&error).filter(|_| !target.named) {
                Some(why) => return Ok(Read::Skipped(why)),
                None => return Err(failed(&target.path, &error, lang)),
            },
        };
        if let Some(why) = begun.why_skipped().filter(|_| !target.named) {
            return Ok(Read::Skipped(why));
        }
        let unreadable = |error| failed(&target.path, &error, lang);
        let mut places = None;
        if let Some((pattern, file)) = self.query.pattern().zip(begun.large()) {
            let head = (&begun.intake, &begun.index, begun.head.as_slice());
            places = sift::of_file(pattern, (&file.0, file.1), head)
                .map_err(|error| unreadable(Broken::Input(error)))?;
        }
        if !self.inverted && places.as_ref().is_some_and(Places::is_empty) {
            return Ok(Read::Nothing);
        }
        let (transcript, is_whole) = begun.read().map_err(unreadable)?;
        let known = places.filter(|_| is_whole);
        let places = self
            .query
            .pattern()
            .map(|pattern| known.unwrap_or_else(|| sift::of_record(pattern, &transcript)));
        if !self.inverted && places.as_ref().is_some_and(Places::is_empty) {
            return Ok(Read::Nothing);
        }
        let structure = if structured {
            Structure::corrected(&transcript, Arc::new(corrections::load(&target.path, lang)))
        } else {
            Structure::default()
        };
        let structure = Arc::new(structure);
        let marks = if self.query.is_of_marks() {
            memory::marks_of(Some(&target.path), &transcript, lang)
        } else {
            Marks::default()
        };
        Ok(Read::Record(Box::new(Record { transcript, structure, marks, places })))
    }
}

/// Why a file is no record that was not read because of an error.
fn skipped(error: &Broken) -> Option<Why> {
    let Broken::Text(error) = error else { return None };
    match error.problem {
        Problem::Binary { .. } => Some(Why::Binary),
        Problem::Archive { .. } | Problem::Compressed { .. } => Some(Why::Archive),
        Problem::Json { .. } | Problem::Expected { .. } => None,
    }
}

impl Begun {
    fn of(input: Input, args: &SourceArgs) -> Result<Self, Broken> {
        let forced = forced(args);
        let file = match &input {
            Input::File(file, len) => Some((Arc::clone(file), *len)),
            Input::Stream(_) => None,
        };
        let intake = Intake::new(input, forced.encoding, Patience::Head);
        let index = Index::new(forced.format).starting(forced.start);
        let mut begun = Self { intake, index, head: Vec::new(), file };
        if let Some(piece) = begun.intake.next()? {
            begun.index.feed(&piece).map_err(Broken::Text)?;
            begun.head = piece.text().to_vec();
        }
        Ok(begun)
    }

    /// The file, where its head is not all of it.
    fn large(&self) -> Option<&(Arc<File>, u64)> {
        self.file.as_ref().filter(|(_, len)| *len > HEAD as u64)
    }

    fn why_skipped(&self) -> Option<Why> {
        match self.index.detection() {
            None => Some(Why::Empty),
            Some(found) => (found.format == Format::Plain).then_some(Why::Unknown),
        }
    }

    /// Reads the rest; says whether the text is that of the file.
    fn read(self) -> Result<(Transcript, bool), Broken> {
        let Self { mut intake, mut index, file, .. } = self;
        let mut transcript = Transcript::default();
        transcript.grow(index.take());
        let mut take = |piece: Piece| {
            index.feed(&piece).map_err(Broken::Text)?;
            transcript.grow(index.take());
            Ok(piece.into_buffer())
        };
        if file.is_some_and(|(_, len)| len > LARGE) {
            on_two_threads(&mut intake, take)?;
        } else {
            while let Some(piece) = intake.next()? {
                let buffer = take(piece)?;
                intake.reuse(std::iter::once(buffer));
            }
        }
        index.finish().map_err(Broken::Text)?;
        transcript.grow(index.take());
        let is_whole = intake.notice().is_none();
        Ok((transcript, is_whole))
    }
}

/// Takes the pieces of a file while a thread reads them.
fn on_two_threads(
    intake: &mut Intake,
    mut take: impl FnMut(Piece) -> Result<Buffer, Broken>,
) -> Result<(), Broken> {
    let (pieces, waiting) = sync_channel(WAITING);
    let (spent, spare) = channel();
    scope(|scope| {
        scope.spawn(move || {
            loop {
                intake.reuse(spare.try_iter());
                let piece = intake.next().transpose();
                let Some(piece) = piece else { return };
                let is_last = piece.is_err();
                if pieces.send(piece).is_err() || is_last {
                    return;
                }
            }
        });
        for piece in waiting {
            // Nobody may be reading any more.
            let _ = spent.send(take(piece?)?);
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Query, Ways, hits_of};
    use proptest::collection::vec;
    use proptest::prelude::any;
    use proptest::sample::{Index as Pick, select};
    use proptest::strategy::Strategy;
    use proptest::{prop_assert_eq, proptest};
    use std::io::{Cursor, Write};
    use std::ops::Range;

    type Hits = Vec<(usize, Vec<Range<usize>>)>;

    fn file(bytes: &[u8]) -> Input {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        Input::File(Arc::new(file), bytes.len() as u64)
    }

    fn stream(bytes: &[u8]) -> Input {
        Input::Stream(Box::new(Cursor::new(bytes.to_vec())))
    }

    fn read(asked: &Asked, input: Input) -> Read {
        let target = Target { path: "x".into(), named: true };
        asked.read_input(input, &target, (&SourceArgs::default(), (Lang::En, true))).unwrap()
    }

    fn found(asked: &Asked, input: Input) -> Hits {
        let mut all = Hits::new();
        if let Read::Record(record) = read(asked, input) {
            let told = asked.each(&record, |found| {
                all.push((found.post.index(), found.hits.clone()));
                Ok(true)
            });
            told.unwrap();
        }
        all
    }

    /// The same by looking at every post.
    fn looked_for(asked: &Asked, bytes: &[u8]) -> Hits {
        let (transcript, _) = crate::format::read(stream(bytes), crate::format::Forced::default()).unwrap();
        let pattern = asked.query.pattern().unwrap();
        let hits =
            transcript.ids().map(|post| (post.index(), hits_of(pattern, &transcript, post, usize::MAX)));
        let wanted = |hits: &Vec<Range<usize>>| hits.is_empty() == asked.inverted;
        hits.filter(|(_, hits)| wanted(hits)).collect()
    }

    fn text() -> impl Strategy<Value = Vec<u8>> {
        let words = select(vec![
            "质量",
            "質量",
            "质\u{200b}量",
            "qual",
            "Qual",
            "an",
            "灯都亮着,",
            "\n",
            "\n\n",
            " ",
            "\r\n",
            "。",
            "量",
            "\u{ad}",
            "2",
            ":",
        ]);
        let post = (0u32..60, select(vec!["anna", "质量", "甲"]), vec(words, 0..12));
        let broken = vec(any::<Pick>(), 0..3);
        (vec(post, 1..30), broken, select(vec!["zhibo", "irc", "plain", "gbk", "cr", "mark"]), any::<bool>())
            .prop_map(|(posts, broken, form, is_long)| {
                let mut text = String::new();
                for (minute, who, words) in posts {
                    let words = words.concat();
                    let post = match form {
                        "irc" => format!(
                            "[2025-01-01 08:{minute:02}:00] <{who}> {}\n",
                            words.replace(['\n', '\r'], " ")
                        ),
                        "plain" => format!("{words}\n\n"),
                        _ => format!("2025-01-01 08:{minute:02}\n\n{who}\n\n{words}\n\n"),
                    };
                    text.push_str(&post);
                }
                // Of a short one all is read at once.
                if is_long {
                    text += &"后来无话\n".repeat(HEAD / 8);
                }
                let mut bytes = match form {
                    "gbk" => encoding_rs::GBK.encode(&text).0.into_owned(),
                    "cr" => text.replace('\n', "\r").into_bytes(),
                    "mark" => [b"\xef\xbb\xbf", text.as_bytes()].concat(),
                    _ => text.into_bytes(),
                };
                for at in broken.into_iter().filter(|_| form != "gbk") {
                    let at = at.index(bytes.len());
                    bytes.insert(at, 0xff);
                }
                bytes
            })
    }

    proptest! {
        #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..proptest::test_runner::Config::with_cases(300) })]

        #[test]
        fn what_is_found_by_bytes_is_what_is_found_post_by_post(
            bytes in text(),
            line in select(vec!["质量", "qual", "Qual", "an", "^an", "^质", "量$", "量.*质", r"\A质", r"着,\z", "质 量", "[^量]质", "x*", "", "灯|量", "2", ":", r"\ban", "质.量", "\n", r"(?s)质.*着"]),
            folding in any::<bool>(),
            inverted in any::<bool>(),
        ) {
            let query = Query::parse(line, Ways { folding, ..Ways::default() }).unwrap();
            if query.pattern().is_some() {
                let asked = Asked::new(query, inverted);
                let expected = looked_for(&asked, &bytes);
                prop_assert_eq!(found(&asked, file(&bytes)), expected.clone());
                prop_assert_eq!(found(&asked, stream(&bytes)), expected);
            }
        }
    }

    #[test]
    fn a_file_that_says_nothing_of_it_is_not_read() {
        let text = format!("2025-01-01 08:00\n\n质量\n\n好。{}\n", "长".repeat(HEAD));
        for (line, is_read) in [
            ("好", true),
            ("质量", true),
            ("不好", false),
            ("from:质量", true),
            ("好.", true),
            ("不好$", false),
        ] {
            let asked = Asked::new(Query::parse(line, Ways::default()).unwrap(), false);
            let read = read(&asked, file(text.as_bytes()));
            assert_eq!(matches!(read, Read::Record(_)), is_read, "{line}");
        }
    }

    #[test]
    fn a_large_file_is_found_through_on_threads() {
        let mut text = String::new();
        for post in 0..400_000 {
            let said = if post % 99_999 == 7 { "质量" } else { "" };
            let minute = post % 60;
            text.extend(["2025-01-01 08:", &format!("{minute:02}\n\n甲\n\n第{post}条"), said, "\n\n"]);
        }
        assert!(text.len() as u64 > 2 * LARGE);
        let asked = Asked::new(Query::parse("質量", Ways::default()).unwrap(), false);
        let posts: Vec<_> = found(&asked, file(text.as_bytes())).into_iter().map(|(post, _)| post).collect();
        assert_eq!(posts, [7, 100_006, 200_005, 300_004]);
    }
}
