//! Bookmarks, notes and tags under the keys.

use super::state::App;
use crate::action::{Action, Mode, PromptKind};
use crate::layout::notes::{Note, Notes};
use crate::marks::{Entry, Mark};
use crate::transcript::PostId;
use crate::when::clock_time;
use std::time::Duration;
use tui_input::Input;

impl App {
    pub(super) fn act_on_marks(&mut self, action: Action, now: Duration) -> bool {
        let doomed = self.kept.doomed.take();
        match action {
            Action::Bookmark
            | Action::Marks
            | Action::MarkNext
            | Action::MarkPrevious
            | Action::Note
            | Action::Tag
            | Action::NameMark
            | Action::DropMark
                if self.ahead().is_some() =>
            {
                // The posts that are shown are others.
                self.say(self.lang.words().indexing);
            }
            Action::Bookmark => self.flip_bookmark(),
            Action::Marks => self.toggle_marks(),
            Action::MarkNext | Action::MarkPrevious => self.go_mark(action == Action::MarkNext, now),
            Action::Note => self.open_note(),
            Action::Tag => self.ask_about_mark(PromptKind::Tags),
            Action::NameMark => self.ask_about_mark(PromptKind::MarkName),
            Action::DropMark => self.drop_mark(doomed),
            _ => return false,
        }
        true
    }

    /// The post that is marked: the chosen one of the list, else the one that is read.
    pub(super) fn post_to_mark(&self) -> Option<PostId> {
        match self.mode {
            Mode::Marks => self.kept.marks.nth(self.kept.chosen).map(|(post, _)| post),
            _ => Some(self.reader.focus),
        }
    }

    pub(super) fn mark_of(&self, post: PostId) -> Mark {
        self.kept.marks.of(post).cloned().unwrap_or_default()
    }

    /// `#42 15:14 陆知远`
    pub fn post_words(&self, post: PostId) -> String {
        let start = self.transcript.start(post).map(|start| clock_time(&self.transcript.meta, start));
        let author = self.structure.author(&self.transcript, post);
        let name = self.structure.name(&self.transcript, author);
        let parts = [format!("#{}", post.number()), start.unwrap_or_default(), name.to_owned()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    fn flip_bookmark(&mut self) {
        let Some(post) = self.post_to_mark() else { return };
        let mut mark = self.mark_of(post);
        let words = self.lang.words().keep.bookmarked;
        let said = if mark.bookmarked {
            self.kept.dropped = Some((post, mark.clone()));
            mark.bookmarked = false;
            mark.name.clear();
            words[1]
        } else {
            mark.bookmarked = true;
            // Whoever has taken it away by mistake has its name again.
            if let Some((_, dropped)) = self.kept.dropped.take_if(|(dropped, _)| *dropped == post) {
                mark.name = dropped.name;
            }
            words[0]
        };
        self.set_mark(post, mark);
        self.message = Some(format!("{said} {}", self.post_words(post)));
    }

    /// Bookmarks the post by a name, whether it is bookmarked already or not.
    pub(super) fn bookmark_as(&mut self, name: &str) {
        let words = self.lang.words();
        if self.ahead().is_some() {
            return self.say(words.indexing);
        }
        let Some(post) = self.post_to_mark().filter(|_| !self.transcript.is_empty()) else { return };
        let mark = self.mark_of(post);
        self.set_mark(post, Mark { bookmarked: true, name: name.to_owned(), ..mark });
        self.message = Some(format!("{} {} · {name}", words.keep.bookmarked[0], self.post_words(post)));
    }

    fn toggle_marks(&mut self) {
        if self.mode == Mode::Marks {
            self.mode = Mode::Reading;
        } else {
            self.kept.chosen = self.kept.place(self.reader.focus);
            self.mode = Mode::Marks;
        }
    }

    fn go_mark(&mut self, forward: bool, now: Duration) {
        let (marks, from) = (&self.kept.marks, self.reader.focus);
        let words = &self.lang.words().keep;
        match if forward { marks.after(from) } else { marks.before(from) } {
            Some(post) => self.jump(post, now),
            None if marks.is_empty() => self.say(words.no_marks),
            None => self.say(words.no_more_marks[usize::from(!forward)]),
        }
    }

    fn ask_about_mark(&mut self, prompt: PromptKind) {
        let Some(post) = self.post_to_mark() else { return };
        let from = self.mode;
        self.open_prompt(prompt);
        self.kept.asked = Some((post, from));
        let mark = self.mark_of(post);
        let known = if prompt == PromptKind::Tags { mark.tags.join(" ") } else { mark.name };
        self.input = Input::new(known);
    }

    /// Takes away the chosen mark; one with a note when that is asked for twice, since nothing brings it back.
    fn drop_mark(&mut self, doomed: Option<PostId>) {
        let Some(post) = self.post_to_mark() else { return };
        let mark = self.mark_of(post);
        let words = &self.lang.words().keep;
        if !mark.note.is_empty() && doomed != Some(post) {
            self.kept.doomed = Some(post);
            return self.say(words.drop_note);
        }
        self.kept.dropped = Some((post, mark));
        self.set_mark(post, Mark::default());
        self.choose_mark(0);
        self.message = Some(format!("{} {}", words.dropped, self.post_words(post)));
    }

    pub(super) fn accept_mark(&mut self, now: Duration) {
        if let Some((post, _)) = self.kept.marks.nth(self.kept.chosen) {
            self.jump(post, now);
        }
    }

    pub(super) fn accept_mark_name(&mut self) {
        let Some((post, from)) = self.kept.asked.take() else { return };
        self.mode = from;
        let name = self.input.value().trim().to_owned();
        let mark = self.mark_of(post);
        if name != mark.name {
            self.set_mark(post, Mark { bookmarked: mark.bookmarked || !name.is_empty(), name, ..mark });
        }
    }

    pub(super) fn accept_tags(&mut self) {
        let Some((post, from)) = self.kept.asked.take() else { return };
        self.mode = from;
        let tags = tags(self.input.value());
        let mark = self.mark_of(post);
        if tags == mark.tags {
            return;
        }
        self.message =
            Some(format!("{} {}", self.lang.words().keep.tags, told_tags(&tags)).trim_end().to_owned());
        self.set_mark(post, Mark { tags, ..mark });
        self.choose_mark(0);
    }

    /// Whoever gives up a prompt about a mark is where it was opened.
    pub(super) fn leave_mark_prompt(&mut self) {
        self.mode = self.kept.asked.take().map_or(Mode::Reading, |(_, from)| from);
    }

    pub(super) fn choose_mark(&mut self, by: isize) {
        let last = self.kept.marks.len().saturating_sub(1);
        self.kept.chosen = self.kept.chosen.saturating_add_signed(by).min(last);
    }

    pub(super) fn set_mark(&mut self, post: PostId, mark: Mark) {
        self.kept.set(&self.transcript, post, mark);
        self.marks_have_changed();
    }

    /// Takes in the marks that are kept of the record.
    pub fn know_marks(&mut self, entries: Vec<Entry>) {
        if self.kept.learn(entries) {
            self.find_marks();
            self.marks_have_changed();
        }
    }

    /// Notes stand below their posts, and `tag:` and `has:` mean other posts.
    fn marks_have_changed(&mut self) {
        self.annotate();
        self.search_once_more();
        self.heed_marks();
    }

    /// Finds the posts of marks in a record that has grown; says once how many have none when it is whole.
    pub(super) fn find_marks(&mut self) {
        if self.kept.missing() == 0 || self.ahead().is_some() {
            return;
        }
        // Before that, a post may still come where it was.
        let whole = !self.source.loading && !self.source.live;
        if self.kept.find(&self.transcript, whole) {
            self.marks_have_changed();
        }
        let missing = self.kept.missing();
        if whole && missing > 0 && !std::mem::replace(&mut self.kept.told, true) {
            self.message = Some(self.lang.missing_marks(missing));
        }
    }

    /// How many marks are of posts that are not found in the whole record.
    pub fn missing_marks(&self) -> usize {
        if self.source.loading || self.source.live { 0 } else { self.kept.missing() }
    }

    /// The marks that have changed and are to be written, oldest first.
    pub fn marks_to_keep(&self) -> Vec<Entry> {
        self.kept.changes().to_vec()
    }

    /// A mark is on the disk, with all others that there are.
    pub fn mark_is_kept(&mut self, entry: &Entry, all: Vec<Entry>) {
        self.kept.written(entry);
        self.know_marks(all);
    }

    /// Shows what is noted below its posts.
    pub(super) fn annotate(&mut self) {
        let note = |(post, mark): (PostId, &Mark)| {
            let head = !mark.name.is_empty() || !mark.tags.is_empty();
            (head || !mark.note.is_empty()).then(|| (post, Note { head, text: mark.note.clone() }))
        };
        let shown = self.ahead().is_none();
        let notes: Notes = self.kept.marks.iter().filter(|_| shown).filter_map(note).collect();
        self.cache.annotate(notes);
    }
}

/// The tags in a line: words between blanks and commas, none twice. A leading # is how they are shown.
fn tags(line: &str) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for word in line.split(|ch: char| ch.is_whitespace() || matches!(ch, ',' | '，' | '、' | ';' | '；')) {
        let word = word.trim_start_matches(['#', '＃']);
        if !word.is_empty() && !tags.iter().any(|tag| tag == word) {
            tags.push(word.to_owned());
        }
    }
    tags
}

/// `#质量 #报告`
pub fn told_tags(tags: &[String]) -> String {
    tags.iter().map(|tag| format!("#{tag}")).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_words_between_blanks_and_commas() {
        for (line, told) in [
            ("质量 报告", "#质量 #报告"),
            (" 质量,报告，质量、 #报告 ", "#质量 #报告"),
            ("to-do;later", "#to-do #later"),
            ("# ，", ""),
        ] {
            assert_eq!(told_tags(&tags(line)), told, "{line}");
        }
    }
}
