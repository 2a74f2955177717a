//! Subtitles of any record, read back by parsers that hold to the letter of the formats.

mod texts;

use proptest::collection::vec;
use proptest::prelude::any;
use proptest::strategy::{Just, Strategy};
use proptest::test_runner::Config;
use proptest::{prop_assert_eq, prop_oneof, proptest};
use shilu::choice::{GapModel, Pace};
use shilu::format::{Lost, Subtitles, write_subtitles};
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

fn inks<Line: AsRef<str>>(lines: impl Iterator<Item = Line>) -> Vec<String> {
    lines.map(|line| ink(line.as_ref())).collect()
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
    let lost = write_subtitles(format, shows, speed, &mut out).expect("memory holds it");
    (String::from_utf8(out).expect("UTF-8"), lost)
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
            prop_assert_eq!(found.len(), spoken.len());
            prop_assert_eq!(lost.wordless, posts.len() - spoken.len());
            prop_assert_eq!(lost.stamps, resolution_ms > 0);
            for (index, (cue, &id)) in found.iter().zip(&spoken).enumerate() {
                let viewed = |show: i64| (show as f64 / speed).round() as i64;
                prop_assert_eq!(cue.start, viewed(shows.show(id)));
                let next = (id.number()..posts.len()).map(|next| shows.show(PostId::new(next))).find(|&show| show > shows.show(id));
                let reading = (structure.reading(id) as i64 * 60_000 / i64::from(pacing.cpm)).max(1000);
                let end = next.map_or(cue.start + reading, |next| viewed(next).min(cue.start + reading));
                prop_assert_eq!(cue.end, end.max(cue.start + 1));
                let name = Shown::of(structure.name(&transcript, transcript.speaker_of(id))).to_string();
                let lines = told(&transcript.body(id));
                prop_assert_eq!(cue.payload.len(), lines.len());
                if format == Subtitles::Vtt {
                    let (voice, words) = spoken_vtt(cue);
                    prop_assert_eq!(&cue.id, &format!("#{}", id.number()));
                    prop_assert_eq!(ink(&voice), ink(&name));
                    prop_assert_eq!(inks(words.lines()), inks(lines.iter()));
                } else {
                    let (name, lines) = (name.replace("-->", "→"), lines.iter().map(|line| line.replace("-->", "→")));
                    prop_assert_eq!(&cue.id, &(index + 1).to_string());
                    let mut words = inks(cue.payload.iter());
                    if !ink(&name).is_empty() {
                        let rest = words[0].strip_prefix(&ink(&name)).and_then(|rest| rest.strip_prefix([':', '：']));
                        words[0] = rest.unwrap_or_else(|| panic!("{words:?} by {name:?}")).to_owned();
                    }
                    prop_assert_eq!(words, inks(lines));
                }
            }
        }
    }
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
