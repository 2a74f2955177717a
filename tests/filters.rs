//! Filters under keys and mouse: what is shown, where one stands, what is said.

mod support;

use proptest::collection::vec;
use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};
use proptest::sample::select;
use proptest::strategy::Strategy;
use proptest::test_runner::Config;
use shilu::action::Mode;
use shilu::layout::flow::Place;
use shilu::layout::rows::RowKind;
use shilu::marks::Mark;
use shilu::transcript::PostId;
use support::Stage;

/// Ten posts: 1 host, 2 and 4 guest 甲, 3 and 5 guest 乙, and so on; tea in 2, 5, 6, 10.
const RECORD: &str = "\
2025-01-01 08:00
主持人
请甲馆长谈谈。
2025-01-01 08:01
某馆馆长陆知远
先喝茶。
2025-01-01 08:02
某馆副馆长沈砚秋
我说两句。
2025-01-01 08:03
某馆馆长陆知远
好的。
2025-01-01 08:04
某馆副馆长沈砚秋
茶很好。
2025-01-01 08:05
主持人
谢谢,茶凉了。
2025-01-01 08:06
某馆馆长陆知远
没有别的。
2025-01-01 08:07
主持人
还有什么?
2025-01-01 08:08
某馆副馆长沈砚秋
没有了。
2025-01-01 08:09
主持人
喝茶去。
";

fn stage() -> Stage {
    Stage::new(RECORD, 80, 24)
}

/// The numbers of the posts that are shown.
fn shown(stage: &Stage) -> Vec<usize> {
    let posts: Vec<_> = stage.app.shown_posts().map(PostId::number).collect();
    for index in 0..stage.app.revealed {
        let post = PostId::new(index);
        assert_eq!(stage.app.is_shown(post), posts.contains(&post.number()), "{post:?}");
    }
    posts
}

fn status(stage: &Stage) -> String {
    stage.row(usize::from(stage.app.size.1) - 1)
}

/// What the thin lines of the page tell.
fn thin(stage: &Stage) -> Vec<String> {
    let screen = stage.screen();
    let lines = screen.lines().map(str::trim).filter(|line| line.starts_with(['⋯', '▿']));
    lines.map(str::to_owned).collect()
}

#[test]
fn only_posts_that_match_are_shown_and_the_place_is_kept() {
    for (keys, posts, focus) in [
        ("& \"茶\" Enter", &[2, 5, 6, 10][..], 2),
        ("J J J & \"茶\" Enter", &[2, 5, 6, 10], 5),
        ("& \"from:沈砚秋\" Enter", &[3, 5, 9], 3),
        ("& \"role:host\" Space \"茶\" Enter", &[6, 10], 6),
        ("& \"!茶\" Enter", &[1, 3, 4, 7, 8, 9], 1),
        ("& \"！from:沈砚秋\" Enter", &[1, 2, 4, 6, 7, 8, 10], 1),
        ("& \"after:08:05\" Enter", &[6, 7, 8, 9, 10], 6),
        ("G & \"before:#3\" Enter", &[1, 2], 2),
        ("& \"茶\" Enter & \"from:主持人\" Enter", &[6, 10], 6),
        ("& \"茶\" Enter & \"!from:主持人\" Enter", &[2, 5], 2),
        ("& \"茶\" Enter & Enter", &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 1),
        ("& \"茶\" Esc", &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 1),
        ("& \"茶\" Enter & \"x\" Esc", &[2, 5, 6, 10], 2),
        ("& \"茶\" Enter H", &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 1),
        ("& \"茶\" Enter H H", &[2, 5, 6, 10], 2),
        ("& \"茶\" Enter H & \"from:主持人\" Enter", &[6, 10], 6),
        ("& \"茶\" Enter H & \"from:主持人\" Esc", &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 1),
        ("& \"没有这样的\" Enter", &[], 1),
        ("& \"没有这样的\" Enter H", &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 1),
        ("& \"茶\" Enter F +", &[1, 2, 3, 4, 5, 6, 7, 9, 10], 2),
        ("& \"凉\" Enter F + = - Esc", &[5, 6, 7], 6),
        ("& \"凉\" Alt-= Alt-= Enter", &[4, 5, 6, 7, 8], 6),
        ("& \"凉\" Alt-+ Alt-- Enter", &[6], 6),
        ("& \"茶\" Enter F Enter", &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 1),
        ("& \"茶\" Enter F Space Space", &[2, 5, 6, 10], 2),
        ("& \"茶\" Enter F d", &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 1),
        ("& \"茶\" Enter F n \"from:主持人\" Enter", &[6, 10], 6),
        ("& \"茶\" Enter F e Backspace \"好\" Enter", &[4, 5], 4),
        ("& \"茶\" Enter F e Backspace Enter", &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 1),
        ("& \"茶\" Enter F e Backspace \"好\" Esc", &[2, 5, 6, 10], 2),
        ("& \"茶\" Enter & \"from:主持人\" Enter F k e Backspace \"什\" Enter", &[8], 8),
    ] {
        let mut stage = stage();
        stage.keys(keys);
        assert_eq!((shown(&stage).as_slice(), stage.focus()), (posts, focus), "{keys}");
    }
}

#[test]
fn posts_go_and_come_while_one_types() {
    let mut stage = stage();
    stage.keys("J J &");
    assert!(status(&stage).contains("from:姓名"), "{}", status(&stage));
    stage.keys("\"喝茶\"");
    assert_eq!((shown(&stage), stage.focus()), (vec![2, 10], 10));
    assert!(status(&stage).contains("只看 2/10"), "{}", status(&stage));
    stage.keys("Backspace Backspace");
    assert_eq!((shown(&stage).len(), stage.focus()), (10, 3), "one is back where one read");
    stage.keys("\"茶(\"");
    assert!(status(&stage).contains("括号没有闭合"), "{}", status(&stage));
    stage.keys("Enter");
    assert_eq!(stage.app.mode, Mode::Prompt, "it can still be put right");
    stage.keys("Backspace Enter");
    assert_eq!(shown(&stage), [2, 5, 6, 10]);
    stage.keys("& \"from:谁\"");
    assert!(status(&stage).contains("from:谁 不认识"), "{}", status(&stage));
    stage.keys("Esc & \"role:谁\"");
    assert!(status(&stage).contains("role:谁 不认识"), "{}", status(&stage));
}

#[test]
fn what_is_left_out_is_told_and_can_be_opened() {
    let mut stage = stage();
    stage.keys("& \"茶\" Enter");
    assert_eq!(thin(&stage), ["⋯ 1 条未显示", "⋯ 2 条未显示", "⋯ 3 条未显示"]);
    assert!(status(&stage).contains("只看 4/10 (H)"), "{}", status(&stage));
    for (keys, posts) in [
        ("Enter", &[2, 3, 4, 5, 6, 10][..]),
        ("Enter", &[1, 2, 3, 4, 5, 6, 10]),
        ("Enter", &[1, 2, 5, 6, 10]),
        ("Enter", &[1, 2, 3, 4, 5, 6, 10]),
        ("J Enter", &[1, 2, 5, 6, 10]),
        ("G Enter", &[1, 2, 5, 6, 7, 8, 9, 10]),
        ("K Enter", &[1, 2, 5, 6, 10]),
        ("H", &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
        ("H", &[1, 2, 5, 6, 10]),
    ] {
        stage.keys(keys);
        assert_eq!(shown(&stage), posts, "{keys}\n{}", stage.screen());
    }
    let mut open = Stage::new(RECORD, 80, 24);
    open.keys("Enter");
    assert!(status(&open).contains("没有略去"), "{}", status(&open));
}

#[test]
fn a_click_opens_a_thin_line_and_closes_it() {
    let mut stage = stage();
    stage.keys("& \"凉\" Enter");
    let find = |stage: &Stage, mark: char| {
        let screen = stage.screen();
        let found = screen.lines().enumerate().filter(|(_, line)| line.trim().starts_with(mark));
        found.map(|(y, _)| y as u16).collect::<Vec<_>>()
    };
    let lines = find(&stage, '⋯');
    assert_eq!(lines.len(), 2, "before and behind\n{}", stage.screen());
    stage.click(30, lines[1]);
    assert_eq!((shown(&stage), stage.focus()), (vec![6, 7, 8, 9, 10], 6));
    assert_eq!(thin(&stage), ["⋯ 5 条未显示", "▿ 展开 4 条"]);
    let line = find(&stage, '▿')[0];
    stage.click(30, line);
    assert_eq!(shown(&stage), [6]);
    let line = find(&stage, '⋯')[0];
    stage.click(30, line);
    assert_eq!((shown(&stage), stage.focus()), (vec![1, 2, 3, 4, 5, 6], 6));
}

#[test]
fn filters_and_mute_hide_together_and_one_line_tells_of_both() {
    let mut stage = stage();
    stage.keys("& \"茶\" Enter 1 x x");
    assert_eq!(shown(&stage), [2, 5], "the host is muted");
    assert_eq!(thin(&stage), ["⋯ 1 条未显示", "⋯ 2 条未显示", "⋯ 5 条未显示"]);
    assert_eq!(shown(stage.keys("H")), [2, 3, 4, 5, 7, 9]);
    assert_eq!(shown(stage.keys("H X")), [2, 5, 6, 10]);
    stage.keys("F e Backspace \"什么\" Enter Esc 1 x x");
    assert!(shown(&stage).is_empty());
    assert!(stage.screen().contains("按 X 恢复"), "{}", stage.screen());
}

#[test]
fn steps_stay_among_what_is_shown_and_a_place_that_is_gone_to_is_opened() {
    for (keys, posts, focus) in [
        ("J", 4, 5),
        ("J J J", 4, 10),
        ("J J J J", 4, 10),
        ("J K", 4, 2),
        ("3 3", 4, 5),
        ("1 1", 4, 10),
        ("G O", 4, 6),
        ("]", 4, 5),
        ("] ] [", 4, 5),
        ("/ \"没\" Enter", 4, 2),
        ("/ \"喝\" Enter", 4, 2),
        ("/ \"喝\" Enter n", 4, 10),
        ("/ \"喝\" Enter n n", 4, 2),
        (": \"#8\" Enter", 7, 8),
        (": \"#1\" Enter", 5, 1),
        (": \"#8\" Enter Ctrl-o", 7, 2),
    ] {
        let mut stage = stage();
        stage.keys("& \"茶\" Enter").keys(keys);
        assert_eq!((shown(&stage).len(), stage.focus()), (posts, focus), "{keys}\n{}", stage.screen());
    }
    let mut stage = stage();
    stage.keys("& \"茶\" Enter : \"#8\" Enter");
    assert!(status(&stage).contains("展开 3 条"), "{}", status(&stage));
    stage.keys("/ \"先\" Enter Esc / \"请\" Enter");
    assert!(status(&stage).contains("命中都在略去的发言里"), "{}", status(&stage));
    stage.keys("Esc / \"好\" Enter");
    assert!(status(&stage).contains("2/2 · 略去 1 处"), "{}", status(&stage));
    stage.keys("r");
    let rows = stage.app.listed().rows;
    let is_marked = |y: u16| stage.row(usize::from(rows.y + y)).contains('⋯');
    assert!(is_marked(0) && !is_marked(1), "{}", stage.screen());
    stage.keys("r");
    stage.keys("& Enter & \"凉\" Enter / \"没有\" Enter n");
    assert!(status(&stage).contains("命中都在略去的发言里"), "{}", status(&stage));
}

#[test]
fn filters_off_and_on_keep_the_post_and_its_row() {
    for (width, height) in [(120, 40), (80, 24), (40, 12)] {
        let mut stage = Stage::demo(width, height);
        stage.keys("& \"书\" Enter");
        let row = |stage: &Stage| {
            let of_focus = |row: &shilu::layout::flow::PageRow| {
                row.post == stage.app.reader.focus && matches!(row.kind, RowKind::Body { .. })
            };
            stage.app.page.iter().position(of_focus)
        };
        for _ in 0..30 {
            let before = (stage.focus(), row(&stage), stage.app.page.clone());
            stage.keys("H");
            assert_eq!(stage.focus(), before.0);
            let is_near_an_end =
                stage.app.page.iter().any(|row| row.kind == RowKind::End || row.post.index() == 0);
            assert!(row(&stage) == before.1 || is_near_an_end, "{:?}\n{}", before, stage.screen());
            stage.keys("H");
            assert_eq!(
                (stage.focus(), row(&stage)),
                (before.0, before.1),
                "{width}x{height}\n{}",
                stage.screen()
            );
            assert_eq!(stage.app.page, before.2);
            stage.keys("J");
        }
    }
}

#[test]
fn the_list_is_worked_by_keys_and_mouse() {
    let mut stage = stage();
    stage.keys("F");
    assert!(stage.screen().contains("还没有过滤,按 n 新建"), "{}", stage.screen());
    stage.keys("n \"茶\" Enter n \"from:主持人\" Enter");
    assert_eq!(stage.app.mode, Mode::Filters);
    let screen = stage.screen();
    assert!(screen.contains("过滤 · 只看 2/10"), "{screen}");
    let row = |stage: &Stage, text: &str| {
        let screen = stage.screen();
        screen.lines().position(|line| line.contains(text)).expect("a row of the list") as u16
    };
    assert!(stage.row(row(&stage, "[x] 茶").into()).contains(" 4 "), "{screen}");
    assert!(stage.row(row(&stage, "[x] from:主持人").into()).contains(" 4 "), "{screen}");
    stage.click(40, row(&stage, "[x] 茶"));
    assert_eq!((stage.app.sought.filters.chosen, shown(&stage).len()), (0, 2), "a click chooses");
    stage.click(40, row(&stage, "[x] 茶"));
    assert_eq!(shown(&stage), [1, 6, 8, 10], "a click on the chosen one turns it off");
    assert!(stage.screen().contains("[ ] 茶"));
    stage.keys("j d");
    assert_eq!((shown(&stage).len(), stage.app.sought.filters.list.len()), (10, 1));
    stage.keys("d d q");
    assert!(stage.app.sought.filters.list.is_empty() && stage.app.mode == Mode::Reading);
}

#[test]
fn a_replay_shows_what_matches_as_it_comes_and_hurries_through_the_rest() {
    let mut stage = stage();
    stage.keys("& \"茶\" Enter g g Space");
    let (mut was_hurried, mut counts) = (false, Vec::new());
    for _ in 0..400 {
        stage.wait(2000);
        let newest = stage.app.revealed;
        let matches = [2, 5, 6, 10];
        if stage.app.clock.is_playing() {
            assert_eq!(stage.app.hurries, !matches.contains(&newest), "{newest}");
            was_hurried |= stage.app.hurries;
        }
        let expected: Vec<_> = matches.into_iter().filter(|&post| post <= newest).collect();
        assert_eq!(shown(&stage), expected);
        counts.push(expected.len());
        assert!(!stage.screen().contains("条新发言"), "whoever follows has missed nothing");
    }
    assert!(was_hurried && counts.first() < counts.last() && stage.app.revealed == 10);
}

#[test]
fn before_the_first_match_a_replay_says_that_none_has_come() {
    let mut stage = stage();
    stage.keys("g g Space & \"凉\" Enter");
    assert!(stage.screen().contains("还没有出现"), "{}", stage.screen());
    stage.keys("& Enter E & \"无此\" Enter");
    assert!(status(&stage).contains("没有发言符合过滤。H 停用,F 列表。"), "{}", stage.screen());
}

#[test]
fn tags_and_corrections_change_what_a_filter_means() {
    let mut stage = stage();
    stage.keys("& \"tag:要点\" Enter");
    assert!(shown(&stage).is_empty());
    let mark = Mark { tags: vec!["要点".to_owned()], ..Mark::default() };
    stage.app.kept.marks.set(PostId::new(6), mark);
    stage.wait(1);
    assert_eq!(shown(&stage), [7]);
    stage.keys("& Enter & \"from:赵一\" Enter");
    assert!(shown(&stage).is_empty());
    stage.keys("H : \"#3\" Enter e n Ctrl-u \"赵一\" Enter Esc H");
    assert_eq!(shown(&stage), [3, 5, 9], "{}", stage.screen());
}

#[test]
fn small_and_odd_records_bear_filters() {
    for text in ["", "一句话。\n", "一段,没有时间。\n\n又一段。\n"] {
        for (width, height) in [(80, 24), (40, 12), (20, 5)] {
            let mut stage = Stage::new(text, width, height);
            stage.keys("& \"段\" Enter Enter Enter J K G g g H H F + - e Esc d Esc n N & Enter H");
            stage.keys("& \"!没\" Enter Enter z z x x X");
            assert!(stage.app.shown_posts().count() <= stage.app.transcript.len());
        }
    }
}

fn text() -> impl Strategy<Value = String> {
    let post = (
        0u32..4,
        select(vec!["主持人", "某馆馆长陆知远", "沈砚秋", "直播管理员"]),
        select(vec![
            "茶。",
            "好,好。",
            "某馆馆长:陆知远",
            "很长的一段话,说的是茶与书,一行放不下,要折成好几行才行。",
        ]),
    );
    vec(post, 1..25).prop_map(|posts| {
        let mut minute = 0;
        let post = |(wait, who, words): (u32, &str, &str)| {
            minute += wait * wait * 10;
            format!(
                "2025-01-{:02} {:02}:{:02}\n{who}\n{words}\n",
                1 + minute / 1440,
                minute / 60 % 24,
                minute % 60
            )
        };
        posts.into_iter().map(post).collect()
    })
}

fn keys() -> impl Strategy<Value = &'static str> {
    select(vec![
        "& \"茶\" Enter",
        "& \"!好\" Enter",
        "& \"from:陆知远\" Enter",
        "& \"role:host\" Enter",
        "& \"无\" Enter",
        "& Enter",
        "F + Esc",
        "F - Esc",
        "F Enter Esc",
        "H",
        "Enter",
        "J",
        "K",
        "G",
        "x",
        "x x",
        "z z",
        "X",
        ": \"#5\" Enter",
        "Space Space",
        "E",
        "1",
        "2 x x",
    ])
}

proptest! {
    #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(150) })]

    #[test]
    fn every_post_is_shown_or_counted_in_one_thin_line_and_steps_down_and_up_meet(
        text in text(), presses in vec(keys(), 0..10), width in 20u16..100, height in 6u16..30, down in any::<bool>(),
    ) {
        let mut stage = Stage::new(&text, width, height);
        for press in &presses {
            stage.keys(press);
        }
        let flow = stage.app.flow();
        if flow.is_empty() {
            prop_assert_eq!(stage.app.shown_posts().count(), 0);
            return Ok(());
        }
        let mut places = vec![flow.start()];
        loop {
            let last = places[places.len() - 1];
            let next = flow.step(last, 1);
            if next == last {
                break;
            }
            prop_assert!(next > last);
            places.push(next);
        }
        let mut up = vec![places[places.len() - 1]];
        while up[up.len() - 1] != places[0] {
            up.push(flow.step(up[up.len() - 1], -1));
        }
        up.reverse();
        prop_assert_eq!(&up, &places);
        let middle: Place = places[places.len() / 2];
        let by = if down { 3 } else { -3 };
        let index = (places.len() / 2).saturating_add_signed(by).min(places.len() - 1);
        prop_assert_eq!(flow.step(middle, by), places[index]);

        let rows = flow.page(places[0], places.len());
        let mut told = 0;
        let mut seen: Vec<usize> = Vec::new();
        for row in &rows {
            match row.kind {
                RowKind::Hidden(posts) => told += posts,
                RowKind::HiddenTail => told += stage.app.revealed - row.post.number(),
                RowKind::Body { .. } if seen.last() != Some(&row.post.number()) => seen.push(row.post.number()),
                _ => {}
            }
        }
        let shown: Vec<_> = stage.app.shown_posts().map(PostId::number).collect();
        prop_assert_eq!(&seen, &shown);
        prop_assert_eq!(told + shown.len(), stage.app.revealed);
        prop_assert!(shown.contains(&stage.focus()), "{:?} {}", shown, stage.focus());
    }
}
