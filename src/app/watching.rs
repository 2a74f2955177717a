//! Watching a live record: whether a new post is by somebody, or says something, that one waits for.

use crate::choice::Alert;
use crate::query::{Fault, Pattern, Ways};
use crate::structure::Structure;
use crate::text::safe::Shown;
use crate::text::visible::Visible;
use crate::transcript::{PostId, Transcript};

/// Of a long post that still grows so much is looked at again, in bytes.
const LOOKED_AT: usize = 64 * 1024;

/// The longest title, in characters.
const TITLE: usize = 60;

/// What is watched for.
#[derive(Debug, Default)]
pub struct Watch {
    patterns: Vec<Pattern>,
    alert: Alert,
    /// So many posts need not be looked at any more.
    done: usize,
    due: Option<String>,
}

/// What is to be done because something came that was watched for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alerted {
    /// How it is told.
    pub how: Alert,
    /// In words: who has spoken. Harmless.
    pub title: String,
}

impl Watch {
    /// Watches for names and words: regular expressions, as a search takes them.
    ///
    /// # Errors
    /// The first that is none, and why.
    pub fn new<'a>(patterns: &'a [String], alert: Alert) -> Result<Self, (&'a String, Fault)> {
        let read = |text: &'a String| {
            Pattern::new(text, Ways::default()).map_err(|error| (text, Fault::Pattern(error)))
        };
        Ok(Self { patterns: patterns.iter().map(read).collect::<Result<_, _>>()?, alert, ..Self::default() })
    }

    /// Alerts otherwise from now on.
    pub(super) const fn alert_by(&mut self, alert: Alert) {
        self.alert = alert;
    }

    /// What came since this was asked last: once, however many posts there were.
    pub(super) fn take(&mut self) -> Option<Alerted> {
        let title = self.due.take()?;
        Some(Alerted { how: self.alert, title })
    }

    /// Looks at what has come; at nothing of it that was there before the record was live. Says what was found, in words.
    pub(super) fn look(
        &mut self,
        (transcript, structure): (&Transcript, &Structure),
        was_live: bool,
    ) -> Option<String> {
        let posts = transcript.len();
        if !was_live || self.done > posts {
            self.done = posts;
        }
        if self.patterns.is_empty() {
            return None;
        }
        let name = |id| structure.name(transcript, structure.author(transcript, id));
        let new = (self.done..posts).map(PostId::new);
        let found = new.rev().find(|&id| self.is_watched_for(transcript, id, name(id)));
        if let Some(id) = found {
            self.due = Some(Shown::of(&format!("● {}", name(id))).as_str().chars().take(TITLE).collect());
        }
        // The last post may still grow, and then hold what is watched for.
        let last = posts.saturating_sub(1);
        let is_told = found.is_some_and(|id| id.index() == last);
        self.done = if is_told { posts } else { last.max(self.done) };
        self.due.clone().filter(|_| found.is_some())
    }

    fn is_watched_for(&self, transcript: &Transcript, id: PostId, name: &str) -> bool {
        let label = &transcript.speaker(transcript.speaker_of(id)).label;
        let len = transcript.body_range(id).len();
        let (_, body) = transcript.part(id, len.saturating_sub(LOOKED_AT)..len);
        let body = Visible::of(&body);
        let texts = [name, label, body.as_str()];
        self.patterns.iter().any(|pattern| texts.iter().any(|text| pattern.is_in(text)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{App, Options, Source};
    use crate::transcript::{Draft, Post};
    use std::time::Duration;

    /// A reader of a live record, and what it is watched for.
    struct Ground {
        app: App,
        draft: Draft,
    }

    impl Ground {
        fn new(patterns: &[&str]) -> Self {
            let mut app = App::new(&Options::default(), Source { loading: true, ..Source::default() });
            let patterns: Vec<_> = patterns.iter().map(|&pattern| pattern.to_owned()).collect();
            app.watch(Watch::new(&patterns, Alert::Title).unwrap());
            Self { app, draft: Draft::default() }
        }

        fn say(&mut self, label: &str, words: &str) -> &mut Self {
            let (speaker, body) = (self.draft.intern(label), self.draft.append_text(words));
            self.draft.push(Post { speaker, body, ..Post::default() });
            self
        }

        fn go_on(&mut self, words: &str) -> &mut Self {
            let more = self.draft.append_text(words);
            self.draft.extend_body(more.start, more.end);
            self
        }

        /// What is alerted of when that has come.
        fn told(&mut self, loading: bool) -> Option<String> {
            let batch = self.draft.take();
            self.app.grow(Duration::ZERO, |transcript| {
                transcript.grow(batch);
                Source { live: true, loading, ..Source::default() }
            });
            self.app.take_alert().map(|alerted| alerted.title)
        }
    }

    #[test]
    fn new_posts_by_somebody_or_with_a_word_are_told_of_once() {
        let mut ground = Ground::new(&["陆知远", "lamp|灯"]);
        assert_eq!(ground.say("主持人", "灯亮了").told(true), None, "it was there before");
        assert_eq!(ground.say("馆长陆知远", "好").told(false), None, "so was this");
        assert_eq!(ground.say("主持人", "早").told(false), None);
        assert_eq!(ground.say("馆长陆知远", "早").told(false).as_deref(), Some("● 陆知远"));
        assert_eq!(ground.go_on("上好").told(false), None, "it was told of");
        assert_eq!(ground.say("甲", "the Lamp").say("乙", "好").told(false).as_deref(), Some("● 甲"));
        assert_eq!(ground.say("乙", "江上的").told(false), None);
        assert_eq!(ground.go_on("灯").told(false).as_deref(), Some("● 乙"));
        assert_eq!(ground.say("乙", "雾").told(false), None);
    }

    #[test]
    fn a_record_that_is_begun_anew_is_not_news() {
        let mut ground = Ground::new(&["灯"]);
        ground.say("甲", "好").told(false);
        ground.draft = Draft::anew();
        assert_eq!(ground.say("甲", "灯").say("甲", "灯").told(false), None);
        assert_eq!(ground.say("甲", "灯").told(false).as_deref(), Some("● 甲"));
    }

    #[test]
    fn what_is_no_pattern_is_named() {
        let patterns = ["好".to_owned(), "(".to_owned()];
        assert_eq!(Watch::new(&patterns, Alert::Bell).unwrap_err().0, "(");
    }
}
