//! What is remembered of the record that is open: bookmarks and notes are kept as they are made, and the place that is read
//! when it is left and now and then.

use super::corrections::{Desk, unusable, unwritable};
use super::stream::say;
use crate::app::App;
use crate::lang::Lang;
use crate::marks::Marks;
use crate::store::Memory;
use crate::terminal::Moment;
use crate::transcript::Transcript;
use crate::when::{duration, long_date};
use chrono::{DateTime, Local};
use std::path::Path;
use std::time::Duration;

/// Whoever has asked for a place reads there when so much time has passed; before, that was a look.
const LOOK: Duration = Duration::from_secs(60);

/// Where everything is kept that is made of a record while it is read.
pub struct Shelf {
    corrections: Desk,
    /// None for a record that is no file, but the demo.
    memory: Option<Memory>,
    /// Whether the place that is read is kept, and from when on.
    places: Option<Duration>,
    lang: Lang,
}

impl Shelf {
    /// That of a record; without a path, of the demo. `looks` is whether a place was asked for, `forgets` whether no place is
    /// to be kept.
    pub fn of(path: Option<&Path>, (looks, forgets): (bool, bool), lang: Lang) -> Self {
        let memory = path.map_or_else(|| Memory::called("demo"), Memory::of);
        let from = if looks { LOOK } else { Duration::ZERO };
        Self {
            corrections: Desk::of(path, lang),
            memory,
            places: path.filter(|_| !forgets).map(|_| from),
            lang,
        }
    }

    /// Lets the reader know what was corrected; a sentence about each file that cannot be read.
    pub fn correct(&self, app: &mut App) -> Vec<String> {
        let (corrections, broken) = self.corrections.load();
        app.know(corrections);
        broken
    }

    /// Lets the reader know what is marked in a record whose beginning it has, and where it was read last if that is
    /// wanted; a sentence about each file that cannot be read.
    pub fn remind(&self, app: &mut App, resumes: bool) -> Vec<String> {
        let Some(memory) = &self.memory else { return Vec::new() };
        let mut broken = Vec::new();
        match memory.marks(&app.transcript) {
            Ok(entries) => app.know_marks(entries),
            Err(error) => broken.push(error),
        }
        if resumes && self.places.is_some() {
            match memory.reading(&app.transcript) {
                Ok(Some(reading)) => {
                    let when = ago(&reading.when, self.lang);
                    app.resume(reading, when);
                }
                Ok(None) => {}
                Err(error) => broken.push(error),
            }
        }
        broken.into_iter().map(|error| unusable(&error, self.lang)).collect()
    }

    /// Keeps what there is to keep.
    pub fn keep(&self, app: &mut App, moment: Moment) {
        match moment {
            Moment::Key => {
                self.keep_corrections(app);
                self.keep_marks(app);
            }
            Moment::Passing => self.keep_place(app),
            Moment::Leaving => {
                app.put_down();
                self.keep_marks(app);
                self.keep_place(app);
            }
        }
    }

    /// Keeps what was corrected by a key.
    fn keep_corrections(&self, app: &mut App) {
        for (byline, edit) in app.take_edits() {
            let kept = self.corrections.keep(&byline, &edit);
            let is_kept = kept.is_ok();
            app.message = Some(kept.unwrap_or_else(|sentence| sentence));
            app.unkept |= !is_kept;
            if !is_kept {
                return;
            }
        }
    }

    fn keep_marks(&self, app: &mut App) {
        let Some(memory) = &self.memory else { return };
        for entry in app.marks_to_keep() {
            match memory.keep(&app.transcript, &entry) {
                Ok(all) => app.mark_is_kept(&entry, all),
                Err(failed) => {
                    let not_kept = self.lang.words().keep.unwritten;
                    app.message = Some(format!("{not_kept}: {}", unwritable(&failed, self.lang)));
                    return;
                }
            }
        }
    }

    /// A place that cannot be kept is nothing to interrupt somebody for.
    fn keep_place(&self, app: &App) {
        let (Some(memory), Some(from)) = (&self.memory, self.places) else { return };
        if app.now < from {
            return;
        }
        if let Some(reading) = app.reading(Local::now().to_rfc3339_opts(chrono::SecondsFormat::Secs, false)) {
            let _ = memory.keep_reading(&app.transcript, &reading);
        }
    }
}

/// What is marked in a record that is read as a whole; without a path, in the demo. What cannot be read is said.
pub fn marks_of(path: Option<&Path>, transcript: &Transcript, lang: Lang) -> Marks {
    let mut marks = Marks::default();
    let Some(memory) = path.map_or_else(|| Memory::called("demo"), Memory::of) else { return marks };
    match memory.marks(transcript) {
        Ok(entries) => {
            for entry in entries {
                if let Some(post) = entry.find(transcript, true).filter(|&post| marks.of(post).is_none()) {
                    marks.set(post, entry.mark);
                }
            }
        }
        Err(error) => say(&unusable(&error, lang)),
    }
    marks
}

/// `2026年11月25日 星期三 21:40 · 2 天 3 小时前`
fn ago(when: &str, lang: Lang) -> String {
    let Ok(then) = DateTime::parse_from_rfc3339(when) else { return when.to_owned() };
    let local = then.with_timezone(&Local).naive_local();
    let passed = Local::now().signed_duration_since(then).num_milliseconds();
    let passed = lang.ago(&duration(lang, passed));
    format!("{} {} · {passed}", long_date(lang, local), local.format("%H:%M"))
}
