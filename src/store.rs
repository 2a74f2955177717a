//! What is kept on the disk: corrections of a record, in a file beside it that a reader may write by hand as well; and in
//! the state folder bookmarks, notes and the reading position, see [`Memory`].
//!
//! # Where
//! `talk.txt` has `talk.txt.shilu.toml`. Where that cannot be written, `corrections/` of the state folder
//! (`$XDG_STATE_HOME/shilu`, or `~/.local/state/shilu`) has a file. Both are read; field by field, the one in the state folder
//! overrides the other. An edit goes beside the record, unless the state folder already says something of that byline.
//!
//! # What
//! TOML 1.0. Entries name a byline as printed, so that they hold in a record that has grown.
//! ```toml
//! [[speaker]]
//! byline = "某市图书馆馆陆知远"   # as printed; the rest is optional
//! name = "陆知远"
//! title = "某市图书馆馆长"        # "" is none
//! role = "guest"                  # admin, host, guest, audience, system, bot, unknown
//! aliases = ["陆志远"]            # other spellings
//! same-as = "陆知远"              # the byline of the same person that this one counts with
//! apart = true                    # a person of its own, whatever looks like it
//! derived = ["title"]             # in the state folder: these are derived, whatever the other file says
//!
//! [[chapter]]
//! title = "开幕"
//! at = "2018-01-09T08:27"         # optional
//! by = "主持人"
//! begins = "各位网友"             # the words that the post begins with
//! ```
//! Of two entries of one byline, the later one overrides the fields of the other. Other keys and tables, comments and order
//! are left as they are.
//!
//! # How
//! A text is written under another name, moved into its place, and both are forced to the disk: at any moment the
//! file is whole, and what was acknowledged is in it. A file of the program's own in which nothing is left goes. The folder is locked from the reading of the file to the
//! writing, so that of two edits at once none is lost. A file that cannot be read is never written over.

mod broken;
mod change;
mod field;
mod folder;
mod head;
mod inventory;
mod mark_sheet;
mod memory;
mod place;
mod print;
mod reading;
mod sheet;
mod steps;
mod table;

pub use broken::{Broken, Failed, Shape, What};
pub use inventory::{Prune, Remembered, Says, StateFile, inventory, take_out};
pub use memory::{MOST_READ, Memory};
pub use place::state_folder;
pub use reading::Reading;
pub use steps::{Disk, Steps};

use crate::structure::{Correction, Corrections, Edit};
use crate::text::safe::Shown;
use change::{Change, changed};
use field::Field;
use folder::{Folder, USUAL};
use sheet::Sheet;
use std::fs::{self, DirBuilder};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

/// Keeps the corrections of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keeper {
    record: PathBuf,
    beside: PathBuf,
    state: Option<PathBuf>,
}

/// What is kept of a record.
#[derive(Debug, Default)]
pub struct Loaded {
    /// What the files say that can be read.
    pub corrections: Corrections,
    /// What cannot.
    pub broken: Vec<Broken>,
}

/// An edit that is on the disk, or needs nothing there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The file that has it, or had what it took back.
    pub path: PathBuf,
}

impl Keeper {
    /// The keeper of a record that is a file; what comes from standard input, a pipe or a device has none.
    pub fn of(record: &Path) -> Option<Self> {
        let is_file = record.as_os_str() != "-" && fs::metadata(record).is_ok_and(|found| found.is_file());
        is_file.then(|| Self::beside(record, state_folder().as_deref()))
    }

    /// The keeper of a record that keeps beside it, or else in a state folder if there is one.
    pub fn beside(record: &Path, state: Option<&Path>) -> Self {
        let state = state.map(|state| place::in_state(state, record));
        Self { record: place::whereabouts(record), beside: place::beside(record), state }
    }

    /// What is kept. Of a file that cannot be read nothing is taken.
    pub fn load(&self) -> Loaded {
        let mut loaded = Loaded::default();
        for path in [Some(&self.beside), self.state.as_ref()].into_iter().flatten() {
            match Sheet::read(path) {
                Ok(sheet) => sheet.lay_over(&mut loaded.corrections),
                Err(broken) => loaded.broken.push(broken),
            }
        }
        loaded
    }

    /// Keeps an edit of a speaker: reads the files again, changes what the edit names, and writes. An edit that changes
    /// nothing writes nothing.
    ///
    /// # Errors
    /// A file is broken, cannot be written, or somebody else is writing; what is on the disk is as it was then.
    pub fn edit(&self, label: &str, edit: &Edit) -> Result<Kept, Failed> {
        self.edit_by(&Disk, label, edit)
    }

    /// The same by steps of one's own.
    ///
    /// # Errors
    /// As of [`Keeper::edit`].
    pub fn edit_by(&self, steps: &dyn Steps, label: &str, edit: &Edit) -> Result<Kept, Failed> {
        let near = || self.edit_in((&self.beside, steps), &Sheet::default(), label, edit);
        let Some(path) = self.state.as_deref() else { return near() };
        if !Sheet::read(path)?.says(label) {
            match near() {
                Err(Failed::Unwritable(_, error)) if is_no_place(&error) => {}
                result => return result,
            }
        }
        let made = DirBuilder::new().recursive(true).mode(0o700).create(place::folder_of(path));
        made.map_err(|error| Failed::Unwritable(path.to_owned(), error))?;
        self.edit_in((path, steps), &Sheet::read(&self.beside)?, label, edit)
    }

    /// The same in one file, which overrides the one below.
    fn edit_in(
        &self,
        (path, steps): (&Path, &dyn Steps),
        below: &Sheet,
        label: &str,
        edit: &Edit,
    ) -> Result<Kept, Failed> {
        let linked = path;
        let path = place::followed(path);
        let failed = |error| Failed::of(&path, error);
        let folder = Folder::of(&path, steps).map_err(failed)?;
        let sheet = Sheet::read(&path)?;
        let base = over(Corrections::default(), below);
        let now = over(base.clone(), &sheet);
        let mut wanted = now.clone();
        wanted.edit(label, edit);
        let changes = changes([&base, &now, &wanted].map(|all| all.of(label)));
        if changes.is_empty() {
            return Ok(Kept { path });
        }
        let head = self.head(&path);
        let text = changed(&sheet.text, &head, label, &changes);
        let text = text.map_err(|_| Broken::whole(&path, What::Uneditable))?;
        if over(base, &Sheet::of(&path, text.clone())?) != wanted {
            return Err(Broken::whole(&path, What::Uneditable).into());
        }
        let is_new = text.trim_end() == head.trim_end() && path == linked;
        let done = if is_new { folder.remove(&path) } else { folder.put(&path, &text, USUAL) };
        done.map_err(failed)?;
        drop(folder);
        Ok(Kept { path })
    }

    /// How a new file begins. Far from its record it tells the whole path.
    fn head(&self, path: &Path) -> String {
        let near = place::folder_of(path) == place::folder_of(&self.beside);
        let record = if near { place::name_of(&self.beside) } else { self.record.to_string_lossy().into() };
        format!("# Corrections of {}, by shilu. The record itself is never written.\n", Shown::of(&record))
    }
}

/// Corrections with a sheet laid over them.
fn over(mut corrections: Corrections, sheet: &Sheet) -> Corrections {
    sheet.lay_over(&mut corrections);
    corrections
}

/// What a file has to say otherwise: of what stands below it, what is said now, and what is wanted.
fn changes([below, now, wanted]: [Option<&Correction>; 3]) -> Vec<(Field, Change)> {
    let of = |field: Field, correction: Option<&Correction>| correction.and_then(|all| field.of(all));
    let differs = |field: &Field| of(*field, now) != of(*field, wanted);
    let change = |field: Field| match of(field, wanted) {
        said if said == of(field, below) => Change::Drop,
        Some(said) => Change::Say(said),
        None => Change::Back,
    };
    Field::ALL.into_iter().filter(differs).map(|field| (field, change(field))).collect()
}

/// Whether an error means that a file cannot be made there, wherever else it can.
fn is_no_place(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidFilename, NotADirectory, NotFound, PermissionDenied, ReadOnlyFilesystem};
    [PermissionDenied, ReadOnlyFilesystem, NotFound, NotADirectory, InvalidFilename].contains(&error.kind())
}
