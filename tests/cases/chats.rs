//! Chats.

#![expect(clippy::unwrap_used, reason = "a case that cannot be read fails the test")]

use super::table::{Table, cases, files, name, read, same, told};
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy};
use proptest::sample::select;
use proptest::test_runner::Config;
use proptest::{prop_oneof, proptest};
use serde_json::Value;
use shilu::choice::Format;
use shilu::format::{Forced, read_bytes};
use shilu::transcript::{Kind, PostId, Remark, Transcript};
use std::path::{Path, PathBuf};

/// The formats of chats that are text.
const OWN: [Format; 6] =
    [Format::Qq, Format::Wechat, Format::Whatsapp, Format::Irc, Format::Meeting, Format::Spacelog];

pub fn run(table: &mut Table) {
    if let Some(folder) = cases("qq/qq-chat-history") {
        qq(&folder, table);
    }
    if let Some(folder) = cases("whatsapp") {
        locales(&folder.join("whatsapp-chat-parser/locale_lines.json"), table);
        chat_miner(&folder.join("chat-miner"), table);
    }
    if let Some(folder) = cases("irc") {
        irc(&folder, table);
    }
    if let Some(file) = cases("vtt/zoom/meeting001_chat.txt") {
        table.case("meeting: chat of Zoom", "meeting001_chat.txt", zoom(&file));
    }
    if let Some(folder) = cases("zhibo") {
        for file in [files(&folder, "txt"), files(&folder.join("../../transcripts"), "txt")].concat() {
            table.case("texts that are no chats", &name(&file), is_not_ours(&file));
        }
    }
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// The lines of a body that are not blank.
fn body(transcript: &Transcript, id: PostId) -> String {
    let body = transcript.body(id);
    body.lines().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("\n")
}

fn label(transcript: &Transcript, id: PostId) -> String {
    transcript.speaker(transcript.speaker_of(id)).label.clone()
}

fn time(transcript: &Transcript, id: PostId) -> Option<String> {
    let moment = transcript.post(id).start.and_then(|start| transcript.meta.moment(start))?;
    Some(moment.format("%Y-%m-%dT%H:%M:%S").to_string())
}

/// Posts of people, as `time`, `name`, `words`.
fn said(transcript: &Transcript) -> Vec<[String; 3]> {
    let ids = transcript.ids().filter(|&id| transcript.post(id).kind == Kind::Speech);
    ids.map(|id| [time(transcript, id).unwrap_or_default(), label(transcript, id), body(transcript, id)])
        .collect()
}

fn expected(posts: &Value, keys: [&str; 3]) -> Vec<[String; 3]> {
    let text = |post: &Value, key: &str| post[key].as_str().unwrap_or_default().to_owned();
    posts.as_array().unwrap().iter().map(|post| keys.map(|key| text(post, key))).collect()
}

fn qq(folder: &Path, table: &mut Table) {
    let wanted = json(&folder.join("expected.json"));
    for (file, posts) in wanted.as_object().unwrap() {
        let (transcript, facts) = read(&folder.join(file));
        let result = told(&facts, Format::Qq)
            .and_then(|()| same("posts", said(&transcript), expected(posts, ["time", "name", "content"])));
        table.case("qq: qq-chat-history", file, result);
    }
}

fn locales(file: &Path, table: &mut Table) {
    for case in json(file).as_array().unwrap() {
        let (name, input) = (case["name"].as_str().unwrap(), case["input"].as_str().unwrap());
        let (transcript, facts) = read_bytes(input.as_bytes(), Forced::default()).unwrap();
        let result = told(&facts, Format::Whatsapp).and_then(|()| locale(&transcript, &case["expect"]));
        table.case("whatsapp: whatsapp-chat-parser", name, result);
    }
}

fn locale(transcript: &Transcript, wanted: &Value) -> Result<(), String> {
    same("posts", transcript.len(), wanted["posts"].as_u64().unwrap_or(1) as usize)?;
    let id = PostId::new(0);
    let is_system = transcript.post(id).kind == Kind::System;
    same("system", Some(is_system), wanted["system"].as_bool())?;
    if let Some(moment) = wanted["time"].as_str() {
        same("time", time(transcript, id).as_deref(), Some(moment))?;
    }
    if let Some(author) = wanted.get("author") {
        same("author", label(transcript, id), author.as_str().unwrap_or_default().to_owned())?;
    }
    match wanted["message"].as_str() {
        Some(message) => same("message", &*transcript.body(id), message),
        None => Ok(()),
    }
}

fn chat_miner(folder: &Path, table: &mut Table) {
    let mut wanted = expected(&json(&folder.join("target.json")), ["timestamp", "author", "message"]);
    wanted.reverse();
    for file in files(folder, "txt") {
        let (transcript, facts) = read(&file);
        let posts =
            said(&transcript).into_iter().map(|[time, name, words]| [time, name, words.replace('\n', " ")]);
        let result = told(&facts, Format::Whatsapp)
            .and_then(|()| same("posts", posts.collect(), wanted.clone()))
            .and_then(|()| same("all posts", transcript.len(), 9));
        table.case("whatsapp: chat-miner", &name(&file), result);
    }
}

fn irc(folder: &Path, table: &mut Table) {
    for file in files(folder, "txt") {
        let text = std::fs::read_to_string(&file).unwrap();
        let (transcript, facts) = read(&file);
        let result = told(&facts, Format::Irc).and_then(|()| ubuntu(&text, &transcript));
        table.case("irc: #ubuntu", &name(&file), result);
    }
}

/// Every line is a post, with its name and all of its words.
fn ubuntu(text: &str, transcript: &Transcript) -> Result<(), String> {
    same("posts", transcript.len(), text.lines().count())?;
    for (line, id) in text.lines().zip(transcript.ids()) {
        let (name, body) = (label(transcript, id), transcript.body(id));
        same(line, line.ends_with(&*body) && line.contains(&name), true)?;
        same(line, transcript.post(id).kind == Kind::Speech, line.contains("] <"))?;
        if let Some((time, rest)) = line.split_once("] ").filter(|_| line.starts_with('[')) {
            same(
                line,
                rest.len() - body.len(),
                if rest.starts_with('<') { name.len() + 3 } else { name.len() + 4 },
            )?;
            let minutes = transcript.post(id).start.unwrap_or_default() / 60_000;
            let printed = |hour: i64| format!("[{hour:02}:{:02}", minutes % 60);
            // One of the two has a clock of twelve hours.
            let hour = minutes / 60;
            same(line, [hour, hour - 12].map(printed).iter().any(|printed| printed == time), true)?;
        }
    }
    Ok(())
}

fn zoom(file: &Path) -> Result<(), String> {
    let (transcript, facts) = read(file);
    told(&facts, Format::Meeting)?;
    for (line, id) in std::fs::read_to_string(file).unwrap().lines().zip(transcript.ids()) {
        let mut parts = line.splitn(3, '\t');
        let (_, name, words) = (parts.next(), parts.next().unwrap(), parts.next().unwrap());
        same(
            line,
            [label(&transcript, id) + ":", body(&transcript, id)],
            [name.to_owned(), words.to_owned()],
        )?;
    }
    let (first, last) = (PostId::new(0), PostId::new(9));
    let times = [first, last].map(|id| transcript.post(id).start);
    same("times", times, [Some(1_274_000), Some(2_209_000)])?;
    same("posts", transcript.len(), 10)
}

fn is_not_ours(file: &Path) -> Result<(), String> {
    let (_, facts) = read(file);
    let ours = facts.detection.map(|found| found.format).filter(|format| OWN.contains(format));
    same("format", ours, None)
}

/// Short texts, with the format that they are.
const SHORT: [(&str, Format); 34] = [
    ("[12:18] <ann> hi\n[12:19] <bob> yes\n", Format::Irc),
    ("<ann> hi\n<bob> yes\n<ann> so\n", Format::Irc),
    ("12:18 -!- ann [a@b.c] has joined #x\n12:19 <@ann> hi\n12:20 < bob> yes\n", Format::Irc),
    ("2009-10-01 17:00:01\t@ann\thi\n2009-10-01 17:00:05\tbob\tyes\n", Format::Irc),
    ("[2009-10-01 17:00:01] <ann> hi\n[2009-10-01 17:00:05] <bob> yes\n", Format::Irc),
    ("[13/06/18, 21:25:15] Ann: hi\n[13/06/18, 21:25:20] Bob: yes\n", Format::Whatsapp),
    ("13/06/18, 21:25 - Ann: hi\n13/06/18, 21:26 - Bob: <Media omitted>\n", Format::Whatsapp),
    ("2023/3/4 下午1:55 - 小鹿: 早\n2023/3/4 下午1:56 - 小王: 嗯\n", Format::Whatsapp),
    ("[00:12] Ann: hi\n[00:15] Bob: yes\n", Format::Meeting),
    ("(00:12) Ann: hi\n(00:15) Bob: yes\n", Format::Meeting),
    ("Ann Lee  0:12\nhi\n\nBob  0:15\nyes\n", Format::Meeting),
    ("发言人1 00:12\n大家好。\n发言人2 00:15\n好。\n", Format::Meeting),
    ("0:0:0.0 --> 0:0:2.1\nAnn\nhi\n0:0:2.1 --> 0:0:3.0\nBob\nyes\n", Format::Meeting),
    ("00:21:14\tAnn Lee:\thi\n00:21:20\tBob:\tyes\n", Format::Meeting),
    ("[00:00:04:12]\nCC: Go.\n\n[00:00:04:20]\nCDR: Roger.\n", Format::Spacelog),
    ("2021-03-04 12:34:56 小鹿(10001)\n早\n\n2021-03-04 12:35:00 小王<a@b.c>\n嗯\n", Format::Qq),
    ("2021-03-04 12:34:56 小鹿\n早\n\n2021-03-04 12:35:00 小王\n嗯\n", Format::Qq),
    ("小鹿 2021/3/4 12:34\n早\n小王 2021/3/4 12:35\n嗯\n", Format::Wechat),
    ("—————  2021-03-04  —————\n\n小鹿  12:34\n\n早\n", Format::Wechat),
    ("小鹿:\n早\n\n小王:\n嗯\n\n小鹿:\n走\n", Format::Wechat),
    ("2021-03-04 12:34\n小鹿\n早\n2021-03-04 12:35\n小王\n嗯\n", Format::Zhibo),
    // Eggdrop, which puts no sign before what it says.
    (
        "[00:00] --- Tue Jan  6 2009\n[00:03] <ann> hi\n[00:04] Action: bob waves\n[00:05] carol (c@h) joined #chan.\n[00:06] Nick \
         change: bob -> bobby\n[00:07] carol (c@h) left irc: Ping timeout\n[00:08] #chan: mode change '+o b' by s\n[00:09] <b> bye\n",
        Format::Irc,
    ),
    (
        "[00:03:01] <ann> hi\n[00:05:02] carol (c@h.org) joined #chan.\n[00:06:03] <bob> yes\n[00:06:09] Nick change: bob -> \
         bobby\n[00:06:10] <bobby> so\n",
        Format::Irc,
    ),
    ("2024-01-05T10:00:00+0000 <ann> hi\n2024-01-05T10:00:05+0000 <bob> yes\n", Format::Irc),
    // The time stands behind the words.
    (
        "[主持人]：\n各位好。\n[14:05]\n[张三]：\n大家好。\n[14:06]\n[主持人]：\n请。\n[14:07]\n[张三]：\n好。\n[14:08]\n",
        Format::Dialogue,
    ),
    ("10:12:34\t From Ann Lee : hi\n10:12:40\t From Bob to Ann (Privately) : yes\n", Format::Meeting),
    ("0:03 | Ann: hi\n0:05 | (Moderator) Bob: yes\n", Format::Meeting),
    // A part of what Otter writes.
    ("Emma  9:50\nHello.\n\nSidney  9:55\nHi.\n\nEmma  10:15\nSo.\n", Format::Meeting),
    ("Emma  54:50\nHello.\n\nSidney  54:52\nHi.\n\nEmma  1:02:03\nSo.\n", Format::Meeting),
    (
        "Emma  54:50  \nHello.\n\nSidney  54:52  \nHi.\n\nEmma  55:21  \nSo.\n\nSidney  1:02:03  \nYes.\n",
        Format::Meeting,
    ),
    ("Emma  9:50\n早\n\nSidney  10:55\n嗯\n\n小王  10:59\n好\n", Format::Wechat),
    (
        "产品评审会\n2024年1月5日 上午 10:00|1小时\n\n关键词:\n产品、评审\n\n小王 00:05\n大家好\n\n小鹿 00:09\n好\n",
        Format::Meeting,
    ),
    (
        "会议主题：产品周会\n会议时间：2024-01-05 10:00\n\n小王(00:00:05):\n大家好\n\n小鹿(00:00:09):\n好\n",
        Format::Meeting,
    ),
    ("只是一些话。\n\n3:2 是比分。\n", Format::Plain),
];

#[test]
fn short_texts_are_told_apart() {
    for (text, expected) in SHORT {
        let (_, facts) = read_bytes(text.as_bytes(), Forced::default()).unwrap();
        assert_eq!(facts.detection.map(|found| found.format), Some(expected), "{text}");
    }
    // Lyrics, subtitles and dialogues have formats of their own.
    for text in [
        "[00:12.50]words\n[00:15.10]of a song\n[00:18.00]go on\n",
        "1\n00:00:01,000 --> 00:00:02,000\nAnn: hi\n\n2\n00:00:02,000 --> 00:00:03,000\nyes\n",
        "主持人:大家好。\n嘉宾:你好。\n主持人:请。\n",
        "[主持人]大家好。\n[嘉宾]你好。\n",
        "<p>hi</p>\n<p>yes</p>\n<p>so</p>\n",
        "8:30\n开门\n9:00\n开会\n12:00\n吃饭\n",
    ] {
        let (_, facts) = read_bytes(text.as_bytes(), Forced::default()).unwrap();
        assert!(facts.detection.is_some_and(|found| !OWN.contains(&found.format)), "{text}: {facts:?}");
    }
}

/// Title, lead, and posts as `time !kind label: body`.
fn read_short(text: &str) -> (Option<String>, Vec<String>, Vec<String>) {
    let (transcript, _) = read_bytes(text.as_bytes(), Forced::default()).unwrap();
    let posts = transcript.ids().map(|id| {
        let kind = transcript.post(id).kind;
        let mark = if kind == Kind::Speech { String::new() } else { format!("!{} ", kind.name()) };
        let time = transcript.start(id).map_or("-".to_owned(), |start| (start / 1000).to_string());
        format!("{time} {mark}{}: {}", label(&transcript, id), body(&transcript, id))
    });
    let posts = posts.collect();
    (transcript.meta.title.clone(), transcript.meta.lead.clone(), posts)
}

#[test]
fn what_stands_before_the_first_post_is_kept() {
    for (text, title, lead) in [
        (
            "产品评审会\n2024年1月5日 上午 10:00|1小时\n\n关键词:\n产品、评审\n\n小王 00:05\n大家好\n\n小鹿 00:09\n好\n",
            Some("产品评审会"),
            &["2024年1月5日 上午 10:00|1小时", "关键词:", "产品、评审"][..],
        ),
        (
            "会议时间：2024-01-05 10:00\n会议主题：产品周会\n\n小王(00:00:05):\n大家好\n\n小鹿(00:00:09):\n好\n",
            Some("产品周会"),
            &["会议时间：2024-01-05 10:00"],
        ),
        (
            "January 5, 2024, 10:00AM\n\nAnn started transcription\n\nAnn Lee   0:03\nhi\n\nBob   0:05\nyes\n",
            None,
            &["January 5, 2024, 10:00AM", "Ann started transcription"],
        ),
        ("春游群\n共 2 人\n\n—————  2021-03-04  —————\n\n小鹿  12:34\n\n早\n", Some("春游群"), &["共 2 人"]),
        ("春游群\n[13/06/18, 21:25:15] Ann: hi\n[13/06/18, 21:25:20] Bob: yes\n", None, &["春游群"]),
        (
            "春游群\n\n2021-03-04 12:34:56 小鹿(10001)\n早\n\n2021-03-04 12:35:00 小王(10002)\n嗯\n",
            None,
            &["春游群"],
        ),
        ("Our mission\n[00:00:04:12]\nCC: Go.\n\n[00:00:04:20]\nCDR: Roger.\n", None, &["Our mission"]),
        ("标题\n导语\n2021-03-04 12:34\n小鹿\n早\n2021-03-04 12:35\n小王\n嗯\n", Some("标题"), &["导语"]),
    ] {
        let (found, kept, posts) = read_short(text);
        assert_eq!(
            (found.as_deref(), &kept[..]),
            (title, &lead.iter().map(|&line| line.to_owned()).collect::<Vec<_>>()[..])
        );
        assert!(!posts.is_empty(), "{text}");
    }
}

#[test]
fn lines_that_were_misread_are_read() {
    for (text, expected) in [
        (
            SHORT[21].0,
            &[
                "0 ann: hi",
                "60 !action bob: waves",
                "120 !system : carol (c@h) joined #chan.",
                "180 !system : Nick change: bob -> bobby",
                "240 !system : carol (c@h) left irc: Ping timeout",
                "300 !system : #chan: mode change '+o b' by s",
                "360 b: bye",
            ][..],
        ),
        (
            "Session Start: Tue Jan 06 20:15:30 2009\n[20:15] <ann> hi\n[20:16] <bob> yes\n",
            &["0 !system : Session Start: Tue Jan 06 20:15:30 2009", "0 ann: hi", "60 bob: yes"],
        ),
        (
            "10:12:34\t From Ann Lee : hi\n10:12:40\t From Bob to Ann (Privately) : yes\n10:12:41\t From Ann Lee to Everyone: so\n",
            &["36754 Ann Lee: hi", "36760 Bob: yes", "36761 Ann Lee: so"],
        ),
        ("0:03 | Ann: hi\n0:05 | (Moderator) Bob: yes\n", &["3 Ann: hi", "5 Bob: yes"]),
        (
            "2020-09-03 17:25:35 | Ann: hi\n2020-09-03 17:25:36 | (Moderator) Bob: yo\n2020-09-03 17:25:37 | Ann: so\n",
            &["0 Ann: hi", "1 Bob: yo", "2 Ann: so"],
        ),
        (
            "Ann  0:03\nhi\n\nBob  0:05\nyes\n\nTranscribed by https://otter.ai\n",
            &["3 Ann: hi", "5 Bob: yes", "- !note : Transcribed by https://otter.ai"],
        ),
        (
            "Ann   0:03\nhi\n\nBob   0:05\nyes\n\nAnn Lee stopped transcription\n",
            &["3 Ann: hi", "5 Bob: yes", "- !system : Ann Lee stopped transcription"],
        ),
        (
            "2021-03-04 12:34:56 小鹿(10001)\n早\n\n2021-03-04 12:35:00 系统消息(10000)\n一\n\n2021-03-04 12:35:01 系统消息(1000000)\n二\n",
            &["0 小鹿: 早", "4 !system 系统消息: 一", "5 !system 系统消息: 二"],
        ),
        (
            "[00:00:04:12]\n_images: [\n    {\n        \"url\": \"a.jpg\",\n        caption: b\n    }\n]\nCC: Go.\n\n\
             [00:00:04:20]\nCDR: Roger.\n",
            &["252 CC: Go.", "260 CDR: Roger."],
        ),
    ] {
        assert_eq!(read_short(text).2, expected, "{text}");
    }
    let text = "各位网友大家好。(2010-03-05 09:30)\n\n王教授：\n谢谢。(2010-03-05 09:31)\n";
    let (_, facts) = read_bytes(text.as_bytes(), Forced::default()).unwrap();
    assert!(facts.detection.is_some_and(|found| found.format != Format::Wechat));
    let (_, facts) =
        read_bytes(b"[12:58] <ann> hi\n[12:59] <bob> yes\n[01:00] <ann> so\n", Forced::default()).unwrap();
    assert_eq!(facts.remarks.iter().collect::<Vec<_>>(), [(Remark::TwelveHours, 1, 3)]);
}

/// Everything of ours, and the short texts.
fn texts() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples");
    let samples: Vec<PathBuf> = OWN.iter().map(|format| folder.join(format.name())).collect();
    let folders = ["qq/qq-chat-history", "whatsapp/chat-miner", "irc"].into_iter().filter_map(cases);
    let files = folders.flat_map(|folder| files(&folder, "txt")).chain(samples);
    let texts = files.map(|file| std::fs::read_to_string(file).unwrap());
    texts.chain(SHORT.iter().map(|(text, _)| (*text).to_owned())).collect()
}

#[test]
fn a_text_that_is_cut_anywhere_is_read() {
    for text in texts() {
        let step = (text.len() / 300).max(1);
        for end in (0..text.len()).step_by(step) {
            let cut = &text.as_bytes()[..end];
            let own = read_bytes(&text.as_bytes()[end..], Forced::default()).unwrap();
            let told = read_bytes(cut, Forced::default()).unwrap();
            assert!(told.0.len() + own.0.len() <= text.lines().count() + 1);
        }
    }
}

#[test]
fn very_long_names_and_lines_are_read() {
    let long = "n".repeat(10_000);
    for text in [
        format!("[12:18] <{long}> hi\n[12:19] <a> b\n"),
        format!("13/06/18, 21:25 - {long}: hi\n13/06/18, 21:26 - a: b\n"),
        format!("{long} 0:12\nhi\n\na 0:15\nb\n"),
        format!("2021-03-04 12:34:56 {long}(10001)\nhi\n\n2021-03-04 12:35:00 a(1002)\nb\n"),
        format!("{long} 2021/3/4 12:34\nhi\na 2021/3/4 12:35\nb\n"),
        format!("[00:00:04:12]\n{long}: hi\n[00:00:04:13]\na: b\n"),
    ] {
        for format in OWN {
            let forced = Forced { format: Some(format), ..Forced::default() };
            let (transcript, _) = read_bytes(text.as_bytes(), forced).unwrap();
            assert!(transcript.speakers().iter().all(|speaker| speaker.label.len() < 1000), "{format:?}");
        }
    }
}

/// Lines that are pieces of these formats, and of none.
fn any_line() -> impl Strategy<Value = String> {
    let pieces = [
        "[",
        "]",
        "<",
        ">",
        "ann",
        "小鹿",
        ": ",
        ":",
        "：",
        " - ",
        "12:18",
        "0:12",
        "2021-03-04",
        "13/06/18",
        ",",
        " ",
        "\t",
        "(10001)",
        "<a@b.c>",
        "---",
        "* ",
        "-!- ",
        "From ",
        " to Everyone",
        "-->",
        "Log opened Mon Nov 15 2004",
        "—————",
        "上午",
        "p. m.",
        "\u{200e}",
        "\u{202f}",
        "=",
        "消息对象:",
        "_note : ",
        "\u{3}4,",
        "99",
        "٣",
        "é",
        "\u{feff}",
    ];
    prop_oneof![3 => vec(select(pieces.to_vec()), 0..9).prop_map(|parts| parts.concat()), 1 => Just(String::new()), 1 => ".{0,20}"]
}

proptest! {
    #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(300) })]

    #[test]
    fn any_text_is_read_by_each_format(lines in vec(any_line(), 0..12)) {
        let text = lines.join("\n");
        for format in OWN {
            let forced = Forced { format: Some(format), ..Forced::default() };
            let (transcript, _) = read_bytes(text.as_bytes(), forced).unwrap();
            for id in transcript.ids() {
                let _ = transcript.body(id).len();
            }
        }
        read_bytes(text.as_bytes(), Forced::default()).unwrap();
    }
}
