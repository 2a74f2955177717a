//! The record that is looked at, and the source lines in it.

use super::finding::{Detail, Finding};
use crate::structure::Structure;
use crate::text::safe::is_invisible;
use crate::text::slice;
use crate::transcript::{PostId, SpeakerId, Transcript};
use std::borrow::Cow;

/// What is looked at.
#[derive(Clone, Copy)]
pub struct Record<'a> {
    /// The record.
    pub transcript: &'a Transcript,
    /// What is derived from it.
    pub structure: &'a Structure,
    /// Whether its posts stand in lines of the source.
    pub has_lines: bool,
}

/// Counts the lines of one body, onwards.
#[derive(Debug)]
pub struct Lines {
    /// The line of the place, and the last of the post.
    lines: Option<(u32, u32)>,
    at: usize,
}

impl<'a> Record<'a> {
    /// Something found at the beginning of a post.
    pub fn at_post(self, post: PostId, detail: Detail) -> Finding {
        Finding { post: Some(post), line: self.line(post), detail }
    }

    /// Something found in the byline of a post.
    pub fn at_byline(self, post: PostId, detail: Detail) -> Finding {
        Finding { post: Some(post), line: self.byline(post), detail }
    }

    /// Something found in the first words of a post.
    pub fn at_words(self, post: PostId, detail: Detail) -> Finding {
        let body = self.transcript.body(post);
        let first = body.len() - body.trim_start().len();
        let line = self.lines(post).line(&body, if first < body.len() { first } else { 0 });
        Finding { post: Some(post), line, detail }
    }

    /// The byline of a speaker.
    pub fn label(self, speaker: SpeakerId) -> &'a str {
        &self.transcript.speaker(speaker).label
    }

    /// Everybody with at least one post.
    pub fn speakers(self) -> impl Iterator<Item = SpeakerId> {
        self.structure.people().filter(move |&id| self.structure.member(id).posts > 0)
    }

    /// The first line of a post.
    fn line(self, post: PostId) -> Option<u32> {
        self.transcript.lines(post).map(|(first, _)| first).filter(|_| self.has_lines)
    }

    /// What stands in the source between the body before and that of a post, and which line of it is the first of the
    /// post.
    fn head(self, post: PostId, first: u32) -> (Cow<'a, str>, Option<usize>) {
        let before =
            post.index().checked_sub(1).map(|before| self.transcript.body_range(PostId::new(before)).end);
        let body = self.transcript.body_range(post).start;
        let head = self.transcript.source().text(before.unwrap_or(0).min(body)..body);
        let line = match before {
            Some(_) => head.split('\n').position(is_filled),
            None => Some(first as usize - 1),
        };
        (head, line)
    }

    /// The line of the byline of a post.
    fn byline(self, post: PostId) -> Option<u32> {
        let first = self.line(post)?;
        let (head, line) = self.head(post, first);
        let label = self.label(self.transcript.speaker_of(post));
        let behind = head.split('\n').skip(line.unwrap_or(0) + 1).position(is_filled);
        let is_byline = |at: &usize| {
            let text = head.split('\n').nth(line.unwrap_or(0) + 1 + at).unwrap_or_default();
            text.chars().filter(|&ch| !is_invisible(ch)).collect::<String>().contains(label)
        };
        Some(behind.filter(is_byline).map_or(first, |at| first + 1 + at as u32))
    }

    /// Counts the lines of a body.
    pub fn lines(self, post: PostId) -> Lines {
        let lines = self.transcript.lines(post).filter(|_| self.has_lines);
        let lines = lines.map(|(first, last)| {
            let (head, line) = self.head(post, first);
            let ends = head.matches('\n').count();
            let down = line.map_or(0, |line| ends.saturating_sub(line));
            (first.saturating_add(down as u32).min(last), last)
        });
        Lines { lines, at: 0 }
    }
}

impl Lines {
    /// The line of a place in the body, which is not before the last one that was asked for.
    pub fn line(&mut self, body: &str, at: usize) -> Option<u32> {
        let (line, last) = self.lines?;
        let down = slice(body, self.at.min(at)..at).matches('\n').count();
        self.at = at;
        self.lines = Some((line.saturating_add(down as u32).min(last), last));
        self.lines.map(|(line, _)| line)
    }
}

fn is_filled(line: &str) -> bool {
    !line.chars().all(|ch| ch.is_whitespace() || is_invisible(ch))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::{ClockKind, Draft, Extent, Post};

    #[test]
    fn lines_are_those_of_the_source() {
        let text = "页\n\n八点\n\n甲\n\n一\n二\n\n\n九点\n乙\n\n\n三\n\n四\n十点\n丙\n";
        let mut draft = Draft::default();
        draft.append(Extent::Memory(text.into()));
        draft.meta.clock = ClockKind::None;
        for (label, from, to, line) in [("甲", "一", "二", 3), ("乙", "三", "四", 11), ("丙", "", "", 18)]
        {
            let place = |words: &str| text.find(words).unwrap_or_default();
            let body =
                if from.is_empty() { text.len() - 1..text.len() - 1 } else { place(from)..place(to) + 3 };
            let speaker = draft.intern(label);
            draft.push(Post { speaker, body, line: Some(line), ..Post::default() });
        }
        draft.lines = 20;
        let transcript = Transcript::from(draft.take());
        let structure = Structure::of(&transcript);
        let record = Record { transcript: &transcript, structure: &structure, has_lines: true };
        let told = |index: usize, words: &str| {
            let (id, body) = (PostId::new(index), transcript.body(PostId::new(index)));
            let at = body.find(words).unwrap();
            (record.line(id), record.byline(id), record.lines(id).line(&body, at))
        };
        assert_eq!(told(0, "二"), (Some(3), Some(5), Some(8)));
        assert_eq!(told(1, "三"), (Some(11), Some(12), Some(15)));
        assert_eq!(told(1, "四"), (Some(11), Some(12), Some(17)));
        assert_eq!(told(2, ""), (Some(18), Some(19), Some(19)));
        let without = Record { has_lines: false, ..record };
        assert_eq!((without.line(PostId::new(1)), without.byline(PostId::new(1))), (None, None));
    }
}
