//! Breakpoints: where a running replay stops by itself.

use crate::lang::Lang;
use crate::marks::Marks;
use crate::query::{Pattern, Ways, Where, named};
use crate::structure::Structure;
use crate::transcript::{PostId, SpeakerId, Transcript};
use crate::when::{clock_time, duration, parse_duration};
use std::ops::Range;

/// What a replay stops at.
#[derive(Debug, Clone)]
pub enum Stop {
    /// A turn of this person.
    Speaker(SpeakerId),
    /// A post with words that match.
    Words(String, Box<Pattern>),
    /// A post behind which nobody speaks for longer, in milliseconds.
    Gap(i64),
    /// The question of each exchange.
    Exchange,
    /// Each post with a bookmark.
    Bookmark,
    /// One post.
    Post(PostId),
}

/// A breakpoint.
#[derive(Debug, Clone)]
pub struct Breakpoint {
    /// What it stops at.
    pub stop: Stop,
    /// Whether it does, for now.
    pub on: bool,
}

/// All of them, and which one is chosen in their list.
#[derive(Debug, Clone, Default)]
pub struct Breaks {
    /// In the order they were made.
    pub list: Vec<Breakpoint>,
    /// Index of the chosen one.
    pub chosen: usize,
}

impl Stop {
    /// Reads what was typed: `@name`, `/words`, `gap 10m`, `exchange`, `bookmark`, or one post: `#42`, `15:14`.
    pub fn parse(
        text: &str,
        (transcript, structure): (&Transcript, &Structure),
        from: PostId,
    ) -> Option<Self> {
        let text = text.trim();
        if let Some(words) = text.strip_prefix('/') {
            let words = words.strip_suffix('/').unwrap_or(words);
            let pattern = Pattern::new(words, Ways::default()).ok().filter(|_| !words.is_empty())?;
            return Some(Self::Words(words.to_owned(), Box::new(pattern)));
        }
        if let Some(name) = text.strip_prefix(['@', '＠']) {
            return named(name.trim(), transcript, structure).map(|id| Self::Speaker(structure.person(id)));
        }
        if let Some(length) = text.strip_prefix("gap").or_else(|| text.strip_prefix("静默")) {
            return parse_duration(length).map(Self::Gap);
        }
        if matches!(text, "exchange" | "问答") {
            return Some(Self::Exchange);
        }
        if matches!(text, "bookmark" | "书签") {
            return Some(Self::Bookmark);
        }
        Where::parse(text)?.find(transcript, structure, from).map(Self::Post)
    }

    /// Whether a replay stops when a post is shown. Of a `live` record a silence is known when it is over.
    pub fn is_at(
        &self,
        post: PostId,
        (transcript, structure): (&Transcript, &Structure),
        (marks, live): (&Marks, bool),
    ) -> bool {
        match self {
            Self::Speaker(person) => {
                let speaks = structure.author(transcript, post) == structure.person(*person);
                speaks && structure.turn_of(transcript, post) == post
            }
            Self::Words(_, pattern) => pattern.is_in(&transcript.body(post)),
            Self::Gap(ms) => {
                let before = if live { post.index().checked_sub(1) } else { Some(post.index()) };
                let Some(before) = before.filter(|&before| before + 1 < transcript.len()) else {
                    return false;
                };
                let (start, next) =
                    (transcript.start(PostId::new(before)), transcript.start(PostId::new(before + 1)));
                next.zip(start).is_some_and(|(next, start)| next.saturating_sub(start) > *ms)
            }
            Self::Exchange => structure.question_of(post) == Some(post),
            Self::Bookmark => marks.of(post).is_some_and(|mark| mark.bookmarked),
            Self::Post(wanted) => *wanted == post,
        }
    }

    /// What it is called in the list.
    pub fn words(&self, (transcript, structure): (&Transcript, &Structure), lang: Lang) -> String {
        match self {
            Self::Speaker(person) => format!("@{}", structure.name(transcript, *person)),
            Self::Words(words, _) => format!("/{words}/"),
            Self::Gap(ms) => format!("{} > {}", lang.words().silence, duration(lang, *ms)),
            Self::Exchange => lang.words().replay.each_exchange.to_owned(),
            Self::Bookmark => lang.words().keep.each_bookmark.to_owned(),
            Self::Post(post) => {
                let start = transcript.start(*post).map(|start| clock_time(&transcript.meta, start));
                format!("#{} {}", post.number(), start.unwrap_or_default()).trim_end().to_owned()
            }
        }
    }

    fn is_same(&self, other: &Self, structure: &Structure) -> bool {
        match (self, other) {
            (Self::Speaker(a), Self::Speaker(b)) => structure.person(*a) == structure.person(*b),
            (Self::Words(a, _), Self::Words(b, _)) => a == b,
            (Self::Gap(a), Self::Gap(b)) => a == b,
            (Self::Exchange, Self::Exchange) | (Self::Bookmark, Self::Bookmark) => true,
            (Self::Post(a), Self::Post(b)) => a == b,
            _ => false,
        }
    }
}

impl Breaks {
    /// Adds one, or turns it on if it is there.
    pub fn add(&mut self, stop: Stop, structure: &Structure) {
        self.chosen = self.place(&stop, structure).unwrap_or(self.list.len());
        if self.chosen == self.list.len() {
            self.list.push(Breakpoint { stop, on: true });
        }
        self.list[self.chosen].on = true;
    }

    /// Adds one, or takes it away if it is there; says whether it is there now.
    pub fn flip(&mut self, stop: Stop, structure: &Structure) -> bool {
        if let Some(place) = self.place(&stop, structure) {
            self.remove(place);
            return false;
        }
        self.add(stop, structure);
        true
    }

    /// Takes one away.
    pub fn remove(&mut self, place: usize) {
        if place < self.list.len() {
            self.list.remove(place);
            self.chosen = self.chosen.min(self.list.len().saturating_sub(1));
        }
    }

    /// Those that name a post or a person of this record are taken away.
    pub(super) fn forget_record(&mut self) {
        self.list.retain(|known| !matches!(known.stop, Stop::Post(_) | Stop::Speaker(_)));
        self.chosen = 0;
    }

    fn place(&self, stop: &Stop, structure: &Structure) -> Option<usize> {
        self.list.iter().position(|known| known.stop.is_same(stop, structure))
    }

    /// The posts that a replay stops at, whatever is said there.
    pub fn posts(&self) -> impl Iterator<Item = PostId> {
        self.list.iter().filter(|known| known.on).filter_map(|known| match known.stop {
            Stop::Post(post) => Some(post),
            _ => None,
        })
    }

    /// The first of some posts that a replay stops at, and what it stops at there.
    pub fn first_in(
        &self,
        posts: Range<usize>,
        record: (&Transcript, &Structure),
        kept: (&Marks, bool),
    ) -> Option<(PostId, &Stop)> {
        let stops: Vec<_> = self.list.iter().filter(|known| known.on).map(|known| &known.stop).collect();
        if stops.is_empty() {
            return None;
        }
        posts.map(PostId::new).find_map(|post| {
            stops.iter().find(|stop| stop.is_at(post, record, kept)).map(|stop| (post, *stop))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{Forced, read_bytes};

    const TEXT: &str = "2025-01-01 08:00\n主持人\n请陆知远馆长谈谈?\n2025-01-01 08:01\n某馆馆长陆知远\n好。\n\
        2025-01-01 08:20\n主持人\n请陆知远馆长再谈谈?\n2025-01-01 08:21\n某馆馆长陆知远\n Quality 第一。\n";

    #[test]
    fn a_replay_stops_at_the_first_post_that_any_of_them_means() {
        let transcript = read_bytes(TEXT.as_bytes(), Forced::default()).unwrap().0;
        let structure = Structure::of(&transcript);
        let record = (&transcript, &structure);
        for (typed, expected) in [
            ("@lzy", &[2, 4][..]),
            ("/quality", &[4]),
            ("/再谈/", &[3]),
            ("gap 10m", &[2]),
            ("静默 1h", &[]),
            ("exchange", &[1, 3]),
            ("#3", &[3]),
            ("08:20", &[3]),
        ] {
            let mut breaks = Breaks::default();
            breaks.add(Stop::parse(typed, record, PostId::default()).unwrap(), &structure);
            let (mut found, mut from) = (Vec::new(), 0);
            while let Some((post, _)) =
                breaks.first_in(from..transcript.len(), record, (&Marks::default(), false))
            {
                found.push(post.number());
                from = post.number();
            }
            assert_eq!(found, expected, "{typed}");
            breaks.list[0].on = false;
            assert!(
                breaks.first_in(0..transcript.len(), record, (&Marks::default(), false)).is_none(),
                "{typed}"
            );
        }
        for typed in ["", "/", "@没有", "gap", "gap soon", "#99", "/(", "胡说"] {
            assert!(Stop::parse(typed, record, PostId::default()).is_none(), "{typed}");
        }
    }

    #[test]
    fn the_same_breakpoint_is_there_once_and_goes_as_it_came() {
        let (mut breaks, none) = (Breaks::default(), Structure::default());
        breaks.add(Stop::Exchange, &none);
        breaks.add(Stop::Gap(5), &none);
        breaks.add(Stop::Exchange, &none);
        assert_eq!((breaks.list.len(), breaks.chosen), (2, 0));
        assert!(breaks.flip(Stop::Post(PostId::new(1)), &none));
        assert_eq!(breaks.posts().collect::<Vec<_>>(), [PostId::new(1)]);
        assert!(!breaks.flip(Stop::Post(PostId::new(1)), &none));
        breaks.remove(7);
        breaks.remove(1);
        assert_eq!((breaks.list.len(), breaks.chosen), (1, 0));
    }
}
