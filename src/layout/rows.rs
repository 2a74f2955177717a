//! The rows of a piece of a post in the reading pane: what stands before it, who speaks, the words.

use super::pieces::Body;
use crate::choice::{Format, Indent};
use crate::structure::Structure;
use crate::text::ruler::Ruler;
use crate::text::slice;
use crate::text::wrap::{self, Typesetting};
use crate::transcript::{ClockKind, PostId, Transcript};
use ratatui::layout::Rect;
use std::ops::Range;

/// Cells of the mark before a caption.
pub const CAPTION_MARK: usize = 2;

/// What a row holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowKind {
    /// Nothing.
    Blank,
    /// A line across: a new day, a session, a silence.
    Separator {
        /// Whether a day begins.
        day: bool,
        /// The silence before the post, if it is worth a word, in milliseconds.
        gap: Option<i64>,
    },
    /// What stands before the first post: a byte range of one of its lines.
    Lead {
        /// Which line.
        line: usize,
        /// The bytes of the line that the row shows.
        range: Range<usize>,
    },
    /// So many posts before this one are not shown.
    Hidden(usize),
    /// So are those behind the last one.
    HiddenTail,
    /// So many posts from here on were left out and are open.
    Opened(usize),
    /// The beginning of a chapter.
    Chapter,
    /// Who speaks and when.
    Header,
    /// When, in a narrow pane, for a post that continues a turn.
    Time,
    /// Words: a byte range of the body.
    Body {
        /// The bytes of the body that the row shows.
        range: Range<usize>,
        /// Blank cells before them.
        indent: usize,
        /// Whether the post begins with this row.
        first: bool,
    },
    /// Name and tags of the post, below it.
    MarkHead,
    /// A note of the reader, below its post.
    Note {
        /// The bytes of the note that the row shows.
        range: Range<usize>,
        /// Whether the note begins with this row.
        first: bool,
        /// Whether there is more of it than is shown.
        more: bool,
    },
    /// Below the last post.
    End,
}

impl RowKind {
    /// Whether the row is part of the running text of a turn.
    pub const fn is_running(&self) -> bool {
        matches!(self, Self::Body { .. } | Self::Time | Self::MarkHead | Self::Note { .. })
    }
}

/// How the text column is set. Beside it rows depend on the transcript, on what is derived of it, and on who is heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Setting {
    /// The ruler of the words.
    pub ruler: Ruler,
    /// How they are set.
    pub typesetting: Typesetting,
    /// Cells of the text column.
    pub measure: usize,
    /// Cells before it, for times and marks.
    pub gutter: usize,
    /// Cells of a time.
    pub stamp: usize,
    /// Whether times of continuing posts stand in the gutter rather than on rows of their own.
    pub times_in_gutter: bool,
    /// Cells of the names in the gutter, behind the times: in a chat, where most posts are shorter than a row. Else 0.
    pub names: usize,
    /// Whether turns have headers: not in a text of one speaker without a name, nor where names stand in the gutter.
    pub headers: bool,
    /// Whether posts of one turn stand apart: the paragraphs of a text without names and times, but not its subtitles.
    pub apart: bool,
}

/// Cells of the names of a chat, where there is little room and where there is much, and of the narrowest pane that has any.
const NAMES: usize = 14;
const MOST_NAMES: usize = 20;
const ROOM_FOR_NAMES: usize = 64;

impl Setting {
    /// The setting for a pane of `width` cells and a wanted measure (0: as wide as it goes).
    pub fn new(
        transcript: &Transcript,
        (ruler, typesetting): (Ruler, Typesetting),
        width: usize,
        wanted: usize,
    ) -> Self {
        let meta = &transcript.meta;
        let stamp = match meta.clock {
            ClockKind::None => 0,
            ClockKind::Wall if meta.resolution_ms >= 60_000 => 5,
            ClockKind::Wall | ClockKind::Offset => 8,
        };
        // A mark says that times are those of arrival.
        let stamp = stamp + usize::from(transcript.last_id().is_some_and(|last| transcript.is_arrival(last)));
        let times_in_gutter = width >= 60 && stamp > 0;
        let format = Format::named(&meta.format);
        let is_chat = format.is_some_and(Format::is_chat);
        let mut typesetting = typesetting;
        if typesetting.indent == Indent::Rest && format.is_some_and(Format::is_of_lines) {
            typesetting.indent = Indent::None;
        }
        let nameless = transcript.speakers().len() == 1 && transcript.speakers()[0].label.is_empty();
        let times = if times_in_gutter { stamp + 2 } else { 1 };
        let left = width.saturating_sub(times + wanted + 4);
        let names =
            if is_chat && !nameless && width >= ROOM_FOR_NAMES { left.clamp(NAMES, MOST_NAMES) } else { 0 };
        let gutter = if names > 0 { times + names + 2 } else { times };
        let room = width.saturating_sub(gutter + typesetting.hang.max(1)).max(1);
        let measure = if wanted == 0 { room } else { room.min(wanted) };
        let ruler = typesetting.ruler(ruler);
        let headers = !nameless && names == 0;
        let apart = nameless && meta.clock == ClockKind::None;
        Self { ruler, typesetting, measure, gutter, stamp, times_in_gutter, names, headers, apart }
    }
}

impl Setting {
    /// The text column, gutter and measure, centred in its pane.
    pub fn column(&self, pane: Rect) -> Rect {
        let width = ((self.gutter + self.measure) as u16).min(pane.width);
        // A mark may hang over the column: there is room for it in the pane.
        let with_mark = (width + self.typesetting.hang as u16).min(pane.width);
        let x = pane.x + ((pane.width - width) / 2).min(pane.width - with_mark);
        Rect { x, width: with_mark, ..pane }
    }
}

/// How many posts are left out right before a post, and how many from there on were opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LeftOut {
    /// Not shown.
    pub hidden: usize,
    /// Shown nevertheless.
    pub opened: usize,
}

/// The rows of a piece of a post.
pub fn rows(
    (transcript, structure): (&Transcript, &Structure),
    (id, piece): (PostId, usize),
    left_out: LeftOut,
    setting: Setting,
) -> Vec<RowKind> {
    let mut rows = if piece == 0 { lead((transcript, structure), id, left_out, setting) } else { Vec::new() };
    let mark = if structure.caption_of(id).is_some() { CAPTION_MARK } else { 0 };
    body(Body::of(transcript, id), (piece, mark), setting, &mut rows);
    rows
}

fn lead(
    (transcript, structure): (&Transcript, &Structure),
    id: PostId,
    LeftOut { hidden, opened }: LeftOut,
    setting: Setting,
) -> Vec<RowKind> {
    let first = id.index() == 0;
    let mut rows = if first { introduction(&transcript.meta.lead, setting) } else { Vec::new() };
    // The first post of its day may be left out.
    let before = id.index().checked_sub(hidden + 1).map(PostId::new);
    let day = transcript.begins_day_after(id, before);
    let gap = structure.gap_before(id).map(|gap| gap.ms);
    let separated =
        day || gap.is_some() || structure.session_at(id).is_some_and(|session| session.part.is_some());
    let chapter = structure.chapters().at(id).is_some();
    let is_caption = structure.caption_of(id).is_some();
    let turn = structure.begins_turn(transcript, id) || hidden + opened > 0 && !is_caption;
    let apart = setting.apart || turn && setting.names == 0;
    // Nothing stands above what is left out from the beginning.
    let is_top = id.index() == hidden;
    if !is_top && (apart || separated || chapter || hidden + opened > 0) {
        rows.push(RowKind::Blank);
    }
    if hidden > 0 {
        rows.extend([RowKind::Hidden(hidden), RowKind::Blank]);
    }
    if opened > 0 {
        rows.extend([RowKind::Opened(opened), RowKind::Blank]);
    }
    if separated {
        rows.extend([RowKind::Separator { day, gap }, RowKind::Blank]);
    }
    if chapter {
        rows.extend([RowKind::Chapter, RowKind::Blank]);
    }
    if setting.headers && (turn || (separated || chapter) && !is_caption) {
        rows.push(RowKind::Header);
    } else if !is_caption && setting.headers && !setting.times_in_gutter && has_own_time(transcript, id) {
        rows.push(RowKind::Time);
    }
    rows
}

/// Whether the time of a post that goes on a turn is worth a row of its own: of lines only where another minute begins.
pub fn has_own_time(transcript: &Transcript, id: PostId) -> bool {
    let minute = |id| transcript.start(id).map(|start| start.div_euclid(60_000));
    let before = || id.index().checked_sub(1).map(PostId::new).and_then(minute);
    transcript.start(id).is_some() && (!transcript.is_of_lines() || minute(id) != before())
}

/// The rows of what stands before the first post.
fn introduction(lines: &[String], setting: Setting) -> Vec<RowKind> {
    let set = (setting.ruler, setting.typesetting);
    let rows = lines.iter().enumerate().flat_map(|(line, text)| {
        let rows = wrap::rows(set, text, setting.measure, 0);
        rows.into_iter().map(move |range| RowKind::Lead { line, range })
    });
    let mut rows: Vec<_> = rows.collect();
    if !rows.is_empty() {
        rows.push(RowKind::Blank);
    }
    rows
}

/// The rows of the words, the first behind a mark of so many cells.
fn body(body: Body, (index, mark): (usize, usize), setting: Setting, rows: &mut Vec<RowKind>) {
    let piece = body.piece(index);
    let text = body.text(piece.clone());
    let mut first = index == 0;
    // What goes on from the piece before is no paragraph of its own.
    let mut goes_on = index > 0 && body.text(piece.start - 1..piece.start) != "\n";
    let before = rows.len();
    for paragraph in body.paragraphs(&text) {
        let mut indent = if goes_on { 0 } else { setting.typesetting.indent(first, setting.measure) };
        if first {
            indent += mark;
        }
        let start = piece.start + paragraph.start;
        let words = slice(&text, paragraph);
        for row in wrap::rows((setting.ruler, setting.typesetting), words, setting.measure, indent) {
            rows.push(RowKind::Body { range: start + row.start..start + row.end, indent, first });
            (indent, first) = (0, false);
        }
        goes_on = false;
    }
    if rows.len() == before {
        rows.push(RowKind::Body { range: piece.start..piece.start, indent: 0, first });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_that_hangs_has_room_in_the_pane() {
        for (hang, pane, wanted, x, width) in [
            (0, 27, 0, 0, 26),
            (1, 27, 0, 0, 27),
            (2, 27, 0, 0, 27),
            (2, 27, 72, 0, 27),
            (2, 27, 20, 3, 23),
            (2, 27, 23, 1, 26),
            (2, 2, 0, 0, 2),
        ] {
            let typesetting = Typesetting { hang, ..Typesetting::default() };
            let setting =
                Setting::new(&Transcript::default(), (Ruler::default(), typesetting), pane.into(), wanted);
            let column = setting.column(Rect { x: 3, y: 0, width: pane, height: 9 });
            assert_eq!((column.x - 3, column.width), (x, width), "{hang} at {pane}, {wanted}");
        }
    }
}
