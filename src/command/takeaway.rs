//! Writes the files that are exported from the reader.

use super::export::{Export, is_same, unfit_for_txt};
use super::place;
use crate::app::{App, ExportOrder, Exported};
use crate::format::Record;
use crate::lang::Lang;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Writes a file that was asked for in the reader of the record at a path. One that is there is not written over unless that was
/// said, and the record itself never.
pub fn write(app: &App, order: &ExportOrder, record: Option<&Path>) -> Exported {
    let (lang, path) = (app.lang, placed(&order.name));
    if record.is_some_and(|record| is_same(record, &path)) {
        return Exported::Failed(format!("{}: {}", order.name, lang.words().keep.is_record));
    }
    if path.exists() && !order.over {
        return Exported::Exists;
    }
    let record = Record {
        transcript: &app.transcript,
        structure: &app.structure,
        posts: &order.posts,
        marks: &app.kept.marks,
        name: &app.source.name,
        lang,
    };
    let mut export = match Export::new(record, order.format, (app.schedule.pacing(), 1.0)) {
        Ok(export) => export,
        Err(unfit) => return Exported::Failed(format!("{}: {}", order.name, unfit_for_txt(record, unfit))),
    };
    let written = place::fill(&path, |file| {
        let mut out = BufWriter::new(file);
        export.write(&mut out)?;
        out.flush()
    });
    match written {
        Ok(()) => Exported::Written(said(order, &export.notices(lang), lang)),
        Err(error) => Exported::Failed(format!("{}: {}", order.name, told(&error, lang))),
    }
}

/// What was written, and what the format does not hold.
fn said(order: &ExportOrder, notices: &[String], lang: Lang) -> String {
    let posts = lang.posts(order.posts.len());
    let mut parts = vec![format!("{} {posts}: {}", lang.words().keep.exported, order.name)];
    parts.extend_from_slice(notices);
    parts.join(" · ")
}

fn told(error: &io::Error, lang: Lang) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => lang.pick("没有这个目录", "there is no such folder").to_owned(),
        _ => lang.os_error(error),
    }
}

/// The place of a file name as one types it: `~/` is the user's own folder.
fn placed(name: &str) -> PathBuf {
    let home = || std::env::var_os("HOME").filter(|home| !home.is_empty());
    match name.strip_prefix("~/").zip(home()) {
        Some((rest, home)) => Path::new(&home).join(rest),
        None => PathBuf::from(name),
    }
}
