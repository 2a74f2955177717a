//! A note under the keys: opened, written, kept or given up.

use super::note::Editor;
use super::state::App;
use crate::action::Mode;
use crate::keymap::Key;
use crate::layout::editor;
use crate::marks::Mark;
use crate::text::ruler::Ruler;

impl App {
    /// Opens the note of the post that is read, or of the chosen mark.
    pub(super) fn open_note(&mut self) {
        let Some(post) = self.post_to_mark() else { return };
        let note = self.mark_of(post).note;
        self.kept.editor = Some(Editor::new(post, &note, self.mode));
        self.mode = Mode::Note;
        self.fit_note();
    }

    /// The ruler of a note, and the cells and rows there are for it.
    fn note_room(&self) -> (Ruler, usize, usize) {
        let (_, (width, height)) = editor::size(&self.panes);
        (self.ruler, width, height)
    }

    /// Brings the cursor into sight, whatever the size of the screen is now.
    pub(super) fn fit_note(&mut self) {
        let room = self.note_room();
        if let Some(editor) = &mut self.kept.editor {
            editor.keep_cursor_in_sight(room);
        }
    }

    pub(super) fn edit_note(&mut self, key: Key) {
        let room = self.note_room();
        self.message = None;
        if let Some(editor) = &mut self.kept.editor {
            editor.key(key, room);
        }
        self.fit_note();
    }

    pub(super) fn paste_note(&mut self, text: &str) {
        if let Some(editor) = &mut self.kept.editor {
            editor.paste(text);
        }
        self.fit_note();
    }

    pub(super) fn accept_note(&mut self) {
        let Some(editor) = self.kept.editor.take() else { return };
        let (note, mark) = (editor.text(), self.mark_of(editor.post));
        let words = &self.lang.words().keep;
        self.mode = editor.from;
        if note == mark.note {
            return self.say(words.unchanged);
        }
        let said = words.noted[usize::from(note.is_empty())];
        self.set_mark(editor.post, Mark { note, ..mark });
        self.choose_mark(0);
        self.message = Some(format!("{said} {}", self.post_words(editor.post)));
    }

    /// The reader is left: a note that is being written is kept.
    pub fn put_down(&mut self) {
        if self.mode == Mode::Note {
            self.accept_note();
        }
    }

    /// Another record takes the place of this one: a note that is being written is not lost, and is of a post that there is.
    pub(super) fn keep_note_open(&mut self) {
        let last = self.transcript.last_id();
        match (&mut self.kept.editor, last) {
            (Some(editor), Some(last)) => editor.post = editor.post.min(last),
            _ => self.kept.editor = None,
        }
        if self.mode == Mode::Note && self.kept.editor.is_none() {
            self.mode = Mode::Reading;
        }
    }

    pub(super) fn give_up_note(&mut self) {
        let Some(editor) = self.kept.editor.take() else { return };
        self.mode = editor.from;
        self.say(self.lang.words().keep.unchanged);
    }
}
