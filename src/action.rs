//! The shared words of the reader: what can be done, and in which mode.

/// What a key, a click or a command does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Play or pause.
    TogglePlay,
    /// Reveal the next post.
    StepForward,
    /// Take the last revealed post back.
    StepBack,
    /// Double the speed.
    Faster,
    /// Halve the speed.
    Slower,
    /// Back to 1×.
    NormalSpeed,
    /// Ten seconds of show time on.
    SeekForward,
    /// Ten seconds of show time back.
    SeekBack,
    /// A minute of show time on.
    SeekFarForward,
    /// A minute of show time back.
    SeekFarBack,
    /// To the next post at once.
    SkipGap,
    /// The next gap model.
    CycleGaps,
    /// Pace by the clock or by reading.
    CyclePace,
    /// A column of the timeline on.
    ScrubForward,
    /// A column of the timeline back.
    ScrubBack,
    /// Mark the beginning of a range, its end, then play without it.
    Repeat,
    /// Posts appear letter by letter, or at once.
    ToggleTyped,
    /// Stop the replay at this post, or by this speaker; or not any more.
    BreakHere,
    /// Open or close the list of breakpoints.
    Breaks,
    /// Ask for another breakpoint.
    NewBreak,
    /// Take the chosen breakpoint away.
    DropBreak,
    /// Back to the edge of the replay; from there to the live edge.
    LiveEdge,
    /// End the replay: reveal every post.
    RevealAll,
    /// One row down.
    RowDown,
    /// One row up.
    RowUp,
    /// Next post.
    PostDown,
    /// Previous post.
    PostUp,
    /// Half a page down.
    HalfDown,
    /// Half a page up.
    HalfUp,
    /// A page down.
    PageDown,
    /// A page up.
    PageUp,
    /// The beginning.
    Top,
    /// The end.
    Bottom,
    /// Ask where to go.
    GoTo,
    /// Back in the jump list.
    JumpBack,
    /// Forward in the jump list.
    JumpForward,
    /// Next post by this speaker.
    SpeakerNext,
    /// Previous post by this speaker.
    SpeakerPrevious,
    /// Next turn.
    TurnNext,
    /// Previous turn.
    TurnPrevious,
    /// Next exchange.
    ExchangeNext,
    /// Previous exchange.
    ExchangePrevious,
    /// Next post by the speaker of that number.
    NumberNext(u8),
    /// Previous post by the speaker of that number.
    NumberPrevious(u8),
    /// Ask for a speaker.
    FindSpeaker,
    /// Open or close the outline.
    Outline,
    /// Ask what to search.
    Search,
    /// Next hit.
    HitNext,
    /// Previous hit.
    HitPrevious,
    /// Search the word that one reads.
    SearchWord,
    /// Open or close the list of hits.
    Results,
    /// What is typed is a regular expression, or plain text.
    ToggleRegex,
    /// Letters that are typed are also pinyin, or not.
    TogglePinyin,
    /// Widths, simplified and traditional characters and quotes are one, or not.
    ToggleFolding,
    /// Ask which posts to show alone.
    Filter,
    /// Filters hold, or not for now.
    ToggleFilters,
    /// Open or close the list of filters.
    Filters,
    /// Change the chosen filter.
    EditFilter,
    /// Take the chosen filter away.
    DropFilter,
    /// More posts round each one that a filter shows.
    MoreContext,
    /// Fewer of them.
    LessContext,
    /// Show the posts that are left out here, or leave them out again.
    Open,
    /// Bookmark this post, or not any more.
    Bookmark,
    /// Open or close the list of bookmarks and notes.
    Marks,
    /// To the next bookmark or note.
    MarkNext,
    /// To the previous bookmark or note.
    MarkPrevious,
    /// Write a note on this post.
    Note,
    /// Tag this post.
    Tag,
    /// Name the chosen bookmark.
    NameMark,
    /// Take the chosen bookmark away, with its note and its tags.
    DropMark,
    /// Copy the post, or the range, as a quotation.
    Copy,
    /// Copy the exchange as a quotation.
    CopyExchange,
    /// Mark the beginning of a range; its end is where one goes then.
    Select,
    /// Copy as plain text, as Markdown, or with marks of paragraphs.
    CycleCopyForm,
    /// Ask for a file to export to.
    Export,
    /// The post after the next silence.
    GapNext,
    /// The post after the previous silence.
    GapPrevious,
    /// The next pane gets the keys.
    SwitchPane,
    /// The next layout.
    CycleLayout,
    /// The next theme.
    CycleTheme,
    /// The next measure of the text column.
    CycleMeasure,
    /// Ambiguous characters take two cells instead of one, or one instead of two.
    FlipAmbiguous,
    /// Show invisible characters by marks, or not.
    ToggleReveal,
    /// Solo for the speaker: the others are dimmed, then hidden.
    Solo,
    /// Mute the speaker: dimmed, then hidden.
    Mute,
    /// Everybody is heard again.
    HearAll,
    /// List speakers by another measure.
    CycleOrder,
    /// List speakers of one role together, or not.
    GroupByRole,
    /// What is known of the speaker, and why.
    Card,
    /// Correct the name.
    EditName,
    /// Correct the title.
    EditTitle,
    /// Correct the role.
    CycleRole,
    /// Choose whose byline it also is.
    Merge,
    /// The bylines of one person are several people.
    Part,
    /// Take corrections back.
    Restore,
    /// Show or hide every key.
    Help,
    /// Leave.
    Quit,
    /// Hand the terminal back to the shell for a while.
    Suspend,
    /// Accept what was typed or chosen.
    Accept,
    /// Close what is open; else forget the search.
    Cancel,
    /// Next in a list.
    ItemDown,
    /// Previous in a list.
    ItemUp,
    /// Complete what is typed, or try the next way.
    Complete,
    /// Try the way before it.
    CompleteBack,
}

/// Who gets the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Mode {
    /// The reading pane.
    #[default]
    Reading,
    /// The speaker list.
    People,
    /// A line of input: where to go, or what to search.
    Prompt,
    /// The speaker finder: input and a list.
    Finder,
    /// The outline of questions and answers.
    Outline,
    /// The list of breakpoints.
    Breaks,
    /// The list of hits.
    Results,
    /// The list of filters.
    Filters,
    /// The list of bookmarks and notes.
    Marks,
    /// The editor of a note.
    Note,
    /// What is known of a speaker.
    Card,
    /// The page of keys.
    Help,
}

/// What a line of input is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PromptKind {
    /// A place.
    GoTo,
    /// A pattern.
    Search,
    /// The name of the speaker on the card.
    Name,
    /// The title of the speaker on the card.
    Title,
    /// A breakpoint.
    Break,
    /// A filter.
    Filter,
    /// The name of the chosen bookmark.
    MarkName,
    /// The tags of a post.
    Tags,
    /// A file to export to.
    Export,
}

/// Where a group of keys stands in the help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Replay.
    Replay,
    /// Moving through the text.
    Read,
    /// Moving by speaker.
    People,
    /// Correcting.
    Correct,
    /// Search and filter.
    Find,
    /// Bookmarks, notes, copies.
    Keep,
    /// The screen.
    View,
    /// Inside prompts and lists.
    Lists,
}

impl Group {
    /// Every group, in the order of the help.
    pub const ALL: [Self; 8] = [
        Self::Replay,
        Self::Read,
        Self::People,
        Self::Correct,
        Self::Find,
        Self::Keep,
        Self::View,
        Self::Lists,
    ];
}
