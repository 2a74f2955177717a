//! `shilu grep`: the posts of many records that a query asks for.
//!
//! Files are searched side by side and told of in order. Of a large file only the bytes are looked through, unless something
//! in them may match (`sift`); then the record is read, so that number, time and speaker of each post are known (`find`).

mod cut;
mod find;
mod lines;
mod parts;
mod record;
mod records;
mod sift;
mod targets;
mod turns;

use super::source;
use super::stream::{Failure, say};
use crate::cli::{GrepArgs, WaysArgs, When};
use crate::config::{Config, Settings};
use crate::lang::Lang;
use crate::query::{Case, Query, Ways};
use crate::terminal;
use crate::view::theme::{Depth, Theme, is_light};
use find::{Asked, Found};
use lines::{Look, Sheet};
use record::Record;
use records::Read;
use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::{available_parallelism, scope};
use targets::Target;
use turns::{Turn, Turns};

/// Nothing was found.
const NONE: u8 = 1;
/// Something went wrong.
const TROUBLE: u8 = 2;

/// Files that are searched side by side at most: each is a record in memory.
const MOST_AT_ONCE: usize = 8;

/// Runs the command.
pub fn run(args: &GrepArgs, config: &Config) -> Result<u8, Failure> {
    let lang = source::lang(args.lang);
    let query = Query::parse(&args.query, ways(args.ways, &config.settings))
        .map_err(|fault| Failure::Usage(format!("{}: {}", args.query, fault.words(lang))))?;
    let (targets, mut trouble) = targets::of(&args.files, lang);
    let several = targets.len() > 1 || args.files.iter().any(|path| path.is_dir());
    let names = (args.with_filename || several) && !args.no_filename;
    let job = Job {
        args,
        lang,
        asked: Asked::new(query, args.invert_match),
        look: Look { names, lang, theme: theme(args, config, lang)?, columns: columns(args) },
        spare: cores().min(MOST_AT_ONCE).saturating_sub(targets.len()),
        found: AtomicBool::new(false),
        trouble: AtomicBool::new(false),
        stopped: AtomicBool::new(false),
    };
    let separates = args.context.or(args.after_context).or(args.before_context).is_some();
    let turns = Turns::new(io::stdout(), separates);
    job.search_all(&targets, &turns);
    trouble |= job.trouble.into_inner();
    let found = job.found.into_inner();
    turns.end()?;
    Ok(match (found, trouble) {
        (true, false) => 0,
        (true, true) if args.tell.quiet => 0,
        (_, true) => TROUBLE,
        (false, false) => NONE,
    })
}

fn cores() -> usize {
    available_parallelism().map_or(1, usize::from)
}

fn ways(args: WaysArgs, settings: &Settings) -> Ways {
    let case = match (args.ignore_case, args.case_sensitive) {
        (true, _) => Case::Ignored,
        (_, true) => Case::Counts,
        _ => Case::Smart,
    };
    Ways {
        regex: settings.regex && !args.fixed_strings,
        folding: settings.folding && !args.no_fold,
        pinyin: settings.pinyin || args.pinyin,
        case,
    }
}

/// The colours, where there are any.
fn theme(args: &GrepArgs, config: &Config, lang: Lang) -> Result<Option<Theme>, Failure> {
    let variable = |name: &str| std::env::var(name).ok();
    let obeys = io::stdout().is_terminal() && variable("TERM").is_none_or(|name| name != "dumb");
    let depth = match args.color {
        When::Never => return Ok(None),
        When::Auto if !obeys => return Ok(None),
        When::Auto => Depth::of(false, variable),
        // Who asks for colours is not told that there are none.
        When::Always => {
            Depth::of(false, |name| variable(name).filter(|_| name != "NO_COLOR")).max(Depth::Sixteen)
        }
    };
    let name = source::theme(&args.theme, config, lang)?;
    Ok(Some(Theme::of(name, config, depth, is_light(variable("COLORFGBG").as_deref()))))
}

/// The columns of the terminal that long paragraphs are cut for.
fn columns(args: &GrepArgs) -> Option<usize> {
    (io::stdout().is_terminal() && !args.whole).then(|| terminal::columns().unwrap_or(80))
}

/// What is to be done, and what has come of it.
struct Job<'a> {
    args: &'a GrepArgs,
    lang: Lang,
    asked: Asked,
    look: Look,
    /// Threads that have no file to search.
    spare: usize,
    found: AtomicBool,
    trouble: AtomicBool,
    /// Nobody wants to know more.
    stopped: AtomicBool,
}

impl Job<'_> {
    fn search_all(&self, targets: &[Target], turns: &Turns) {
        let next = AtomicUsize::new(0);
        let work = || {
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let Some(target) = targets.get(number) else { return };
                let mut turn = turns.turn(number);
                if !self.stopped.load(Ordering::Relaxed) && self.search(target, &mut turn).is_err() {
                    self.stopped.store(true, Ordering::Relaxed);
                }
                turn.finish();
            }
        };
        let others = cores().min(MOST_AT_ONCE).min(targets.len()).saturating_sub(1);
        scope(|scope| {
            for _ in 0..others {
                // With fewer threads it takes longer.
                let _ = std::thread::Builder::new().name("grep".to_owned()).spawn_scoped(scope, work);
            }
            work();
        });
    }

    /// Searches a file. An error is one of the output.
    fn search(&self, target: &Target, out: &mut Turn) -> io::Result<()> {
        let record = match self.asked.read(target, &self.args.source, (self.lang, self.needs_structure())) {
            Ok(Read::Record(record)) => Some(record),
            Ok(Read::Nothing) => None,
            Ok(Read::Skipped(why)) => {
                if self.args.verbose {
                    let skipped = self.lang.pick("略过", "skipped");
                    say(&format!("{}: {skipped}: {}", target.path.display(), why.words(self.lang)));
                }
                return Ok(());
            }
            Err(Failure::Output(error)) => return Err(error),
            Err(Failure::Input(sentence) | Failure::Usage(sentence)) => {
                say(&sentence);
                self.trouble.store(true, Ordering::Relaxed);
                return Ok(());
            }
        };
        self.tell(target, record.as_deref(), out)
    }

    /// Whether who speaks has to be known.
    fn needs_structure(&self) -> bool {
        self.args.tell.is_of_lines() || !self.asked.query.is_of_words()
    }

    fn tell(&self, target: &Target, record: Option<&Record>, out: &mut Turn) -> io::Result<()> {
        let tell = self.args.tell;
        let name = source::called(&target.path, self.lang);
        let first_only = tell.files_with_matches || tell.files_without_match || tell.quiet;
        let most = if first_only { 1 } else { self.args.max_count.unwrap_or(usize::MAX) };
        let (posts, hits) = match record.filter(|_| most > 0) {
            Some(record) if self.is_in_parts(record, most) => self.tell_in_parts((record, &name), out)?,
            Some(record) => self.tell_in_order((record, &name), most, out)?,
            None => (0, 0),
        };
        if posts > 0 {
            self.found.store(true, Ordering::Relaxed);
            self.stopped.fetch_or(tell.quiet, Ordering::Relaxed);
        }
        let count = if tell.count { Some(posts) } else { tell.count_matches.then_some(hits) };
        match count {
            Some(count) => writeln!(out, "{}{count}", self.look.file(&name, ':')),
            None if tell.files_with_matches && posts > 0 || tell.files_without_match && posts == 0 => {
                writeln!(out, "{}", self.look.file_alone(&name))
            }
            None => Ok(()),
        }
    }

    /// Tells of the posts that are found one after another, up to so many; says how many they are, and their hits.
    fn tell_in_order(
        &self,
        (record, name): (&Record, &str),
        most: usize,
        out: &mut Turn,
    ) -> io::Result<(usize, usize)> {
        let (mut posts, mut hits) = (0, 0);
        let mut sheet = Sheet::new(record, (&self.look, name), self.args);
        self.asked.each(record, |found: &Found| {
            posts += 1;
            hits += found.hits.len();
            if self.args.tell.is_of_lines() {
                sheet.found(found, out)?;
            }
            Ok(posts < most && !self.stopped.load(Ordering::Relaxed))
        })?;
        sheet.end(out)?;
        Ok((posts, hits))
    }

    /// Whether threads that have no file of their own may tell of parts of this one: each found post stands for itself.
    fn is_in_parts(&self, record: &Record, most: usize) -> bool {
        let GrepArgs { context, after_context, before_context, invert_match, .. } = *self.args;
        let is_alone = context.or(after_context).or(before_context).is_none() && !invert_match;
        self.spare > 0
            && is_alone
            && most == usize::MAX
            && record.places.as_ref().is_some_and(|places| places.len() >= parts::MANY)
    }

    /// The same as in order, by parts of the record on several threads.
    fn tell_in_parts(&self, (record, name): (&Record, &str), out: &mut Turn) -> io::Result<(usize, usize)> {
        let places = record.places.as_deref().unwrap_or_default();
        let (parts, bound) = (parts::of(places, &record.transcript), self.asked.bound(record));
        let tell = |part: &parts::Part, record: &mut Record| {
            let mut told = Vec::new();
            let mut sheet = Sheet::new(record, (&self.look, name), self.args);
            let (mut posts, mut hits) = (0, 0);
            for found in self.asked.matching(record, &bound, (Some(part.0), part.1)) {
                posts += 1;
                hits += found.hits.len();
                if self.args.tell.is_of_lines() {
                    sheet.found(&found, &mut told)?;
                }
            }
            Ok((told, posts, hits))
        };
        let mut copies: Vec<_> = (0..=self.spare).map(|_| record.copy()).collect();
        let (mut posts, mut hits) = (0, 0);
        for parts in parts.chunks(copies.len()) {
            let told: io::Result<Vec<_>> =
                parts::side_by_side(parts, &mut copies, tell).into_iter().collect();
            for (told, more_posts, more_hits) in told? {
                out.write_all(&told)?;
                posts += more_posts;
                hits += more_hits;
            }
            if self.stopped.load(Ordering::Relaxed) {
                break;
            }
        }
        Ok((posts, hits))
    }
}
