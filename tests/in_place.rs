//! A file that is read in place gives what one that is read into memory gives, whatever is in it and whatever becomes
//! of it.

mod ground;
mod support;
mod texts;

use encoding_rs::Encoding;
use ground::{file_of, input, json, read, record, stream};
use proptest::collection::vec;
use proptest::prelude::any;
use proptest::sample::{Index as Pick, select};
use proptest::strategy::{Just, Strategy};
use proptest::test_runner::Config;
use proptest::{prop_assert, prop_oneof, proptest};
use shilu::choice::Format;
use shilu::format::{Broken, Facts, Forced, Index, Input, Intake, Patience, Sizes, on_threads};
use shilu::transcript::Transcript;
use std::sync::mpsc::channel;
use texts::any_text;

fn config(cases: u32) -> Config {
    Config { failure_persistence: None, ..Config::with_cases(cases) }
}

const WHOLE: Sizes = Sizes { block: 1 << 20, in_memory: 1 << 30 };

// Texts

/// A line of a live text, or of none.
fn line() -> impl Strategy<Value = String> {
    let stamp = (1u32..29, 0u32..24, 0u32..60)
        .prop_map(|(day, hour, minute)| format!("2018-01-{day:02} {hour:02}:{minute:02}"));
    let byline =
        select(vec!["主持人", "直播管理员", "馆长陆知远", "Ann Smith, Director"]).prop_map(String::from);
    let long =
        (any_text(8), 30usize..900).prop_map(|(text, times)| text.replace(['\n', '\r'], " ").repeat(times));
    let blank = (select(vec![" ", "\u{3000}", "\u{200b}"]), 1usize..5000)
        .prop_map(|(blank, times)| blank.repeat(times));
    prop_oneof![
        8 => stamp,
        6 => byline,
        6 => any_text(12),
        6 => Just(String::new()),
        1 => long,
        1 => (blank, any_text(3)).prop_map(|(blank, text)| blank + &text),
    ]
}

fn text() -> impl Strategy<Value = String> {
    let ends = prop_oneof![
        4 => Just(vec!["\n"]),
        2 => Just(vec!["\r\n"]),
        1 => Just(vec!["\r"]),
        1 => Just(vec!["\n", "\r\n", "\r", "\n\n"]),
    ];
    (vec(line(), 0..40), vec(any::<Pick>(), 40), ends, any::<bool>()).prop_map(
        |(lines, picks, ends, ended)| {
            let mut text = String::new();
            for (index, line) in lines.iter().enumerate() {
                text += line;
                if ended || index + 1 < lines.len() {
                    text += picks[index].get::<&str>(&ends);
                }
            }
            text
        },
    )
}

/// How a text becomes bytes.
#[derive(Debug, Clone)]
struct Coding {
    how: Written,
    /// What is put in where it does not belong.
    broken: Vec<(Pick, Vec<u8>)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Written {
    Utf8,
    Marked,
    Gbk,
    Utf16Le,
    Utf16Be,
}

fn coding() -> impl Strategy<Value = Coding> {
    let how = select(vec![
        Written::Utf8,
        Written::Utf8,
        Written::Marked,
        Written::Gbk,
        Written::Utf16Le,
        Written::Utf16Be,
    ]);
    let broken = prop_oneof![Just(vec![]), vec((any::<Pick>(), vec(any::<u8>(), 1..4)), 1..6)];
    (how, broken).prop_map(|(how, broken)| Coding { how, broken })
}

impl Coding {
    fn encoding(&self) -> &'static Encoding {
        match self.how {
            Written::Utf8 | Written::Marked => encoding_rs::UTF_8,
            Written::Gbk => encoding_rs::GBK,
            Written::Utf16Le => encoding_rs::UTF_16LE,
            Written::Utf16Be => encoding_rs::UTF_16BE,
        }
    }

    fn bytes(&self, text: &str) -> Vec<u8> {
        let units = || [0xfeff].into_iter().chain(text.encode_utf16());
        let mut bytes = match self.how {
            Written::Utf8 => text.as_bytes().to_vec(),
            Written::Marked => [b"\xef\xbb\xbf", text.as_bytes()].concat(),
            Written::Gbk => encoding_rs::GBK.encode(text).0.into_owned(),
            Written::Utf16Le => units().flat_map(u16::to_le_bytes).collect(),
            Written::Utf16Be => units().flat_map(u16::to_be_bytes).collect(),
        };
        for (at, more) in &self.broken {
            let at = at.index(bytes.len() + 1);
            let (at, more) = match self.how {
                Written::Utf16Le => (at / 2 * 2, vec![more[0], 0xd8]),
                Written::Utf16Be => (at / 2 * 2, vec![0xd8, more[0]]),
                _ => (at, more.clone()),
            };
            bytes.splice(at..at, more);
        }
        bytes
    }
}

/// Where two answers part, in few words.
fn parting(one: &Told, other: &Told) -> String {
    let [one, other] = [one, other].map(|told| format!("{told:#?}").replace("\\n", "\n"));
    let mut lines = one.lines().zip(other.lines()).filter(|(one, other)| one != other);
    lines.next().map_or("at the end".to_owned(), |(one, other)| {
        let few = |line: &str| line.chars().take(200).collect::<String>();
        format!("{}\n{}", few(one), few(other))
    })
}

/// What was decided, and how much is waited for.
type How = (Forced, Patience);

type Told = Result<(String, String), String>;

/// What came of a source: its record and how it was read, or why it was refused.
fn told(read: Result<(Transcript, Facts), Broken>) -> Told {
    match read {
        Ok((transcript, facts)) => Ok((json(&transcript), format!("{facts:?}"))),
        Err(error) => Err(format!("{error:?}")),
    }
}

/// Reads on threads.
fn read_on_threads(
    input: Input,
    sizes: Sizes,
    (forced, patience): How,
) -> Result<(Transcript, Facts), Broken> {
    let intake = Intake::new(input, forced.encoding, patience).with(sizes);
    let (sender, batches) = channel();
    on_threads(intake, Index::new(forced.format), Box::new(()), move |step| {
        let step = step.map(|(index, progress)| (index.take(), progress));
        sender.send(step).is_ok()
    })
    .expect("threads");
    let mut transcript = Transcript::default();
    for step in batches {
        let (batch, progress) = step?;
        transcript.grow(batch);
        if progress.ended {
            return Ok((transcript, progress.facts));
        }
    }
    panic!("the end was never told");
}

/// What came of bytes that were read in every way, by what way it was.
fn ways(bytes: &[u8], how: How, (block, some): (usize, u64)) -> Vec<(String, Told)> {
    let file = file_of(bytes);
    let mut ways = vec![];
    for sizes in [Sizes { block, in_memory: 0 }, Sizes { block, in_memory: some }] {
        ways.push((format!("in place, {sizes:?}"), told(read(input(&file), sizes, how))));
        ways.push((format!("from a stream, {sizes:?}"), told(read(stream(bytes), sizes, how))));
    }
    let sizes = Sizes { block, in_memory: 0 };
    ways.push((format!("on threads, {sizes:?}"), told(read_on_threads(input(&file), sizes, how))));
    ways
}

proptest! {
    #![proptest_config(config(40))]

    /// The head is one piece however small the blocks are, so there is something before what is told apart here.
    #[test]
    fn a_text_is_the_same_in_memory_in_place_and_through_a_temporary_file(text in text(), coding in coding(), begins in any::<bool>(), block in 16usize..300, some in 0u64..100_000) {
        let head = if begins { record(1400) } else { String::new() };
        let bytes = coding.bytes(&(head + &text));
        let how = (Forced::default(), Patience::Head);
        let whole = told(read(stream(&bytes), WHOLE, how));
        for (way, found) in ways(&bytes, how, (block, some)) {
            prop_assert!(found == whole, "{way}: {}", parting(&found, &whole));
        }
    }
}

proptest! {
    #![proptest_config(config(300))]

    #[test]
    fn a_text_whose_format_is_known_is_the_same_at_any_cut(text in text(), coding in coding(), format in select(vec![Format::Zhibo, Format::Plain]), block in 32usize..300, some in 0u64..2000) {
        // What ends lines and blocks is told by the head, and that is short here.
        let bytes = coding.bytes(&format!("一\n\n二\n{text}"));
        let encoding = coding.encoding();
        let how = (Forced { format: Some(format), encoding: Some(encoding), ..Forced::default() }, Patience::None);
        let whole = told(read(stream(&bytes), WHOLE, how));
        // Whether it is a text at all is told by the head too: of a stream that is what its first read gives.
        let refused = |head: &[u8]| told(read(stream(head), WHOLE, how)).is_err();
        let refused = refused(&bytes) || refused(&bytes[..block.min(bytes.len())]);
        let ways = ways(&bytes, how, (block, some));
        for (way, found) in ways.into_iter().filter(|_| !refused) {
            prop_assert!(found == whole, "{way}: {}", parting(&found, &whole));
        }
    }
}
