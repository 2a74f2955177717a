//! Subtitles of any record, read back by parsers that hold to the letter of the formats.

mod texts;

use proptest::collection::vec;
use proptest::prelude::any;
use proptest::strategy::{BoxedStrategy, Just, Strategy};
use proptest::test_runner::Config;
use proptest::{prop_assert, prop_assert_eq, prop_oneof, proptest};
use shilu::choice::{Format, GapModel, Pace};
use shilu::format::{Forced, Lost, Subtitles, read_bytes, write_subtitles};
use shilu::replay::{Pacing, Schedule, Shows};
use shilu::structure::Structure;
use shilu::text::paragraphs::paragraphs;
use shilu::text::safe::Shown;
use shilu::text::slice;
use shilu::transcript::{ClockKind, Draft, Post, PostId, Transcript};
use std::process::Command;
use texts::{any_text, ink};

/// What a parser finds in a cue.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Cue {
    id: String,
    start: i64,
    end: i64,
    payload: Vec<String>,
}

/// `01:02:03.004` in milliseconds: two digits for minutes and seconds, three behind the point.
fn time(text: &str, point: char) -> i64 {
    let (clock, rest) = text.split_once(point).expect("a point");
    let parts: Vec<&str> = clock.split(':').collect();
    let [hours, minutes, seconds] = parts[..] else { panic!("{text}") };
    let number = |text: &str, digits: usize| {
        assert!(text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit()), "{text}");
        text.parse::<i64>().expect("a number")
    };
    let (minutes, seconds) = (number(minutes, 2), number(seconds, 2));
    assert!(minutes < 60 && seconds < 60 && hours.len() >= 2, "{text}");
    (number(hours, hours.len()) * 3600 + minutes * 60 + seconds) * 1000 + number(rest, 3)
}

/// Blocks between blank lines: each an id, a line of times, and text. A line may end as `WebVTT` 4.1 says, and one that a
/// lenient player would take for blank is as bad as one that is.
fn cues(text: &str, point: char) -> Vec<Cue> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let blocks = text.split("\n\n").filter(|block| !block.is_empty());
    let cue = |block: &str| {
        let mut lines = block.split('\n').map(str::to_owned);
        let id = lines.next().expect("an id");
        let times = lines.next().expect("times");
        let (start, end) = times.split_once(" --> ").unwrap_or_else(|| panic!("no times in {block:?}"));
        let payload: Vec<_> = lines.collect();
        assert!(!payload.is_empty(), "{block:?}");
        for line in payload.iter().chain([&id]) {
            assert!(!line.contains("-->") && !line.trim().is_empty(), "{block:?}");
            assert!(!line.contains(char::is_control), "{block:?}");
        }
        Cue { id, start: time(start, point), end: time(end, point), payload }
    };
    blocks.map(cue).collect()
}

/// The cues of a `WebVTT` file.
fn vtt(text: &str) -> Vec<Cue> {
    let (header, cues_behind) = text.split_once("\n\n").expect("a blank line behind the header");
    assert!(header == "WEBVTT" || header.starts_with("WEBVTT "), "{header:?}");
    assert!(!header.contains("-->") && !header.contains(char::is_control), "{header:?}");
    cues(cues_behind, '.')
}

/// `WebVTT` cue text, of which only a voice may be used: who speaks, and what is said.
fn spoken_vtt(cue: &Cue) -> (String, String) {
    let payload = cue.payload.join("\n");
    let (voice, text) = match payload.strip_prefix("<v ") {
        Some(rest) => rest.split_once('>').expect("an end of the voice tag"),
        None => ("", payload.as_str()),
    };
    (unescaped(voice), unescaped(text))
}

fn unescaped(text: &str) -> String {
    assert!(!text.contains(['<', '>']), "{text:?}");
    let mut parts = text.split('&');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once(';').expect("the end of a reference");
        out.push_str(match name {
            "amp" => "&",
            "lt" => "<",
            "gt" => ">",
            _ => panic!("&{name};"),
        });
        out.push_str(rest);
    }
    out
}

/// The paragraphs of a body that show something.
fn told(body: &str) -> Vec<String> {
    let shown = paragraphs(body).map(|range| Shown::of(slice(body, range)).to_string());
    shown.filter(|shown| !ink(shown).is_empty()).collect()
}

fn pacing() -> impl Strategy<Value = Pacing> {
    let gaps =
        prop_oneof![Just(GapModel::Real), Just(GapModel::Cap), Just(GapModel::Log), Just(GapModel::Skip)];
    let pace = prop_oneof![3 => Just(Pace::Clock), 1 => Just(Pace::Reading)];
    (gaps, pace, 0i64..300_000, 50u32..5000).prop_map(|(gaps, pace, limit_ms, cpm)| Pacing {
        gaps,
        limit_ms,
        pace,
        cpm,
    })
}

/// A record of posts: the time since the one before, the byline, the body.
fn record(posts: &[(i64, String, String)], resolution_ms: i64) -> Transcript {
    let mut draft = Draft::default();
    draft.meta.clock = if resolution_ms > 0 { ClockKind::Offset } else { ClockKind::None };
    draft.meta.resolution_ms = resolution_ms;
    let mut at = 0;
    for (since, label, body) in posts {
        at += since * resolution_ms;
        let (speaker, body) = (draft.intern(label), draft.append_text(body));
        let start = (resolution_ms > 0).then_some(at);
        draft.push(Post { start, speaker, body, ..Post::default() });
    }
    Transcript::from(draft.take())
}

fn written(format: Subtitles, shows: Shows, speed: f64) -> (String, Lost) {
    let mut out = Vec::new();
    let posts: Vec<_> = shows.transcript.ids().collect();
    let lost = write_subtitles(format, (shows, &posts), speed, &mut out).expect("memory holds it");
    (String::from_utf8(out).expect("UTF-8"), lost)
}

#[test]
fn names_of_whom_nothing_is_said_are_what_is_said() {
    let text = "WEBVTT\n\n00:00.000 --> 00:01.000\n一：\n\n00:00.000 --> 00:01.000\n一:\n";
    let transcript = read_bytes(text.as_bytes(), Forced::default()).expect("a text").0;
    assert_eq!(
        transcript.ids().map(|id| transcript.body(id).into_owned()).collect::<Vec<_>>(),
        ["一：", "一:"]
    );
}

#[test]
fn what_is_not_held_is_said_in_a_line_each() {
    for (format, said) in [("vtt", &["stamps", "office"][..]), ("srt", &["stamps", "title", "office"])] {
        let program = Command::new(env!("CARGO_BIN_EXE_shilu"))
            .args(["export", "--to", format, "--lang", "en"])
            .output()
            .expect("the program runs");
        let error = String::from_utf8(program.stderr).expect("UTF-8");
        assert!(program.status.success(), "{error}");
        assert_eq!(error.lines().count(), said.len(), "{error}");
        for (line, word) in error.lines().zip(said) {
            assert!(line.starts_with(&format!("shilu: {format}: ")) && line.contains(word), "{line}");
        }
    }
}

proptest! {
    #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(1000) })]

    #[test]
    fn times_voices_and_words_read_back(
        posts in vec((prop_oneof![2 => Just(0i64), 3 => 0i64..90], prop_oneof![any_text(6), body()], body()), 0..12),
        resolution_ms in prop_oneof![Just(0i64), Just(1), Just(1000), Just(60_000)],
        pacing in pacing(),
        speed in prop_oneof![Just(1.0f64), 0.1f64..600.0],
        title in any::<bool>().prop_flat_map(|has| if has { any_text(8).boxed() } else { Just(String::new()).boxed() }),
    ) {
        let mut transcript = record(&posts, resolution_ms);
        transcript.meta.title = Some(title).filter(|title| !title.is_empty());
        let structure = Structure::of(&transcript);
        let schedule = Schedule::of(&transcript, &structure, pacing);
        let shows = schedule.over(&transcript, &structure);
        let spoken: Vec<PostId> = transcript.ids().filter(|&id| !told(&transcript.body(id)).is_empty()).collect();
        for format in [Subtitles::Vtt, Subtitles::Srt] {
            let (text, lost) = written(format, shows, speed);
            let found = if format == Subtitles::Vtt { vtt(&text) } else { cues(&text, ',') };
            prop_assert_eq!(lost.wordless, posts.len() - spoken.len());
            prop_assert_eq!(lost.stamps, resolution_ms > 0);
            let mut rest = &found[..];
            for &id in &spoken {
                let (start, end) = shown(shows, pacing, speed, id, posts.len());
                // The cues of a post take its time, one behind the other.
                let count = rest.iter().position(|cue| cue.end == end).expect("a cue that ends with the post") + 1;
                let (own, others) = rest.split_at(count);
                rest = others;
                prop_assert_eq!(own[0].start, start);
                prop_assert!(own.iter().all(|cue| cue.start < cue.end), "{own:?}");
                prop_assert!(own.windows(2).all(|pair| pair[0].end == pair[1].start), "{own:?}");
                let name = Shown::of(structure.name(&transcript, transcript.speaker_of(id))).to_string();
                let lines = told(&transcript.body(id));
                if count == 1 {
                    prop_assert_eq!(own[0].payload.len(), lines.len());
                }
                if format == Subtitles::Vtt {
                    prop_assert_eq!(&own[0].id, &format!("#{}", id.number()));
                    let spoken: Vec<_> = own.iter().map(spoken_vtt).collect();
                    prop_assert!(spoken.iter().all(|(voice, _)| ink(voice) == ink(&name)), "{spoken:?}");
                    let words: String = spoken.iter().map(|(_, words)| ink(words)).collect();
                    prop_assert_eq!(words, ink(&lines.concat()));
                } else {
                    let (name, lines) = (name.replace("-->", "→"), lines.concat());
                    let words: String = own.iter().flat_map(|cue| &cue.payload).map(|line| ink(line)).collect();
                    let words = if ink(&name).is_empty() { words.as_str() } else {
                        let rest = words.strip_prefix(&ink(&name)).and_then(|rest| rest.strip_prefix([':', '：']));
                        rest.unwrap_or_else(|| panic!("{words:?} by {name:?}"))
                    };
                    prop_assert_eq!(arrowless(words), arrowless(&ink(&lines)));
                }
            }
            prop_assert!(rest.is_empty(), "{rest:?}");
            let numbers = (1..).zip(&found).all(|(number, cue)| format == Subtitles::Vtt || cue.id == number.to_string());
            prop_assert!(numbers, "{found:?}");
        }
    }

    #[test]
    fn webvtt_that_was_read_is_written_as_it_was(cues in vec(spoken_cue(any_text(6).boxed(), any_text(10).boxed()), 1..12)) {
        let record = recording("vtt", &cues);
        prop_assert_eq!(again(Subtitles::Vtt, &record), spoken_of(&record));
    }

    #[test]
    fn subrip_that_was_read_is_written_as_it_was(
        cues in vec(spoken_cue("[A-Z][a-z]{1,8}|[一-龥]{2,3}".boxed(), clean_words().boxed()), 2..12),
    ) {
        let record = recording("srt", &cues);
        prop_assert_eq!(again(Subtitles::Srt, &record), spoken_of(&record));
    }
}

/// When a post is shown and when it is gone, in the viewer's time.
fn shown(shows: Shows, pacing: Pacing, speed: f64, id: PostId, posts: usize) -> (i64, i64) {
    let viewed = |show: i64| (show as f64 / speed).round() as i64;
    let start = viewed(shows.show(id));
    let next =
        (id.number()..posts).map(|next| shows.show(PostId::new(next))).find(|&show| show > shows.show(id));
    let reading = (shows.structure.reading(id) as i64 * 60_000 / i64::from(pacing.cpm)).max(1000);
    let end = next.map_or(start + reading, |next| viewed(next).min(start + reading));
    (start, end.max(start + 1))
}

/// Without arrows, which may have been cut in two.
fn arrowless(text: &str) -> String {
    text.replace("-->", "").replace('→', "")
}

/// A cue: how long after the last one it begins, how long it is shown, who speaks, and what.
type Spoken = (i64, i64, String, String);

fn spoken_cue(name: BoxedStrategy<String>, words: BoxedStrategy<String>) -> impl Strategy<Value = Spoken> {
    (0i64..100_000, 1i64..10_000, name, words)
}

/// Words without what `SubRip` takes for markup, and without what may be the number of a cue.
fn clean_words() -> impl Strategy<Value = String> {
    vec("[一-龥]{1,6}[，。]|[a-z]{1,9} ", 1..12).prop_map(|words| words.concat())
}

/// A record of a format that is in the times of a recording, and tells ends.
fn recording(format: &str, cues: &[Spoken]) -> Transcript {
    let mut draft = Draft::default();
    format.clone_into(&mut draft.meta.format);
    let mut at = 0;
    for (since, length, label, words) in cues {
        at += since;
        let start = draft.offset(at, 1);
        draft.say(label, words, Post { start, end: Some(at + length), ..Post::default() });
    }
    Transcript::from(draft.take())
}

/// The posts that have words: times, who speaks, what is said.
fn spoken_of(transcript: &Transcript) -> Vec<(Option<i64>, Option<i64>, String, String)> {
    let spoken = transcript.ids().filter(|&id| !told(&transcript.body(id)).is_empty()).map(|id| {
        let post = transcript.post(id);
        let words: String = told(&transcript.body(id)).iter().map(|line| settled(line)).collect();
        (post.start, post.end, settled(&transcript.speaker(post.speaker).label), words)
    });
    spoken.filter(|(.., words)| !words.is_empty()).collect()
}

/// The ink of a line as it is shown, without marks that stand on nothing or on a blank: those may stand on a ring, or show as nothing.
fn settled(text: &str) -> String {
    let is_mark =
        |ch| matches!(ch, '\u{301}' | '\u{20dd}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}');
    let mut on_blank = true;
    let mut seen = String::new();
    let shown = Shown::of(text).to_string();
    for ch in shown.chars().filter(|&ch| ch != '◌' && ch != '\u{200d}') {
        on_blank = ch.is_whitespace() || on_blank && is_mark(ch);
        if !(on_blank && is_mark(ch)) {
            seen.push(ch);
        }
    }
    ink(Shown::of(seen.trim()).as_str()).replace('◌', "")
}

/// What is read of a record that was written.
fn again(format: Subtitles, record: &Transcript) -> Vec<(Option<i64>, Option<i64>, String, String)> {
    let structure = Structure::of(record);
    let schedule = Schedule::of(record, &structure, Pacing::default());
    let (text, lost) = written(format, schedule.over(record, &structure), 1.0);
    assert!(!lost.stamps && lost.offices == 0, "{lost:?}");
    let name = if format == Subtitles::Vtt { Format::Vtt } else { Format::Srt };
    let forced = Forced { format: Some(name), ..Forced::default() };
    spoken_of(&read_bytes(text.as_bytes(), forced).expect("it is read").0)
}

/// A body with line ends and arrows where they hurt most.
fn body() -> impl Strategy<Value = String> {
    let hurt = proptest::sample::select(vec![
        "\n",
        "\r",
        "\r\n",
        "\n\n",
        "\u{2028}",
        "\u{85}",
        "\u{b}",
        "-->",
        "--",
        ">",
        "<v x>",
        "</v>",
        "&amp;",
        "&",
        "{\\an8}",
        "\n2\n00:00:00,000 --> 00:00:01,000\n",
        "\u{200b}",
        "\u{feff}",
        "NOTE",
        "STYLE\n",
        "   ",
    ]);
    vec(prop_oneof![3 => any_text(4), 2 => hurt.prop_map(String::from)], 0..10)
        .prop_map(|parts| parts.concat())
}
