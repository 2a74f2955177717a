//! The reader: `shilu [FILE]`.

use super::loader::{About, load};
use super::memory::Shelf;
use super::print;
use super::source;
use super::stream::Failure;
use super::takeaway;
use crate::app::{App, ExportOrder, Options, Watch};
use crate::cli::ViewArgs;
use crate::config::Config;
use crate::lang::Lang;
use crate::query::Where;
use crate::terminal::{self, Abilities, Leave, Moment};
use crate::view::theme::{Depth, is_light};
use std::fs::File;
use std::io::{self, IsTerminal};
use std::os::unix::fs::FileTypeExt;
use std::path::Path;

/// Runs the command.
pub fn run(args: &ViewArgs, config: &Config) -> Result<u8, Failure> {
    let lang = source::lang(args.text.lang);
    let theme = source::theme(&args.theme, config, lang)?;
    let at = match &args.at {
        None => None,
        Some(text) => Some(Where::parse(text).ok_or_else(|| {
            let what = lang.pick("不是位置", "is no place");
            Failure::Usage(format!("--at {text}: {what} · {}", lang.words().try_places))
        })?),
    };
    if !io::stdout().is_terminal() {
        return without_terminal(args, lang);
    }
    let input = args.file.as_deref().is_some_and(|path| path.as_os_str() == "-");
    let terminal = args.file.as_deref().is_some_and(is_terminal);
    check_terminal(input, terminal, lang)?;
    let options =
        Options { play: args.play, at, ..source::options(&args.pacing, args.text, (theme, lang), config) };
    let path = args.file.as_deref();
    let about = About::new(path.unwrap_or(Path::new("demo")), lang).following(args.follow);
    let mut app = App::new(&options, about.source(None, true));
    app.insist(args.text.ambiguous_width);
    app.reader.follow = args.follow;
    app.watch(
        Watch::new(&args.watch, args.alert).map_err(|(pattern, error)| {
            Failure::Usage(format!("--watch {pattern}: {}", error.words(lang)))
        })?,
    );
    let forgets = args.no_resume || !config.settings.resume;
    let shelf = Shelf::of(path, (args.at.is_some(), forgets), lang);
    let mut broken = shelf.correct(&mut app);
    let rest = load(&mut app, path, (source::forced(&args.source), &about))?;
    broken.extend(shelf.remind(&mut app, !(args.play || args.follow || forgets || args.at.is_some())));
    app.message = broken.into_iter().next().or(app.message);
    let variable = |name: &str| std::env::var(name).ok();
    let abilities = Abilities {
        depth: Depth::of(args.no_color, variable),
        light: is_light(variable("COLORFGBG").as_deref()),
        // One that shows a question instead of answering it.
        answers: variable("TERM").is_none_or(|name| name != "dumb"),
    };
    let mut keep = |app: &mut App, moment: Moment| shelf.keep(app, moment);
    let export = |app: &App, order: &ExportOrder| takeaway::write(app, order, path);
    let left = terminal::run(&mut app, abilities, &mut keep, &export, |sender| {
        rest.map_or(Ok(()), |rest| rest.go_on(sender))
    })
    .map_err(|error| {
        Failure::Input(format!("{}: {}", lang.pick("终端", "terminal"), lang.os_error(&error)))
    })?;
    match left {
        Leave::Quit => Ok(0),
        Leave::Failed(sentence) => Err(Failure::Input(sentence)),
        Leave::Signal(signal) => Ok(128 + signal as u8),
        Leave::Gone => Ok(1),
    }
}

/// Whether a file is a terminal.
pub fn is_terminal(path: &Path) -> bool {
    let is_device = path.metadata().is_ok_and(|metadata| metadata.file_type().is_char_device());
    is_device && File::open(path).is_ok_and(|file| file.is_terminal())
}

/// Keys come from standard input, else from the controlling terminal; a source cannot come from where they do.
fn check_terminal(input: bool, terminal: bool, lang: Lang) -> Result<(), Failure> {
    if !terminal && !io::stdin().is_terminal() {
        return File::open("/dev/tty").map(drop).map_err(|_| {
            let words = lang.pick("没有可以按键的终端", "there is no terminal to press keys in");
            Failure::Input(words.to_owned())
        });
    }
    if !input && !terminal {
        return Ok(());
    }
    Err(Failure::Usage(
        if terminal {
            lang.pick("终端是用来按键的,不能当文件读", "a terminal is for the keys and cannot be the file")
        } else {
            lang.pick(
                "标准输入就是这个终端:请给出文件,或用管道送入实录",
                "standard input is this terminal: name a file, or pipe a transcript in",
            )
        }
        .to_owned(),
    ))
}

/// Standard output is no terminal: the text itself.
fn without_terminal(args: &ViewArgs, lang: Lang) -> Result<u8, Failure> {
    if let Some(path) = &args.file {
        return print::file(path, None, &args.source, args.text);
    }
    let page = print::Page::new(args.text, None, lang);
    print::record(&source::demo(&args.source, lang)?, &page)?;
    Ok(0)
}
