//! Markdown, HTML, CSV and JSON of any record or a part of it, read again by other programs' readers; and `--strict`.

mod taken;
mod texts;

use proptest::collection::vec;
use proptest::strategy::Strategy;
use proptest::test_runner::Config;
use proptest::{prop_assert, prop_assert_eq, proptest};
use serde_json::Value;
use shilu::choice::Format;
use shilu::format::{
    Forced, read_bytes, write_csv, write_html, write_json, write_json_of, write_jsonl_of, write_markdown,
};
use shilu::lang::Lang;
use shilu::marks::{Mark, Marks};
use shilu::transcript::{PostId, Transcript};
use std::path::Path;
use std::process::{Command, Output};
use taken::{acts, all, articles, blocks, clean, made, record, shown, written};
use texts::any_text;

fn posts() -> impl Strategy<Value = Vec<(String, String)>> {
    vec((any_text(8), any_text(40)), 1..5)
}

proptest! {
    #![proptest_config(Config { cases: 200, ..Config::default() })]

    #[test]
    fn markdown_is_headings_and_paragraphs_with_the_words_of_the_record(posts in posts()) {
        let transcript = record(&posts);
        let text = written(&transcript, |record, out| write_markdown(record, out).expect("written"));
        prop_assert!(!acts(&text), "{text}");
        for extended in [false, true] {
            let mut expected = Vec::new();
            for (minute, id) in transcript.ids().enumerate() {
                let label = clean(&transcript.speaker(transcript.speaker_of(id)).label);
                let time = format!("00:{minute:02}");
                let heading = if label.is_empty() { time } else { format!("{label} · {time}") };
                expected.push((false, 3, heading));
                expected.extend(shown(&transcript, id).into_iter().map(|text| (false, 0, text)));
            }
            prop_assert_eq!(blocks(&text, extended), expected, "{}", text);
        }
    }

    #[test]
    fn a_table_is_read_back_field_by_field(posts in posts()) {
        let transcript = record(&posts);
        let text = written(&transcript, |record, out| { write_csv(record, out).expect("written"); });
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
    fn a_page_holds_the_words_of_each_post_at_its_anchor(posts in posts()) {
        let transcript = record(&posts);
        let page = written(&transcript, |record, out| write_html(record, out).expect("written"));
        prop_assert!(!acts(&page), "{page}");
        let found: Vec<_> = articles(&page).into_iter().map(|(id, (words, _))| (id, words)).collect();
        let expected: Vec<_> = transcript.ids().map(|id| (id.number(), shown(&transcript, id))).collect();
        prop_assert_eq!(found, expected);
        let (_, body) = page.split_once("<main>").expect("a main element");
        let tags = ["section", "h2", "h3", "article", "div", "bdi", "time", "a", "p", "main", "body", "html"];
        for piece in body.split('<').skip(1) {
            let name = piece.trim_start_matches('/').split([' ', '>']).next().unwrap_or_default();
            prop_assert!(tags.contains(&name), "{piece}");
        }
    }

    #[test]
    fn what_is_kept_is_told_beside_the_words_and_changes_none_of_them(posts in posts(), note in any_text(30)) {
        let transcript = record(&posts);
        let mut marks = Marks::default();
        marks.set(PostId::new(0), Mark { bookmarked: true, name: note.clone(), note, tags: vec!["*".into()] });
        let ids = all(&transcript);
        let write = |write: fn(shilu::format::Record, &mut Vec<u8>)| {
            let mut out = Vec::new();
            made(&transcript, (&ids, &marks), Lang::En, |record| write(record, &mut out));
            String::from_utf8(out).expect("UTF-8")
        };
        let page = write(|record, out| write_html(record, out).expect("written"));
        let words: Vec<_> = articles(&page).into_values().map(|(words, _)| words).collect();
        prop_assert_eq!(words, ids.iter().map(|&id| shown(&transcript, id)).collect::<Vec<_>>());
        let markdown = write(|record, out| write_markdown(record, out).expect("written"));
        prop_assert!(!acts(&markdown) && !acts(&page));
        let (kept, said): (Vec<_>, Vec<_>) = blocks(&markdown, true).into_iter().partition(|block| block.0);
        prop_assert!(kept.first().is_some_and(|(_, _, text)| text.starts_with("Bookmark #1")), "{markdown}");
        let said: Vec<_> = said.into_iter().filter(|block| block.1 == 0).map(|block| block.2).collect();
        prop_assert_eq!(said, ids.iter().flat_map(|&id| shown(&transcript, id)).collect::<Vec<_>>());
    }

    #[test]
    fn a_part_of_a_record_is_a_record_that_says_where_it_was(posts in posts(), chosen in vec(proptest::bool::ANY, 5)) {
        let transcript = record(&posts);
        let ids: Vec<_> = transcript.ids().filter(|id| chosen[id.index()]).collect();
        let marks = Marks::default();
        for write in [write_json_of, write_jsonl_of] {
            let mut out = Vec::new();
            made(&transcript, (&ids, &marks), Lang::En, |record| write(record, &mut out)).expect("written");
            let part = read_bytes(&out, Forced::default()).expect("a record").0;
            prop_assert_eq!(part.len(), ids.len());
            for (new, &old) in part.ids().zip(&ids) {
                prop_assert_eq!(shown(&part, new), shown(&transcript, old));
                prop_assert_eq!(part.start(new), transcript.start(old));
                let label = |transcript: &Transcript, id| transcript.speaker(transcript.speaker_of(id)).label.clone();
                prop_assert_eq!(label(&part, new), label(&transcript, old));
                let original = part.post_extras(new).map(|extras| extras.0[0].json.clone());
                let is_part = ids.len() < transcript.len();
                prop_assert_eq!(original, is_part.then(|| old.number().to_string()));
            }
            let mut again = Vec::new();
            write_json(&part, &mut again).expect("written");
            let back = read_bytes(&again, Forced::default()).expect("a record").0;
            prop_assert_eq!(part.len(), back.len());
        }
    }
}

/// A record with a mark, and a part of it.
fn kept() -> (Transcript, Marks) {
    let text = "灯塔\n\n2025-01-01 08:00\n\n主持人\n\n一。\n\n2025-01-01 08:01\n\n馆长李明\n\n二。\n\n2025-01-01 12:00\n\n主持人\n\n三。\n";
    let transcript = read_bytes(text.as_bytes(), Forced::default()).expect("a record").0;
    let mut marks = Marks::default();
    let tags = vec!["数字".to_owned(), "=年报".to_owned()];
    let (name, note) = ("要看".to_owned(), "=核对\n再问。".to_owned());
    marks.set(PostId::new(1), Mark { bookmarked: true, name, note, tags });
    (transcript, marks)
}

#[test]
fn bookmarks_notes_and_tags_have_a_place_in_each_format() {
    let (transcript, marks) = kept();
    let ids = all(&transcript);
    let mut out = Vec::new();
    made(&transcript, (&ids, &marks), Lang::Zh, |record| write_markdown(record, &mut out)).expect("written");
    let text = String::from_utf8(out).expect("UTF-8");
    let quoted: Vec<_> =
        blocks(&text, true).into_iter().filter(|block| block.0).map(|block| block.2).collect();
    assert_eq!(quoted, ["书签 #2：要看", "笔记 #2：=核对\n再问。", "标签 #2：数字、=年报"]);

    let mut out = Vec::new();
    made(&transcript, (&ids, &marks), Lang::Zh, |record| write_html(record, &mut out)).expect("written");
    let page = articles(std::str::from_utf8(&out).expect("UTF-8"));
    let words = |id: usize| page[&id].1.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(
        (words(1), words(2)),
        (String::new(), "书签 要看 笔记 =核对再问。 标签 数字、=年报".to_owned())
    );

    let mut out = Vec::new();
    made(&transcript, (&ids[1..], &marks), Lang::Zh, |record| write_csv(record, &mut out)).expect("written");
    let mut reader = csv::Reader::from_reader(&out[..]);
    let headers: Vec<String> = reader.headers().expect("headers").iter().skip(9).map(str::to_owned).collect();
    assert_eq!(headers, ["bookmarked", "bookmark", "note", "tags"]);
    let rows: Vec<Vec<String>> = reader.deserialize().collect::<Result<_, _>>().expect("rows");
    assert_eq!(rows[0][9..], ["yes", "要看", "'=核对\n再问。", "数字; =年报"]);
    assert_eq!((rows[1][0].as_str(), &rows[1][9..]), ("3", &["", "", "", ""].map(str::to_owned)[..]));

    let mut out = Vec::new();
    made(&transcript, (&ids[1..], &marks), Lang::Zh, |record| write_json_of(record, &mut out))
        .expect("written");
    let json: Value = serde_json::from_slice(&out).expect("JSON");
    let expected = serde_json::json!({"bookmarked": true, "name": "要看", "note": "=核对\n再问。", "tags": ["数字", "=年报"]});
    assert_eq!((&json["posts"][0]["mark"], &json["posts"][0]["original_id"]), (&expected, &2.into()));
    // It is kept when the part is read and written again, and so is where it came from.
    let part = read_bytes(&out, Forced::default()).expect("a record").0;
    let mut again = Vec::new();
    let first = &all(&part)[..1];
    made(&part, (first, &Marks::default()), Lang::Zh, |record| write_json_of(record, &mut again))
        .expect("written");
    let json: Value = serde_json::from_slice(&again).expect("JSON");
    assert_eq!((&json["posts"][0]["mark"], &json["posts"][0]["original_id"]), (&expected, &2.into()));
}

#[test]
fn a_page_tells_sessions_silence_and_what_was_left_out() {
    let (transcript, marks) = kept();
    let page = |posts: &[PostId]| {
        let mut out = Vec::new();
        made(&transcript, (posts, &marks), Lang::Zh, |record| write_html(record, &mut out)).expect("written");
        String::from_utf8(out).expect("UTF-8")
    };
    let ids = all(&transcript);
    let whole = page(&ids);
    assert!(whole.contains("<div class=\"gap\">静默 3 小时 59 分</div>\n<h2>下午</h2>"), "{whole}");
    assert!(whole.contains("2025年1月1日 星期三 08:00 – 12:00 · 3 条"), "{whole}");
    let part = page(&[ids[0], ids[2]]);
    assert!(part.contains("<div class=\"gap\">⋯ 略去 1 条</div>"), "{part}");
    assert!(part.contains("3 条中的 2 条") && !part.contains("静默"), "{part}");
    assert!(part.contains("主持人</bdi></span> <bdi class=\"count\">主持人 · 2</bdi>"), "{part}");
}

#[test]
fn a_long_record_has_a_table_of_its_questions() {
    let (hosted, lang) = (shilu::command::DEMO, Lang::Zh);
    let transcript = read_bytes(hosted.as_bytes(), Forced::default()).expect("a record").0;
    let mut out = Vec::new();
    made(&transcript, (&all(&transcript), &Marks::default()), lang, |record| write_html(record, &mut out))
        .expect("written");
    let page = String::from_utf8(out).expect("UTF-8");
    let found = articles(&page);
    let (_, table) = page.split_once("<nav class=\"contents\">").expect("a table");
    let (table, _) = table.split_once("</nav>").expect("its end");
    let links: Vec<usize> =
        table.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()?.parse().ok()).collect();
    assert!(links.len() > 5 && links.is_sorted(), "{links:?}");
    assert!(links.iter().all(|link| found.contains_key(link)), "{links:?}");
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
            write_markdown(record, out).expect("written");
        });
        let (back, facts) = read_bytes(markdown.as_bytes(), Forced::default()).expect("read");
        assert_eq!(facts.detection.map(|found| found.format), Some(Format::Markdown), "{markdown}");
        assert_eq!(told(&back), told(&transcript), "{markdown}");
        assert_eq!(back.meta.title, transcript.meta.title, "{markdown}");
    }
}

#[test]
fn every_format_takes_a_choice_of_posts() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("record.txt");
    let text = "灯塔\n\n2025-01-01 08:00\n\n主持人\n\n甲。\n\n2025-01-01 08:01\n\n馆长李明\n\n乙。\n\n2025-01-01 08:02\n\n主持人\n\n丙。\n";
    std::fs::write(&file, text).expect("a file");
    let file = file.to_str().expect("UTF-8");
    for to in ["md", "html", "csv", "json", "jsonl", "txt", "vtt", "srt"] {
        for (choice, said) in [
            (&["--speaker", "李明"][..], [false, true, false]),
            (&["--since", "08:01"], [false, true, true]),
            (&["--since", "#1", "--until", "08:01", "--speaker", "主持人"], [true, false, false]),
        ] {
            let ran = export(&[&[file, "--to", to], choice].concat());
            let out = String::from_utf8(ran.stdout).expect("UTF-8");
            assert_eq!(ran.status.code(), Some(0), "{to} {choice:?}");
            let found = ["甲。", "乙。", "丙。"].map(|words| out.contains(words));
            assert_eq!(found, said, "{to} {choice:?}: {out}");
        }
        let none = export(&[file, "--to", to, "--marks"]);
        assert_eq!((none.status.code(), none.stdout.len()), (Some(1), 0), "{to}");
    }
    let filmed = export(&[file, "--to", "asciicast", "--since", "08:01"]);
    assert_eq!(filmed.status.code(), Some(2));
    let cues = export(&[file, "--to", "srt", "--since", "08:01"]);
    let cues = String::from_utf8(cues.stdout).expect("UTF-8");
    assert!(cues.starts_with("1\n00:00:00,000 --> "), "{cues}");
}
