//! Brings a record into the reader: its beginning before anything is drawn, the rest on two threads.
//!
//! Batches are handed over to the loop of the reader no faster than it takes them.

use super::demo::DEMO;
use super::follower::Follower;
use super::source::{self, called};
use super::stream::Failure;
use crate::app::{App, Source};
use crate::format::{
    Broken, Facts, Fate, Forced, Index, Input, Intake, Notice, Patience, Progress, Wait, facts, on_threads,
};
use crate::lang::Lang;
use crate::terminal::{Growth, Message, News, Sender};
use crate::text::safe::Shown;
use crate::transcript::{Change, Looks, Remarks};
use std::fs::File;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// Batches that wait for the reader: so few that a key behind them does not wait.
const BATCHES: usize = 2;

/// A file of up to so many bytes is read as a whole before anything is drawn; of a larger one, the head.
const AT_ONCE: u64 = 256 * 1024;

/// Bytes of a batch of a file, about. What comes through a pipe is handed over as it comes.
const BATCH: u64 = 1 << 20;

/// What a reader is told of a source beside its posts.
#[derive(Clone)]
pub struct About {
    path: PathBuf,
    file: Option<(Arc<File>, u64)>,
    /// What the file looked like when it was opened.
    looked: Option<Looks>,
    follow: bool,
    lang: Lang,
}

impl About {
    /// What is known before anything was read.
    pub fn new(path: &Path, lang: Lang) -> Self {
        Self { path: path.to_owned(), file: None, looked: None, follow: false, lang }
    }

    /// The file is to be read on as it grows.
    #[must_use]
    pub fn following(self, follow: bool) -> Self {
        Self { follow, ..self }
    }

    /// The source, as far as it was read.
    pub fn source(&self, facts: Option<Facts>, loading: bool) -> Source {
        let stem = || self.path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        let input = self.path.as_os_str() == "-";
        let name = if input { called(&self.path, self.lang) } else { stem().unwrap_or_default() };
        let notice = facts.and_then(|facts| facts.notice);
        let detection = facts.and_then(|facts| facts.detection);
        let read = facts.map_or(0, |facts| facts.bytes);
        let fate = facts.and_then(|facts| facts.fate);
        let is_packed = facts.is_some_and(|facts| facts.packing.is_some());
        let deleted = fate.filter(|(_, fate)| *fate == Fate::Deleted).map(|_| Change::Deleted);
        Source {
            name: Shown::of(&name).to_string(),
            format: detection.map(|found| found.format),
            runner_up: detection.filter(|found| !found.is_sure).and_then(|found| found.runner_up),
            packing: facts.and_then(|facts| facts.packing),
            remarks: facts.map_or_else(Remarks::default, |facts| facts.remarks),
            replaced: notice.map_or(0, |notice| notice.replaced),
            encoding: notice.and_then(encoding),
            loading,
            read,
            total: self.file.as_ref().filter(|_| !is_packed).map(|(_, len)| *len),
            change: if loading || self.follow || is_packed { deleted } else { self.change(read) },
            live: self.follow,
            fault: None,
            unfinished: false,
            fate,
        }
    }

    /// What has become of the file while it was read.
    fn change(&self, read: u64) -> Option<Change> {
        let (file, len) = self.file.as_ref()?;
        if read < *len {
            return Some(Change::Shrunk);
        }
        self.looked?.change(Looks::of(file)?)
    }

    fn failed(&self, error: &Broken) -> Message {
        let sentence = match source::failed(&self.path, error, self.lang) {
            Failure::Input(sentence) | Failure::Usage(sentence) => sentence,
            Failure::Output(error) => self.lang.os_error(&error),
        };
        Message::Source(News::Failed(sentence))
    }
}

/// The encodings of a source, if there is more to say than UTF-8.
fn encoding(notice: Notice) -> Option<String> {
    match notice.fallback {
        Some(fallback) => Some(format!("{} + {fallback}", notice.encoding)),
        None => (notice.encoding != "UTF-8").then(|| notice.encoding.to_owned()),
    }
}

/// Takes the beginning of a record in, without a path the whole demo; gives what reads the rest on threads, if there is
/// more.
///
/// # Errors
/// If the source cannot be read, or its beginning shows that it is no transcript.
pub fn load(
    app: &mut App,
    path: Option<&Path>,
    (forced, about): (Forced, &About),
) -> Result<Option<Loading>, Failure> {
    let input = match path {
        Some(path) => source::open(path, about.lang)?,
        None => Input::Stream(Box::new(Cursor::new(DEMO))),
    };
    let mut about = about.clone();
    if let Input::File(file, len) = &input {
        about.file = Some((Arc::clone(file), *len));
        about.looked = Looks::of(file);
    }
    let waits = path.is_some() && about.file.is_none();
    // A pipe is live as long as it is open.
    about.follow = path.is_some() && (about.follow || waits);
    let mut intake = Intake::new(input, forced.encoding, Patience::None);
    if about.follow {
        intake = intake.following();
    }
    let mut loading =
        Loading { intake, index: Index::new(forced.format).starting(forced.start), about, silent: false };
    let begun = if waits { Ok(false) } else { loading.begin(app) };
    match begun {
        Ok(ended) => Ok((!ended).then_some(loading)),
        Err(error) => Err(source::failed(&loading.about.path, &error, loading.about.lang)),
    }
}

/// A record that is being read.
pub struct Loading {
    intake: Intake,
    index: Index,
    about: About,
    /// Whether all was read that is there.
    silent: bool,
}

impl Loading {
    /// Takes the beginning in; says whether that was all.
    fn begin(&mut self, app: &mut App) -> Result<bool, Broken> {
        loop {
            let piece = self.intake.next()?;
            let ended = self.intake.has_ended() && piece.is_none();
            let silent = piece.is_none();
            match &piece {
                Some(piece) => self.index.feed(piece),
                None if ended => self.index.finish(),
                None => self.index.settle(),
            }
            .map_err(Broken::Text)?;
            let facts = facts(&self.intake, Some(&self.index));
            let unfinished = self.index.is_midway();
            let source = Source { unfinished, ..self.about.source(Some(facts), !silent) };
            let batch = self.index.take();
            app.take_in(|transcript| {
                transcript.grow(batch);
                source
            });
            if silent || self.about.file.as_ref().is_some_and(|(_, len)| *len > AT_ONCE) {
                self.silent = silent;
                self.offer_parts(app, silent);
                return Ok(ended);
            }
        }
    }

    /// Lets the reader read parts of a file that is larger than memory before the index has come there.
    fn offer_parts(&self, app: &mut App, ended: bool) {
        let index = self.index.elsewhere(&[]).filter(|_| !ended && self.intake.is_in_place());
        if let (Some(index), Some((file, _))) = (index, &self.about.file) {
            app.may_look_ahead(index, Arc::clone(file));
        }
    }

    /// Reads the rest on threads and sends it to the loop of the reader.
    ///
    /// # Errors
    /// If there can be no thread.
    pub fn go_on(self, sender: Sender) -> std::io::Result<()> {
        let (done, taken) = sync_channel(BATCHES);
        for _ in 0..BATCHES {
            let _ = done.try_send(());
        }
        let about = self.about;
        let wait: Box<dyn Wait> = match &about.file {
            Some((file, _)) if about.follow => Box::new(Follower::new(&about.path, Arc::clone(file))),
            _ => Box::new(()),
        };
        let mut messenger = Messenger { about, sender, done, taken, told: None, silent: self.silent };
        on_threads(self.intake, self.index, wait, move |step| match step {
            Ok((index, progress)) => messenger.tell(index, progress),
            Err(error) => messenger.fail(&error),
        })
    }
}

/// Hands over to the loop of the reader what was found.
struct Messenger {
    about: About,
    sender: Sender,
    done: SyncSender<()>,
    taken: Receiver<()>,
    /// What was known at the last hand-over.
    told: Option<Facts>,
    /// Whether all was read that was there, of a source that is live.
    silent: bool,
}

impl Messenger {
    fn fail(&self, error: &Broken) -> bool {
        self.sender.send(self.about.failed(error)).is_ok()
    }

    /// Hands over, unless more comes at once; says whether somebody is there to take it.
    fn tell(&mut self, index: &mut Index, progress: Progress) -> bool {
        let Progress { facts, ended, silent, caught_up } = progress;
        let live = self.about.follow && !ended;
        if facts.fate != self.told.and_then(|told| told.fate) && !silent {
            // It is read anew.
            self.silent = false;
        }
        let (was_silent, is_first) = (self.silent, live && silent && !self.silent);
        self.silent |= is_first;
        if !(ended || is_first || self.told != Some(facts)) || !self.is_due(&progress) {
            return true;
        }
        // What comes faster than it is shown is gathered.
        let waits = !live || caught_up || silent;
        let may = if waits { self.taken.recv().is_ok() } else { self.taken.try_recv().is_ok() };
        if !may {
            return !waits;
        }
        self.told = Some(facts);
        if let Err(error) = index.settle() {
            return self.fail(&Broken::Text(error));
        }
        if self.about.follow && was_silent {
            index.arrive(chrono::Local::now().naive_local());
        }
        let loading = !ended && !self.silent;
        let source = self.about.source(Some(facts), loading);
        let unfinished = live && index.is_midway();
        let source = Source { live, unfinished, total: source.total.filter(|_| loading || !live), ..source };
        let growth = Growth { batch: index.take(), source, done: self.done.clone() };
        self.sender.send(Message::Source(News::Grown(Box::new(growth)))).is_ok()
    }

    /// Whether so much has come, or nothing more for now, that it is handed over.
    fn is_due(&self, progress: &Progress) -> bool {
        let bytes = progress.facts.bytes.saturating_sub(self.told.map_or(0, |told| told.bytes));
        let rests = self.about.follow && (progress.caught_up || progress.silent);
        self.about.file.is_none() || progress.ended || rests || bytes >= BATCH
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::Remarks;
    use std::io::Write;

    /// What is said of a file of 100 bytes of which so many were read, when something was done to it meanwhile.
    fn change(read: u64, done: impl FnOnce(&Path, &File)) -> Option<Change> {
        let mut named = tempfile::NamedTempFile::new().unwrap();
        named.write_all(&[b'a'; 100]).unwrap();
        let file = Arc::new(File::options().read(true).write(true).open(named.path()).unwrap());
        let mut about = About::new(named.path(), Lang::En);
        about.file = Some((Arc::clone(&file), 100));
        about.looked = Looks::of(&file);
        done(named.path(), &file);
        let facts = Facts {
            detection: None,
            encoding: "UTF-8",
            notice: None,
            remarks: Remarks::default(),
            packing: None,
            bytes: read,
            fate: None,
        };
        let source = |loading| about.source(Some(facts), loading).change;
        assert_eq!(source(true), None, "as long as more may come it is not known");
        source(false)
    }

    #[test]
    fn what_became_of_a_file_while_it_was_read_is_told() {
        let remove = |path: &Path, _: &File| std::fs::remove_file(path).unwrap();
        let append = |_: &Path, mut file: &File| file.write_all(&[b'b'; 200]).unwrap();
        assert_eq!(change(100, |_, _| {}), None);
        assert_eq!(change(99, |_, _| {}), Some(Change::Shrunk));
        assert_eq!(change(0, |_, file| file.set_len(0).unwrap()), Some(Change::Shrunk));
        assert_eq!(change(200, append), None);
        assert_eq!(change(100, remove), Some(Change::Deleted));
        let rewrite = |_: &Path, file: &File| file.set_modified(std::time::UNIX_EPOCH).unwrap();
        assert_eq!(change(100, rewrite), Some(Change::Altered));
        assert_eq!(change(50, remove), Some(Change::Shrunk));
        assert_eq!(About::new(Path::new("-"), Lang::En).source(None, false).change, None);
    }
}
