//! What actions and modes are called in the configuration, at the command line of the reader and in the help. These
//! names are for good: what somebody has written into a file must keep its meaning.

use crate::action::{Action, Mode};

/// Every action with its name; one with a number, with the number 1.
pub const NAMES: [(Action, &str); 104] = [
    (Action::TogglePlay, "toggle-play"),
    (Action::StepForward, "step-forward"),
    (Action::StepBack, "step-back"),
    (Action::Faster, "faster"),
    (Action::Slower, "slower"),
    (Action::NormalSpeed, "normal-speed"),
    (Action::SeekForward, "seek-forward"),
    (Action::SeekBack, "seek-back"),
    (Action::SeekFarForward, "seek-far-forward"),
    (Action::SeekFarBack, "seek-far-back"),
    (Action::SkipGap, "skip-gap"),
    (Action::CycleGaps, "cycle-gaps"),
    (Action::CyclePace, "cycle-pace"),
    (Action::ScrubForward, "scrub-forward"),
    (Action::ScrubBack, "scrub-back"),
    (Action::Repeat, "repeat"),
    (Action::ToggleTyped, "toggle-typed"),
    (Action::BreakHere, "break-here"),
    (Action::Breaks, "breaks"),
    (Action::NewBreak, "new-break"),
    (Action::DropBreak, "drop-break"),
    (Action::LiveEdge, "live-edge"),
    (Action::RevealAll, "reveal-all"),
    (Action::RowDown, "row-down"),
    (Action::RowUp, "row-up"),
    (Action::PostDown, "next-post"),
    (Action::PostUp, "previous-post"),
    (Action::HalfDown, "half-down"),
    (Action::HalfUp, "half-up"),
    (Action::PageDown, "page-down"),
    (Action::PageUp, "page-up"),
    (Action::Top, "top"),
    (Action::Bottom, "bottom"),
    (Action::GoTo, "go-to"),
    (Action::JumpBack, "jump-back"),
    (Action::JumpForward, "jump-forward"),
    (Action::SpeakerNext, "next-by-speaker"),
    (Action::SpeakerPrevious, "previous-by-speaker"),
    (Action::TurnNext, "next-turn"),
    (Action::TurnPrevious, "previous-turn"),
    (Action::ExchangeNext, "next-exchange"),
    (Action::ExchangePrevious, "previous-exchange"),
    (Action::NumberNext(1), "next-by-number"),
    (Action::NumberPrevious(1), "previous-by-number"),
    (Action::FindSpeaker, "find-speaker"),
    (Action::Outline, "outline"),
    (Action::Search, "search"),
    (Action::HitNext, "next-hit"),
    (Action::HitPrevious, "previous-hit"),
    (Action::SearchWord, "search-word"),
    (Action::Results, "results"),
    (Action::ToggleRegex, "toggle-regex"),
    (Action::TogglePinyin, "toggle-pinyin"),
    (Action::ToggleFolding, "toggle-folding"),
    (Action::Filter, "filter"),
    (Action::ToggleFilters, "toggle-filters"),
    (Action::Filters, "filters"),
    (Action::EditFilter, "edit-filter"),
    (Action::DropFilter, "drop-filter"),
    (Action::MoreContext, "more-context"),
    (Action::LessContext, "less-context"),
    (Action::Open, "unfold"),
    (Action::Bookmark, "bookmark"),
    (Action::Marks, "marks"),
    (Action::MarkNext, "next-mark"),
    (Action::MarkPrevious, "previous-mark"),
    (Action::Note, "note"),
    (Action::Tag, "tag"),
    (Action::NameMark, "name-mark"),
    (Action::DropMark, "drop-mark"),
    (Action::Copy, "copy"),
    (Action::CopyExchange, "copy-exchange"),
    (Action::Select, "select"),
    (Action::CycleCopyForm, "cycle-copy-form"),
    (Action::Export, "export"),
    (Action::GapNext, "next-gap"),
    (Action::GapPrevious, "previous-gap"),
    (Action::SwitchPane, "switch-pane"),
    (Action::CycleLayout, "cycle-layout"),
    (Action::CycleTheme, "cycle-theme"),
    (Action::CycleMeasure, "cycle-measure"),
    (Action::FlipAmbiguous, "flip-ambiguous"),
    (Action::ToggleReveal, "toggle-reveal"),
    (Action::Solo, "solo"),
    (Action::Mute, "mute"),
    (Action::HearAll, "hear-all"),
    (Action::CycleOrder, "cycle-order"),
    (Action::GroupByRole, "group-by-role"),
    (Action::Card, "card"),
    (Action::EditName, "edit-name"),
    (Action::EditTitle, "edit-title"),
    (Action::CycleRole, "cycle-role"),
    (Action::Merge, "merge"),
    (Action::Part, "part"),
    (Action::Restore, "restore"),
    (Action::Help, "help"),
    (Action::Quit, "quit"),
    (Action::Suspend, "suspend"),
    (Action::Accept, "accept"),
    (Action::Cancel, "cancel"),
    (Action::ItemDown, "item-down"),
    (Action::ItemUp, "item-up"),
    (Action::Complete, "complete"),
    (Action::CompleteBack, "complete-back"),
];

/// Every mode with its name.
pub const MODES: [(Mode, &str); 12] = [
    (Mode::Reading, "reading"),
    (Mode::People, "people"),
    (Mode::Prompt, "prompt"),
    (Mode::Finder, "finder"),
    (Mode::Outline, "outline"),
    (Mode::Breaks, "breaks"),
    (Mode::Results, "results"),
    (Mode::Filters, "filters"),
    (Mode::Marks, "marks"),
    (Mode::Note, "note"),
    (Mode::Card, "card"),
    (Mode::Help, "help"),
];

/// The name of an action.
pub fn name(action: Action) -> &'static str {
    let action = numbered(action, 1);
    NAMES.iter().find(|(known, _)| *known == action).map_or("", |(_, name)| name)
}

/// The action of a name.
pub fn named(name: &str) -> Option<Action> {
    NAMES.iter().find(|(_, known)| *known == name).map(|(action, _)| *action)
}

/// The name of a mode.
pub fn mode_name(mode: Mode) -> &'static str {
    MODES.iter().find(|(known, _)| *known == mode).map_or("", |(_, name)| name)
}

/// An action that takes a number, with that number; any other as it is.
pub const fn numbered(action: Action, number: u8) -> Action {
    match action {
        Action::NumberNext(_) => Action::NumberNext(number),
        Action::NumberPrevious(_) => Action::NumberPrevious(number),
        other => other,
    }
}
