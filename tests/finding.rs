//! Searching in the reader: what one types, the switches, the word that one reads, the list of hits, and how hits are shown.

mod ground;
mod support;

use ground::{Ground, IN_PLACE};
use proptest::collection::vec;
use proptest::sample::select;
use proptest::strategy::Strategy;
use proptest::test_runner::Config;
use proptest::{prop_assert, prop_assert_eq, proptest};
use ratatui::style::Modifier;
use shilu::action::Mode;
use shilu::app::PointerKind;
use shilu::choice::ThemeName;
use shilu::layout::rows::RowKind;
use shilu::query::Search;
use shilu::view::theme::{Depth, Theme};
use std::collections::BTreeMap;
use std::path::Path;
use support::{Stage, options};

const RECORD: &str = "\
2025-01-01 08:00
主持人
请陆知远馆长谈谈质量提升。
2025-01-01 08:01
某市图书馆馆长陆知远
质量提升要靠标准。质量提升也要靠人。
2025-01-01 08:02
某市图书馆副馆长沈砚秋
一带一路上的图书馆,一带一路。质检总局来过。
2025-01-01 08:03
主持人
谢谢大家!PhD是什么?
2025-01-01 08:04
某市图书馆馆长陆知远
质量第一。
";

fn stage() -> Stage {
    Stage::new(RECORD, 80, 24)
}

fn search(stage: &Stage) -> &Search {
    stage.app.search.as_ref().expect("a search")
}

/// Posts and hits of the search.
fn count(stage: &Stage) -> (usize, usize) {
    (search(stage).posts_with_hits(usize::MAX), search(stage).hits(usize::MAX).len())
}

/// The record that the issue speaks of, where it is there.
fn real_record() -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/transcripts/quality-2018.txt");
    std::fs::read_to_string(path).ok()
}

#[test]
fn the_real_record_is_searched_as_it_was_counted() {
    let Some(text) = real_record() else {
        println!("0 searches of the real record: it is not there");
        return;
    };
    let cases = [
        ("质量提升", (26, 41)),
        ("質量提升", (26, 41)),
        ("一带一路", (6, 21)),
        ("谢谢大家", (21, 21)),
        ("from:施宗伟 质量提升", (1, 1)),
    ];
    let mut stage = Stage::new(&text, 120, 40);
    for (line, expected) in cases {
        for ch in format!("/{line}").chars() {
            stage.app.key(ch.to_string().parse().expect("a key"), stage.now);
        }
        stage.keys("Enter");
        assert_eq!(count(&stage), expected, "{line}");
        stage.keys("Esc");
    }
    let mut found = |keys: &str| {
        stage.keys(&format!("{keys} Enter"));
        let found = search(&stage).hits(usize::MAX).to_vec();
        stage.keys("Esc");
        found
    };
    assert_eq!(found("/ \"ＰｈＤ\""), found("/ \"PhD\""));
    let (plain, spelled) = (found("/ \"质检总局\""), found("Alt-p / \"zjzj\""));
    assert!(!plain.is_empty() && plain.iter().all(|hit| spelled.contains(hit)));
    let own = found("/ \"from:施宗伟\" Space \"机器人\"");
    let author =
        |post| stage.app.structure.name(&stage.app.transcript, stage.app.transcript.speaker_of(post));
    assert!(!own.is_empty() && own.iter().all(|hit| author(hit.post) == "施宗伟"));
    println!("{} searches of the real record", cases.len() + 5);
}

#[test]
fn what_is_wrong_with_a_search_is_told_while_it_is_typed() {
    for (line, words) in [
        ("from:没有这人", "没有发言人叫 没有这人"),
        ("after:#99", "这份实录里没有 after:#99"),
        ("role:x", "role:x 不认识"),
        ("(", "括号没有闭合"),
        ("xyz", "没有找到: xyz"),
        ("zjzj", "没有找到 · Alt-p 按拼音找到 1 处"),
        ("质量", "1/4 · 3 条"),
        ("from:lzy", "1/2 · 2 条"),
    ] {
        let mut stage = stage();
        stage.keys(&format!("/ \"{line}\""));
        assert!(
            stage.row(23).trim_end().ends_with(words) || stage.row(23).contains(words),
            "{}",
            stage.row(23)
        );
    }
}

#[test]
fn what_is_wrong_is_told_as_far_as_there_is_room() {
    for (line, words) in [
        ("[[:", "不是正则表达式: 方括号没有闭…"),
        ("(没有括号的尾巴(", "不是正则表达式:…"),
        ("质量", "1/4 · 3 条"),
    ] {
        let mut stage = Stage::new(RECORD, 40, 12);
        stage.keys(&format!("/ \"{line}\""));
        assert!(stage.row(11).contains(words), "{}", stage.row(11));
    }
}

#[test]
fn the_switches_search_anew_and_say_so() {
    let mut stage = stage();
    stage.keys("/ \"zjzj\" Alt-p");
    assert!(stage.row(23).contains("找 拼音/zjzj"), "{}", stage.row(23));
    assert!(stage.row(23).contains("字母也按拼音查找 · 1/1 · 1 条"), "{}", stage.row(23));
    stage.keys("Enter");
    assert_eq!(stage.focus(), 3);
    assert!(stage.row(23).contains("/zjzj 拼音 1/1"), "{}", stage.row(23));
    stage.keys("Alt-p");
    assert_eq!((count(&stage), stage.focus()), ((0, 0), 3), "one stays where one is");
    assert!(stage.row(23).contains("字母不按拼音查找"), "{}", stage.row(23));
    stage.keys("Alt-p Esc Alt-p / \"質量提升\" Enter n");
    assert_eq!((count(&stage), search(&stage).current), ((2, 3), Some(1)));
    stage.keys("Alt-r");
    assert_eq!((count(&stage), search(&stage).current), ((2, 3), Some(1)), "the hit is kept");
    assert!(stage.row(23).contains("按原样查找"), "{}", stage.row(23));
    stage.keys("r Alt-f");
    assert_eq!((count(&stage), stage.app.mode), ((0, 0), Mode::Results));
    assert!(stage.screen().contains("/質量提升 原样 分"), "{}", stage.screen());
    stage.keys("Esc Esc / \"质.\"");
    assert!(
        stage.row(23).contains("找 原样 分/质.") && stage.row(23).contains("没有找到"),
        "{}",
        stage.row(23)
    );
    stage.keys("Alt-r");
    assert_eq!(count(&stage), (4, 5));
}

#[test]
fn each_prompt_remembers_what_was_typed_in_it() {
    let mut stage = stage();
    stage.keys("/ \"质量\" Enter / \"谢谢\" Enter / \"谢谢\" Enter : \"#3\" Enter");
    for (keys, typed) in [
        ("/ Up", "谢谢"),
        ("/ Up Up", "质量"),
        ("/ Ctrl-p Ctrl-p Ctrl-p Ctrl-n", "谢谢"),
        ("/ \"图\" Up Up Down Down", "图"),
        (": Up", "#3"),
        (": \"4\" Down Down", "4"),
        ("B n Up", ""),
    ] {
        stage.keys(keys);
        assert_eq!(stage.app.input.value(), typed, "{keys}");
        stage.keys("Esc Esc");
    }
    stage.keys("/ Up");
    assert_eq!(count(&stage), (1, 1), "what is recalled is searched");
}

#[test]
fn nothing_typed_searches_the_last_pattern_again() {
    let mut stage = stage();
    stage.keys("/ Enter");
    assert!(stage.row(23).contains("还没有搜索"), "{}", stage.row(23));
    stage.keys("/ \"质量\" Enter / Enter");
    assert_eq!((stage.focus(), search(&stage).current), (2, Some(1)), "the next one");
    stage.keys("Esc / Enter");
    assert_eq!((stage.focus(), count(&stage)), (2, (3, 4)));
}

#[test]
fn what_is_given_up_brings_the_search_of_before_back() {
    let mut stage = stage();
    stage.keys("/ \"质量\" Enter n / \"谢谢\"");
    assert_eq!(stage.focus(), 4);
    stage.keys("Esc");
    assert_eq!((stage.focus(), search(&stage).query.text.as_str()), (2, "质量"));
    assert_eq!((search(&stage).current, count(&stage)), (Some(1), (3, 4)));
    stage.keys("n n");
    assert_eq!(stage.focus(), 5);
    stage.keys("/ \"谢谢\" Ctrl-c Esc / \"x\" Esc");
    assert!(stage.app.search.is_none());
}

#[test]
fn the_word_that_one_reads_is_searched() {
    for (keys, text, hits) in [
        ("*", "请", 1),
        ("* *", "陆知远", 1),
        ("* * *", "馆长", 1),
        ("* * * * *", "质量提升", 3),
        ("* * * * * *", "请", 1),
        ("J *", "质量提升", 3),
        (": \"#3\" Enter *", "一带一路", 2),
        (": \"#4\" Enter * * *", "phd", 1),
        ("/ \"质.提\" Enter *", "质量提", 3),
        ("Alt-p Alt-r J *", "质量提升", 3),
    ] {
        let mut stage = stage();
        stage.keys(keys);
        assert_eq!(search(&stage).query.text, text, "{keys}");
        assert_eq!(count(&stage).1, hits, "{keys}");
        assert!(stage.row(23).contains(&format!("{text} · 再按 *")), "{}", stage.row(23));
    }
    let mut stage = stage();
    stage.keys("J *");
    assert_eq!((stage.focus(), search(&stage).current), (2, Some(1)), "one stays on the word");
    stage.keys("n");
    assert_eq!(search(&stage).current, Some(2));
    stage.keys("/ Up");
    assert_eq!(stage.app.input.value(), "质量提升", "it can be typed on");
}

#[test]
fn a_click_says_which_word_is_meant() {
    let mut stage = stage();
    let screen = stage.screen();
    let (y, row) = screen.lines().enumerate().find(|(_, row)| row.contains("质检总局来过")).expect("words");
    let before = row.split("总局").next().expect("a beginning");
    let x = before.chars().map(|ch| if ch.is_ascii() || ch == '▎' { 1 } else { 2 }).sum();
    stage.click(x, y as u16).keys("*");
    assert_eq!((stage.focus(), search(&stage).query.text.as_str()), (3, "总局"));
    stage.keys("*");
    assert_eq!(search(&stage).query.text, "来过");
}

#[test]
fn the_list_of_hits_leads_to_each() {
    let mut stage = stage();
    stage.keys("r");
    assert!(stage.row(23).contains("还没有搜索，按 / 开始"), "{}", stage.row(23));
    for (keys, current, focus) in [
        ("Enter", 0, 1),
        ("j Enter", 1, 2),
        ("j j j j j Enter", 3, 5),
        ("G Enter", 3, 5),
        ("G k Enter", 2, 2),
        ("G g g Enter", 0, 1),
        ("PgDn Enter", 3, 5),
        ("PgDn PgUp Enter", 0, 1),
        ("j Enter n", 2, 2),
        ("j Enter N", 0, 1),
        ("Enter r j Enter r Enter", 1, 2),
    ] {
        let mut stage = self::stage();
        stage.keys(&format!("/ \"质量\" Enter r {keys}"));
        assert_eq!((search(&stage).current, stage.focus()), (Some(current), focus), "{keys}");
        assert_eq!(stage.app.mode, Mode::Reading);
    }
    stage.keys("/ \"质量\" Enter r G Enter Ctrl-o");
    assert_eq!(stage.focus(), 1, "one comes back");
    for keys in ["r r", "r q", "r Esc"] {
        stage.keys(keys);
        assert_eq!((stage.app.mode, stage.app.search.is_some()), (Mode::Reading, true));
    }
}

#[test]
fn the_list_of_hits_says_who_when_and_in_which_words() {
    let mut stage = stage();
    let screen = stage.keys("/ \"质量\" Enter r").screen();
    for words in
        ["/质量 1/4 · 3 条", "陆知远 3  主持人 1", "08:00 主持人", "08:01 陆知远", "质量提升要靠标准"]
    {
        assert!(screen.contains(words), "{words}\n{screen}");
    }
    assert_eq!(screen.matches("08:01 陆知远").count(), 1, "a post with two hits is named once");
    let screen = stage.keys("Esc / \"没有\" Enter r").screen();
    assert!(screen.contains("│ 没有找到: 没有"), "{screen}");
    stage.keys("j k G PgDn Enter");
    assert_eq!((stage.app.mode, stage.focus()), (Mode::Reading, 1));
}

#[test]
fn the_mouse_chooses_a_hit_and_goes_to_it() {
    let mut stage = stage();
    stage.keys("/ \"质量\" Enter r");
    let rows = stage.app.listed().rows;
    stage.click(rows.x + 3, rows.y + 1);
    assert_eq!((stage.app.mode, stage.focus()), (Mode::Results, 1));
    stage.click(rows.x + 3, rows.y + 1);
    assert_eq!((stage.app.mode, stage.focus(), search(&stage).current), (Mode::Reading, 2, Some(1)));
    stage.keys("r").mouse(PointerKind::WheelDown, rows.x, rows.y).keys("Enter");
    assert_eq!(search(&stage).current, Some(3));
    stage.keys("r").click(rows.x, rows.bottom() + 1).click(0, 0);
    assert_eq!(stage.app.mode, Mode::Results);
}

#[test]
fn the_list_grows_without_moving() {
    let bytes = ground::record(80_000).into_bytes();
    let mut ground = Ground::whole(&bytes, IN_PLACE);
    ground.keys(": \"#40000\" Enter / \"第\\d*77条\" Enter");
    let mut news = Vec::new();
    let scan = ground.app.next_scan().expect("more than is looked through at once");
    scan.run(|found| {
        news.push(found);
        true
    });
    for found in &news {
        ground.app.found(found, ground.now);
    }
    ground.keys("r j j");
    let chosen = |ground: &Ground| {
        let hits = ground.app.listed_hits();
        (hits[ground.app.sought.results.index(hits)].clone(), hits.len())
    };
    let row = |ground: &Ground| {
        let index = ground.app.sought.results.index(ground.app.listed_hits());
        (index - ground.app.listed().first, ground.app.listed().area)
    };
    let (before, stood) = (chosen(&ground), row(&ground));
    ground.search_out();
    let after = chosen(&ground);
    assert_eq!((before.0, stood), (after.0, row(&ground)));
    assert!((before.1, after.1) == (400, 800), "{} and then {}", before.1, after.1);
}

#[test]
fn hits_stand_beside_the_text_and_can_be_clicked() {
    let mut stage = Stage::demo(80, 24);
    assert!(!stage.app.has_scrollbar());
    stage.keys("/ \"书\" Enter");
    let (pane, bar) = (stage.app.panes.text, stage.app.sought.scrollbar.hits.clone());
    assert_eq!(bar.len(), usize::from(pane.height));
    let column = |stage: &Stage| {
        let cells = stage.cells();
        (pane.y..pane.bottom()).map(|y| cells[(79, y)].symbol().to_owned()).collect::<String>()
    };
    assert!(column(&stage).contains('┫') && column(&stage).contains('╸'), "{}", column(&stage));
    let (row, hit) = bar.iter().enumerate().rev().find_map(|(row, hit)| Some((row, (*hit)?))).expect("a hit");
    let before = stage.focus();
    stage.click(79, pane.y + row as u16);
    assert_eq!(search(&stage).current, Some(hit));
    assert_eq!(stage.app.reader.focus, search(&stage).hits(usize::MAX)[hit].post);
    assert_eq!(column(&stage).chars().position(|ch| ch == '┫'), Some(row));
    assert_eq!(stage.keys("Ctrl-o").focus(), before);
    stage.keys("Esc");
    assert!(!stage.app.has_scrollbar() && !column(&stage).contains('╸'));
}

#[test]
fn a_correction_says_anew_who_is_meant() {
    let mut stage = stage();
    stage.keys("/ \"role:guest\" Enter n");
    assert_eq!((count(&stage), stage.focus()), ((3, 3), 3));
    stage.keys("4 3 e r Esc");
    assert_eq!(count(&stage), (2, 2), "{}", stage.screen());
}

#[test]
fn whole_posts_that_are_asked_for_are_marked_at_their_time() {
    let mut stage = Stage::new(RECORD, 80, 40);
    stage.keys("/ \"from:lzy\" Enter");
    let theme = Theme::new(ThemeName::Mono, Depth::True, false);
    let cells = stage.cells_in(&theme);
    let marked = |time: &str, modifier| {
        let screen = support::text_of(&cells);
        let y = screen.lines().position(|row| row.contains(time)).expect("a time") as u16;
        (1..6).all(|x| cells[(x, y)].modifier.contains(modifier))
    };
    assert!(marked("╸08:04", Modifier::UNDERLINED) && !marked(" 08:02", Modifier::UNDERLINED));
    assert!(marked("08:01 陆知远", Modifier::REVERSED), "{}", stage.screen());
}

fn body() -> impl Strategy<Value = String> {
    let parts = vec![
        "质量",
        "质\u{200b}量",
        "提升",
        "，",
        "。",
        "quality ",
        "ab",
        "ＰｈＤ",
        "\n",
        "\n\n",
        "  ",
        " ",
        "é",
        "e\u{301}",
        "👨\u{200d}👩\u{200d}👧",
        "“",
        "”",
        "——",
        "3.5%",
        "字字字字字字字字字字字字",
        "\u{feff}",
        "\t",
        "1",
    ];
    vec(select(parts), 1..40).prop_map(|parts| parts.concat())
}

fn pattern() -> impl Strategy<Value = &'static str> {
    select(vec![
        "质量",
        "量提",
        "quality",
        "[a-z]+",
        "质.",
        r"量\s*提升",
        "phd",
        ".",
        "。.*",
        "量，?",
        "提升。",
        "é",
        "\\S+",
    ])
}

proptest! {
    #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(200) })]

    #[test]
    fn every_byte_of_every_hit_is_marked_once(text in body(), pattern in pattern(), width in 22u16..100, hang in 0usize..3, autospace: bool) {
        let mut how = options();
        how.typesetting.hang = hang;
        how.typesetting.autospace = autospace;
        let mut stage = Stage::with(&how, &format!("2025-01-01 08:00\n甲\n始{text}\n"), width, 200);
        stage.keys("v v");
        stage.keys(&format!("/ \"{pattern}\"").replace("\" \"", "")).keys("Enter");
        let Some(search) = &stage.app.search else { return Ok(()) };
        let (theme, app) = (Theme::new(ThemeName::Dark, Depth::True, false), &stage.app);
        let cells = stage.cells();
        let (setting, pane) = (app.setting(), app.panes.text);
        let mut shown = BTreeMap::new();
        for (y, row) in (pane.y..).zip(&app.page) {
            let RowKind::Body { range, indent, .. } = &row.kind else { continue };
            let (_, words) = app.transcript.part(row.post, range.clone());
            let mut x = usize::from(setting.column(pane).x) + setting.gutter + indent;
            for cluster in setting.ruler.clusters(&words) {
                let (from, to) = (range.start + cluster.start, range.start + cluster.end);
                (from..to).for_each(|byte| *shown.entry(byte).or_insert(0) += 1);
                let is_hit = search.hits_in(row.post).1.iter().any(|hit| hit.range.start < to && from < hit.range.end);
                x += cluster.lead;
                let right = usize::from(setting.column(pane).right());
                let is_blank = cluster.raw.trim().is_empty();
                prop_assert!(is_blank || x + cluster.width <= right, "{:?} at {} of {}\n{}", cluster.raw, x, right, stage.screen());
                for x in (x..x + cluster.width).filter(|&x| x < right) {
                    let cell = &cells[(x as u16, y)];
                    let is_marked = [theme.hit.bg, theme.current_hit.bg].contains(&Some(cell.bg));
                    prop_assert_eq!(is_marked, is_hit, "{:?} at {},{}\n{}", cluster.raw, x, y, stage.screen());
                }
                x += cluster.width;
            }
        }
        for hit in search.hits(usize::MAX) {
            for byte in hit.range.clone() {
                let times = shown.get(&byte).copied().unwrap_or(0);
                let (_, ch) = app.transcript.part(hit.post, byte..byte + 4);
                let is_blank = ch.trim_start_matches(['\u{200b}', '\u{feff}']).chars().next().is_none_or(char::is_whitespace);
                prop_assert!(times == 1 || times == 0 && is_blank, "byte {} of {:?} is shown {} times", byte, text, times);
            }
        }
    }
}
