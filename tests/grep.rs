//! `shilu grep`: what it finds, what it writes, and how it ends.

mod program;

use program::{Ran, run};
use serde_json::Value;
use shilu::command::DEMO;
use shilu::format::{Forced, read_bytes};
use shilu::marks::Marks;
use shilu::query::{Query, Search, Ways};
use shilu::structure::Structure;
use shilu::transcript::PostId;
use std::fs;
use std::path::{Path, PathBuf};

/// A talk that never was.
const TALK: &str = "2025-01-01 08:00\n\n主持人\n\n请陆知远馆长谈谈机器人?\n\n2025-01-01 08:05\n\n某市图书馆馆长陆知远\n\n机器人很好。\n\n\
    大家好,機器人!\n\n2025-01-01 09:20\n\n主持人\n\n谢谢。\n\n2025-01-01 09:30\n\n某市图书馆馆长陆知远\n\n再见,机器人。\n\n\
    2025-01-01 09:31\n\n主持人\n\n再见。\n";

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, bytes).expect("a file");
        path.to_str().expect("a path").to_owned()
    }

    fn path(&self) -> &str {
        self.0.path().to_str().expect("a path")
    }
}

fn grep(arguments: &[&str]) -> Ran {
    run(&[&["grep"], arguments].concat(), b"")
}

/// What is written of a talk on standard input.
fn of_talk(arguments: &[&str]) -> Ran {
    run(&[&["grep"], arguments].concat(), TALK.as_bytes())
}

/// Lines of a run that found something and had nothing else to say.
fn lines(ran: &Ran) -> Vec<&str> {
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{}", ran.out);
    ran.out.lines().collect()
}

fn real() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/transcripts/quality-2018.txt");
    path.exists().then_some(path)
}

#[test]
fn lines_tell_number_time_and_speaker() {
    for (arguments, expected) in [
        (&["好"][..], &["#2 08:05 陆知远: 机器人很好。", "#2 08:05 陆知远: 大家好,機器人!"][..]),
        (&["from:lzy 再见"], &["#4 09:30 陆知远: 再见,机器人。"]),
        (&["-H", "很好"], &["standard input:#2 08:05 陆知远: 机器人很好。"]),
        (
            &["-o", "机器."],
            &[
                "#1 08:00 主持人: 机器人",
                "#2 08:05 陆知远: 机器人",
                "#2 08:05 陆知远: 機器人",
                "#4 09:30 陆知远: 机器人",
            ],
        ),
        (&["--no-fold", "機"], &["#2 08:05 陆知远: 大家好,機器人!"]),
        (&["-F", "。$"], &[]),
        (
            &["-C1", "^谢谢"],
            &[
                "#2 08:05 陆知远- 机器人很好。",
                "#2 08:05 陆知远- 大家好,機器人!",
                "#3 09:20 主持人: 谢谢。",
                "#4 09:30 陆知远- 再见,机器人。",
            ],
        ),
        (
            &["-A1", "谈谈|^再见。"],
            &[
                "#1 08:00 主持人: 请陆知远馆长谈谈机器人?",
                "#2 08:05 陆知远- 机器人很好。",
                "#2 08:05 陆知远- 大家好,機器人!",
                "--",
                "#5 09:31 主持人: 再见。",
            ],
        ),
        (&["-B1", "-m1", "再见"], &["#3 09:20 主持人- 谢谢。", "#4 09:30 陆知远: 再见,机器人。"]),
        (&["-v", "机器人"], &["#3 09:20 主持人: 谢谢。", "#5 09:31 主持人: 再见。"]),
        (&["--", "-from:主持人 after:#3"], &["#4 09:30 陆知远: 再见,机器人。"]),
        (&["--pinyin", "zj"], &["#4 09:30 陆知远: 再见,机器人。", "#5 09:31 主持人: 再见。"]),
        (&["-c", "机器人"], &["3"]),
        (&["--count-matches", "机器人"], &["4"]),
        (&["-l", "机器人"], &["standard input"]),
        (&["-n", "-r", "-E", "谢谢"], &["#3 09:20 主持人: 谢谢。"]),
        (&["-q", "谢谢"], &[]),
    ] {
        let ran = of_talk(arguments);
        if expected.is_empty() && arguments[0] != "-q" {
            assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (Some(1), "", ""), "{arguments:?}");
        } else {
            assert_eq!(lines(&ran), expected, "{arguments:?}");
        }
    }
}

#[test]
fn a_record_of_several_days_tells_the_date_and_one_without_a_clock_no_time() {
    let days = TALK.replace("01-01 09:31", "01-02 09:31");
    let ran = run(&["grep", "再见。"], days.as_bytes());
    assert_eq!(ran.out, "#5 2025-01-02 09:31 主持人: 再见。\n");
    let ran = run(&["grep", "乙"], "甲。\n\n乙。\n".as_bytes());
    assert_eq!(ran.out, "#2 (no name): 乙。\n");
}

#[test]
fn the_exit_code_says_whether_something_was_found_or_went_wrong() {
    let folder = Folder::new();
    let (talk, none) = (folder.file("talk.txt", TALK), folder.0.path().join("none"));
    let none = none.to_str().expect("a path");
    for (arguments, code, errors) in [
        (&["谢谢", &*talk][..], 0, 0),
        (&["没有", &*talk], 1, 0),
        (&["-L", "没有", &*talk], 1, 0),
        (&["谢谢", &*talk, none], 2, 1),
        (&["没有", none, &*talk], 2, 1),
        (&["-q", "谢谢", none, &*talk], 0, 1),
        (&["(", &*talk], 2, 1),
        (&["role:none", &*talk], 2, 1),
        (&["谢谢", "/dev/null"], 1, 0),
    ] {
        let ran = grep(arguments);
        assert_eq!((ran.code, ran.err.lines().count()), (Some(code), errors), "{arguments:?} {}", ran.err);
    }
    assert!(grep(&["谢谢", none]).err.contains("no such file"));
    assert_eq!(grep(&[]).code, Some(2));
}

#[test]
fn folders_are_searched_for_records_in_order() {
    let folder = Folder::new();
    folder.file("b.txt", TALK);
    folder.file("a/z.txt", TALK.replace("谢谢", "不谢"));
    folder.file("c.txt.gz", {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut packed, TALK.as_bytes()).expect("packed");
        packed.finish().expect("packed")
    });
    folder.file(".hidden.txt", TALK);
    folder.file(".git/x.txt", TALK);
    folder.file("main.c", "int main(void) { return 谢谢; }\n");
    folder.file("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0");
    folder.file("empty.txt", "");
    std::os::unix::fs::symlink(folder.path(), folder.0.path().join("loop")).expect("a link");
    let ran = grep(&["-c", "--verbose", "谢谢", folder.path()]);
    let told = |name: &str, count: usize| format!("{}/{name}:{count}\n", folder.path());
    assert_eq!(ran.out, told("b.txt", 1) + &told("c.txt.gz", 1) + &told("a/z.txt", 0));
    let mut skipped: Vec<_> =
        ran.err.lines().map(|line| line.rsplit('/').next().unwrap_or_default()).collect();
    skipped.sort_unstable();
    assert_eq!(
        skipped,
        [
            "empty.txt: skipped: empty",
            "main.c: skipped: no known format of transcripts",
            "picture.png: skipped: binary"
        ]
    );
    assert_eq!(grep(&["-c", "谢谢", folder.path()]).err, "");
    // What is named is searched.
    let ran = grep(&["谢谢", &format!("{}/main.c", folder.path())]);
    assert_eq!(ran.out, "#1 (no name): int main(void) { return 谢谢; }\n");
    let ran = grep(&["谢谢", &format!("{}/picture.png", folder.path())]);
    assert_eq!((ran.code, ran.err.contains("binary data")), (Some(2), true));
    let ran = grep(&["-C0", "谢谢", folder.path()]);
    assert_eq!(ran.out.lines().map(|line| line == "--").collect::<Vec<_>>(), [false, true, false]);
    let names = grep(&["-L", "谢谢", folder.path()]);
    assert_eq!(names.out, format!("{}/a/z.txt\n", folder.path()));
}

#[test]
fn programs_are_told_each_hit_with_its_place() {
    let ran = of_talk(&["--json", "机器人"]);
    let told: Vec<Value> = lines(&ran).iter().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(told.len(), 4);
    let hit = &told[2];
    let expected = serde_json::json!({"file": "standard input", "id": 2, "at_ms": 300_000, "speaker": 2, "label": "某市图书馆馆长陆知远",
        "name": "陆知远", "kind": "answer", "paragraph": 2, "start": 10, "end": 19, "text": "大家好,機器人!"});
    assert_eq!(hit, &expected);
    let keys: Vec<_> = hit.as_object().expect("an object").keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        ["file", "id", "at_ms", "speaker", "label", "name", "kind", "paragraph", "start", "end", "text"]
    );
    let whole = of_talk(&["--json", "from:lzy before:#3"]);
    assert!(lines(&whole).iter().all(|line| !line.contains("\"start\"")) && whole.out.lines().count() == 2);
}

#[test]
fn many_hits_are_told_in_order_however_they_are_divided() {
    let folder = Folder::new();
    let said = |post: usize| if post.is_multiple_of(3) { "质量。\n\n又说質量" } else { "别的" };
    let post = |post| format!("2025-01-01 08:{:02}\n\n甲\n\n第{post}条{}\n\n", post / 101, said(post));
    let text = (1..=6000).map(post).collect::<Vec<_>>().concat();
    let file = folder.file("talk.txt", text);
    for (arguments, of_a_post) in [
        (&["质量"][..], 2),
        (&["-o", "质量"], 2),
        (&["--json", "质量"], 2),
        (&["--no-fold", "质量"], 1),
        (&["from:甲 质量"], 2),
    ] {
        // Where the first so many are wanted, they are looked for one after another.
        let in_order = grep(&[arguments, &["-m5000", &file]].concat());
        let divided = grep(&[arguments, &[&file]].concat());
        assert_eq!(lines(&divided).len(), 2000 * of_a_post, "{arguments:?}");
        assert!(divided.out == in_order.out, "{arguments:?}");
    }
    assert_eq!(grep(&["-c", "质量", &file]).out, "2000\n");
    assert_eq!(grep(&["--count-matches", "质量", &file]).out, "4000\n");
}

#[test]
fn colours_are_for_terminals_or_for_who_asks() {
    let plain = of_talk(&["谢谢"]).out;
    assert_eq!(of_talk(&["--color", "never", "谢谢"]).out, plain);
    let coloured = of_talk(&["--color", "always", "谢谢"]).out;
    assert!(coloured.contains("\u{1b}[") && !plain.contains('\u{1b}'));
    let bare =
        regex::Regex::new("\u{1b}\\[[0-9;]*m").expect("a pattern").replace_all(&coloured, "").into_owned();
    assert_eq!(bare, plain);
}

#[test]
fn nothing_that_is_found_is_obeyed_by_a_terminal() {
    let text = "2025-01-01 08:00\n\n坏\u{9b}人\n\n一\u{1b}]0;x\u{7}二\u{202e}三\n";
    for arguments in [&["二"][..], &["-o", ".二."], &["--json", "二"], &["-v", "没有"], &["from:坏"]] {
        let ran = run(&[&["grep"], arguments].concat(), text.as_bytes());
        let is_obeyed = |ch: char| ch.is_control() && ch != '\n' || ch == '\u{202e}';
        assert!(ran.code == Some(0) && !ran.out.contains(is_obeyed), "{arguments:?} {:?}", ran.out);
    }
}

/// Posts and the words of hits, as the reader finds them.
fn as_read(text: &str, line: &str, ways: Ways) -> Vec<(u64, String)> {
    let transcript = read_bytes(text.as_bytes(), Forced::default()).expect("a record").0;
    let structure = Structure::of(&transcript);
    let record = (&transcript, &structure);
    let query = Query::parse(line, ways).expect("a query");
    let mut search = Search::new(1, query, record, &Marks::default(), PostId::new(0));
    while let Some(scan) = search.next_scan(&transcript) {
        scan.run(|found| {
            search.take(&found, record);
            true
        });
    }
    let hits = search.hits(usize::MAX).iter();
    hits.map(|hit| (hit.post.number() as u64, transcript.part(hit.post, hit.range.clone()).1.into_owned()))
        .collect()
}

#[test]
fn what_is_found_is_what_the_reader_finds() {
    let pinyin = Ways { pinyin: true, ..Ways::default() };
    let queries = [
        ("质量", Ways::default()),
        ("質量", Ways::default()),
        ("ＰｈＤ|机器人", Ways::default()),
        ("图书馆", Ways::default()),
        ("zjzj", pinyin),
        ("tsg", pinyin),
        ("from:主持人 谢谢", Ways::default()),
        ("role:guest 我们", Ways::default()),
        ("kind:question", Ways::default()),
        ("kind:answer,notice 的", Ways::default()),
        ("after:10:00 before:15:30 大家", Ways::default()),
        ("-role:host,admin ^(大家|谢谢)", Ways::default()),
        (".", Ways { regex: false, ..Ways::default() }),
        (r"\d+", Ways::default()),
    ];
    let real = real().map(|path| fs::read_to_string(path).expect("the record"));
    println!("grep beside the reader: {} records", 1 + usize::from(real.is_some()));
    for text in std::iter::once(DEMO.to_owned()).chain(real) {
        for (line, ways) in queries {
            let mut arguments = vec!["grep", "--json"];
            arguments.extend(ways.pinyin.then_some("--pinyin"));
            arguments.extend((!ways.regex).then_some("-F"));
            arguments.extend(["--", line]);
            let ran = run(&arguments, text.as_bytes());
            let expected = as_read(&text, line, ways);
            assert_eq!(ran.code, Some(u8::from(expected.is_empty()).into()), "{line}");
            let told: Vec<Value> =
                ran.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
            let mut found: Vec<_> = told
                .iter()
                .map(|hit| {
                    let part = hit["start"]
                        .as_u64()
                        .zip(hit["end"].as_u64())
                        .map(|(start, end)| start as usize..end as usize);
                    let words = part.map(|part| {
                        hit["text"].as_str().and_then(|text| text.get(part)).expect("a hit").to_owned()
                    });
                    (hit["id"].as_u64().expect("a number"), words.unwrap_or_default())
                })
                .collect();
            // Of a post that is meant as a whole, each paragraph is told.
            if expected.iter().all(|(_, words)| words.is_empty()) {
                found.dedup();
            }
            assert_eq!(found, expected, "{line}");
        }
    }
}

#[test]
fn the_figures_of_the_real_record() {
    let Some(path) = real() else { return println!("the real record is not here: 0 figures") };
    let path = path.to_str().expect("a path");
    let figures = [
        ("质量提升", 26, 41),
        ("一带一路", 6, 21),
        ("谢谢大家", 21, 21),
        ("質量提升", 26, 41),
        ("ＰｈＤ", 1, 1),
        ("PhD", 1, 1),
    ];
    for (line, posts, hits) in figures {
        assert_eq!(grep(&["-c", line, path]).out, format!("{posts}\n"), "{line}");
        assert_eq!(grep(&["--count-matches", line, path]).out, format!("{hits}\n"), "{line}");
    }
    let plain = grep(&["-o", "质检总局", path]).out;
    let sound = grep(&["-o", "--pinyin", "zjzj", path]).out;
    assert!(
        !plain.is_empty() && plain.lines().all(|line| sound.lines().any(|other| other == line)),
        "{sound}"
    );
    let his = grep(&["from:施宗伟 机器人", path]);
    assert!(!lines(&his).is_empty() && lines(&his).iter().all(|line| line.contains(" 施宗伟: ")));
    println!("figures of the real record: {}", figures.len() + 2);
}
