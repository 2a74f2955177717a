//! The editor of a note: its text and cursor are those of a text area, its rows are cut by our own ruler.

use crate::action::Mode;
use crate::keymap::{Code, Key};
use crate::layout::editor;
use crate::text::ruler::Ruler;
use crate::transcript::PostId;
use ratatui_textarea::{CursorMove, DataCursor, Input, TextArea};

/// A longer note is not written, in bytes.
const LONGEST: usize = 1 << 16;

/// A note that is being written.
#[derive(Debug, Clone)]
pub struct Editor {
    /// The post it is about.
    pub post: PostId,
    /// First row in sight.
    pub first: usize,
    /// Where it was opened.
    pub(super) from: Mode,
    area: TextArea<'static>,
}

impl Editor {
    pub(super) fn new(post: PostId, note: &str, from: Mode) -> Self {
        let mut area = TextArea::new(note.split('\n').map(str::to_owned).collect());
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        Self { post, first: 0, from, area }
    }

    /// The lines.
    pub fn lines(&self) -> &[String] {
        self.area.lines()
    }

    /// Line and character of the cursor.
    pub fn cursor(&self) -> (usize, usize) {
        let DataCursor(line, character) = self.area.cursor();
        (line, character)
    }

    fn len(&self) -> usize {
        self.lines().iter().map(|line| line.len() + 1).sum()
    }

    /// What is noted: without blank lines at the ends.
    pub(super) fn text(&self) -> String {
        self.lines().join("\n").trim_matches(['\n', ' ', '\u{3000}', '\t']).to_owned()
    }

    pub(super) fn key(&mut self, key: Key, (ruler, width, height): (Ruler, usize, usize)) {
        match (key.code, key.ctrl, key.alt) {
            (Code::Char('z'), true, _) => drop(self.area.undo()),
            (Code::Char('y'), true, _) | (Code::Char('z'), _, true) => drop(self.area.redo()),
            (Code::Char('u'), true, _) => drop(self.area.delete_line_by_head()),
            (Code::Char('p'), true, _) | (Code::Up, ..) => self.climb(-1, (ruler, width)),
            (Code::Char('n'), true, _) | (Code::Down, ..) => self.climb(1, (ruler, width)),
            (Code::PgUp, ..) => self.climb(1 - height.max(2) as isize, (ruler, width)),
            (Code::PgDn, ..) => self.climb(height.max(2) as isize - 1, (ruler, width)),
            (Code::Char(ch), false, false) if ch.is_control() => {}
            (Code::Char(_), false, false) | (Code::Enter, ..) if self.len() >= LONGEST => {}
            // Shift would begin a selection, which is not shown.
            _ => drop(self.area.input(input(Key { shift: false, ..key }))),
        }
    }

    pub(super) fn paste(&mut self, text: &str) {
        let room = LONGEST.saturating_sub(self.len());
        let text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', "    ");
        let text: String = text.chars().filter(|&ch| ch == '\n' || !ch.is_control()).collect();
        self.area.insert_str(crate::text::beginning(&text, room));
    }

    /// Moves the cursor by rows as they are seen.
    fn climb(&mut self, by: isize, (ruler, width): (Ruler, usize)) {
        let rows = editor::rows(self.lines(), ruler, width);
        let (row, column) = editor::find(&rows, self.lines(), self.cursor(), ruler);
        let wanted = row.saturating_add_signed(by).min(rows.len().saturating_sub(1));
        let place = if wanted == row {
            None
        } else {
            editor::character_at(&rows, self.lines(), (wanted, column), ruler)
        };
        match place {
            Some((line, character)) => {
                self.area.move_cursor(CursorMove::Jump(line as u16, character as u16));
            }
            None => self.area.move_cursor(if by < 0 { CursorMove::Head } else { CursorMove::End }),
        }
    }

    /// Scrolls so that the cursor is in sight.
    pub(super) fn keep_cursor_in_sight(&mut self, (ruler, width, height): (Ruler, usize, usize)) {
        let rows = editor::rows(self.lines(), ruler, width);
        let (row, _) = editor::find(&rows, self.lines(), self.cursor(), ruler);
        let last = rows.len().saturating_sub(height);
        self.first = self.first.clamp((row + 1).saturating_sub(height), row).min(last);
    }
}

/// A key in the words of the text area.
fn input(key: Key) -> Input {
    use ratatui_textarea::Key as Their;
    let code = match key.code {
        Code::Char(ch) => Their::Char(ch),
        Code::Enter => Their::Enter,
        Code::Esc => Their::Esc,
        Code::Tab => Their::Tab,
        Code::Backspace => Their::Backspace,
        Code::Delete => Their::Delete,
        Code::Up => Their::Up,
        Code::Down => Their::Down,
        Code::Left => Their::Left,
        Code::Right => Their::Right,
        Code::Home => Their::Home,
        Code::End => Their::End,
        Code::PgUp => Their::PageUp,
        Code::PgDn => Their::PageDown,
    };
    Input { key: code, ctrl: key.ctrl, alt: key.alt, shift: key.shift }
}
