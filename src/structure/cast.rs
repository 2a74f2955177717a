//! The cast: what captions and the host tell of the guests, beside their bylines.
//!
//! A guest is told of in several places, each by itself: the byline, every caption, the question that the guest
//! answers first. The name is the spelling of most places; the others are aliases. The office is that of the fullest
//! caption that is not damaged, else that of the byline.

use super::byline;
use super::caption::{self, Caption, is_damaged, is_same_office, is_variant};
use super::exchanges::{Exchanges, Part};
use super::members::Member;
use crate::text::slice;
use crate::transcript::{PostId, Role, SpeakerId, Transcript};
use hashbrown::HashMap;

/// In a record of more guests than that nobody writes captions, and no more are weighed.
const GUESTS: usize = 1024;

/// So many lines of admins are read as captions, and a record that is not in memory is read twice for no more.
const LINES: usize = 4096;

/// So many captions wait for guests who have not spoken yet.
const WAITING: usize = 256;

/// What captions and the host tell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cast {
    captions: Vec<(PostId, SpeakerId)>,
    told: HashMap<SpeakerId, Told>,
    guests: Vec<SpeakerId>,
    waiting: Vec<PostId>,
    lines: usize,
    /// What the last post adds, which may still grow.
    latest: Option<(PostId, SpeakerId, Told)>,
}

/// Where a name is spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In the byline.
    Byline,
    /// In a question of the host.
    Question(PostId),
    /// In a caption.
    Caption(PostId),
}

/// What is told of a guest beside the byline.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// The spelling of most places.
    pub name: String,
    /// The office in full, if a caption tells it.
    pub title: Option<String>,
    /// The other spellings.
    pub aliases: Vec<String>,
    /// The captions.
    pub captions: Vec<PostId>,
    /// Every place with its spelling.
    pub places: Vec<(Place, String)>,
}

/// What the cast is derived from.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// The record.
    pub transcript: &'a Transcript,
    /// Its speakers.
    pub members: &'a [Member],
    /// Its questions.
    pub exchanges: &'a Exchanges,
}

impl Known<'_> {
    fn label(&self, guest: SpeakerId) -> &str {
        &self.transcript.speaker(guest).label
    }

    /// Name and office of a byline; no office where the name is not certain.
    fn byline(&self, guest: SpeakerId) -> (&str, &str) {
        let label = self.label(guest);
        let (name, title) = byline::split(label);
        (slice(label, name), slice(label, title))
    }

    /// The question that a guest answers first.
    fn question(&self, guest: SpeakerId) -> Option<PostId> {
        let first = self.members.get(guest.index())?.first;
        self.exchanges.question_of(first)
    }
}

impl Cast {
    /// Takes in a post that has just come: its author may be a guest whom captions have been waiting for.
    pub fn meet(&mut self, known: Known, speaker: SpeakerId) {
        let member = &known.members[speaker.index()];
        if member.posts != 1 || Part::from(&member.role) != Part::Answer || self.guests.len() == GUESTS {
            return;
        }
        self.guests.push(speaker);
        for post in std::mem::take(&mut self.waiting) {
            self.seal(known, post);
        }
    }

    /// Takes in a post of an admin that does not grow any more, if it is a caption.
    pub fn seal(&mut self, known: Known, post: PostId) {
        if self.lines == LINES || !is_line(known, post) {
            return;
        }
        let Some(guest) = self.guest_of(known, post) else {
            if self.waiting.len() < WAITING && read(known, post, |_| ()).is_some() {
                self.waiting.push(post);
            }
            return;
        };
        self.lines += 1;
        if let Some(told) = self.with(known, guest, post) {
            self.told.insert(guest, told);
            let place = self.captions.partition_point(|&(before, _)| before < post);
            self.captions.insert(place, (post, guest));
        }
    }

    /// Looks at the last post, which may still grow.
    pub fn look(&mut self, known: Known, post: PostId) {
        let guest = is_line(known, post).then(|| self.guest_of(known, post)).flatten();
        self.latest = guest.and_then(|guest| Some((post, guest, self.with(known, guest, post)?)));
    }

    /// Forgets what the last post has added.
    pub fn look_away(&mut self) {
        self.latest = None;
    }

    /// What is told of a speaker.
    pub fn told(&self, speaker: SpeakerId) -> Option<&Told> {
        let latest = self.latest.as_ref().filter(|(_, guest, _)| *guest == speaker);
        latest.map(|(_, _, told)| told).or_else(|| self.told.get(&speaker))
    }

    /// Whose caption a post is.
    pub fn caption_of(&self, post: PostId) -> Option<SpeakerId> {
        if let Some((_, guest, _)) = self.latest.as_ref().filter(|(latest, ..)| *latest == post) {
            return Some(*guest);
        }
        let index = self.captions.binary_search_by_key(&post, |&(caption, _)| caption).ok()?;
        Some(self.captions[index].1)
    }

    /// Bytes that are held, without the words.
    pub fn size(&self) -> usize {
        self.captions.len() * size_of::<(PostId, SpeakerId)>()
            + self.told.len() * size_of::<(SpeakerId, Told)>()
            + self.guests.len() * size_of::<SpeakerId>()
            + self.waiting.len() * size_of::<PostId>()
    }

    /// The guest whom a caption names: by the name that the byline ends with, best with the same office; else by a
    /// name one character apart with the same office.
    fn guest_of(&self, known: Known, post: PostId) -> Option<SpeakerId> {
        read(known, post, |caption| {
            let named = |guest: &&SpeakerId| {
                let (name, title) = known.byline(**guest);
                name == caption.name || title.is_empty() && known.label(**guest).ends_with(caption.name)
            };
            let in_office = |guest: &&SpeakerId| is_same_office(known.byline(**guest).1, caption.title);
            let spelled = |guest: &&SpeakerId| is_variant(known.byline(**guest).0, caption.name);
            let mut exact = self.guests.iter().filter(named);
            match (exact.next(), exact.next()) {
                (None, _) => self.guests.iter().filter(spelled).find(in_office),
                (only, None) => only,
                _ => self.guests.iter().filter(named).find(in_office),
            }
            .copied()
        })?
    }

    /// What is told of a guest with one more caption.
    fn with(&self, known: Known, guest: SpeakerId, post: PostId) -> Option<Told> {
        let mut told = self.told.get(&guest).cloned().unwrap_or_default();
        read(known, post, |caption| {
            if told.places.is_empty() {
                let (name, title) = known.byline(guest);
                let name = if title.is_empty() && known.label(guest).ends_with(caption.name) {
                    caption.name
                } else {
                    name
                };
                told.places.push((Place::Byline, name.to_owned()));
                told.hear(known, guest, [name, caption.name]);
            }
            told.places.push((Place::Caption(post), caption.name.to_owned()));
            told.captions.push(post);
            told.captions.sort_unstable();
            let fuller = told.title.as_ref().is_none_or(|title| title.len() < caption.title.len());
            if fuller && !is_damaged(caption.title) {
                told.title = Some(caption.title.to_owned());
            }
        })?;
        told.weigh();
        Some(told)
    }
}

impl Told {
    /// Listens to how the host spells a name.
    fn hear(&mut self, known: Known, guest: SpeakerId, spellings: [&str; 2]) {
        let Some(question) = known.question(guest) else { return };
        let text = known.transcript.body(question);
        if let Some(spelling) = spellings.into_iter().find(|spelling| text.contains(spelling)) {
            self.places.push((Place::Question(question), spelling.to_owned()));
        }
    }

    /// The name is the spelling of most places, of equally many the first; all others are aliases.
    fn weigh(&mut self) {
        let count = |name: &str| self.places.iter().filter(|(_, spelling)| spelling == name).count();
        let mut names: Vec<String> = Vec::new();
        for (_, name) in &self.places {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
        names.sort_by_key(|name| std::cmp::Reverse(count(name)));
        let mut names = names.into_iter();
        self.name = names.next().unwrap_or_default();
        self.aliases = names.collect();
    }
}

/// Whether a post may be a caption by its author and its length.
fn is_line(known: Known, post: PostId) -> bool {
    let speaker = known.transcript.speaker_of(post);
    let is_admin = known.members.get(speaker.index()).is_some_and(|member| member.role == Role::Admin);
    is_admin && known.transcript.body_range(post).len() <= caption::LONGEST
}

fn read<T>(known: Known, post: PostId, then: impl FnOnce(Caption) -> T) -> Option<T> {
    caption::read(&known.transcript.body(post)).map(then)
}
