//! What the reader holds, and how it is kept consistent after every change.

use super::candidates::Candidates;
use super::card::Card;
use super::controls::Controls;
use super::finder::{Finder, Purpose};
use super::jumps::Jumps;
use super::kept::Kept;
use super::mixed::Mixed;
use super::options::Options;
use super::outline::Outline;
use super::reader::Reader;
use super::roster::Roster;
use super::sought::Sought;
use super::source::Source;
use super::tracks::Tracks;
use super::waiting::Ahead;
use super::watching::Watch;
use crate::action::{Mode, PromptKind};
use crate::choice::{AmbiguousWidth, LayoutKind, ThemeName};
use crate::config::Config;
use crate::keymap::Key;
use crate::lang::Lang;
use crate::layout::flow::{Cache, Flow, PageRow, Place};
use crate::layout::hearing::Hearing;
use crate::layout::help;
use crate::layout::panes::{self, Panes, lane_columns};
use crate::layout::rows::Setting;
use crate::query::Search;
use crate::query::Where;
use crate::replay::{Clock, Schedule, Shows};
use crate::structure::{Edit, Structure};
use crate::text::ruler::Ruler;
use crate::text::wrap::Typesetting;
use crate::transcript::{PostId, SpeakerId, Transcript};
use std::time::Duration;
use tui_input::Input;

/// Measures that the key `w` goes through, in cells; 0 is the whole pane.
pub const MEASURES: [usize; 4] = [72, 88, 0, 56];

/// The state of the reader. Drawing takes it by shared reference.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each says one thing")]
pub struct App {
    /// The record.
    pub transcript: Transcript,
    /// What was derived from it.
    pub structure: Structure,
    /// When each post appears.
    pub schedule: Schedule,
    /// The clock of the replay.
    pub clock: Clock,
    /// The speed that is set; the clock goes faster while it hurries.
    pub speed: f64,
    /// What is set for the replay beside its clock.
    pub controls: Controls,
    /// When the state was last changed.
    pub now: Duration,
    /// How many posts the replay has shown.
    pub revealed: usize,
    /// The reading position.
    pub reader: Reader,
    /// Who gets the keys.
    pub mode: Mode,
    /// What the line of input is for.
    pub prompt: PromptKind,
    /// The line of input.
    pub input: Input,
    /// What the line of commands may be completed to.
    pub candidates: Candidates,
    /// The speaker finder.
    pub finder: Finder,
    /// What the finder is for.
    pub purpose: Purpose,
    /// The outline.
    pub outline: Outline,
    /// The card of a speaker.
    pub card: Card,
    /// The speaker chosen in the speaker list.
    pub chosen: SpeakerId,
    /// The order of the speaker list.
    pub roster: Roster,
    /// Who has solo, and who is muted.
    pub hearing: Hearing,
    /// Whether the replay hurries through what is muted.
    pub hurries: bool,
    /// First row of the help in sight.
    pub help_scroll: usize,
    /// The search.
    pub search: Option<Search>,
    /// The list of hits, and the filters.
    pub sought: Sought,
    /// What the reader keeps of the record.
    pub kept: Kept,
    /// A word to the user, until the next key.
    pub message: Option<String>,
    /// Language of the screen.
    pub lang: Lang,
    /// The ruler.
    pub ruler: Ruler,
    /// How text is set.
    pub typesetting: Typesetting,
    /// The theme.
    pub theme: ThemeName,
    /// Where the panes stand.
    pub layout: LayoutKind,
    /// Wanted width of the text column, 0 for all.
    pub measure: usize,
    /// What is known of the source.
    pub source: Source,
    /// Size of the screen; 0x0 until it is known, and nothing is laid out.
    pub size: (u16, u16),
    /// The panes.
    pub panes: Panes,
    /// The rows of the reading pane.
    pub page: Vec<PageRow>,
    /// Whether the first row of the page gives way to the speaker's name.
    pub covered: bool,
    /// The question that is being answered and its first words, if they have scrolled out of sight.
    pub pinned: Option<(PostId, String)>,
    /// The timeline.
    pub tracks: Tracks,
    pub(super) jumps: Jumps,
    /// Settings, keys and themes.
    pub config: Config,
    /// The keys of a sequence so far.
    pub pending: Vec<Key>,
    pub(super) edits: Vec<(String, Edit)>,
    /// Whether something was corrected that is not kept.
    pub unkept: bool,
    /// What the last key of the mixer did.
    pub(super) mixed: Mixed,
    pub(super) started: bool,
    pub(super) has_grown: bool,
    pub(super) ahead: Option<Ahead>,
    pub(super) watch: Watch,
    pub(super) ambiguous: AmbiguousWidth,
    pub(super) cache: Cache,
    /// Where to go as soon as that is known.
    pub(super) at: Option<Where>,
    pub(super) play: bool,
    /// Both, as they were asked for at the start.
    pub(super) asked: (Option<Where>, bool),
}

impl App {
    /// A reader of an empty transcript; more comes by [`App::grow`].
    pub fn new(options: &Options, source: Source) -> Self {
        Self {
            transcript: Transcript::default(),
            structure: Structure::default(),
            schedule: Schedule::of(&Transcript::default(), &Structure::default(), options.pacing),
            clock: Clock::at_end(options.speed),
            speed: options.speed,
            controls: Controls { typed: options.config.settings.typed, ..Controls::new(options.measured) },
            now: Duration::ZERO,
            revealed: 0,
            reader: Reader::default(),
            mode: Mode::Reading,
            prompt: PromptKind::GoTo,
            input: Input::default(),
            candidates: Candidates::default(),
            finder: Finder::default(),
            purpose: Purpose::Go,
            card: Card::default(),
            outline: Outline::default(),
            chosen: SpeakerId::default(),
            roster: Roster::default(),
            hearing: Hearing::default(),
            hurries: false,
            help_scroll: 0,
            search: None,
            sought: Sought::of(&options.config.settings),
            kept: Kept::of(&options.config.settings),
            message: None,
            lang: options.lang,
            ruler: options.ruler,
            typesetting: options.typesetting,
            theme: options.theme,
            layout: options.config.settings.layout,
            measure: options.config.settings.measure,
            source,
            size: (0, 0),
            panes: Panes::default(),
            page: Vec::new(),
            covered: false,
            pinned: None,
            tracks: Tracks::default(),
            jumps: Jumps::default(),
            config: options.config.clone(),
            pending: Vec::new(),
            edits: Vec::new(),
            unkept: false,
            mixed: Mixed::default(),
            started: false,
            has_grown: false,
            ahead: None,
            watch: Watch::default(),
            ambiguous: AmbiguousWidth::Auto,
            cache: Cache::default(),
            at: options.at.clone(),
            play: options.play,
            asked: (options.at.clone(), options.play),
        }
    }

    /// Takes in what `grow` adds to the transcript, and what it then knows of the source.
    pub fn grow(&mut self, now: Duration, grow: impl FnOnce(&mut Transcript) -> Source) {
        self.take_in(grow);
        self.tick(now);
    }

    /// The same, but what is on the screen is brought up to date by the next [`App::tick`] or key: for a record that
    /// comes in many batches.
    pub fn take_in(&mut self, grow: impl FnOnce(&mut Transcript) -> Source) {
        let shown = self.ahead().is_none();
        let newest = self.revealed.checked_sub(1).map(PostId::new);
        let newest = newest.map(|post| (post, self.shows().show(post)));
        let (posts, was_loading) = (self.transcript.len(), self.source.loading);
        let was_live = self.source.live && !was_loading;
        let (transcript, structure, schedule) = self.record();
        let (last, captions, begun) = (transcript.last_id(), structure.captions_mark(), transcript.begun());
        let source = grow(transcript);
        if transcript.begun() != begun {
            return self.begin_anew(source);
        }
        structure.extend(transcript);
        let placed = structure.captions_mark() != captions;
        schedule.extend(transcript, structure);
        self.know_source(source);
        self.keep_place(newest.filter(|_| shown));
        if shown {
            if placed {
                // Captions that were none before begin no turn.
                self.cache.clear();
            } else if let Some(last) = last {
                self.cache.forget(last);
            }
            self.search_on();
            self.find_marks();
            self.filter_on(posts, (placed, was_loading && !self.source.loading));
            self.look_out(was_live);
        } else {
            self.catch_up();
        }
        self.has_grown = true;
    }

    /// Brings what is derived up to date with a record that has grown.
    pub fn settle(&mut self, now: Duration) {
        if self.has_grown {
            self.tick(now);
        }
    }

    /// The rows of the revealed posts.
    pub fn flow(&self) -> Flow<'_> {
        Flow::new(self.showing(), &self.cache, self.revealed)
    }

    /// When each post appears.
    pub fn shows(&self) -> Shows<'_> {
        self.schedule.over(&self.transcript, &self.structure)
    }

    /// Rows of the reading pane.
    pub fn height(&self) -> usize {
        usize::from(self.panes.text.height).max(1)
    }

    /// How the text column is set.
    pub fn setting(&self) -> Setting {
        self.cache.setting()
    }

    /// Lets time pass.
    pub fn tick(&mut self, now: Duration) {
        if std::mem::take(&mut self.has_grown) {
            self.start(now);
        }
        self.sift_found(now);
        self.refresh(now);
        self.go_when_known(now);
        self.take_up(now);
        self.tell_unread();
    }

    /// Makes everything that is derived agree with the state: called after every change.
    pub(super) fn refresh(&mut self, now: Duration) {
        self.now = now;
        self.heed_marks();
        let (playing, live, before) = (self.clock.is_playing(), self.is_live(), self.revealed);
        self.reveal(now);
        let appears = playing || live && self.revealed > before;
        if self.size == (0, 0) {
            return;
        }
        self.roster.update((&self.transcript, &self.structure), &self.hearing, self.source.loading);
        self.panes = panes::cut(self.size.0, self.size.1, self.layout, self.roster.len());
        let width = usize::from(self.panes.text.width);
        self.cache.set(Setting::new(&self.transcript, (self.ruler, self.typesetting), width, self.measure));
        let height = self.height();
        if self.reader.follow && appears {
            self.reader = self.reader.to_edge(&self.flow(), height);
        }
        self.reader = self.reader.clamped(&self.flow());
        let flow = self.flow();
        let top = self.reader.top(&flow, height);
        let (page, covered) = (flow.page(top, height), flow.is_covered(top));
        (self.page, self.covered) = (page, covered);
        self.pinned = self.find_pinned();
        if self.mode == Mode::Help {
            self.help_scroll = self.help_scroll.min(help::last_scroll(
                (self.lang, self.ruler),
                &self.config.keymap,
                self.size,
            ));
        }
        if self.mode == Mode::Note {
            self.fit_note();
        }
        if self.mode == Mode::Card {
            self.card.scroll = self.card.scroll.min(self.card_lines().1);
        }
        self.refresh_tracks();
        self.refresh_scrollbar();
        self.count_hits();
        self.mark_read();
        // What becomes of a file that is followed is told by whoever follows it.
        if !self.source.live {
            self.source.change = self.source.change.or(self.transcript.source().change());
        }
        if self.transcript.source().take_lost() {
            self.message = Some(self.lang.words().lost.to_owned());
        }
    }

    fn refresh_tracks(&mut self) {
        let pane = self.panes.tracks;
        if pane.height < 2 || self.transcript.is_empty() {
            return;
        }
        let speaker = self.speaker();
        let columns = usize::from(self.lane_columns().1);
        let rows = usize::from(pane.height) - 1;
        let voice = (self.lang, self.ruler);
        self.tracks.update(
            (self.schedule.over(&self.transcript, &self.structure), &self.roster),
            (rows, columns, speaker),
            voice,
        );
        let (search, hits) =
            self.search.as_ref().map_or((0, &[][..]), |search| (search.id(), search.hits(self.revealed)));
        self.tracks.mark(search, hits, (&self.transcript, &self.structure));
        let sieve = self.sought.filters.sieve.as_ref();
        self.tracks.sift(sieve, (&self.transcript, &self.structure));
    }

    /// How a lane row is divided: cells for the name, then cells for the lane.
    pub fn lane_columns(&self) -> (u16, u16) {
        lane_columns(self.panes.tracks.width, self.mode == Mode::People)
    }

    /// The row at the top of the page.
    pub(super) fn top(&self) -> Place {
        self.reader.top(&self.flow(), self.height())
    }

    /// To a post; one that is still to come is revealed by moving the replay to it.
    pub(super) fn go(&mut self, post: PostId, now: Duration) {
        self.unhide(post);
        if post.index() >= self.revealed {
            self.seek(self.shows().show(post), now);
            self.message = Some(format!("{} #{}", self.lang.words().replay.moved, post.number()));
        }
        self.reader = self.reader.go(&self.flow(), self.height(), post);
        self.refresh(now);
    }

    /// To a post, remembering where one was.
    pub(super) fn jump(&mut self, post: PostId, now: Duration) {
        self.jumps.leave(self.reader.focus);
        self.go(post, now);
    }
}
