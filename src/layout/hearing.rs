//! Who is heard: solo and mute, as on a mixing desk.
//!
//! A first press dims the others, or the one; a second hides them.

use crate::structure::Structure;
use crate::transcript::{PostId, SpeakerId, Transcript};
use std::collections::BTreeSet;

/// A record with what was derived from it.
type Recorded<'a> = (&'a Transcript, &'a Structure);

/// So many turns that are hidden are stepped over before those who are shown are looked for.
const NEAR: usize = 64;

/// So many people who are shown are looked for one by one.
const FEW: usize = 32;

/// How somebody is heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Voice {
    /// As loud as written.
    Heard,
    /// In the background.
    Dimmed,
    /// Not shown.
    Hidden,
}

/// Who has solo, and who is muted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hearing {
    solo: BTreeSet<SpeakerId>,
    /// Whether those without solo are hidden.
    alone: bool,
    muted: BTreeSet<SpeakerId>,
    hidden: BTreeSet<SpeakerId>,
}

impl Hearing {
    /// Whether everybody is heard.
    pub fn is_open(&self) -> bool {
        self.solo.is_empty() && self.muted.is_empty() && self.hidden.is_empty()
    }

    /// Whether anybody is hidden.
    pub fn hides(&self) -> bool {
        self.alone || !self.hidden.is_empty()
    }

    /// Those who have solo or are muted.
    pub fn people(&self) -> impl Iterator<Item = SpeakerId> {
        self.solo.iter().chain(&self.muted).chain(&self.hidden).copied()
    }

    /// Whether somebody has solo.
    pub fn has_solo(&self, person: SpeakerId) -> bool {
        self.solo.contains(&person)
    }

    /// Whether somebody is muted.
    pub fn is_muted(&self, person: SpeakerId) -> bool {
        self.muted.contains(&person) || self.hidden.contains(&person)
    }

    /// How somebody is heard.
    pub fn voice(&self, person: SpeakerId) -> Voice {
        let is_background = !self.solo.is_empty() && !self.solo.contains(&person);
        if self.hidden.contains(&person) || is_background && self.alone {
            Voice::Hidden
        } else if self.muted.contains(&person) || is_background {
            Voice::Dimmed
        } else {
            Voice::Heard
        }
    }

    /// How a post is heard: a caption as its guest.
    pub fn voice_of(&self, transcript: &Transcript, structure: &Structure, post: PostId) -> Voice {
        if self.is_open() {
            return Voice::Heard;
        }
        let guest = structure.caption_of(post);
        self.voice(guest.unwrap_or_else(|| structure.author(transcript, post)))
    }

    /// Solo for somebody; alone, if that is so already; then no longer.
    pub fn turn_solo(&mut self, person: SpeakerId) {
        if self.solo.insert(person) {
            return;
        }
        if !std::mem::replace(&mut self.alone, true) {
            return;
        }
        self.solo.remove(&person);
        self.alone = !self.solo.is_empty();
    }

    /// Mutes somebody; hides, if that is so already; then no longer.
    pub fn turn_mute(&mut self, person: SpeakerId) {
        if self.hidden.remove(&person) {
            return;
        }
        if self.muted.remove(&person) {
            self.hidden.insert(person);
        } else {
            self.muted.insert(person);
        }
    }

    /// Whether those without solo are hidden.
    pub fn hides_others(&self) -> bool {
        self.alone
    }

    /// Names people otherwise; whoever has no name any more is heard.
    pub fn rename(&mut self, name: impl Fn(SpeakerId) -> Option<SpeakerId>) {
        for people in [&mut self.solo, &mut self.muted, &mut self.hidden] {
            *people = people.iter().filter_map(|&person| name(person)).collect();
        }
        self.alone &= !self.solo.is_empty();
    }

    /// Whoever is hidden is dimmed instead.
    pub fn show(&mut self) {
        self.alone = false;
        self.muted.append(&mut self.hidden);
    }

    /// The first post behind one, and before `end`, that is shown.
    pub fn after(&self, record: Recorded, post: PostId, end: usize) -> Option<PostId> {
        if !self.hides() {
            return (post.number() < end).then(|| PostId::new(post.number()));
        }
        let (transcript, structure) = record;
        let mut at = post;
        for step in 0.. {
            at = if let Some(people) = self.few(structure, step) {
                let next = people.into_iter().filter_map(|person| {
                    let captions = structure.captions(person);
                    let caption = captions.get(captions.partition_point(|&caption| caption <= at));
                    let own = structure.next_by(transcript, person, at);
                    own.into_iter().chain(caption.copied()).min()
                });
                next.min()?
            } else if at == post {
                PostId::new(post.number())
            } else {
                structure.next_run(at)?
            };
            if at.index() >= end || self.voice_of(transcript, structure, at) != Voice::Hidden {
                return Some(at).filter(|at| at.index() < end);
            }
        }
        None
    }

    /// The last post before one that is shown.
    pub fn before(&self, record: Recorded, post: PostId) -> Option<PostId> {
        if !self.hides() {
            return post.index().checked_sub(1).map(PostId::new);
        }
        let (transcript, structure) = record;
        let mut at = post;
        for step in 0.. {
            at = if let Some(people) = self.few(structure, step) {
                let previous = people.into_iter().filter_map(|person| {
                    let captions = structure.captions(person);
                    let behind = captions.partition_point(|&caption| caption < at);
                    let caption = behind.checked_sub(1).map(|index| captions[index]);
                    let own = structure.previous_by(transcript, person, at);
                    own.into_iter().chain(caption).max()
                });
                previous.max()?
            } else if at == post {
                PostId::new(post.index().checked_sub(1)?)
            } else {
                structure.previous_run(at)?
            };
            if self.voice_of(transcript, structure, at) != Voice::Hidden {
                return Some(at);
            }
        }
        None
    }

    /// Those who are shown, if they are few and well known, or if nothing of anybody was found near by.
    fn few(&self, structure: &Structure, steps: usize) -> Option<Vec<SpeakerId>> {
        if self.alone {
            let shown = self.solo.iter().copied();
            return Some(shown.filter(|&person| self.voice(person) != Voice::Hidden).collect());
        }
        let is_far = steps > NEAR && structure.people_count() <= self.hidden.len() + FEW;
        is_far.then(|| structure.people().filter(|&person| self.voice(person) != Voice::Hidden).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::{Draft, Post};
    use proptest::prelude::{prop_assert_eq, proptest};

    /// The fourth is an admin, whose captions name the third.
    const LABELS: [&str; 4] = ["甲", "乙", "某馆馆长陆知远", "直播管理员"];
    const BODIES: [&str; 2] = ["好。", "某馆馆长、书记:陆知远"];

    fn record(posts: &[(usize, bool)]) -> (Transcript, Structure) {
        let mut draft = Draft::default();
        for label in LABELS {
            draft.intern(label);
        }
        for &(speaker, caption) in posts {
            let body = draft.append_text(BODIES[usize::from(caption)]);
            draft.push(Post { speaker: SpeakerId::new(speaker), body, ..Post::default() });
        }
        let transcript = Transcript::from(draft.take());
        let structure = Structure::of(&transcript);
        (transcript, structure)
    }

    #[test]
    fn presses_dim_then_hide_then_let_be() {
        let [one, other] = [0, 1].map(SpeakerId::new);
        let mut hearing = Hearing::default();
        let voices = |hearing: &Hearing| (hearing.voice(one), hearing.voice(other));
        for expected in [Voice::Dimmed, Voice::Hidden, Voice::Heard] {
            hearing.turn_solo(one);
            assert_eq!(voices(&hearing), (Voice::Heard, expected));
        }
        for expected in [Voice::Dimmed, Voice::Hidden, Voice::Heard] {
            hearing.turn_mute(one);
            assert_eq!(voices(&hearing), (expected, Voice::Heard));
        }
        assert!(hearing.is_open());
        hearing.turn_mute(one);
        hearing.turn_mute(one);
        hearing.turn_solo(other);
        hearing.turn_solo(other);
        hearing.show();
        assert_eq!((voices(&hearing), hearing.hides()), ((Voice::Dimmed, Voice::Heard), false));
    }

    proptest! {
        #[test]
        fn shown_posts_are_found_as_by_a_look_at_every_post(
            posts in proptest::collection::vec((0usize..4, proptest::bool::ANY), 0..60),
            presses in proptest::collection::vec((proptest::bool::ANY, 0usize..4), 0..8),
        ) {
            let (transcript, structure) = record(&posts);
            let mut hearing = Hearing::default();
            for (solo, person) in presses {
                let turn = if solo { Hearing::turn_solo } else { Hearing::turn_mute };
                turn(&mut hearing, SpeakerId::new(person));
            }
            let is_shown = |index: &usize| {
                hearing.voice_of(&transcript, &structure, PostId::new(*index)) != Voice::Hidden
            };
            for index in 0..posts.len() {
                let (of, post) = ((&transcript, &structure), PostId::new(index));
                let after = hearing.after(of, post, posts.len()).map(PostId::index);
                prop_assert_eq!(after, (index + 1..posts.len()).find(is_shown));
                prop_assert_eq!(hearing.before(of, post).map(PostId::index), (0..index).rfind(is_shown));
            }
        }
    }
}
