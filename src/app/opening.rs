//! Going to a place, also to one that is not known yet: the index is still on its way there.

use super::state::App;
use crate::layout::flow::Place;
use crate::query::Where;
use crate::transcript::PostId;
use std::time::Duration;

impl App {
    /// Shows the first page, goes to `--at` and plays for `--play`, once there is a post and a screen to show it on.
    pub(super) fn start(&mut self, now: Duration) {
        // A place names rows of the text as it is set, so the size must be known.
        if self.started || self.transcript.is_empty() || self.size == (0, 0) {
            return;
        }
        self.started = true;
        self.refresh(now);
        self.reader.anchor = self.flow().anchor(Place::default());
        match self.at.take() {
            Some(at) => self.go_to(at, now),
            None if self.take_up(now) => {}
            None => self.play_if_asked(now),
        }
    }

    fn play_if_asked(&mut self, now: Duration) {
        if std::mem::take(&mut self.play) {
            self.put(self.clock.seek(self.shows().show(self.reader.focus), now).play(now), now);
            self.reader.follow = true;
        }
    }

    /// Goes to a place: at once if it is known, or can be read ahead of the index; else when the index has come there.
    pub(super) fn go_to(&mut self, place: Where, now: Duration) {
        if let Where::By(ms) = place {
            return self.go_by_time(ms, now);
        }
        let place = place.absolute(&self.transcript, self.reader.focus);
        if !self.source.loading {
            return self.go_to_known(&place, now);
        }
        if let (Where::Percent(share), Some(total)) = (&place, self.source.total) {
            let share = share / 100.0;
            self.jumps.leave(self.reader.focus);
            if self.look_at_share(share) {
                return;
            }
            let byte = (total as f64 * share) as usize;
            self.look_back();
            let post = self.transcript.post_at(byte).unwrap_or_default();
            return self.go(post, now);
        }
        let (transcript, structure, _) = self.record();
        if place.is_known(transcript, structure) {
            self.look_back();
            return self.go_to_known(&place, now);
        }
        self.message = Some(format!("{}: {place}", self.lang.words().indexing));
        self.at = Some(place);
    }

    /// Goes to the place that was asked for before it was known.
    pub(super) fn go_when_known(&mut self, now: Duration) {
        let Some(place) = self.at.take_if(|_| self.started) else { return };
        let loading = self.source.loading;
        let (transcript, structure, _) = self.record();
        if loading && !place.is_known(transcript, structure) {
            self.at = Some(place);
            return;
        }
        self.message = None;
        self.look_back();
        self.go_to_known(&place, now);
    }

    fn go_to_known(&mut self, place: &Where, now: Duration) {
        match place.find(&self.transcript, &self.structure, self.reader.focus) {
            Some(post) if self.play => self.go(post, now),
            Some(post) => self.jump(post, now),
            None => {
                let words = self.lang.words();
                self.message = Some(format!("{}: {place} · {}", words.not_found, words.try_places));
            }
        }
        self.play_if_asked(now);
    }

    /// To a post that may lie where the index has not come yet.
    pub(super) fn go_or_say(&mut self, found: Option<PostId>, now: Duration) {
        let words = self.lang.words();
        match found {
            Some(post) => self.jump(post, now),
            None if self.source.loading => self.message = Some(words.indexing.to_owned()),
            None => self.message = Some(words.no_more.to_owned()),
        }
    }
}
