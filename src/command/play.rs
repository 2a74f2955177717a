//! `shilu play`: the replay as a stream on standard output, each post at its moment.

use super::asides::Voice;
use super::chosen::Chosen;
use super::linear;
use super::post_line;
use super::print::{Entry, Page};
use super::source;
use super::stream::Failure;
use super::view::is_terminal;
use crate::app::MEASURES;
use crate::choice::ThemeName;
use crate::cli::PlayArgs;
use crate::config::Config;
use crate::lang::Lang;
use crate::replay::{Cue, Schedule, Shows};
use crate::terminal::{self, Ended, Stage};
use crate::transcript::PostId;
use crate::view::theme::{Depth, Theme, is_light};
use std::io::{self, BufWriter, IsTerminal, Write};

/// Cells of a row that reads well, as in the reader; a terminal may be wider.
const MEASURE: usize = MEASURES[0];

/// Runs the command.
pub fn run(args: &PlayArgs, config: &Config) -> Result<u8, Failure> {
    let lang = source::lang(args.text.lang);
    let opened = source::read(&args.file, &args.source, lang)?;
    let (transcript, structure) = (&opened.transcript, opened.structure());
    let schedule = Schedule::of(transcript, &structure, source::pacing(&args.pacing));
    let shows = schedule.over(transcript, &structure);
    let chosen = Chosen::of(&args.choice, (transcript, &structure), lang)?;
    let (ids, upcoming) = (chosen.clone().ids(), Box::new(chosen.ids().skip(1)));
    let theme = theme(args, source::theme(&args.theme, config, lang)?, config);
    let form = Form::of(args, lang, theme.as_ref());
    let mut script = Script { shows, form, lang, upcoming, last: None, before: None, next: None };
    if args.dry_run {
        let mut out = BufWriter::new(io::stdout().lock());
        for id in ids {
            out.write_all(&script.post(id, None))?;
        }
        out.flush()?;
        return Ok(0);
    }
    let cues = ids.map(|post| Cue { post, show_ms: shows.show(post) });
    let voice = Voice::new(args, lang, (theme.as_ref(), &config.keymap));
    let stage = Stage {
        post: &mut |id, columns| script.post(id, columns),
        word: &|about, columns| voice.word(about, columns.unwrap_or(MEASURE)),
        aside: voice.aside,
        keys: has_keys(args),
        keymap: config.keymap.clone(),
        columns: terminal::columns,
        clock: terminal::now,
    };
    match terminal::play(cues, args.pacing.speed, stage)? {
        Ended::Quit => Ok(0),
        Ended::Signal(signal) => Ok(128 + signal as u8),
        Ended::Gone => Ok(1),
    }
}

/// Keys are pressed where the text is seen, unless the source is typed there. A pager at the end of a pipe has keys of
/// its own.
fn has_keys(args: &PlayArgs) -> bool {
    let typed = args.file.as_os_str() == "-" || is_terminal(&args.file);
    !typed && io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// The colours of a terminal; none for a pipe, a file or a terminal that knows no escape sequences.
fn theme(args: &PlayArgs, name: ThemeName, config: &Config) -> Option<Theme> {
    let variable = |name: &str| std::env::var(name).ok();
    let obeys = io::stdout().is_terminal() && variable("TERM").is_none_or(|name| name != "dumb");
    let depth = Depth::of(args.no_color, variable);
    obeys.then(|| Theme::of(name, config, depth, is_light(variable("COLORFGBG").as_deref())))
}

/// What is written of each post.
struct Script<'a> {
    shows: Shows<'a>,
    form: Form,
    lang: Lang,
    /// The posts behind that one.
    upcoming: Box<dyn Iterator<Item = PostId> + 'a>,
    /// The post that was asked for last, and the one before it.
    last: Option<PostId>,
    before: Option<PostId>,
    next: Option<PostId>,
}

enum Form {
    Json,
    Linear,
    /// Rows; whether they are cut for the terminal.
    Rows(Page, bool),
}

impl Form {
    fn of(args: &PlayArgs, lang: Lang, theme: Option<&Theme>) -> Self {
        if args.json {
            return Self::Json;
        }
        if args.linear {
            return Self::Linear;
        }
        let mut page = Page::new(args.text, args.width, lang);
        if let Some(theme) = theme {
            page = page.in_colour(theme.clone());
        }
        let fits = args.width.is_none() && io::stdout().is_terminal();
        if fits {
            page.width = page.width.min(MEASURE);
        }
        Self::Rows(page, fits)
    }
}

impl Script<'_> {
    /// The lines of a post, seen from the one that was asked for before, and the silence behind it, which is told when it
    /// begins. It may be asked for again.
    fn post(&mut self, id: PostId, columns: Option<usize>) -> Vec<u8> {
        if self.last != Some(id) {
            self.before = self.last.replace(id);
            self.next = self.upcoming.next();
        }
        let record = (self.shows.transcript, self.shows.structure);
        match &mut self.form {
            Form::Json => post_line::of(self.shows, id).unwrap_or_default().into_bytes(),
            Form::Linear => linear::post(record, (self.before, id, self.next), self.lang).into_bytes(),
            Form::Rows(page, fits) => {
                if let Some(columns) = columns.filter(|_| *fits) {
                    page.width = columns.clamp(2, MEASURE);
                }
                let entry = Entry {
                    id,
                    before: self.before,
                    next: self.next,
                    told: true,
                    about: self.shows.is_estimated(id),
                };
                let mut out = Vec::new();
                // Nothing fails that is written into memory.
                let _ = page.post(&mut out, record, entry);
                out
            }
        }
    }
}
