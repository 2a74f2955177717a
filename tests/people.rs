//! People: whose bylines are one, what captions do to turns, solo and mute, the card and what is corrected on it.

mod support;

use proptest::prelude::{prop_assert_eq, proptest};
use shilu::action::Mode;
use shilu::app::Sorting;
use shilu::structure::{ChapterMark, Corrections, Edit, Structure};
use shilu::transcript::{ClockKind, Draft, Kind, Post, PostId, Role, SpeakerId, Transcript};
use std::sync::Arc;
use support::Stage;

fn say(draft: &mut Draft, posts: &[(&str, &str)], minute: i64) {
    for (index, (label, body)) in posts.iter().enumerate() {
        let (speaker, body) = (draft.intern(label), draft.append_text(body));
        draft.push(Post { start: Some((minute + index as i64) * 60_000), speaker, body, ..Post::default() });
    }
}

fn transcript(posts: &[(&str, &str)]) -> Transcript {
    let mut draft = Draft::default();
    draft.meta.clock = ClockKind::Wall;
    draft.meta.resolution_ms = 60_000;
    draft.meta.origin = chrono::NaiveDate::from_ymd_opt(2025, 1, 1).and_then(|day| day.and_hms_opt(9, 0, 0));
    say(&mut draft, posts, 0);
    Transcript::from(draft.take())
}

fn corrections(edits: &[(&str, Edit)]) -> Arc<Corrections> {
    let mut corrections = Corrections::default();
    for (label, edit) in edits {
        corrections.edit(label, edit);
    }
    Arc::new(corrections)
}

fn same_as(label: &str) -> Edit {
    Edit::SameAs(Some(label.to_owned()))
}

const HOST: (&str, &str) = ("主持人", "请问?");
const ADMIN: &str = "直播管理员";

#[test]
fn bylines_that_are_merged_are_one_person_everywhere() {
    let posts = [
        HOST,
        ("某馆馆长陆知远", "一二"),
        HOST,
        ("陆馆长", "三"),
        ("某校校长王芳", "四"),
        ("陆馆长", "五六"),
    ];
    let transcript = transcript(&posts);
    let structure = Structure::corrected(&transcript, corrections(&[("陆馆长", same_as("某馆馆长陆知远"))]));
    let (first, second) = (SpeakerId::new(1), SpeakerId::new(2));
    assert_eq!((structure.person(second), structure.people_count()), (first, 3));
    assert_eq!(structure.name(&transcript, second), "陆知远");
    assert_eq!(structure.aliases(&transcript, first), ["陆馆长"]);
    assert_eq!((structure.member(second).posts, structure.member(second).chars), (3, 5));
    let next = |from| structure.next_by(&transcript, second, PostId::new(from)).map(PostId::number);
    assert_eq!([next(0), next(1), next(3)], [Some(2), Some(4), Some(6)]);
    let previous = structure.previous_by(&transcript, first, PostId::new(5));
    assert_eq!(previous.map(PostId::number), Some(4));
    let guests: Vec<_> = structure.exchanges(&transcript).map(|exchange| exchange.guests.len()).collect();
    assert_eq!(guests, [1, 2]);
    let weights = structure.weights(&transcript, &[3, 6], &[first]);
    assert_eq!(weights, [[3, 5]]);
}

#[test]
fn the_byline_that_others_count_with_tells_name_and_role_even_if_it_comes_last() {
    let posts = [("林溪", "大家好。"), ("某馆馆长陆知远", "好。"), ("主持人林溪", "请问?")];
    let transcript = transcript(&posts);
    let structure = Structure::corrected(&transcript, corrections(&[("林溪", same_as("主持人林溪"))]));
    assert_eq!(structure.person(SpeakerId::new(2)), SpeakerId::new(0));
    assert_eq!(structure.role(SpeakerId::new(0)), &Role::Host);
    assert_eq!(structure.main_byline(SpeakerId::new(0)), SpeakerId::new(2));
    assert_eq!(
        structure.name(&transcript, SpeakerId::new(0)),
        structure.name(&transcript, SpeakerId::new(2))
    );
}

#[test]
fn what_is_corrected_outranks_all_that_is_derived() {
    let posts = [HOST, ("某馆馆长陆知远", "好。"), (ADMIN, "某馆馆长、书记:陆知远")];
    let edits = [
        ("某馆馆长陆知远", Edit::Name(Some("陆远".into()))),
        ("某馆馆长陆知远", Edit::Title(Some("馆长".into()))),
        ("主持人", Edit::Role(Some(Role::Guest))),
    ];
    let transcript = transcript(&posts);
    let structure = Structure::corrected(&transcript, corrections(&edits));
    let guest = SpeakerId::new(1);
    assert_eq!((structure.name(&transcript, guest), structure.title(&transcript, guest)), ("陆远", "馆长"));
    assert_eq!(structure.aliases(&transcript, guest), ["陆知远"]);
    assert_eq!(structure.captions(guest).len(), 1, "the caption is still that of the guest");
    assert!(!structure.is_hosted() && structure.exchange_count() == 0);
}

/// The host calls one name, and two bylines of one office spell it in two ways.
const SPELLED: [(&str, &str); 5] = [
    ("主持人", "请陆志远馆长谈谈?"),
    ("某馆馆长陆知远", "好。"),
    ("主持人", "再问陆志远馆长?"),
    ("某馆馆长陆志远", "好的。"),
    ("某馆馆长陆知远", "完。"),
];

#[test]
fn a_byline_that_merely_spells_the_name_otherwise_is_the_same_person() {
    let transcript = transcript(&SPELLED);
    let structure = Structure::of(&transcript);
    let person = SpeakerId::new(1);
    assert_eq!(structure.person(SpeakerId::new(2)), person);
    assert_eq!(
        (structure.name(&transcript, person), structure.aliases(&transcript, person)),
        ("陆志远", vec!["陆知远"])
    );
    assert_eq!(structure.member(person).posts, 3);
    let apart = Structure::corrected(&transcript, corrections(&[("某馆馆长陆志远", Edit::Apart(true))]));
    assert_eq!(apart.person(SpeakerId::new(2)), SpeakerId::new(2));
}

#[test]
fn who_joins_by_correction_joins_whoever_that_one_has_joined() {
    let mut posts = SPELLED.to_vec();
    posts.push(("陆馆长", "还有。"));
    for main in ["某馆馆长陆志远", "某馆馆长陆知远"] {
        let transcript = transcript(&posts);
        let structure = Structure::corrected(&transcript, corrections(&[("陆馆长", same_as(main))]));
        let people: Vec<_> = structure.people().collect();
        let counted: usize = people.iter().map(|&id| structure.member(id).posts).sum();
        assert_eq!((people.len(), counted), (2, posts.len()), "{main}");
        assert!(transcript.ids().all(|id| people.contains(&structure.author(&transcript, id))));
    }
}

#[test]
fn a_host_who_is_found_later_is_heard_from_the_beginning() {
    let mut posts = Vec::new();
    let labels: Vec<String> =
        (0..20).map(|index| format!("某馆馆长陆{}远", ["知", "文", "方", "平"][index % 4])).collect();
    for label in &labels {
        posts.push((["宁远", "宁老师"][posts.len() / 2 % 2], "陆知远馆长怎么看?"));
        posts.push((label.as_str(), "好。"));
    }
    let transcript = transcript(&posts);
    let structure = Structure::corrected(&transcript, corrections(&[("宁老师", same_as("宁远"))]));
    assert!(structure.is_hosted());
    assert_eq!(structure.exchange_count(), 20, "both bylines of the host ask");
    let whole: usize = structure.people().map(|id| structure.member(id).posts).sum();
    assert_eq!(whole, posts.len());
    for id in structure.people() {
        let own = transcript.ids().filter(|&post| structure.author(&transcript, post) == id);
        assert_eq!(own.count(), structure.member(id).posts);
    }
}

#[test]
fn a_person_who_is_merged_into_another_has_that_ones_name_and_title() {
    let posts = [
        ("主持人", "请张宝峰司长谈谈?"),
        ("某局司长张宝峰", "好。"),
        ("主持人", "请毕克新局长谈谈?"),
        ("某局局长毕可新", "好。"),
        (ADMIN, "某局司长、书记:张宝峰"),
        (ADMIN, "某局局长、委员:毕克新"),
    ];
    let transcript = transcript(&posts);
    for (label, main, name, title) in [
        ("某局司长张宝峰", "某局局长毕可新", "毕克新", "某局局长、委员"),
        ("某局局长毕可新", "某局司长张宝峰", "张宝峰", "某局司长、书记"),
    ] {
        let structure = Structure::corrected(&transcript, corrections(&[(label, same_as(main))]));
        let person = SpeakerId::new(1);
        assert_eq!(
            (structure.name(&transcript, person), structure.title(&transcript, person)),
            (name, title)
        );
        assert_eq!(
            structure.captions(person).iter().map(|caption| caption.number()).collect::<Vec<_>>(),
            [5, 6]
        );
    }
}

#[test]
fn no_name_covers_a_caption_but_that_of_its_author() {
    let spoken = [HOST, ("某馆馆长陆知远", "好。")]
        .map(|(label, body)| format!("2025-01-01 08:00\n{label}\n{body}\n"));
    let caption = |minute| format!("2025-01-01 09:{minute:02}\n{ADMIN}\n某馆馆长、书记:陆知远\n");
    let text: String = spoken.into_iter().chain((0..30).map(caption)).collect();
    for size in [(80, 24), (40, 12)] {
        let mut stage = Stage::new(&text, size.0, size.1);
        stage.keys(": \"#20\" Enter");
        assert!(!stage.app.covered, "{}", stage.screen());
        let words = stage.screen();
        assert!(words.lines().filter(|row| row.contains("· 某馆馆长")).count() > 3, "{words}");
    }
}

#[test]
fn what_is_corrected_of_one_says_nothing_of_another() {
    let posts = [HOST, ("某馆馆长陆知远", "一"), ("陆馆长", "二"), ("某校校长王芳", "三")];
    let transcript = transcript(&posts);
    let structure = Structure::corrected(&transcript, corrections(&[("陆馆长", same_as("某馆馆长陆知远"))]));
    assert!(structure.aliases(&transcript, SpeakerId::new(3)).is_empty());
}

#[test]
fn two_whom_the_host_calls_by_two_names_stay_two() {
    for (first, second) in [("请陆知远馆长?", "请陆志远馆长?"), ("请馆长?", "请另一位馆长?")]
    {
        let posts =
            [("主持人", first), ("某馆馆长陆知远", "好。"), ("主持人", second), ("某馆馆长陆志远", "好。")];
        let transcript = transcript(&posts);
        let structure = Structure::of(&transcript);
        assert_eq!(structure.people_count(), 3, "{first} {second}");
    }
}

#[test]
fn how_long_answers_are_waited_for_is_the_mean_over_the_questions() {
    let mut draft = Draft::default();
    draft.meta.clock = ClockKind::Wall;
    say(&mut draft, &[HOST, HOST], 0);
    say(&mut draft, &[("甲", "答"), ("甲", "再答"), ("乙", "也答")], 3);
    say(&mut draft, &[HOST, ("甲", "答")], 10);
    let transcript = Transcript::from(draft.take());
    let structure = Structure::of(&transcript);
    let waits = [1, 2].map(|index| structure.latency(SpeakerId::new(index)));
    assert_eq!(waits, [Some(90_000), None], "two minutes and one; whoever joins in was not asked");
}

#[test]
fn a_chapter_begins_with_the_post_that_its_mark_describes() {
    let mark = |title: &str, at: Option<&str>, by: &str, begins: &str| ChapterMark {
        title: title.to_owned(),
        at: at.map(str::to_owned),
        by: by.to_owned(),
        begins: begins.to_owned(),
    };
    let corrections = Arc::new(Corrections {
        chapters: vec![
            mark("二", None, "甲", "三四"),
            mark("一", Some("2025-01-01T09:01"), "甲", "一"),
            mark("无", Some("2025-01-02"), "甲", "一"),
            mark("空", None, "乙", "没有"),
        ],
        ..Corrections::default()
    });
    let transcript = transcript(&[("甲", "一二"), ("甲", "一二"), ("乙", "三四"), ("甲", "三四五")]);
    let structure = Structure::corrected(&transcript, corrections);
    let chapters: Vec<_> = structure.chapters().all().map(|(id, title)| (id.number(), title)).collect();
    assert_eq!(chapters, [(2, "一"), (4, "二")]);
    assert_eq!(structure.chapters().lost().count(), 2);
}

/// What the random records are made of; the captions name the first guest.
const LINES: [(&str, &str); 6] = [
    ("主持人", "请陆志远馆长谈谈?"),
    ("某馆馆长陆知远", "好。"),
    (ADMIN, "某馆馆长、书记:陆知远"),
    (ADMIN, "直播继续。"),
    ("某馆馆长陆志远", "谢谢。"),
    ("王馆长", "好。"),
];

proptest! {
    #[test]
    fn turns_begin_where_somebody_else_speaks_whatever_captions_stand_between(
        lines in proptest::collection::vec(0usize..6, 1..80), merged: bool,
    ) {
        let posts: Vec<_> = lines.iter().map(|&line| LINES[line]).collect();
        let merges = if merged { corrections(&[("王馆长", same_as(LINES[1].0))]) } else { Arc::default() };
        let transcript = transcript(&posts);
        let structure = Structure::corrected(&transcript, Arc::clone(&merges));
        let mut voice = None;
        let mut begins = Vec::new();
        for id in transcript.ids() {
            let is_caption = structure.kind(&transcript, id) == Kind::Caption
                || structure.caption_of(id).is_some();
            let author = structure.author(&transcript, id);
            if id.index() == 0 || !is_caption && voice != Some(author) {
                begins.push(id);
            }
            if id.index() == 0 || !is_caption {
                voice = Some(author);
            }
        }
        for id in transcript.ids() {
            prop_assert_eq!(structure.begins_turn(&transcript, id), begins.contains(&id), "{:?}", id);
            prop_assert_eq!(structure.turn_of(&transcript, id), *begins.iter().rfind(|&&turn| turn <= id).unwrap());
            prop_assert_eq!(structure.next_turn(&transcript, id), begins.iter().copied().find(|&turn| turn > id));
            let previous = begins.iter().copied().rfind(|&turn| turn < id);
            prop_assert_eq!(structure.previous_turn(&transcript, id), previous);
        }
    }

    #[test]
    fn a_growing_record_has_the_same_people_as_a_whole_one(
        lines in proptest::collection::vec(0usize..6, 1..80), step in 1usize..9,
    ) {
        let posts: Vec<_> = lines.iter().map(|&line| LINES[line]).collect();
        let mut edits = Corrections::default();
        edits.edit("王馆长", &same_as(LINES[4].0));
        edits.edit(LINES[1].0, &Edit::Name(Some("陆".into())));
        for title in ["甲", "乙"] {
            let mark = ChapterMark { title: title.into(), by: LINES[3].0.into(), ..ChapterMark::default() };
            edits.chapters.push(mark);
        }
        let edits = Arc::new(edits);
        let mut draft = Draft::default();
        draft.meta.clock = ClockKind::Wall;
        let mut transcript = Transcript::default();
        let mut grown = Structure::corrected(&transcript, Arc::clone(&edits));
        for (index, part) in posts.chunks(step).enumerate() {
            say(&mut draft, part, (index * step) as i64);
            transcript.grow(draft.take());
            grown.extend(&transcript);
        }
        for id in (0..transcript.speakers().len()).map(SpeakerId::new) {
            prop_assert_eq!(grown.person(grown.person(id)), grown.person(id));
        }
        prop_assert_eq!(grown, Structure::corrected(&transcript, edits));
    }
}

/// Names in the speaker list, top to bottom, as far as they are in sight.
fn listed(stage: &Stage) -> Vec<String> {
    let app = &stage.app;
    app.tracks.lanes.iter().map(|lane| app.structure.name(&app.transcript, lane.speaker).to_owned()).collect()
}

#[test]
fn solo_dims_the_others_and_then_hides_them() {
    let mut stage = Stage::demo(100, 30);
    stage.keys("3 z");
    assert!(stage.screen().contains("独听") || stage.screen().contains("solo"));
    let open = stage.app.page.len();
    assert!(
        stage
            .app
            .page
            .iter()
            .any(|row| stage.app.structure.author(&stage.app.transcript, row.post).number() != 3)
    );
    stage.keys("z");
    assert!(open > 0 && listed(&stage) == ["陆知远"]);
    for row in &stage.app.page {
        assert_eq!(stage.app.structure.author(&stage.app.transcript, row.post).number(), 3);
    }
    let screen = stage.screen();
    assert!(screen.contains("未显示") || screen.contains("not shown"), "{screen}");
    stage.keys("J");
    assert_eq!(stage.app.speaker().number(), 3, "the next post is the next that is shown");
    stage.keys("z");
    assert!(stage.app.hearing.is_open() && listed(&stage).len() > 1);
}

#[test]
fn mute_hides_one_and_everybody_is_heard_again_by_one_key() {
    let mut stage = Stage::demo(100, 30);
    stage.keys("2 x x G");
    assert!(!listed(&stage).iter().any(|name| name == "主持人"));
    stage.keys("g g");
    let hosts = stage.app.page.iter().filter(|row| stage.app.transcript.speaker_of(row.post).number() == 2);
    assert_eq!(hosts.count(), 0);
    stage.keys("X");
    assert!(stage.app.hearing.is_open() && listed(&stage).iter().any(|name| name == "主持人"));
}

#[test]
fn what_was_read_before_something_was_hidden_is_read_on_when_it_is_shown_again() {
    let mut stage = Stage::demo(100, 30);
    stage.keys(": \"#25\" Enter j j");
    let before = stage.app.reader;
    let person = stage.app.speaker();
    stage.keys("x x");
    assert!(stage.app.hearing.hides() && stage.app.reader != before);
    stage.keys("x");
    assert!(stage.app.hearing.is_open(), "a third press means the same person");
    assert_eq!((stage.app.reader, stage.app.speaker()), (before, person));
    stage.keys("x x J X");
    assert_ne!(stage.app.reader, before, "one has gone on");
    stage.keys("Ctrl-o");
    assert_eq!(stage.focus(), 25);
}

#[test]
fn turns_and_exchanges_are_those_of_which_something_is_shown() {
    let mut stage = Stage::demo(100, 30);
    stage.keys("3 z z g g");
    let mut seen = vec![stage.focus()];
    for _ in 0..9 {
        stage.keys(")");
        assert_eq!(stage.app.speaker().number(), 3, "{seen:?}");
        seen.push(stage.focus());
    }
    let exchanges = |seen: &[usize], app: &shilu::app::App| -> Vec<Option<usize>> {
        seen.iter().map(|&number| app.structure.exchange_of(PostId::new(number - 1))).collect()
    };
    seen.dedup();
    let all = exchanges(&seen, &stage.app);
    assert!(
        seen.is_sorted() && seen.len() > 2 && all.windows(2).all(|pair| pair[0] != pair[1]),
        "{seen:?} {all:?}"
    );
    let mut back = vec![stage.focus()];
    for _ in 0..9 {
        stage.keys("(");
        back.push(stage.focus());
    }
    back.dedup();
    back.reverse();
    assert_eq!(back, seen);
    stage.keys("g g ] ] [ [");
    assert_eq!(stage.focus(), seen[0]);
    assert!(stage.app.hearing.hides());
}

#[test]
fn going_to_what_is_hidden_shows_it_dimmed() {
    let mut stage = Stage::demo(100, 30);
    stage.keys("2 x x : \"#4\" Enter");
    assert_eq!((stage.focus(), stage.app.hearing.hides(), stage.app.hearing.is_open()), (4, false, false));
}

#[test]
fn a_replay_hurries_through_what_is_muted() {
    let mut stage = Stage::demo(100, 30);
    stage.keys("g g 2 x g g Space } }");
    let total = stage.app.transcript.len();
    let mut hurried = [0, 0];
    for _ in 0..4000 {
        stage.wait(5_000);
        let newest = PostId::new(stage.app.revealed - 1);
        let is_host = stage.app.transcript.speaker_of(newest).number() == 2;
        if stage.app.clock.is_playing() {
            assert_eq!(stage.app.hurries, is_host, "post {newest:?}");
            hurried[usize::from(is_host)] += 1;
        }
        let speed = stage.app.speed;
        assert!((speed - 4.0).abs() < 1e-9, "what was set stays set: {speed}");
    }
    assert!(hurried[0] > 0 && hurried[1] > 0 && stage.app.revealed == total, "{hurried:?}");
}

#[test]
fn a_replay_that_has_hurried_goes_on_at_the_speed_that_is_set() {
    let mut stage = Stage::demo(100, 30);
    stage.keys("2 x g g");
    for _ in 0..20 {
        stage.keys("}");
    }
    let set = stage.app.speed;
    stage.keys("Space").wait(40);
    stage.keys("Space x x");
    stage.wait(0);
    assert!(stage.app.speed >= set && stage.app.clock.speed() >= set, "{} {}", set, stage.app.clock.speed());
}

#[test]
fn nobody_who_is_shown_may_have_spoken_yet() {
    let mut stage = Stage::demo(100, 30);
    stage.keys("9 z z g g Space");
    stage.keys(", , , , , , , ,");
    stage.app.clock = stage.app.clock.seek(0, stage.now);
    stage.wait(0);
    assert!(stage.app.page.is_empty(), "{}", stage.screen());
    stage.keys("j k J K G g g n ] [ Ctrl-d PgUp o O X");
    assert!(!stage.app.page.is_empty());
}

#[test]
fn people_are_listed_by_what_one_wants_and_moved_through_in_that_order() {
    let mut stage = Stage::demo(120, 40);
    let most = |stage: &Stage| {
        let members: Vec<_> = stage
            .app
            .tracks
            .lanes
            .iter()
            .map(|lane| stage.app.structure.member(lane.speaker).posts)
            .collect();
        members.is_sorted_by(|one, other| one >= other)
    };
    stage.keys("g g Tab u");
    assert_eq!(stage.app.roster.order, Sorting::Posts);
    stage.keys("k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k");
    assert!(most(&stage) && stage.app.chosen == stage.app.roster.at(0).unwrap());
    stage.keys("j");
    assert_eq!(stage.app.chosen, stage.app.roster.at(1).unwrap());
    stage.keys("U");
    let roles: Vec<_> = (0..stage.app.roster.len()).filter_map(|place| stage.app.roster.at(place)).collect();
    assert_eq!(stage.app.structure.role(roles[0]), &Role::Host);
    assert_eq!(stage.app.structure.role(roles[roles.len() - 1]), &Role::Admin);
}

#[test]
fn every_speaker_is_three_keys_away() {
    let mut stage = Stage::demo(120, 40);
    let count = stage.app.transcript.speakers().len();
    assert!(count > 9);
    for number in 1..=count {
        let keys =
            if number < 10 { number.to_string() } else { format!("0 {} {}", number / 10, number % 10) };
        assert!(keys.split(' ').count() <= 3);
        stage.keys("g g").keys(&keys);
        let author = stage.app.structure.author(&stage.app.transcript, stage.app.reader.focus);
        // The one who speaks first has no next post only if there is one post.
        assert_eq!(author.number(), number);
    }
}

#[test]
fn the_card_tells_what_is_known_and_takes_corrections() {
    let mut stage = Stage::demo(100, 30);
    stage.keys("3 e");
    assert_eq!(stage.app.mode, Mode::Card);
    assert!(stage.screen().contains("云江市图书馆馆长陆知远"), "{}", stage.screen());
    stage.keys("n Ctrl-u \"陆馆长\" Enter");
    let name = |stage: &Stage| stage.app.structure.name(&stage.app.transcript, SpeakerId::new(2)).to_owned();
    assert_eq!((name(&stage), stage.app.mode), ("陆馆长".to_owned(), Mode::Card));
    stage.keys("t Ctrl-u \"东道主\" Enter r r");
    assert_eq!(stage.app.structure.title(&stage.app.transcript, SpeakerId::new(2)), "东道主");
    assert_eq!(stage.app.structure.role(SpeakerId::new(2)), &Role::Guest);
    let edits = stage.app.take_edits();
    assert_eq!(edits.len(), 4);
    assert!(edits.iter().all(|(label, _)| label == "云江市图书馆馆长陆知远"));
    assert!(stage.app.take_edits().is_empty());
    stage.keys("d");
    assert_eq!(name(&stage), "陆知远");
    assert_eq!(stage.app.take_edits(), [("云江市图书馆馆长陆知远".to_owned(), Edit::Forget)]);
    stage.keys("n Enter t Enter");
    assert!(stage.app.take_edits().is_empty(), "nothing was typed");
    stage.keys("n Esc Esc");
    assert_eq!((stage.app.mode, stage.app.take_edits().len()), (Mode::Reading, 0));
}

#[test]
fn two_bylines_are_merged_on_the_card_and_parted_again() {
    let mut stage = Stage::demo(100, 30);
    let people = stage.app.structure.people_count();
    let posts = |stage: &Stage, index| stage.app.structure.member(SpeakerId::new(index)).posts;
    let sum = posts(&stage, 2) + posts(&stage, 3);
    stage.keys("4 e m \"lzy\" Enter");
    assert_eq!((stage.app.structure.people_count(), stage.app.mode), (people - 1, Mode::Card));
    assert_eq!((posts(&stage, 2), posts(&stage, 3)), (sum, sum));
    assert_eq!(stage.app.card.person, SpeakerId::new(2));
    stage.keys("m \"lzy\" Enter");
    assert!(stage.app.message.is_some(), "one person already");
    stage.keys("a");
    assert_eq!(stage.app.structure.people_count(), people);
    let labels: Vec<_> = stage.app.take_edits().into_iter().map(|(_, edit)| edit).collect();
    assert_eq!(labels, [same_as("云江市图书馆馆长陆知远"), Edit::Apart(true)]);
}

#[test]
fn the_question_is_pinned_while_its_answer_scrolls() {
    let mut stage = Stage::demo(80, 24);
    stage.keys(") o J");
    stage.keys("g g )");
    let question = stage.app.reader.focus;
    assert_eq!(stage.app.pinned, None, "it is in sight");
    let mut pinned = 0;
    for _ in 0..60 {
        stage.keys("j");
        if let Some((found, words)) = stage.app.pinned.clone() {
            let begin: String = words.chars().take(6).collect();
            assert!(stage.screen().contains(&begin), "{}", stage.screen());
            pinned += usize::from(found == question);
        }
    }
    assert!(pinned > 0);
}
