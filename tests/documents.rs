//! Markdown, HTML and CSV of any record, and `--strict`.

mod texts;

use proptest::collection::vec;
use proptest::strategy::Strategy;
use proptest::test_runner::Config;
use proptest::{prop_assert, prop_assert_eq, proptest};
use shilu::choice::Format;
use shilu::format::{Forced, Record, read_bytes, write_csv, write_html, write_markdown};
use shilu::lang::Lang;
use shilu::structure::Structure;
use shilu::text::paragraphs::paragraphs;
use shilu::text::safe::Shown;
use shilu::text::slice;
use shilu::transcript::{Draft, Post, PostId, Transcript};
use std::path::Path;
use std::process::{Command, Output};
use texts::any_text;

/// A record of (byline, body), a minute each on the clock of a recording.
fn record(posts: &[(String, String)]) -> Transcript {
    let mut draft = Draft::default();
    for (minute, (label, body)) in posts.iter().enumerate() {
        let start = draft.offset(minute as i64 * 60_000, 60_000);
        draft.say(label, body, Post { start, ..Post::default() });
    }
    Transcript::from(draft.take())
}

fn clean(text: &str) -> String {
    Shown::of(text).as_str().trim().to_owned()
}

/// The paragraphs of a post as they show.
fn shown(transcript: &Transcript, id: PostId) -> Vec<String> {
    let body = transcript.body(id);
    let all = paragraphs(&body).map(|range| clean(slice(&body, range)));
    all.filter(|paragraph| !paragraph.is_empty()).collect()
}

/// What a writer makes of a record.
fn written(transcript: &Transcript, write: impl FnOnce(Record, &mut Vec<u8>)) -> String {
    let structure = Structure::of(transcript);
    let mut out = Vec::new();
    write(Record { transcript, structure: &structure, name: "x", lang: Lang::En }, &mut out);
    String::from_utf8(out).expect("UTF-8")
}

fn acts(text: &str) -> bool {
    let is_bidi = |ch| matches!(ch, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.contains(|ch: char| ch.is_control() && ch != '\n' || is_bidi(ch))
}

/// Markdown without the backslashes before ASCII punctuation (`CommonMark` 2.4).
fn unescaped(line: &str) -> String {
    let mut out = String::new();
    let mut chars = line.chars().peekable();
    while let Some(ch) = chars.next() {
        match chars.peek() {
            Some(next) if ch == '\\' && next.is_ascii_punctuation() => out.extend(chars.next()),
            _ => out.push(ch),
        }
    }
    out
}

fn posts() -> impl Strategy<Value = Vec<(String, String)>> {
    vec((any_text(8), any_text(40)), 1..5)
}

proptest! {
    #![proptest_config(Config { cases: 200, ..Config::default() })]

    #[test]
    fn markdown_holds_every_paragraph_on_a_line_that_is_nothing_else(posts in posts()) {
        let transcript = record(&posts);
        let text = written(&transcript, |record, out| write_markdown(record, transcript.ids(), out).expect("written"));
        prop_assert!(!acts(&text), "{text}");
        let (headings, lines): (Vec<&str>, Vec<&str>) =
            text.split('\n').filter(|line| !line.is_empty()).partition(|line| line.starts_with('#'));
        prop_assert_eq!(headings.len(), transcript.len());
        prop_assert!(!lines.iter().any(|line| line.starts_with([' ', '-', '+', '=', '>', '*', '`', '<', '|', '~'])), "{text}");
        let expected: Vec<_> = transcript.ids().flat_map(|id| shown(&transcript, id)).collect();
        prop_assert_eq!(lines.into_iter().map(unescaped).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_table_is_read_back_field_by_field(posts in posts()) {
        let transcript = record(&posts);
        let text = written(&transcript, |record, out| { write_csv(record, transcript.ids(), out).expect("written"); });
        prop_assert!(!acts(&text.replace("\r\n", "\n")), "{text}");
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let rows: Vec<Vec<String>> = reader.deserialize().collect::<Result<_, _>>().expect("rows");
        prop_assert_eq!(rows.len(), transcript.len());
        // A leading apostrophe is taken away, as the format says.
        let unguarded = |field: &String| field.strip_prefix('\'').unwrap_or(field).to_owned();
        for (id, row) in transcript.ids().zip(rows) {
            let label = clean(&transcript.speaker(transcript.speaker_of(id)).label);
            prop_assert_eq!(unguarded(&row[3]), label);
            prop_assert_eq!(unguarded(&row[8]), shown(&transcript, id).join("\n"));
            let is_formula = row.iter().skip(3).any(|field| field.starts_with(['=', '+', '-', '@']));
            prop_assert!(!is_formula, "{row:?}");
        }
    }

    #[test]
    fn a_page_has_only_its_own_elements(posts in posts()) {
        let transcript = record(&posts);
        let page = written(&transcript, |record, out| write_html(record, transcript.ids(), out).expect("written"));
        prop_assert!(!acts(&page), "{page}");
        let (_, body) = page.split_once("<main>").expect("a main element");
        let paragraphs: usize = transcript.ids().map(|id| shown(&transcript, id).len()).sum();
        prop_assert_eq!(body.matches("<p ").count(), paragraphs);
        prop_assert_eq!(body.matches("<article ").count(), transcript.len());
        let tags = ["article", "header", "bdi", "time", "a", "p", "main", "body", "html"];
        for piece in body.split('<').skip(1) {
            let name = piece.trim_start_matches('/').split([' ', '>']).next().unwrap_or_default();
            prop_assert!(tags.contains(&name), "{piece}");
        }
    }
}

fn export(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_shilu"))
        .arg("export")
        .args(arguments)
        .env_clear()
        .env("LC_ALL", "C.UTF-8")
        .output()
        .expect("the program runs")
}

#[test]
fn strict_writes_nothing_that_a_format_cannot_hold() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    let podcast = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/samples/podcast");
    let zhibo = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/samples/zhibo");
    for (file, to, lost) in [
        (podcast, "json", None),
        (podcast, "jsonl", None),
        (podcast, "md", Some("md: end times are left out (posts: 2)")),
        (podcast, "html", Some("html: end times are left out (posts: 2)")),
        (podcast, "csv", None),
        (podcast, "vtt", None),
        (podcast, "srt", None),
        (podcast, "asciicast", Some("asciicast: ")),
        (zhibo, "txt", None),
        (zhibo, "html", None),
    ] {
        let out = at(to);
        let _ = std::fs::remove_file(&out);
        let strict = export(&[file, "--to", to, "--strict", "-o", &out]);
        let said = String::from_utf8_lossy(&strict.stderr).into_owned();
        assert_eq!(strict.status.code(), Some(i32::from(lost.is_some())), "{to}: {said}");
        assert_eq!(Path::new(&out).exists(), lost.is_none(), "{to}");
        assert_eq!(said.contains("--strict"), lost.is_some(), "{said}");
        assert!(lost.is_none_or(|lost| said.contains(lost)), "{said}");
        let lenient = export(&[file, "--to", to, "-o", &out]);
        let said = String::from_utf8_lossy(&lenient.stderr).into_owned();
        assert_eq!((lenient.status.code(), said.is_empty()), (Some(0), lost.is_none()), "{to}: {said}");
    }
    let piped = export(&[podcast, "--to", "md", "--strict"]);
    assert_eq!((piped.status.code(), piped.stdout.len()), (Some(1), 0));
}

/// Bylines, moments and paragraphs of a record.
fn told(transcript: &Transcript) -> Vec<(String, Option<String>, Vec<String>)> {
    let one = |id| {
        let post = transcript.post(id);
        let moment = post.start.map(|start| match transcript.meta.moment(start) {
            Some(moment) => moment.to_string(),
            None => start.to_string(),
        });
        (transcript.speakers()[post.speaker.index()].label.clone(), moment, shown(transcript, id))
    };
    transcript.ids().map(one).collect()
}

#[test]
fn markdown_that_was_written_is_read_again_as_the_same_record() {
    for text in [
        "灯 # 塔\n\n2025-01-01 08:00\n\n馆长李明\n\n一*二*\n\n# 三 <!-- 四 -->\n\n2025-01-01 08:05\n\nAnn\n\n- yes\n\n1. no\n\n2025-01-02 00:02\n\nAnn\n\n> [a](b)\n\n2025-01-02 08:02\n\n馆长李明\n\n好。\n",
        "2025-01-01 00:05\n\n甲\n\n早。\n\n2025-01-01 00:06\n\n乙\n\n早。\n",
        "2025-01-01 08:00:01\n\n甲\n\n早。\n\n2025-01-01 08:00:02\n\n乙\n\n早。\n\n2025-01-01 08:01:03\n\n丙\n\n早。\n",
        "夏夜谈书\n\n主持人：各位好。\n\n再说。\n\n陆知远：我说两句。\n\n主持人：好，*谢谢*。\n",
    ] {
        let transcript = read_bytes(text.as_bytes(), Forced::default()).expect("read").0;
        let markdown = written(&transcript, |record, out| {
            write_markdown(record, transcript.ids(), out).expect("written");
        });
        let (back, facts) = read_bytes(markdown.as_bytes(), Forced::default()).expect("read");
        assert_eq!(facts.detection.map(|found| found.format), Some(Format::Markdown), "{markdown}");
        assert_eq!(told(&back), told(&transcript), "{markdown}");
        assert_eq!(back.meta.title, transcript.meta.title, "{markdown}");
    }
}
