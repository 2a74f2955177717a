//! The real program on the command line: what it writes, where, and how it ends.

mod program;
mod say;

use encoding_rs::GBK;
use program::{Ran, run};
use say::say;
use serde_json::Value;
use shilu::command::DEMO;
use shilu::text::ruler::Ruler;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// Marks that begin no row (DESIGN 7).
const CLOSING: &str = "，。、；：？！」』）》”’…—,.;:?!)%";

/// Marks that end no row.
const OPENING: &str = "“‘（《「『【〔([{";

const MINUTE: i64 = 60_000;

/// Runs the program with nothing on standard input.
fn shilu(arguments: &[&str]) -> Ran {
    run(arguments, b"")
}

/// What a run wrote that did its work and had nothing to say about it.
fn written(arguments: &[&str]) -> String {
    let ran = shilu(arguments);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{arguments:?}");
    ran.out
}

fn value(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

fn number(value: &Value, field: &str) -> i64 {
    value[field].as_i64().unwrap_or_else(|| panic!("{field} of {value}"))
}

fn array<'a>(value: &'a Value, field: &str) -> &'a [Value] {
    value[field].as_array().unwrap_or_else(|| panic!("{field} of {value}"))
}

/// Everything but white space.
fn ink(text: &str) -> String {
    text.chars().filter(|ch| !ch.is_whitespace()).collect()
}

/// Files of one test, gone with it.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().expect("a path in UTF-8").to_owned()
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        std::fs::write(&path, bytes).expect("a file");
        path
    }

    fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.0.path()).expect("the folder");
        let mut names: Vec<_> = entries
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }
}

/// A file of the third-party collection, where it is present.
fn shared(name: &str) -> Option<String> {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(name);
    path.exists().then(|| path.to_str().expect("a path in UTF-8").to_owned())
}

/// The paragraphs of a record, in order.
fn paragraphs(export: &Value) -> Vec<&str> {
    array(export, "posts").iter().flat_map(|post| array(post, "body")).filter_map(Value::as_str).collect()
}

/// Prints a record at every width and holds each row against the rules.
fn assert_rows_obey_the_rules(path: &str) {
    let export = value(&written(&["export", path, "--to", "json"]));
    let paragraphs = paragraphs(&export);
    let ruler = Ruler::default();
    for width in 20..=120 {
        let printed = written(&["print", path, "--width", &width.to_string()]);
        for row in printed.lines() {
            assert!(ruler.width(row) <= width, "{row:?} is wider than {width}");
            let begins = row.starts_with(|ch| CLOSING.contains(ch));
            let ends = row.ends_with(|ch| OPENING.contains(ch));
            assert!(!begins || paragraphs.iter().any(|text| text.starts_with(row)), "{row:?} at {width}");
            assert!(!ends || paragraphs.iter().any(|text| text.ends_with(row)), "{row:?} at {width}");
        }
        let printed = ink(&printed);
        let mut rest = printed.as_str();
        for paragraph in &paragraphs {
            let paragraph = ink(paragraph);
            let (_, behind) = rest.split_once(&paragraph).unwrap_or_else(|| panic!("{paragraph} at {width}"));
            rest = behind;
        }
    }
}

/// The lines of a dry run.
fn dry_run(path: &str, more: &[&str]) -> Vec<Value> {
    let arguments = [&["play", path, "--dry-run", "--json"], more].concat();
    written(&arguments).lines().map(value).collect()
}

/// Show times, which must never decrease.
fn show_times(lines: &[Value]) -> Vec<i64> {
    let times: Vec<i64> = lines.iter().map(|line| number(line, "show_ms")).collect();
    assert!(times.is_sorted(), "{times:?}");
    times
}

fn demo() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("assets/demo.txt")
        .to_str()
        .expect("a path in UTF-8")
        .to_owned()
}

#[test]
fn info_adds_up() {
    let info = value(&written(&["info", "--json", &demo()]));
    let export = value(&written(&["export", &demo(), "--to", "json"]));
    let posts = array(&export, "posts").len() as i64;
    assert_eq!(info["schema"], "shilu-info/1");
    assert_eq!(info["format"], "zhibo");
    assert_eq!(info["encoding"], "UTF-8");
    assert_eq!(number(&info, "bytes"), DEMO.len() as i64);
    assert_eq!(number(&info, "posts"), posts);
    assert_eq!(number(&info, "paragraphs"), paragraphs(&export).len() as i64);
    assert_eq!(number(&info, "chars"), ink(&paragraphs(&export).concat()).chars().count() as i64);
    let sum = |list: &[Value], field: &str| list.iter().map(|one| number(one, field)).sum::<i64>();
    assert_eq!(sum(array(&info, "speakers"), "posts"), posts);
    assert_eq!(sum(array(&info, "speakers"), "chars"), number(&info, "chars"));
    let kinds = info["kinds"].as_object().unwrap();
    assert_eq!(kinds.values().filter_map(Value::as_i64).sum::<i64>(), posts);
    let sessions = array(&info, "sessions");
    assert_eq!(number(&sessions[0], "first"), 1);
    assert_eq!(number(&sessions[sessions.len() - 1], "last"), posts);
    for pair in sessions.windows(2) {
        assert_eq!(number(&pair[0], "last") + 1, number(&pair[1], "first"));
    }
    for gap in array(&info, "gaps") {
        assert!(
            number(gap, "ms") > 10 * MINUTE && number(gap, "after") + 1 == number(gap, "before"),
            "{gap}"
        );
    }
    for exchange in array(&info, "exchanges") {
        let question = number(exchange, "question");
        assert!(
            array(exchange, "answers").iter().all(|answer| answer.as_i64() > Some(question)),
            "{exchange}"
        );
    }
}

#[test]
fn info_tells_people_the_same_numbers() {
    let info = value(&written(&["info", "--json", &demo()]));
    for (lang, posts, speakers) in [("en", "posts", "speakers"), ("zh", "发言", "发言人")] {
        let told = written(&["info", &demo(), "--lang", lang]);
        assert!(told.contains(&format!("{posts} {}", info["posts"])), "{told}");
        assert!(told.contains(&format!("{speakers} {}", array(&info, "speakers").len())), "{told}");
        assert!(told.contains(array(&info, "speakers")[0]["name"].as_str().unwrap()), "{told}");
    }
}

#[test]
fn every_export_reads_back_as_it_was_written() {
    let folder = Folder::new();
    for to in ["json", "jsonl", "txt"] {
        let first = written(&["export", &demo(), "--to", to]);
        let path = folder.file(&format!("demo.{to}"), &first);
        assert_eq!(written(&["export", &path, "--to", to]), first, "{to}");
        let told = |path: &str| {
            let export = value(&written(&["export", path, "--to", "json"]));
            let post =
                |post: &Value| (post["start_ms"].clone(), post["speaker"].clone(), post["body"].clone());
            array(&export, "posts").iter().map(post).collect::<Vec<_>>()
        };
        assert_eq!(told(&path), told(&demo()), "{to}");
    }
}

#[test]
fn what_live_text_cannot_hold_is_refused_with_a_sentence() {
    let folder = Folder::new();
    let record = |meta: &str, start: &str| {
        format!(
            "{{\"schema\": \"shilu/1\", \"meta\": {{{meta}}}, \"speakers\": [{{\"id\": 1, \"label\": \"甲\"}}], \
             \"posts\": [{{\"id\": 1, {start} \"speaker\": 1, \"body\": [\"一\"]}}]}}"
        )
    };
    let out = folder.path("out.txt");
    for (meta, start, words) in [
        ("\"clock\": \"offset\", \"resolution_ms\": 1000", "\"start_ms\": 5000,", "count from the start"),
        ("\"clock\": \"none\"", "", "no times"),
        ("\"clock\": \"wall\", \"origin\": \"2019-01-01T08:00:00\", \"resolution_ms\": 60000", "", "post #1"),
    ] {
        let path = folder.file("record.json", record(meta, start));
        let ran = shilu(&["export", &path, "--to", "txt", "-o", &out]);
        assert_eq!((ran.code, ran.err.lines().count()), (Some(1), 1), "{}", ran.err);
        assert!(ran.err.contains(words) && ran.err.ends_with("use json\n"), "{}", ran.err);
        assert_eq!(folder.names(), ["record.json"]);
    }
}

#[test]
fn rows_obey_the_rules_at_every_width() {
    assert_rows_obey_the_rules(&demo());
}

#[test]
fn the_reader_without_a_terminal_prints() {
    let printed = written(&["print", &demo()]);
    assert_eq!(written(&[]), printed);
    assert_eq!(written(&[&demo()]), printed);
    // A replay marks the times that it has estimated, and is printed as the record is.
    let played = written(&["play", &demo(), "--dry-run"]);
    assert!(played.contains("\n≈08:52\n"));
    assert_eq!(played.replace("\n≈", "\n"), printed);
}

#[test]
fn a_dry_run_follows_the_gap_model() {
    let posts = number(&value(&written(&["info", "--json", &demo()])), "posts");
    let totals = ["real", "cap", "log", "skip"].map(|gaps| {
        let lines = dry_run(&demo(), &["--gaps", gaps]);
        let ids: Vec<i64> = lines.iter().map(|line| number(line, "id")).collect();
        assert_eq!(ids, (1..=posts).collect::<Vec<_>>(), "{gaps}");
        let times = show_times(&lines);
        assert_eq!(times[0], 0, "{gaps}");
        times[times.len() - 1]
    });
    let [real, cap, log, skip] = totals;
    assert!(skip <= cap && cap < log && log < real, "{totals:?}");
    let reading = show_times(&dry_run(&demo(), &["--pace", "reading", "--cpm", "100"]));
    let faster = show_times(&dry_run(&demo(), &["--pace", "reading", "--cpm", "200"]));
    assert!(reading[reading.len() - 1] > faster[faster.len() - 1]);
}

#[test]
fn posts_of_one_minute_are_spread_inside_it_as_estimates() {
    let lines = dry_run(&demo(), &[]);
    for line in &lines {
        let (at, show) = (number(line, "at_ms"), number(line, "show_ms"));
        assert!((at..at + MINUTE).contains(&show), "{line}");
        assert!(line["estimated"].as_bool().unwrap() || at == show, "{line}");
    }
    assert!(lines.iter().any(|line| line["estimated"] == true));
}

#[test]
fn a_replay_to_standard_output_ends_by_itself() {
    let lines: Vec<Value> = written(&["play", &demo(), "--json", "--speed", "10000", "--gaps", "skip"])
        .lines()
        .map(value)
        .collect();
    assert_eq!(lines, dry_run(&demo(), &["--gaps", "skip"]));
}

#[test]
fn help_version_completions_and_manual_are_printed() {
    for (arguments, words) in [
        (&["--help"][..], "Usage: shilu"),
        (&["play", "--help"], "--dry-run"),
        (&["--version"], env!("CARGO_PKG_VERSION")),
        (&["completions", "bash"], "shilu"),
        (&["completions", "zsh"], "shilu"),
        (&["completions", "fish"], "shilu"),
        (&["completions", "elvish"], "shilu"),
        (&["completions", "powershell"], "shilu"),
        (&["man"], ".SH KEYS"),
    ] {
        let out = written(arguments);
        assert!(out.contains(words), "{arguments:?}: {out}");
    }
}

#[test]
fn wrong_usage_ends_with_two() {
    let demo = demo();
    for arguments in [
        &["--speed", "0", &demo][..],
        &["--speed", "fast", &demo],
        &["--gaps", "none", &demo],
        &["--at", "nowhere at all", &demo],
        &["--theme", "pink", &demo],
        &["--format", "word", &demo],
        &["--encoding", "klingon", &demo],
        &["--bogus"],
        &["bogus", &demo],
        &["print"],
        &["print", &demo, "--width", "1"],
        &["print", &demo, "--width", "wide"],
        &["play", &demo, "--idle-limit", "2x"],
        &["play", &demo, "--cpm", "0"],
        &["info"],
        &["export", &demo],
        &["export", &demo, "--to", "pdf"],
        &["completions", "cmd"],
    ] {
        let ran = shilu(arguments);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(!ran.err.is_empty(), "{arguments:?}");
    }
}

#[test]
fn wrong_usage_is_told_in_words_that_show_what_was_typed() {
    let demo = demo();
    for (arguments, words) in [
        (&["--encoding", "\u{1b}[31m"][..], "'␛[31m'"),
        (&["--theme", "a\u{1b}]0;x\u{7}b"], "--theme: there is no theme a␛]0;x␇b"),
        (&["--\u{1b}[1mbold"], "'--␛[1mbold'"),
        (&[&demo, "b.txt"], "one file is opened at a time, and this is a second one: b.txt"),
        (&[&demo, "\u{9b}1m"], "a second one: <9B>1m"),
        (&[&demo, "print"], "subcommand 'print' cannot be used"),
        (&["--at", "nowhere"], "--at nowhere: is no place · try 15:14, #42, 50%, @name"),
    ] {
        let ran = shilu(arguments);
        assert_eq!(ran.code, Some(2), "{arguments:?}");
        assert!(ran.err.contains(words), "{words}: {}", ran.err);
        assert!(!ran.err.contains(|ch: char| ch.is_control() && ch != '\n'), "{:?}", ran.err);
    }
}

#[test]
fn silences_are_told_with_what_they_come_before() {
    for (lang, words) in [("en", "\n  16 min before 08:28 #3\n"), ("zh", "\n  08:28 #3 之前 16 分\n")] {
        let told = written(&["info", &demo(), "--lang", lang]);
        assert!(told.contains(words), "{told}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_told_with_what_was_written() {
    for (lang, words) in [("en", "standard output: no space left on the disk"), ("zh", "标准输出: 磁盘已满")]
    {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let mut program = Command::new(env!("CARGO_BIN_EXE_shilu"));
        let output = program.args(["info", &demo(), "--lang", lang]).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(String::from_utf8(output.stderr).unwrap(), format!("shilu: {words}\n"));
    }
}

#[test]
fn a_flood_of_controls_is_shown_as_marks() {
    let folder = Folder::new();
    let path = folder.file("bells.txt", [7; 1000]);
    let printed = written(&["print", &path, "--width", "80"]);
    assert_eq!(ink(&printed), "␇".repeat(1000));
}

#[test]
fn a_bad_input_is_one_sentence_that_names_the_file() {
    let folder = Folder::new();
    let head = "{\"schema\": \"shilu/1\",\n";
    let table = [
        ("missing.txt", None, "no such file"),
        ("program", Some(&b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0>\0"[..]), "binary"),
        ("picture.png", Some(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "binary"),
        ("noise", Some(b"\xf1\x02\x93\x04\xe5\x06\x07\x0e\x8f\x10\x01\x02\x03\xff"), "binary"),
        ("record.txt.xz", Some(b"\xfd7zXZ\0\0\x04\xe6\xd6\xb4\x46"), "xz"),
        ("record.txt.gz", Some(b"\x1f\x8b\x08\0\0\0\0\0\0\x03"), "damaged"),
    ];
    let broken = [
        ("broken.json", "\"posts\": [}", ":2: broken JSON"),
        ("short.json", "\"posts\": [", "broken JSON"),
        ("shape.json", "\"posts\": 3}", "posts"),
        ("nobody.json", "\"posts\": [{\"speaker\": 1}]}", "posts[0].speaker"),
    ];
    let mut files = vec![(folder.path(""), "directory")];
    for (name, bytes, words) in table {
        let path = bytes.map_or_else(|| folder.path(name), |bytes| folder.file(name, bytes));
        files.push((path, words));
    }
    for (name, rest, words) in broken {
        files.push((folder.file(name, format!("{head}{rest}")), words));
    }
    for (path, words) in &files {
        for arguments in [
            &["info", path][..],
            &["print", path],
            &["export", path, "--to", "json"],
            &["play", path],
            &[path],
        ] {
            let ran = shilu(arguments);
            assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""), "{arguments:?}");
            assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
            assert!(ran.err.contains(path.as_str()) && ran.err.contains(words), "{words}: {}", ran.err);
        }
    }
}

#[test]
fn sentences_come_in_chinese_too() {
    let ran = shilu(&["info", "/没有/这个", "--lang", "zh"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(1), "shilu: /没有/这个: 没有这个文件\n"));
}

#[test]
fn an_empty_file_is_an_empty_record() {
    let folder = Folder::new();
    for bytes in ["", "\n \n\u{3000}\n", "\u{feff}"] {
        let path = folder.file("empty.txt", bytes);
        let info = value(&written(&["info", "--json", &path]));
        assert_eq!((number(&info, "posts"), number(&info, "span_ms")), (0, 0), "{bytes:?}");
        assert_eq!(array(&info, "speakers").len(), 0);
        assert_eq!(written(&["print", &path]), "", "{bytes:?}");
        assert_eq!(written(&["play", &path]), "", "{bytes:?}");
        assert_eq!(written(&[&path]), "", "{bytes:?}");
        assert!(!written(&["info", &path]).is_empty());
        let json = written(&["export", &path, "--to", "json"]);
        assert_eq!(array(&value(&json), "posts").len(), 0);
        let again = folder.file("empty.json", &json);
        assert_eq!(written(&["export", &again, "--to", "json"]), json);
    }
}

#[test]
fn invalid_bytes_are_read_with_one_word_about_them() {
    let folder = Folder::new();
    let bytes = ["灯下有书".as_bytes(), b"\xff", "江上有雾".as_bytes(), b"\xe4\xb8\n"].concat();
    let path = folder.file("bytes.txt", bytes);
    let ran = shilu(&["print", &path]);
    assert_eq!(ran.code, Some(0));
    assert_eq!(ran.out, "灯下有书\u{fffd}江上有雾\u{fffd}\n");
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    assert!(ran.err.contains(&path) && ran.err.contains(" 2 "), "{}", ran.err);
}

#[test]
fn other_encodings_read_like_their_utf8_twins() {
    let folder = Folder::new();
    let text = "2018-01-09 07:34\n主持人\n质量提升，从今天开始。\n";
    let twin = written(&["print", &folder.file("utf8.txt", text)]);
    let gbk = folder.file("gbk.txt", GBK.encode(text).0);
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let utf16 = folder.file("utf16.txt", [&b"\xfe\xff"[..], &utf16].concat());
    assert_eq!(written(&["print", &gbk]), twin);
    assert_eq!(written(&["print", &gbk, "--encoding", "gb18030"]), twin);
    assert_eq!(written(&["print", &utf16]), twin);
}

#[test]
fn standard_input_is_read_like_a_file() {
    for arguments in [&["print"][..], &["export", "--to", "json"], &["play", "--dry-run", "--json"]] {
        let [from_file, from_input] =
            [demo().as_str(), "-"].map(|file| run(&[arguments, &[file]].concat(), DEMO.as_bytes()));
        assert_eq!((from_input.code, from_input.err.as_str()), (Some(0), ""), "{arguments:?}");
        assert_eq!(from_input.out, from_file.out, "{arguments:?}");
    }
    let info = value(&run(&["info", "--json", "-"], DEMO.as_bytes()).out);
    assert_eq!((info["file"].as_str(), number(&info, "bytes")), (Some("-"), DEMO.len() as i64));
    let broken = run(&["info", "-"], b"\x1f\x8b\x08");
    assert!(broken.err.starts_with("shilu: standard input: "), "{}", broken.err);
    assert_eq!((broken.code, broken.err.lines().count()), (Some(1), 1), "{}", broken.err);
}

/// A record of four posts by two people.
const EVENING: &str = "灯下夜谈\n\n2025-01-01 08:00\n\n主持人\n\n请谈质量。\n\n2025-01-01 08:05\n\n图书馆馆长陆知远\n\n质量很好。\n\n\
    2025-01-01 09:00\n\n图书馆馆长陆知远\n\n再说一句。\n\n2025-01-01 09:30\n\n主持人\n\n谢谢。\n";

#[test]
fn an_export_of_a_query_holds_the_posts_that_it_asks_for() {
    for (options, numbers) in [
        (&["--only", "质量"][..], &[1, 2][..]),
        (&["--only", "質量"], &[1, 2]),
        (&["--only", "!质量"], &[3, 4]),
        (&["--only", "！质量"], &[3, 4]),
        (&["--only", "from:陆知远"], &[2, 3]),
        (&["--only", "!from:陆知远"], &[1, 4]),
        (&["--only", "from:陆知远 质量"], &[2]),
        (&["--only", "role:host after:09:00"], &[4]),
        (&["--only", "质量", "--speaker", "主持人"], &[1]),
        (&["--only", "from:陆知远", "--since", "09:00"], &[3]),
        (&["--only", "!from:陆知远", "--until", "08:05"], &[1]),
        (&["--only", ""], &[1, 2, 3, 4]),
    ] {
        let ran = run(&[&["export", "-", "--to", "csv"], options].concat(), EVENING.as_bytes());
        assert_eq!(ran.code, Some(0), "{options:?}: {}", ran.err);
        let rows = ran.out.lines().skip(1).filter_map(|row| row.split(',').next()?.parse::<usize>().ok());
        assert_eq!(rows.collect::<Vec<_>>(), numbers, "{options:?}");
    }
}

#[test]
fn an_export_of_no_post_or_of_a_broken_query_is_a_sentence() {
    for (options, code, words) in [
        (&["--only", "没有的话"][..], 1, "没有这样的发言"),
        (&["--only", "!"], 1, "没有这样的发言"),
        (&["--only", "from:无人"], 1, "--only: 没有发言人叫 无人"),
        (&["--only", "质量", "--marks"], 1, "没有这样的发言"),
        (&["--only", "re:("], 2, "--only re:(: "),
        (&["--only", "after:\u{1b}[31m"], 2, "--only after:␛[31m: "),
        (&["--only", "质量", "--to", "asciicast"], 2, "--to asciicast: "),
    ] {
        let to = if options.contains(&"--to") { &[][..] } else { &["--to", "csv"] };
        let arguments = [&["export", "-", "--lang", "zh"], to, options].concat();
        let ran = run(&arguments, EVENING.as_bytes());
        assert_eq!((ran.code, ran.out.as_str()), (Some(code), ""), "{options:?}: {}", ran.err);
        assert!(ran.err.contains(words) && ran.err.lines().count() == 1, "{options:?}: {}", ran.err);
    }
}

#[test]
fn an_export_to_a_file_is_whole_or_not_there() {
    let folder = Folder::new();
    let to_file = |out: &str| shilu(&["export", &demo(), "--to", "json", "-o", out]);
    let whole = written(&["export", &demo(), "--to", "json"]);
    let path = folder.file("out.json", "old");
    assert_eq!(to_file(&path).code, Some(0));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), whole);
    assert_eq!(folder.names(), ["out.json"]);
    std::fs::create_dir(folder.path("taken")).unwrap();
    for out in [folder.path("taken"), folder.path("nowhere/out.json")] {
        let ran = to_file(&out);
        assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""), "{out}");
        assert!(ran.err.lines().count() == 1 && ran.err.contains(&out), "{}", ran.err);
    }
    let missing = folder.path("missing.txt");
    assert_eq!(shilu(&["export", &missing, "--to", "json", "-o", &path]).code, Some(1));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), whole);
    assert_eq!(folder.names(), ["out.json", "taken"]);
}

// Third-party records

#[test]
fn the_record_of_2018_is_read_whole() {
    let Some(path) = shared("transcripts/quality-2018.txt") else {
        say("third-party cases run: 0");
        return;
    };
    let info = value(&written(&["info", "--json", &path]));
    for (field, expected) in [
        ("posts", 129),
        ("paragraphs", 178),
        ("chars", 23_904),
        ("turns", 55),
        ("span_ms", 36_360_000),
        ("resolution_ms", MINUTE),
    ] {
        assert_eq!(number(&info, field), expected, "{field}");
    }
    assert_eq!(array(&info, "speakers").len(), 28);
    let json = written(&["export", &path, "--to", "json"]);
    let folder = Folder::new();
    let again = folder.file("again.json", &json);
    assert_eq!(written(&["export", &again, "--to", "json"]), json);
    let lines = dry_run(&path, &["--gaps", "real"]);
    let times = show_times(&lines);
    assert_eq!(times.len(), 129);
    assert_eq!(times[128] - times[0], 36_360_000);
    let stamp = 115 * MINUTE;
    let spread: Vec<i64> = lines
        .iter()
        .filter(|line| number(line, "at_ms") == stamp)
        .map(|line| number(line, "show_ms"))
        .collect();
    assert_eq!((spread.len(), spread[0]), (4, stamp));
    assert!(spread.is_sorted_by(|a, b| a < b) && spread[3] < stamp + MINUTE, "{spread:?}");
    assert_rows_obey_the_rules(&path);
    say("third-party cases run: 1");
}

#[test]
fn records_of_other_shapes_lose_no_word() {
    let Some(folder) = shared("cases/zhibo") else {
        say("third-party cases run: 0");
        return;
    };
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|end| end == "txt")).collect();
    for file in &files {
        let path = file.to_str().unwrap();
        let export = value(&written(&["export", path, "--to", "json"]));
        let speakers = array(&export, "speakers");
        let mut told = String::new();
        for post in array(&export, "posts") {
            told.push_str(speakers[number(post, "speaker") as usize - 1]["label"].as_str().unwrap());
            told.extend(array(post, "body").iter().filter_map(Value::as_str));
        }
        // Marks around a name are no words, and what stands first is the title.
        let marks = ['[', ']', '【', '】', ':', '：'];
        let ink = |text: &str| ink(text).replace(marks, "");
        let told = ink(&told);
        let printed = ink(&written(&["print", path]));
        let title = export["meta"]["title"].as_str().map(ink);
        let source = std::fs::read_to_string(file).unwrap();
        let stamped = export["meta"]["clock"] == "wall";
        let is_stamp = |line: &str| stamped && shilu::format::parse_stamp(line).is_some();
        let lines =
            source.lines().skip_while(|line| stamped && !is_stamp(line)).filter(|line| !is_stamp(line));
        for line in lines {
            let line = ink(line);
            let is_told = told.contains(&line) || printed.contains(&line) || title.as_ref() == Some(&line);
            assert!(is_told, "{line} of {path}");
        }
    }
    assert_eq!(files.len(), 9);
    say(&format!("third-party cases run: {}", files.len()));
}

#[test]
fn live_text_is_read_as_expected() {
    let name = "01_time_speaker_body_blankline.txt";
    let (Some(path), Some(expected)) =
        (shared(&format!("cases/zhibo/{name}")), shared("cases/zhibo/expected.json"))
    else {
        say("third-party cases run: 0");
        return;
    };
    let expected = &value(&std::fs::read_to_string(expected).unwrap())[name];
    let export = value(&written(&["export", &path, "--to", "json"]));
    let posts = array(&export, "posts");
    assert_eq!(posts.len() as i64, number(expected, "posts"));
    let labels: Vec<&Value> = array(&export, "speakers").iter().map(|speaker| &speaker["label"]).collect();
    assert_eq!(labels, array(expected, "speakers").iter().collect::<Vec<_>>());
    let counts: Vec<Value> = posts.iter().map(|post| array(post, "body").len().into()).collect();
    assert_eq!(counts, array(expected, "paragraphs"));
    assert_eq!(
        (export["meta"]["clock"].as_str(), number(&export["meta"], "resolution_ms")),
        (Some("wall"), MINUTE)
    );
    say("third-party cases run: 1");
}

#[test]
fn a_broken_file_of_corrections_is_one_sentence_and_no_obstacle() {
    let folder = Folder::new();
    let record = folder.file("talk.txt", DEMO);
    let [printed, info] = [&["print", &record][..], &["info", "--why", &record]].map(written);
    folder.file("talk.txt.shilu.toml", "[[speaker]]\nbyline = \"无此人\"\nname = \"某\"\n");
    assert_eq!(written(&["print", &record]), printed);
    let told = written(&["info", "--why", &record]);
    assert_eq!(told, format!("{info}   –  无此人 — corrected, and nobody in the record\n"));
    for (text, lang, sentence) in [
        ("\n[[speaker]]\n", "en", ":2: byline is missing; its corrections are left out"),
        ("\n[[speaker]]\n", "zh", ":2: 缺 byline; 更正未采用"),
        ("speaker = 1", "en", ":1: speaker has to be an array of tables; its corrections are left out"),
        ("speaker = 1", "zh", ":1: speaker 应为表数组; 更正未采用"),
        ("[x", "en", ":1: broken TOML: "),
    ] {
        let path = folder.file("talk.txt.shilu.toml", text);
        let ran = shilu(&["info", "--lang", lang, &record]);
        assert_eq!(ran.code, Some(0));
        assert!(ran.err.starts_with(&format!("shilu: {path}{sentence}")), "{}", ran.err);
        assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
        assert!(!ran.out.is_empty());
    }
}
