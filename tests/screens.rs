//! Named scenes, printed by cell width. `INSTA_UPDATE=always cargo test --test screens` accepts what is new.

mod support;

use shilu::choice::ThemeName;
use shilu::text::ruler::Ruler;
use shilu::view::theme::{Depth, Theme};
use support::{Stage, options, text_of};

macro_rules! scene {
    ($name:ident, $stage:expr) => {
        #[test]
        fn $name() {
            insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
                insta::assert_snapshot!(stringify!($name), $stage.screen());
            });
        }
    };
}

/// A bookmark with a name, a note, tags, all of it.
const MARKED: &str = ": \"#3\" Enter m ' n \"开场\" Enter Esc : \"#6\" Enter a \"核对原话\" Esc : \"#8\" Enter A \"数字,报告\" Enter \
    : \"#10\" Enter m A \"报告\" Enter a \"第一段：问一问出处，特别是数字，再核对年份和地名。\" Enter \"第二段\" Enter \"第三段\" Enter \"第四段\" Esc";

scene!(opens_at_120x40, Stage::demo(120, 40));
scene!(opens_at_80x24, Stage::demo(80, 24));
scene!(opens_at_40x12, Stage::demo(40, 12));
scene!(is_too_small_at_10x4, Stage::demo(10, 4));
scene!(side_by_side_at_120x30, Stage::demo(120, 30).keys("v ) )"));
scene!(text_only_at_60x20, Stage::demo(60, 20).keys("v J J J"));
scene!(a_sticky_header_over_a_long_turn, Stage::demo(80, 24).keys(": \"#15\" Enter j j j j"));
scene!(lunch_is_a_row_and_a_fold, Stage::demo(80, 24).keys(": \"14:21\" Enter"));
scene!(a_search_with_hits, Stage::demo(80, 24).keys("/ \"图书馆\" Enter n n"));
scene!(typing_a_search, Stage::demo(80, 24).keys("/ \"修书\""));
scene!(asking_what_to_search, Stage::demo(80, 24).keys("/"));
scene!(found_by_pinyin_only, Stage::demo(80, 24).keys("/ \"tushuguan\""));
scene!(a_search_by_pinyin_in_plain_text, Stage::demo(80, 24).keys("/ \"tushuguan\" Alt-p Alt-r Alt-f"));
scene!(a_search_by_pinyin_at_40x12, Stage::demo(40, 12).keys("Alt-p / \"tsg\" Enter"));
scene!(searching_the_word_that_one_reads, Stage::demo(80, 24).keys(": \"#15\" Enter * * *"));
scene!(whole_posts_that_are_asked_for, Stage::demo(80, 24).keys(": \"#15\" Enter / \"role:host\" Enter n n"));
scene!(the_list_of_hits_at_120x40, Stage::demo(120, 40).keys("/ \"书\" Enter r j j"));
scene!(the_list_of_hits_at_80x24, Stage::demo(80, 24).keys("/ \"图书馆\" Enter r G"));
scene!(the_list_of_hits_at_40x12, Stage::demo(40, 12).keys("/ \"图书馆\" Enter r j"));
scene!(the_list_of_whole_posts, Stage::demo(80, 24).keys("/ \"role:host\" Enter r"));
scene!(a_list_without_hits, Stage::demo(80, 24).keys("/ \"没有这回事\" Enter r"));
scene!(asking_where_to_go, Stage::demo(80, 24).keys(": \"15:1\""));
scene!(finding_a_speaker, Stage::demo(80, 24).keys("@ \"sq\""));
scene!(the_outline_of_questions, Stage::demo(80, 24).keys("J J J ) ) c"));
scene!(the_outline_at_40x12, Stage::demo(40, 12).keys("c G k"));
scene!(choosing_in_the_speaker_list, Stage::demo(80, 24).keys("Tab j j"));
scene!(the_speaker_list_at_120x40, Stage::demo(120, 40).keys(") Tab u u"));
scene!(the_speaker_list_at_40x12, Stage::demo(40, 12).keys(") Tab"));
scene!(solo_dims_the_others, Stage::demo(80, 24).keys("3 z"));
scene!(solo_hides_the_others, Stage::demo(80, 24).keys("3 z z"));
scene!(mute_at_40x12, Stage::demo(40, 12).keys(") x"));
scene!(the_card_of_a_speaker, Stage::demo(80, 24).keys("3 e"));
scene!(the_card_at_40x12, Stage::demo(40, 12).keys("3 e j j"));
scene!(correcting_a_name, Stage::demo(80, 24).keys("3 e n"));
scene!(
    captions_and_a_chapter,
    Stage::corrected(
        "2025-01-01 08:00\n主持人\n请陆知远馆长谈谈?\n2025-01-01 08:01\n某馆馆长陆知远\n好。\n2025-01-01 08:02\n直播管理员\n\
         某馆馆长、书记:陆知远\n2025-01-01 08:02\n某馆馆长陆知远\n再说一句。\n2025-01-01 08:03\n主持人\n谢谢。\n",
        ("某馆馆长陆知远", "再说"),
        (60, 20)
    )
);
scene!(
    an_outline_with_a_chapter,
    Stage::corrected(shilu::command::DEMO, ("古籍修复师沈砚秋", "最坏的一种"), (80, 24)).keys(") ) ) c")
);
scene!(the_list_of_breakpoints, Stage::demo(80, 24).keys("J J b B n \"@sq\" Enter n \"/修书\" Enter Enter"));
scene!(breakpoints_at_40x12, Stage::demo(40, 12).keys("B"));
scene!(a_range_and_a_breakpoint_on_the_axis, Stage::demo(120, 40).keys(") ) b J l ) l } } } }").wait(9000));
scene!(a_post_typed_out, Stage::demo(80, 24).keys(": \"#40\" Enter Space T").wait(4500));
scene!(silences_cut_short, Stage::demo(80, 24).keys("L : \"14:21\" Enter"));
scene!(a_replay_at_its_edge, Stage::demo(80, 24).keys(": \"#40\" Enter Space } } } }").wait(31_000));
scene!(
    a_replay_with_new_posts_below,
    Stage::demo(80, 24).keys(": \"#40\" Enter Space K K K } } } } } } }").wait(20_000)
);
scene!(no_bookmarks_yet, Stage::demo(80, 24).keys("'"));
scene!(bookmarks_and_notes, Stage::demo(80, 24).keys(&format!("{MARKED} g g '")));
scene!(bookmarks_at_40x12, Stage::demo(40, 12).keys(&format!("{MARKED} '")));
scene!(notes_below_posts_at_120x40, Stage::demo(120, 40).keys(&format!("{MARKED} : \"#9\" Enter")));
scene!(notes_below_posts_at_40x12, Stage::demo(40, 12).keys(MARKED));
scene!(
    notes_in_a_chat,
    Stage::new(include_str!("samples/irc"), 80, 24).keys("J J m a \"ask\" Enter \"again\" Esc")
);
scene!(
    writing_a_note,
    Stage::demo(80, 24).keys("J J a \"第一行，宽字与narrow。\" Enter Enter \"第三行\" Up Up End")
);
scene!(
    writing_a_long_note_at_40x12,
    Stage::demo(40, 12).keys(&format!("a {}", "\"宽字与narrow。\" Enter ".repeat(9)))
);
scene!(typing_tags, Stage::demo(80, 24).keys("A \"质量\" Enter A"));
scene!(
    coming_back,
    Stage::demo(80, 24).keys(": \"#40\" Enter j j").come_back(shilu::command::DEMO, (80, 24))
);
scene!(
    coming_back_at_40x12,
    Stage::demo(40, 12).keys(": \"#40\" Enter j j").come_back(shilu::command::DEMO, (40, 12))
);
scene!(a_filter_leaves_thin_lines, Stage::demo(80, 24).keys("& \"修\" Enter J J"));
scene!(
    a_filter_with_context_and_what_was_opened,
    Stage::demo(120, 40).keys("& \"古籍\" Alt-= Enter J J Enter J")
);
scene!(a_filter_at_40x12, Stage::demo(40, 12).keys("& \"修\" Enter J"));
scene!(typing_a_filter, Stage::demo(80, 24).keys("& \"from:沈\" Space \"纸\""));
scene!(typing_a_filter_that_is_none, Stage::demo(80, 24).keys("& \"(纸\""));
scene!(the_list_of_filters, Stage::demo(80, 24).keys("& \"修\" Enter & \"!from:沈\" Enter F k Enter"));
scene!(the_list_of_filters_at_40x12, Stage::demo(40, 12).keys("F"));
scene!(nothing_matches_a_filter, Stage::demo(80, 24).keys("& \"没有这样的\" Enter"));
scene!(help_at_120x40, Stage::demo(120, 40).keys("?"));
scene!(help_at_40x12, Stage::demo(40, 12).keys("? j j j"));
scene!(an_empty_record, Stage::new("", 80, 24));
scene!(
    plain_text,
    Stage::new("第一段话，没有名字，也没有时间。\n\nThe second paragraph, in English.\n", 60, 14)
);
scene!(a_chat_at_80x24, Stage::new(include_str!("samples/irc"), 80, 24));
scene!(a_chat_at_40x12, Stage::new(include_str!("samples/irc"), 40, 12).keys("v"));
scene!(
    subtitles_without_names,
    Stage::new(
        "1\n00:00:01,000 --> 00:00:02,500\nSo today we are going to talk\n\n2\n00:00:03,000 --> 00:00:04,000\n- Really?\n- Yes.\n",
        60,
        14
    )
);
scene!(
    hostile_text,
    Stage::new("2025-01-01 08:00\n坏\u{1b}[31m人\n一\u{7}二\u{202e}三\u{9b}2J四\u{200b}五\n", 60, 14)
);

#[test]
fn where_ambiguous_characters_are_wide_the_drawing_is_ascii() {
    let mut wide = options();
    wide.ruler = Ruler::new(true);
    let stage = Stage::with(&wide, shilu::command::DEMO, 80, 24);
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("ambiguous_characters_are_wide", stage.screen());
    });
}

#[test]
fn nothing_is_told_by_colour_alone() {
    let mut stage = Stage::demo(80, 24);
    stage.keys("/ \"图书馆\" Enter @ \"l\"");
    let coloured = text_of(&stage.cells_in(&Theme::new(ThemeName::Dark, Depth::True, false)));
    for (name, depth) in
        [(ThemeName::Mono, Depth::True), (ThemeName::Ansi, Depth::Sixteen), (ThemeName::Light, Depth::True)]
    {
        let buffer = stage.cells_in(&Theme::new(name, depth, false));
        assert_eq!(text_of(&buffer), coloured);
    }
    let mono = stage.cells_in(&Theme::new(ThemeName::Mono, Depth::True, false));
    let reversed =
        mono.content.iter().filter(|cell| cell.modifier.contains(ratatui::style::Modifier::REVERSED)).count();
    assert!(reversed > 0, "the chosen row is reversed");
}
