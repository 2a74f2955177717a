//! `shilu check`: each rule finds what it is for, and leaves alone what only looks like it.

mod broadcasts;
mod hostile_cases;
mod program;
mod say;

use broadcasts::broadcast;
use hostile_cases::{cases, is_harmful};
use program::run;
use say::say;
use shilu::check::{Finding, Level, Read, Rule, findings};
use shilu::command::DEMO;
use shilu::format::{Forced, read_bytes};
use shilu::structure::Structure;
use shilu::transcript::{PostId, Remarks};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

const SEEDS: u64 = 100;

/// What is found in a record that is read from bytes.
fn check(bytes: &[u8]) -> Vec<Finding> {
    let (transcript, facts) = read_bytes(bytes, Forced::default()).expect("a record");
    let replaced = facts.notice.map_or(0, |notice| notice.replaced);
    findings(
        &transcript,
        &Structure::of(&transcript),
        Read { replaced, remarks: Remarks::default(), has_lines: true },
    )
}

/// A record of (minute of the day, byline, body).
fn record(posts: &[(u32, &str, &str)]) -> String {
    let mut text = String::new();
    for (minute, label, body) in posts {
        let (day, hour, minute) = (1 + minute / 1440, minute / 60 % 24, minute % 60);
        write!(text, "2025-03-{day:02} {hour:02}:{minute:02}\n\n{label}\n\n{body}\n\n").expect("memory");
    }
    text
}

/// (line, post, rule) of what is found.
fn told(text: &str) -> Vec<(Option<u32>, Option<usize>, &'static str)> {
    let told = |finding: &Finding| (finding.line, finding.post.map(PostId::number), finding.rule().name());
    check(text.as_bytes()).iter().map(told).collect()
}

/// The posts in which a rule finds something, by number.
fn posts(text: &str, rule: Rule) -> Vec<usize> {
    let found = check(text.as_bytes());
    found
        .iter()
        .filter(|found| found.rule() == rule)
        .filter_map(|found| found.post)
        .map(PostId::number)
        .collect()
}

const ADMIN: &str = "直播管理员";
const HOST: &str = "主持人";

// Names

#[test]
fn one_person_spelled_in_two_ways_is_found_where_the_odd_spelling_stands() {
    let guest = (483, "某市档案馆馆长陆知远", "早。");
    let (asked, other) = ((481, HOST, "陆志远馆长您好!"), (481, HOST, "陆知远馆长您好!"));
    let (shown, odd) = ((490, ADMIN, "某市档案馆馆长:陆志远"), (490, ADMIN, "某市档案馆馆长:陆知远"));
    for (posts, expected) in [
        (&[asked, guest, shown][..], vec![(Some(9), Some(2), "near-duplicate-name")]),
        (&[other, guest, shown], vec![(Some(17), Some(3), "near-duplicate-name")]),
        (&[asked, guest, odd], vec![(Some(5), Some(1), "near-duplicate-name")]),
        (&[asked, guest], vec![(Some(5), Some(1), "near-duplicate-name")]),
        (&[other, guest, odd], vec![]),
    ] {
        assert_eq!(told(&record(posts)), expected, "{posts:?}");
    }
}

#[test]
fn bylines_of_one_person_are_found_and_people_who_merely_look_alike_are_not() {
    let one = |labels: &[&str]| {
        let posts: Vec<_> = (480..).zip(labels).map(|(minute, &label)| (minute, label, "好。")).collect();
        posts_of(&record(&posts))
    };
    for labels in [
        ["某省应急局局长王建国", "某省应急局局长王建军"],
        ["某省应急局局长王建军", "某省应急局局长王军"],
        ["某市第一医院医师毕可新", "某市第一医院医师毕克新"],
        ["Ann Lee", "Ann\u{a0}Lee"],
        ["林溪", "林 溪"],
        ["ＡＢ学社", "AB学社"],
        ["阿依古丽·买买提", "阿依古丽・买买提"],
        ["网友小鱼", "网友小鱼："],
    ] {
        assert_eq!(one(&labels), [2], "{labels:?}");
    }
    for labels in [
        ["某省应急局局长王建国", "某省水利局局长王建军"],
        ["某省应急局局长王建国", "某省应急局副局长王建军"],
        ["某省应急局副局长王建国", "某省应急局副局长王建军"],
        ["某省应急局局长王建国", "某省应急局局长李志军"],
        ["某市第一医院医师王建国", "某市第一医院医师王建军"],
        ["网友小鱼", "网友小雨"],
        ["王芳", "王方"],
        ["主持人", "主持人王芳"],
    ] {
        assert_eq!(one(&labels), [0; 0], "{labels:?}");
    }
}

fn posts_of(text: &str) -> Vec<usize> {
    posts(text, Rule::NearDuplicateName)
}

#[test]
fn two_who_are_each_shown_by_a_caption_are_two() {
    let (one, other) = ("某省应急局局长王建国", "某省应急局局长王建军");
    let captions = [(483, ADMIN, "某省应急局局长:王建国"), (484, ADMIN, "某省应急局局长:王建军")];
    let text =
        record(&[(480, HOST, "好。"), (481, one, "好。"), (482, other, "好。"), captions[0], captions[1]]);
    assert_eq!(told(&text), []);
}

#[test]
fn a_hundred_thousand_speakers_are_looked_at_in_no_time() {
    let mut text = String::new();
    for number in 0..100_000u32 {
        let name: String = [number / 1000, number / 30 % 34, number % 30]
            .iter()
            .filter_map(|digit| char::from_u32(0x4e00 + digit * 7))
            .collect();
        writeln!(text, "2025-03-01 08:00\n某省应急局局长王{name}\n好。").expect("memory");
    }
    let started = now();
    let found = check(text.as_bytes()).len();
    let took = started.elapsed();
    say(&format!("{found} findings among 100 000 speakers in {took:?}"));
    assert!(took < Duration::from_secs(20), "{took:?}");
}

#[expect(clippy::disallowed_methods, reason = "it is about time")]
fn now() -> Instant {
    Instant::now()
}

// Bylines and captions

#[test]
fn a_byline_that_is_cut_is_found() {
    let cut = (481, "云江市档案馆馆宇方远", "早。");
    let caption = (482, ADMIN, "云江市档案馆馆长:宇方远");
    assert_eq!(told(&record(&[cut, caption])), [(Some(3), Some(1), "damaged-byline")]);
    let alone = check(record(&[(481, "云江市档案馆馆方知远", "早。")]).as_bytes());
    assert_eq!((alone[0].rule(), alone[0].level()), (Rule::DamagedByline, Level::Warning));
    let mended = check(record(&[cut, caption]).as_bytes());
    assert_eq!(mended[0].level(), Level::Error);
    for label in ["云江市档案馆宇方远", "云江市档案馆馆长宇方远", "读者宇方远"] {
        assert_eq!(told(&record(&[(481, label, "早。"), caption])), [], "{label}");
    }
}

#[test]
fn captions_that_are_damaged_or_name_nobody_are_found() {
    let guest = (481, "某省监督局书记陆知远", "早。");
    let host = (480, HOST, "各位好。");
    let damaged = (482, ADMIN, "某省监督副局党组书记、局长:陆知远");
    assert_eq!(told(&record(&[host, guest, damaged])), [(Some(17), Some(3), "damaged-caption")]);
    let nobody = (482, ADMIN, "某市某校校长:王芳");
    assert_eq!(told(&record(&[host, guest, nobody])), [(Some(17), Some(3), "unmatched-caption")]);
    let odd = (482, ADMIN, "某省监督局书记:陆志远");
    assert_eq!(told(&record(&[host, guest, odd])), [(Some(17), Some(3), "near-duplicate-name")]);
    for body in ["某省监督局副局长、书记:陆知远", "直播开始啦!", "会议现场"] {
        let right = (482, ADMIN, body);
        assert_eq!(told(&record(&[host, guest, right])), [], "{body}");
    }
    assert_eq!(told(&record(&[guest, nobody])), [], "nobody hosts");
}

// Times

#[test]
fn a_stamp_that_goes_back_is_found() {
    let text = record(&[(485, "甲", "一"), (483, "乙", "二"), (484, "甲", "三")]);
    assert_eq!(told(&text), [(Some(7), Some(2), "disorder")]);
    let even = record(&[(485, "甲", "一"), (485, "乙", "二"), (486, "甲", "三")]);
    assert_eq!(told(&even), []);
}

#[test]
fn twelve_hours_or_a_day_back_are_told_as_a_slip() {
    for (before, behind, rule) in [
        (12 * 60 + 58, 62, "suspicious-gap"),
        (1440 + 23 * 60 + 58, 1442, "suspicious-gap"),
        (12 * 60 + 58, 3 * 60, "disorder"),
        (1440 + 60, 30, "disorder"),
    ] {
        let text = record(&[(before, "甲", "一"), (behind, "乙", "二")]);
        assert_eq!(told(&text), [(Some(7), Some(2), rule)], "{before} {behind}");
    }
}

#[test]
fn silence_is_suspicious_inside_a_turn_and_over_days_and_nowhere_else() {
    let talk = |from: u32| {
        (0..12).map(move |at| (from + at, if at % 3 == 0 { HOST } else { "某馆馆长陆知远" }, "好。"))
    };
    let noon: Vec<_> = talk(480).chain(talk(840)).chain(talk(1920)).collect();
    assert_eq!(told(&record(&noon)), [], "noon and a night");
    let mut torn: Vec<_> = talk(480).collect();
    torn.iter_mut().skip(5).for_each(|post| post.0 += 120);
    assert_eq!(told(&record(&torn)), [(Some(31), Some(6), "suspicious-gap")]);
    let mut days: Vec<_> = talk(480).chain(talk(840)).collect();
    days.iter_mut().skip(18).for_each(|post| post.0 += 9 * 1440);
    assert_eq!(posts(&record(&days), Rule::SuspiciousGap), [19]);
    let weekly: Vec<_> = (0..4).flat_map(|week| talk(480 + week * 7 * 1440)).collect();
    assert_eq!(told(&record(&weekly)), [], "every week");
}

#[test]
fn a_post_without_a_time_is_found_where_others_have_one() {
    let json = |clock: &str, times: [&str; 2]| {
        format!(
            r#"{{"schema": "shilu/1", "meta": {{"clock": "{clock}", "resolution_ms": 1000}}, "speakers": [{{"id": 1, "label": "甲"}}],
            "posts": [{{{}"speaker": 1, "body": ["一"]}}, {{{}"speaker": 1, "body": ["二"]}}]}}"#,
            times[0], times[1]
        )
    };
    assert_eq!(posts(&json("offset", ["\"start_ms\": 5, ", ""]), Rule::Unstamped), [2]);
    assert_eq!(check(json("none", ["", ""]).as_bytes()), []);
}

// Words

#[test]
fn paragraphs_that_have_run_together_are_found_line_by_line() {
    let body =
        "一句话。\u{a0}\u{a0}\u{a0} 又一句。    再一句。\n\n    缩进。 一个空格。\n第三句。   第四句。";
    let text = record(&[(480, "甲", body)]);
    assert_eq!(told(&text), [5, 8].map(|line| (Some(line), Some(1), "lost-paragraph-breaks")));
    for body in ["    缩进。\n一 二\u{a0}\u{a0}三", "甲   乙   丙", "末尾。     \n下一行。"] {
        assert_eq!(told(&record(&[(480, "甲", body)])), [], "{body:?}");
    }
}

#[test]
fn a_post_of_one_long_paragraph_is_worth_a_look() {
    let long = "话".repeat(1501);
    assert_eq!(told(&record(&[(480, "甲", &long)])), [(Some(5), Some(1), "lost-paragraph-breaks")]);
    let parted = format!("{}\n{long}", "话".repeat(20));
    for body in ["话".repeat(1500), parted, "words ".repeat(700)] {
        assert_eq!(told(&record(&[(480, "甲", &body)])), []);
    }
}

#[test]
fn a_mark_without_its_other_half_is_found_in_its_line() {
    let text = record(&[(480, "甲", "一\n二“三\n四"), (481, "乙", "五”")]);
    let expected = [(Some(6), Some(1), "unbalanced-quotes"), (Some(13), Some(2), "unbalanced-quotes")];
    assert_eq!(told(&text), expected);
    for body in ["他说:“好(很好)。”", "it’s ‘fine’ :)", "1)一;2)二", "“一。\n“二。”"]
    {
        assert_eq!(told(&record(&[(480, "甲", body)])), [], "{body}");
    }
}

#[test]
fn a_quotation_goes_on_in_the_next_post_of_the_same_speaker() {
    let whole = [(480, "甲", "他说:“一。"), (481, "甲", "二。”"), (482, "乙", "好。")];
    assert_eq!(told(&record(&whole)), []);
    let open = [(480, "甲", "他说:“一。"), (481, "甲", "二。"), (482, "甲", "三。")];
    assert_eq!(told(&record(&open)), [(Some(5), Some(1), "unbalanced-quotes")]);
    assert_eq!(told(&record(&open[..1])), [(Some(5), Some(1), "unbalanced-quotes")]);
}

#[test]
fn posts_without_words_and_replaced_characters_are_found() {
    let text = record(&[(480, "甲", ""), (481, "乙", "\u{200b}"), (482, "丙", "好。")]);
    assert_eq!(told(&text), [(Some(1), Some(1), "empty-post"), (Some(7), Some(2), "empty-post")]);
    let mut broken = record(&[(480, "甲", "好。\n坏"), (481, "乙", "好。")]).into_bytes();
    let place = broken.windows(3).position(|bytes| bytes == "坏".as_bytes()).expect("the word");
    broken[place] = 0xff;
    let found: Vec<_> =
        check(&broken).iter().map(|found| (found.line, found.rule(), found.level())).collect();
    let replaced = |line| (line, Rule::ReplacedCharacters, Level::Error);
    assert_eq!(found, [replaced(None), replaced(Some(6))]);
}

// The program

/// What a run wrote to standard output, and its exit code.
fn shilu(arguments: &[&str], input: &[u8]) -> (Option<i32>, String) {
    let ran = run(arguments, input);
    (ran.code, ran.out)
}

#[test]
fn findings_are_told_in_two_languages_with_a_sum_at_the_end() {
    let text = record(&[(485, "甲", "一"), (483, "乙", "二“"), (484, "丙", "")]);
    let (code, out) = shilu(&["check", "-", "--lang", "en"], text.as_bytes());
    let expected = "standard input:7: disorder: 08:03 is earlier than 08:05 of #1 before it\n\
        standard input:11: unbalanced-quotes: \"“\" has no other half\n\
        standard input:13: empty-post: a stamp and a byline without words\n\
        3 findings: disorder 1, unbalanced-quotes 1, empty-post 1\n";
    assert_eq!((code, out.as_str()), (Some(1), expected));
    let (code, out) = shilu(&["check", "-", "--lang", "zh"], text.as_bytes());
    let expected = "标准输入:7: disorder: 08:03 早于前一条 #1 的 08:05\n\
        标准输入:11: unbalanced-quotes: 「“」没有配对\n\
        标准输入:13: empty-post: 有时间和署名,没有正文\n\
        共 3 处:disorder 1、unbalanced-quotes 1、empty-post 1\n";
    assert_eq!((code, out.as_str()), (Some(1), expected));
    let clean = record(&[(480, "甲", "好。")]);
    for (lang, sentence) in [("en", "Nothing irregular was found.\n"), ("zh", "没有发现异常。\n")] {
        assert_eq!(shilu(&["check", "-", "--lang", lang], clean.as_bytes()), (Some(0), sentence.to_owned()));
    }
}

#[test]
fn a_source_that_breaks_off_is_found() {
    let sample = include_str!("samples/discord");
    let (code, out) = shilu(&["check", "-"], &sample.as_bytes()[..sample.len() - 20]);
    assert_eq!(code, Some(1), "{out}");
    assert!(out.contains(": damaged-source: the file is not complete"), "{out}");
}

#[test]
fn programs_are_told_one_object_a_line() {
    let text = record(&[(485, "甲", "一"), (483, "乙", "二")]);
    let (code, out) = shilu(&["check", "-", "--json"], text.as_bytes());
    let expected = "{\"file\":\"-\",\"line\":7,\"id\":2,\"rule\":\"disorder\",\"level\":\"error\",\"message\":\"08:03 is earlier than 08:05 of #1 before it\"}\n";
    assert_eq!((code, out.as_str()), (Some(1), expected));
    let (_, json) = shilu(&["export", "-", "--to", "json"], text.as_bytes());
    let (code, out) = shilu(&["check", "-", "--json"], json.as_bytes());
    assert_eq!((code, out), (Some(1), expected.replace("\"line\":7,", "")), "a source without lines");
    let (code, out) = shilu(&["check", "-", "--json"], b"2025-03-01 08:00\n\xe7\x94\xb2\na\xff\n");
    assert_eq!(code, Some(1));
    assert!(
        out.starts_with("{\"file\":\"-\",\"rule\":\"replaced-characters\",\"level\":\"error\","),
        "{out}"
    );
    assert_eq!(shilu(&["check", "-", "--json"], "一句话。".as_bytes()), (Some(0), String::new()));
}

#[test]
fn what_cannot_be_read_and_wrong_usage_have_their_codes() {
    assert_eq!(shilu(&["check", "/nowhere/at/all"], b""), (Some(1), String::new()));
    assert_eq!(shilu(&["check"], b""), (Some(2), String::new()));
    assert_eq!(shilu(&["check", "-", "--why"], b""), (Some(2), String::new()));
}

#[test]
fn hostile_text_in_bylines_bodies_and_captions_is_told_as_harmless_text() {
    let mut runs = 0;
    for case in cases() {
        let line = String::from_utf8_lossy(&case.as_line()).into_owned();
        let twice = [line.clone(), format!("{line}\u{3000}")];
        let caption = format!("某市{line}局局长:王芳");
        let text = record(&[
            (483, &twice[0], "好。"),
            (482, &twice[1], "“"),
            (481, HOST, "好。"),
            (480, ADMIN, &caption),
        ]);
        for bytes in [text.into_bytes(), case.as_body()] {
            for arguments in [&["check", "-"][..], &["check", "-", "--json"]] {
                let (code, out) = shilu(arguments, &bytes);
                assert!(matches!(code, Some(0 | 1)), "{}: {code:?}", case.name);
                let harmful = out.chars().find(|&ch| ch != '\n' && is_harmful(ch));
                assert_eq!(harmful, None, "{} {arguments:?}", case.name);
                runs += 1;
            }
        }
    }
    say(&format!("{runs} runs over hostile text"));
}

#[test]
fn a_byline_with_a_line_end_in_it_is_told_on_one_line() {
    let json = r#"{"schema": "shilu/1", "meta": {"clock": "none"}, "speakers": [{"id": 1, "label": "甲\n\u001b[31m 乙"},
        {"id": 2, "label": "甲\n\u001b[31m乙"}], "posts": [{"speaker": 1, "body": ["一"]}, {"speaker": 2, "body": ["二"]}]}"#;
    let (code, out) = shilu(&["check", "-"], json.as_bytes());
    assert_eq!((code, out.lines().count()), (Some(1), 2), "{out}");
    assert!(out.starts_with("standard input: near-duplicate-name: ") && out.contains("␛[31m"), "{out}");
}

// Whole records

#[test]
fn the_demo_has_what_was_put_into_it() {
    let found = check(DEMO.as_bytes());
    let rules: BTreeSet<Rule> = found.iter().map(Finding::rule).collect();
    assert_eq!(rules, BTreeSet::from([Rule::NearDuplicateName, Rule::LostParagraphBreaks]));
    assert_eq!(posts(DEMO, Rule::NearDuplicateName).len(), 1);
}

#[test]
fn the_damage_of_made_up_broadcasts_is_found_and_nothing_else() {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut found_cut, mut all_cut, mut found_odd, mut all_odd, mut wrong) = (0, 0, 0, 0, Vec::new());
    for seed in 0..SEEDS {
        let broadcast = broadcast(seed);
        let (transcript, _) = read_bytes(broadcast.text.as_bytes(), Forced::default()).expect("a record");
        let structure = Structure::of(&transcript);
        let found = findings(
            &transcript,
            &structure,
            Read { replaced: 0, remarks: Remarks::default(), has_lines: true },
        );
        let guests = &broadcast.truth.guests;
        let by = |post: PostId| &transcript.speaker(transcript.speaker_of(post)).label;
        for guest in guests {
            let has = |rule: Rule| {
                found.iter().any(|found| {
                    found.rule() == rule && found.post.is_some_and(|post| *by(post) == guest.byline)
                })
            };
            all_cut += usize::from(guest.is_cut);
            all_odd += usize::from(!guest.aliases.is_empty());
            found_cut += usize::from(guest.is_cut && has(Rule::DamagedByline));
            found_odd += usize::from(!guest.aliases.is_empty() && has(Rule::NearDuplicateName));
        }
        for finding in &found {
            *counts.entry(finding.rule().name()).or_default() += 1;
            let guest = finding.post.and_then(|post| guests.iter().find(|guest| guest.byline == *by(post)));
            let is_right = match finding.rule() {
                Rule::DamagedByline => guest.is_some_and(|guest| guest.is_cut),
                Rule::NearDuplicateName => guest.is_none_or(|guest| !guest.aliases.is_empty()),
                _ => false,
            };
            if !is_right {
                let said = finding.post.map(|post| format!("{}: {}", by(post), transcript.body(post)));
                wrong.push(format!("seed {seed}, {finding:?} {said:?}"));
            }
        }
    }
    say(&format!("{found_cut} of {all_cut} cut bylines, {found_odd} of {all_odd} odd spellings; {counts:?}"));
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(found_cut * 100 >= all_cut * 80 && found_odd * 100 >= all_odd * 90);
}

#[test]
fn the_real_record_has_what_a_reader_finds_in_it() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/transcripts/quality-2018.txt");
    let Ok(bytes) = std::fs::read(path) else { return say("the real record is not here") };
    let found = check(&bytes);
    let lines = |rule: Rule| -> Vec<u32> {
        found.iter().filter(|found| found.rule() == rule).filter_map(|found| found.line).collect()
    };
    assert_eq!(lines(Rule::NearDuplicateName), [512]);
    assert_eq!(lines(Rule::DamagedByline), [209]);
    assert_eq!(lines(Rule::DamagedCaption), [808]);
    assert_eq!(lines(Rule::LostParagraphBreaks).len(), 17);
    assert_eq!(found.len(), 20);
    say("the real record: 20 findings");
}
