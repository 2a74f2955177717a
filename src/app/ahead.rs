//! Reading where the index has not come yet: a part of the file is read by itself and shown in place of the record,
//! until the record reaches it.

use super::finder::Finder;
use super::reader::Reader;
use super::state::App;
use super::tracks::Tracks;
use super::waiting::{Ahead, Waiting};
use crate::action::Mode;
use crate::format::{Index, lines_of_file};
use crate::layout::flow::Anchor;
use crate::query::{Query, Search};
use crate::replay::Schedule;
use crate::structure::Structure;
use crate::transcript::{PostId, SpeakerId, Transcript};
use hashbrown::HashMap;
use std::fs::File;
use std::ops::Range;
use std::sync::Arc;

/// Bytes of a part.
const PART: u64 = 256 * 1024;

/// Speakers that keep their numbers in a part: more would take longer to tell than the part to read.
const KNOWN: usize = 4096;

impl App {
    /// Says how parts of the file can be read that the index has not come to: with an index that knows its beginning.
    pub fn may_look_ahead(&mut self, index: Index, file: Arc<File>) {
        self.ahead = Some(Ahead { index, file, part: 0..0, waiting: None });
    }

    /// The share of the file at which a part begins, while one is shown instead of the record.
    pub fn ahead(&self) -> Option<f64> {
        let ahead = self.ahead.as_ref().filter(|ahead| ahead.waiting.is_some())?;
        Some(ahead.part.start as f64 / self.source.total?.max(1) as f64)
    }

    /// Whether what is shown goes to the end of the record.
    pub fn has_end(&self) -> bool {
        match self.ahead.as_ref().filter(|ahead| ahead.waiting.is_some()) {
            Some(ahead) => ahead.part.end > self.source.total.unwrap_or_default(),
            None => !self.source.loading,
        }
    }

    /// How many posts of the record are known.
    pub fn known_posts(&self) -> usize {
        let waiting = self.ahead.as_ref().and_then(|ahead| ahead.waiting.as_ref());
        waiting.map_or(&self.transcript, |waiting| &waiting.transcript).len()
    }

    /// The record itself with what is derived from it, whatever is shown.
    pub(super) fn record(&mut self) -> (&mut Transcript, &mut Structure, &mut Schedule) {
        match self.ahead.as_mut().and_then(|ahead| ahead.waiting.as_mut()) {
            Some(waiting) => (&mut waiting.transcript, &mut waiting.structure, &mut waiting.schedule),
            None => (&mut self.transcript, &mut self.structure, &mut self.schedule),
        }
    }

    /// Shows the end of the file before the index has come there. False if it has, or the file cannot be read so.
    pub(super) fn look_at_end(&mut self) -> bool {
        let total = self.source.total.unwrap_or_default();
        let shown = self.look_at(total.saturating_sub(PART)..total + 1);
        if shown {
            self.reader = Reader::at_end(&self.flow(), self.height());
        }
        shown
    }

    /// Shows what stands at a share of the file, 0 to 1, before the index has come there.
    pub(super) fn look_at_share(&mut self, share: f64) -> bool {
        let total = self.source.total.unwrap_or_default();
        let at = (total as f64 * share) as u64;
        let shown = at > self.source.read && self.look_at(at..(at + PART).min(total + 1));
        if shown {
            self.reader = Reader::at_start(&self.flow());
        }
        shown
    }

    /// Shows more of the file on one side of what is read now, because that is at the end of the part.
    pub(super) fn look_on(&mut self, forward: bool) -> bool {
        let (Some(at), Some(ahead)) = (self.place_in_file(self.reader.focus), &self.ahead) else {
            return false;
        };
        let total = self.source.total.unwrap_or_default();
        let begin = at.saturating_sub(if forward { PART / 4 } else { PART / 4 * 3 });
        let part = begin..(begin + PART).min(total + 1);
        let further = if forward { part.end > ahead.part.end } else { part.start < ahead.part.start };
        let places = (self.place_in_file(self.reader.anchor.post), at);
        let old = self.reader;
        if !further || !self.look_at(part) {
            return false;
        }
        let found = |place: Option<u64>| place.and_then(|place| self.post_in_file(&self.transcript, place));
        self.reader = match (found(places.0), found(Some(places.1))) {
            (Some(post), Some(focus)) => {
                Reader { anchor: Anchor { post, ..old.anchor }, focus, follow: false }
            }
            _ => Reader::at_start(&self.flow()),
        };
        true
    }

    /// Reads a part of the file and shows it.
    fn look_at(&mut self, part: Range<u64>) -> bool {
        if !self.source.loading || self.is_replaying() {
            return false;
        }
        let (query, chosen, heard) = (self.query(), self.chosen_label(), self.heard_labels());
        let picked = self.picked();
        let Some(ahead) = &mut self.ahead else { return false };
        let waiting = ahead.waiting.as_ref().map_or(&self.transcript, |waiting| &waiting.transcript);
        let known = waiting.speakers().get(..waiting.speakers().len().min(KNOWN)).unwrap_or_default();
        let piece = lines_of_file(&ahead.file, part.clone()).ok().flatten();
        let Some((piece, mut index)) = piece.zip(ahead.index.elsewhere(known)) else { return false };
        if index.feed(&piece).and_then(|()| index.finish()).is_err() || index.posts() == 0 {
            return false;
        }
        let mut batch = index.take();
        if batch.posts.len() > 1 && part.end <= self.source.total.unwrap_or_default() {
            // The last post goes on behind the part.
            batch.posts.pop();
        }
        let transcript = Transcript::from(batch);
        let corrections = Arc::clone(self.structure.corrections());
        let structure = Structure::corrected(&transcript, corrections);
        let schedule = Schedule::of(&transcript, &structure, self.schedule.pacing());
        let waiting = Waiting {
            transcript: std::mem::replace(&mut self.transcript, transcript),
            structure: std::mem::replace(&mut self.structure, structure),
            schedule: std::mem::replace(&mut self.schedule, schedule),
            search: self.search.take(),
            picked,
            jumps: std::mem::take(&mut self.jumps),
        };
        ahead.part = part;
        ahead.waiting.get_or_insert_with(|| Box::new(waiting));
        self.search_anew(query, None);
        self.search_on();
        self.choose(chosen.as_ref(), &heard);
        self.bind_filters(Vec::new());
        self.forget_rows();
        true
    }

    /// Goes back to the record, wherever it is read then.
    pub(super) fn look_back(&mut self) -> bool {
        self.look_back_at(Reader::default())
    }

    fn look_back_at(&mut self, reader: Reader) -> bool {
        let Some(waiting) = self.ahead.as_mut().and_then(|ahead| ahead.waiting.take()) else { return false };
        let (query, chosen, heard) = (self.query(), self.chosen_label(), self.heard_labels());
        self.transcript = waiting.transcript;
        self.structure = waiting.structure;
        self.schedule = waiting.schedule;
        self.jumps = waiting.jumps;
        self.reader = reader;
        self.search_anew(query, waiting.search);
        self.choose(chosen.as_ref(), &heard);
        if self.mode == Mode::Finder {
            self.finder = Finder::new(self.input.value(), &self.transcript, &self.structure);
        }
        self.bind_filters(waiting.picked);
        self.forget_rows();
        self.search_on();
        true
    }

    /// Goes back to the record when that has come to all that is seen, and reads on there.
    pub(super) fn catch_up(&mut self) {
        let Some(waiting) = self.ahead.as_ref().and_then(|ahead| ahead.waiting.as_ref()) else { return };
        let found = |post: PostId| self.post_in_file(&waiting.transcript, self.place_in_file(post)?);
        let seen = self.page.iter().map(|row| row.post).chain([self.reader.focus]).max();
        // The last post that is known may not be complete.
        let reached = seen.and_then(found).is_some_and(|seen| seen.number() < waiting.transcript.len());
        if self.source.loading && !reached {
            return;
        }
        let last = waiting.transcript.last_id().unwrap_or_default();
        let carried = |old: Reader| {
            let post = found(old.anchor.post).unwrap_or(last);
            let focus = found(old.focus).unwrap_or(last);
            Reader { anchor: Anchor { post, ..old.anchor }, focus, follow: old.follow && focus == last }
        };
        let (reader, before_search) = (carried(self.reader), self.sought.before_search.map(carried));
        self.look_back_at(reader);
        self.sought.before_search = before_search;
    }

    /// What is searched for.
    pub(super) fn query(&self) -> Option<Query> {
        self.search.as_ref().map(|search| search.query.clone())
    }

    /// Searches for the same in what is shown now: with the search of earlier, if that was for it.
    pub(super) fn search_anew(&mut self, query: Option<Query>, earlier: Option<Search>) {
        self.sought.searches += 1;
        self.sought.earlier = None;
        let (id, from) = (self.sought.searches, self.reader.focus);
        self.search = query.map(|query| match earlier.filter(|earlier| earlier.query.is_same(&query)) {
            Some(earlier) => earlier.restarted(id),
            None => Search::new(id, query, (&self.transcript, &self.structure), &self.kept.marks, from),
        });
        // Whoever waited for the first hit has gone elsewhere since.
        self.search.iter_mut().for_each(|search| search.awaited = false);
    }

    pub(super) fn chosen_label(&self) -> Option<String> {
        self.transcript.speakers().get(self.chosen.index()).map(|speaker| speaker.label.clone())
    }

    /// The bylines of those who have solo or are muted.
    pub(super) fn heard_labels(&self) -> HashMap<SpeakerId, String> {
        let label = |id: SpeakerId| Some((id, self.transcript.speakers().get(id.index())?.label.clone()));
        self.hearing.people().filter_map(label).collect()
    }

    /// Chooses the speaker of that byline, and hears those of others as before: their ids may be other ones in what is
    /// shown now. A card that is open is closed.
    pub(super) fn choose(&mut self, label: Option<&String>, heard: &HashMap<SpeakerId, String>) {
        let (speakers, structure) = (self.transcript.speakers(), &self.structure);
        let find = |label: &String| {
            let found = speakers.iter().position(|speaker| speaker.label == *label);
            found.map(|index| structure.person(SpeakerId::new(index)))
        };
        self.chosen = label.and_then(find).unwrap_or_default();
        self.hearing.rename(|id| find(heard.get(&id)?));
        if self.is_on_card() {
            self.mode = self.card.from;
        }
    }

    fn place_in_file(&self, post: PostId) -> Option<u64> {
        let file = &self.ahead.as_ref().filter(|ahead| ahead.waiting.is_some())?.file;
        self.transcript.source().in_file(self.transcript.body_range(post).start, file)
    }

    /// The post whose body stands at a place in the file. A body that had no words yet began before its first line.
    fn post_in_file(&self, transcript: &Transcript, place: u64) -> Option<PostId> {
        transcript.post_at(transcript.source().from_file(place, &self.ahead.as_ref()?.file)?)
    }

    pub(super) fn forget_rows(&mut self) {
        self.tracks = Tracks::default();
        self.roster.forget();
        self.cache.clear();
        self.annotate();
        let now = self.now;
        self.refresh(now);
    }
}
