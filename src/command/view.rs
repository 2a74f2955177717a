//! The reader: `shilu [FILE]`.

use super::demo::DEMO;
use super::print;
use super::source;
use super::stream::Failure;
use crate::app::{App, Options, Source, Where};
use crate::cli::ViewArgs;
use crate::format::Ingest;
use crate::lang::Lang;
use crate::terminal::{self, Abilities, Feed, Leave, Message, News};
use crate::text::safe::Shown;
use crate::view::theme::{Depth, is_light};
use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, SyncSender, sync_channel};
use std::time::Duration;

/// What is read at a time, in bytes: enough for the first screen of any record.
const BLOCK: usize = 1 << 20;

/// Runs the command.
pub fn run(args: &ViewArgs) -> Result<u8, Failure> {
    let lang = source::lang(args.text.lang);
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
    check_terminal(input, lang)?;
    let options = Options {
        pacing: source::pacing(&args.pacing),
        speed: args.pacing.speed,
        play: args.play,
        at,
        lang,
        ruler: source::ruler(args.text),
        typesetting: source::typesetting(args.text),
        theme: args.theme,
    };
    let path = args.file.clone().unwrap_or_else(|| PathBuf::from("demo"));
    let ingest = Some(Ingest::new(source::forced(&args.source)));
    let mut reader = Reader { ingest, credit: None, path, lang };
    let mut app = App::new(&options, reader.source(true));
    app.insist(args.text.ambiguous_width);
    let (sender, mailbox) = terminal::mailbox();
    reader.begin(&mut app, args.file.as_deref(), sender.clone())?;
    let variable = |name: &str| std::env::var(name).ok();
    let abilities = Abilities {
        depth: Depth::of(args.no_color, variable),
        light: is_light(variable("COLORFGBG").as_deref()),
        // One that shows a question instead of answering it.
        answers: variable("TERM").is_none_or(|name| name != "dumb"),
    };
    let left = terminal::run(&mut app, &mut reader, (sender, mailbox), abilities).map_err(|error| {
        Failure::Input(format!("{}: {}", lang.pick("终端", "terminal"), lang.os_error(&error)))
    })?;
    match left {
        Leave::Quit => Ok(0),
        Leave::Failed(sentence) => Err(Failure::Input(sentence)),
        Leave::Signal(signal) => Ok(128 + signal as u8),
        Leave::Gone => Ok(1),
    }
}

/// Keys come from standard input, else from the controlling terminal; a source cannot come from where they do.
fn check_terminal(input: bool, lang: Lang) -> Result<(), Failure> {
    if !io::stdin().is_terminal() {
        return File::open("/dev/tty").map(drop).map_err(|_| {
            let words = lang.pick("没有可以按键的终端", "there is no terminal to press keys in");
            Failure::Input(words.to_owned())
        });
    }
    if !input {
        return Ok(());
    }
    Err(Failure::Usage(
        lang.pick(
            "标准输入就是这个终端:请给出文件,或用管道送入实录",
            "standard input is this terminal: name a file, or pipe a transcript in",
        )
        .to_owned(),
    ))
}

/// Standard output is no terminal: the text itself.
fn without_terminal(args: &ViewArgs, lang: Lang) -> Result<u8, Failure> {
    if let Some(path) = &args.file {
        return print::file(path, None, &args.source, args.text);
    }
    let (transcript, ingest) = Ingest::read_all(DEMO.as_bytes(), source::forced(&args.source))
        .map_err(|error| source::broken(Path::new("demo"), &error, lang))?;
    let page = print::Page::new(args.text, None, lang);
    print::record(&source::Opened { transcript, ingest }, &page)?;
    Ok(0)
}

/// Pieces that may wait in the mailbox: so few that a key behind them does not wait.
const WAITING: usize = 2;

/// Reads a source piece by piece into the reader.
struct Reader {
    ingest: Option<Ingest>,
    credit: Option<SyncSender<()>>,
    path: PathBuf,
    lang: Lang,
}

impl Reader {
    /// Takes in the first block of a file before anything is drawn; the rest follows on a thread.
    fn begin(&mut self, app: &mut App, file: Option<&Path>, sender: Sender<Message>) -> Result<(), Failure> {
        let now = Duration::ZERO;
        let Some(path) = file else {
            self.take(app, News::Bytes(DEMO.as_bytes().to_vec()), now).map_err(Failure::Input)?;
            return self.take(app, News::End(None), now).map_err(Failure::Input);
        };
        let mut input = source::open(path, self.lang)?;
        if path.as_os_str() != "-" {
            let (block, ended) =
                block(&mut input).map_err(|error| source::unreadable(path, &error, self.lang))?;
            self.take(app, News::Bytes(block), now).map_err(Failure::Input)?;
            if ended {
                return self.take(app, News::End(None), now).map_err(Failure::Input);
            }
        }
        let (credit, credits) = sync_channel(WAITING);
        for _ in 0..WAITING {
            let _ = credit.try_send(());
        }
        self.credit = Some(credit);
        std::thread::Builder::new()
            .name("loader".to_owned())
            .spawn(move || load(input, &sender, &credits))
            .map_err(|error| Failure::Input(self.lang.os_error(&error)))?;
        Ok(())
    }

    fn source(&self, loading: bool) -> Source {
        let stem = || self.path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        let input = self.path.as_os_str() == "-";
        let name =
            if input { self.lang.words().standard_input.to_owned() } else { stem().unwrap_or_default() };
        let notice = self.ingest.as_ref().and_then(Ingest::notice);
        Source {
            name: Shown::of(&name).to_string(),
            format: self.ingest.as_ref().and_then(Ingest::detection).map(|found| found.format),
            replaced: notice.map_or(0, |notice| notice.replaced),
            encoding: notice.map(|notice| notice.encoding).filter(|&name| name != "UTF-8"),
            loading,
        }
    }
}

impl Feed for Reader {
    fn take(&mut self, app: &mut App, news: News, now: Duration) -> Result<(), String> {
        let Some(mut ingest) = self.ingest.take() else { return Ok(()) };
        let (ended, mut result, mut failed) = (matches!(news, News::End(_)), Ok(()), None);
        app.grow(now, |transcript| {
            result = match news {
                News::Bytes(bytes) => {
                    ingest.feed(&bytes, transcript).and_then(|()| ingest.settle(transcript))
                }
                News::End(error) => {
                    failed = error;
                    ingest.finish(transcript)
                }
            };
            self.ingest = Some(ingest);
            self.source(!ended)
        });
        if let Some(credit) = &self.credit {
            let _ = credit.try_send(());
        }
        match (result, failed) {
            (Err(error), _) => Err(sentence(&source::broken(&self.path, &error, self.lang), self.lang)),
            (Ok(()), Some(error)) => {
                Err(sentence(&source::unreadable(&self.path, &error, self.lang), self.lang))
            }
            (Ok(()), None) => Ok(()),
        }
    }
}

fn sentence(failure: &Failure, lang: Lang) -> String {
    match failure {
        Failure::Input(sentence) | Failure::Usage(sentence) => sentence.clone(),
        Failure::Output(error) => lang.os_error(error),
    }
}

/// One block, and whether the source ended with it.
fn block(input: &mut dyn Read) -> io::Result<(Vec<u8>, bool)> {
    let (mut bytes, mut filled) = (vec![0; BLOCK], 0);
    while let Some(rest) = bytes.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match input.read(rest) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    bytes.truncate(filled);
    Ok((bytes, filled < BLOCK))
}

/// Sends the rest of a source, as it comes, a piece for each credit.
fn load(mut input: Box<dyn Read + Send>, sender: &Sender<Message>, credits: &Receiver<()>) {
    let mut buffer = vec![0; BLOCK / 4];
    let error = loop {
        match input.read(&mut buffer) {
            Ok(0) => break None,
            Ok(read) => {
                if credits.recv().is_err() {
                    return;
                }
                let bytes = buffer.get(..read).unwrap_or_default().to_vec();
                if sender.send(Message::Source(News::Bytes(bytes))).is_err() {
                    return;
                }
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => break Some(error),
        }
    };
    let _ = sender.send(Message::Source(News::End(error)));
}
