//! Nothing is half there: every action bound and told, every format with a sample, README in step with the code.

#![expect(clippy::unwrap_used, reason = "what cannot be read fails the test")]

use clap::ValueEnum;
use shilu::action::{Action, Group};
use shilu::choice::Format;
use shilu::config::{Entry, entries};
use shilu::format::{Forced, read_bytes};
use shilu::keymap::{Keymap, NAMES, ROWS, markdown, rows_of};
use shilu::lang::Lang;
use shilu::layout::help::Line;
use shilu::text::ruler::Ruler;

/// Every action. A new variant does not compile until it is added to `listed`, and the tests fail until it
/// is here.
const ALL: [Action; 104] = [
    Action::TogglePlay,
    Action::StepForward,
    Action::StepBack,
    Action::Faster,
    Action::Slower,
    Action::NormalSpeed,
    Action::SeekForward,
    Action::SeekBack,
    Action::SeekFarForward,
    Action::SeekFarBack,
    Action::SkipGap,
    Action::CycleGaps,
    Action::CyclePace,
    Action::ScrubForward,
    Action::ScrubBack,
    Action::Repeat,
    Action::ToggleTyped,
    Action::BreakHere,
    Action::Breaks,
    Action::NewBreak,
    Action::DropBreak,
    Action::LiveEdge,
    Action::RevealAll,
    Action::RowDown,
    Action::RowUp,
    Action::PostDown,
    Action::PostUp,
    Action::HalfDown,
    Action::HalfUp,
    Action::PageDown,
    Action::PageUp,
    Action::Top,
    Action::Bottom,
    Action::GoTo,
    Action::JumpBack,
    Action::JumpForward,
    Action::SpeakerNext,
    Action::SpeakerPrevious,
    Action::TurnNext,
    Action::TurnPrevious,
    Action::ExchangeNext,
    Action::ExchangePrevious,
    Action::NumberNext(1),
    Action::NumberPrevious(1),
    Action::FindSpeaker,
    Action::Outline,
    Action::Search,
    Action::HitNext,
    Action::HitPrevious,
    Action::SearchWord,
    Action::Results,
    Action::ToggleRegex,
    Action::TogglePinyin,
    Action::ToggleFolding,
    Action::Filter,
    Action::ToggleFilters,
    Action::Filters,
    Action::EditFilter,
    Action::DropFilter,
    Action::MoreContext,
    Action::LessContext,
    Action::Open,
    Action::Bookmark,
    Action::Marks,
    Action::MarkNext,
    Action::MarkPrevious,
    Action::Note,
    Action::Tag,
    Action::NameMark,
    Action::DropMark,
    Action::Copy,
    Action::CopyExchange,
    Action::Select,
    Action::CycleCopyForm,
    Action::Export,
    Action::GapNext,
    Action::GapPrevious,
    Action::SwitchPane,
    Action::CycleLayout,
    Action::CycleTheme,
    Action::CycleMeasure,
    Action::FlipAmbiguous,
    Action::ToggleReveal,
    Action::Solo,
    Action::Mute,
    Action::HearAll,
    Action::CycleOrder,
    Action::GroupByRole,
    Action::Card,
    Action::EditName,
    Action::EditTitle,
    Action::CycleRole,
    Action::Merge,
    Action::Part,
    Action::Restore,
    Action::Help,
    Action::Quit,
    Action::Suspend,
    Action::Accept,
    Action::Cancel,
    Action::ItemDown,
    Action::ItemUp,
    Action::Complete,
    Action::CompleteBack,
];

#[expect(clippy::too_many_lines, reason = "a line each")]
/// Fails to compile when an action is missing above.
const fn listed(action: Action) {
    match action {
        Action::TogglePlay
        | Action::StepForward
        | Action::StepBack
        | Action::Faster
        | Action::Slower
        | Action::NormalSpeed
        | Action::SeekForward
        | Action::SeekBack
        | Action::SeekFarForward
        | Action::SeekFarBack
        | Action::SkipGap
        | Action::CycleGaps
        | Action::CyclePace
        | Action::ScrubForward
        | Action::ScrubBack
        | Action::Repeat
        | Action::ToggleTyped
        | Action::BreakHere
        | Action::Breaks
        | Action::NewBreak
        | Action::DropBreak
        | Action::LiveEdge
        | Action::RevealAll
        | Action::RowDown
        | Action::RowUp
        | Action::PostDown
        | Action::PostUp
        | Action::HalfDown
        | Action::HalfUp
        | Action::PageDown
        | Action::PageUp
        | Action::Top
        | Action::Bottom
        | Action::GoTo
        | Action::JumpBack
        | Action::JumpForward
        | Action::SpeakerNext
        | Action::SpeakerPrevious
        | Action::TurnNext
        | Action::TurnPrevious
        | Action::ExchangeNext
        | Action::ExchangePrevious
        | Action::NumberNext(_)
        | Action::NumberPrevious(_)
        | Action::FindSpeaker
        | Action::Outline
        | Action::Search
        | Action::HitNext
        | Action::HitPrevious
        | Action::SearchWord
        | Action::Results
        | Action::ToggleRegex
        | Action::TogglePinyin
        | Action::ToggleFolding
        | Action::Filter
        | Action::ToggleFilters
        | Action::Filters
        | Action::EditFilter
        | Action::DropFilter
        | Action::MoreContext
        | Action::LessContext
        | Action::Open
        | Action::Bookmark
        | Action::Marks
        | Action::MarkNext
        | Action::MarkPrevious
        | Action::Note
        | Action::Tag
        | Action::NameMark
        | Action::DropMark
        | Action::Copy
        | Action::CopyExchange
        | Action::Select
        | Action::CycleCopyForm
        | Action::Export
        | Action::GapNext
        | Action::GapPrevious
        | Action::SwitchPane
        | Action::CycleLayout
        | Action::CycleTheme
        | Action::CycleMeasure
        | Action::FlipAmbiguous
        | Action::ToggleReveal
        | Action::Solo
        | Action::Mute
        | Action::HearAll
        | Action::CycleOrder
        | Action::GroupByRole
        | Action::Card
        | Action::EditName
        | Action::EditTitle
        | Action::CycleRole
        | Action::Merge
        | Action::Part
        | Action::Restore
        | Action::Help
        | Action::Quit
        | Action::Suspend
        | Action::Accept
        | Action::Cancel
        | Action::ItemDown
        | Action::ItemUp
        | Action::Complete
        | Action::CompleteBack => {}
    }
}

#[test]
fn every_action_has_a_name_in_the_help_and_in_the_readme() {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let help = shilu::layout::help::page((Lang::En, Ruler::default()), &Keymap::default(), 99);
    let told = |line: &Line, wanted: &str| matches!(line, Line::Keys(_, _, name) if *name == wanted);
    for action in ALL {
        let name = shilu::keymap::name(action);
        assert_eq!(shilu::keymap::named(name), Some(action), "{action:?} has no name of its own");
        assert!(readme.contains(&format!("| `{name}` |")), "{name} is not in README.md");
        assert!(help.columns.iter().flatten().any(|line| told(line, name)), "{name} is not in the help");
    }
    assert_eq!(NAMES.len(), ALL.len());
}

#[test]
fn the_table_of_settings_of_the_readme_is_that_of_the_program() {
    let row = |entry: &Entry| {
        let allowed = entry.allowed().replace('|', "\\|");
        format!("| `{}` | {} | `{allowed}` |\n", entry.key, entry.en)
    };
    let rows: String = entries().map(row).collect();
    assert_in_readme("settings", &format!("| setting | what | may be |\n|---|---|---|\n{rows}"));
}

#[test]
fn every_action_has_a_key_and_words_in_both_languages() {
    for action in ALL {
        listed(action);
        let row = ROWS.iter().find(|row| row.action == action);
        let row = row.unwrap_or_else(|| panic!("{action:?} has no key"));
        assert!(!row.keys.is_empty() && !row.zh.is_empty() && !row.en.is_empty() && !row.modes.is_empty());
    }
}

#[test]
fn every_row_of_the_table_parses_and_stands_in_the_help() {
    for row in ROWS {
        assert_eq!(row.expanded().is_empty(), row.keys.is_empty());
        for (keys, _) in row.expanded() {
            assert!(!keys.is_empty(), "{:?} has a key that does not parse", row.keys);
        }
    }
    assert_eq!(Group::ALL.into_iter().flat_map(rows_of).count(), ROWS.len());
}

/// Holds a table of the README to what the program says, or writes it there.
fn assert_in_readme(what: &str, table: &str) {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let readme = std::fs::read_to_string(path).unwrap();
    let (begin, end) = (format!("<!-- {what}: generated -->\n"), format!("<!-- /{what} -->"));
    let (before, rest) = readme.split_once(&begin).expect("README.md marks the table");
    let (_, after) = rest.split_once(&end).expect("README.md ends the table");
    let wanted = format!("{before}{begin}{table}{end}{after}");
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(path, &wanted).unwrap();
        return;
    }
    assert!(
        readme == wanted,
        "the table of {what} is stale: run UPDATE_README=1 cargo test --test parity -- --test-threads 1"
    );
}

#[test]
fn the_key_table_of_the_readme_is_that_of_the_program() {
    assert_in_readme("keys", &format!("| keys | | name |\n|---|---|---|\n{}", markdown(Lang::En)));
}

#[test]
fn the_table_of_formats_of_the_readme_is_that_of_the_program() {
    let row = |format: &Format| {
        let value = format.to_possible_value().unwrap();
        format!("| `{}` | {} |\n", value.get_name(), value.get_help().unwrap())
    };
    let rows: String = Format::value_variants().iter().map(row).collect();
    assert_in_readme("formats", &format!("| name | what |\n|---|---|\n{rows}"));
}

#[test]
fn every_option_of_the_program_stands_in_the_manual() {
    use clap::CommandFactory;
    let mut command = shilu::cli::Cli::command();
    command.build();
    for sub in command.get_subcommands() {
        assert!(sub.get_about().is_some(), "{} says nothing of itself", sub.get_name());
        for argument in sub.get_arguments() {
            let id = argument.get_id();
            assert!(
                id == "help" || id == "version" || argument.get_help().is_some(),
                "{id} of {}",
                sub.get_name()
            );
        }
    }
}

/// What a format still lacks to be a whole one.
fn lacks(format: Format, readme: &str) -> Vec<&'static str> {
    let path = format!("{}/tests/samples/{}", env!("CARGO_MANIFEST_DIR"), format.name());
    let Ok(sample) = std::fs::read(path) else { return vec!["a sample in tests/samples"] };
    let (transcript, facts) = read_bytes(&sample, Forced::default()).unwrap();
    let told = |what: &'static str, is_so: bool| (!is_so).then_some(what);
    let names = transcript.speakers().iter().any(|speaker| !speaker.label.is_empty());
    let bodies = transcript.ids().all(|id| !transcript.body(id).trim().is_empty());
    let remarks = facts.remarks.iter().count();
    let nameless = [Format::Plain, Format::Asciicast].contains(&format);
    [
        told(
            "that its sample is told to be its own",
            facts.detection.map(|found| found.format) == Some(format),
        ),
        told("its name in meta.format", transcript.meta.format == format.name()),
        told("two posts", transcript.len() > 1),
        told("a speaker with a name", names || nameless),
        told("words in every post", bodies),
        told(
            "source lines",
            format == Format::Shilu || transcript.ids().all(|id| transcript.lines(id).is_some()),
        ),
        told("a sample without fault", remarks == 0),
        told("a place in the README", readme.contains(&format!("`{}`", format.name()))),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[test]
fn every_format_is_whole() {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let lacking: Vec<_> = Format::ALL
        .into_iter()
        .map(|format| (format.name(), lacks(format, &readme)))
        .filter(|(_, lacks)| !lacks.is_empty())
        .collect();
    assert!(lacking.is_empty(), "{lacking:#?}");
}
