//! What holds: the command line first, then the configuration, then what the program does by itself.

use super::stream::Failure;
use crate::choice::{LangChoice, ReadingSpeed};
use crate::cli::{Cli, Command, PacingArgs, TextArgs};
use crate::config::{Config, Settings, place, written};
use crate::lang::Lang;
use clap::ArgMatches;
use clap::parser::ValueSource;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Reads the configuration: the file that is named, which must be there, or the usual one, which need not.
pub fn load(named: Option<&Path>, lang: Lang) -> Result<Config, Failure> {
    let told = |fault: crate::config::Fault| Failure::Usage(fault.tell(lang));
    match (named, usual()) {
        (Some(path), _) => Config::read(path).map_err(told),
        (None, Some(path)) if path.try_exists().unwrap_or(true) => Config::read(&path).map_err(told),
        (None, _) => Ok(Config::default()),
    }
}

fn usual() -> Option<PathBuf> {
    place(|name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from))
}

/// Writes the default of the file where it would be read, and never over one.
pub fn write_default(named: Option<&Path>, lang: Lang) -> Result<u8, Failure> {
    let text = written(lang);
    if named.is_some_and(|path| path.as_os_str() == "-") {
        io::stdout().write_all(text.as_bytes())?;
        return Ok(0);
    }
    let Some(path) = named.map(Path::to_owned).or_else(usual) else {
        let why =
            lang.pick("没有 HOME,请用 --config 指明文件", "there is no HOME: name a file with --config");
        return Err(Failure::Usage(format!("--write-config: {why}")));
    };
    put(&path, &text).map_err(|error| {
        let why = match error.kind() {
            io::ErrorKind::AlreadyExists => {
                lang.pick("已经有了,没有改动", "is there already, and was left as it is").to_owned()
            }
            _ => lang.os_error(&error),
        };
        Failure::Input(format!("{}: {why}", path.display()))
    })?;
    writeln!(io::stdout(), "{}", crate::text::safe::Shown::of(&path.display().to_string()))?;
    Ok(0)
}

fn put(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder)?;
    }
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    // Half a file would keep the whole one from being written.
    file.write_all(text.as_bytes()).inspect_err(|_| drop(fs::remove_file(path)))
}

/// Gives both sides what holds: options that were not given are as the settings, settings are as the options that were.
pub fn settle(cli: &mut Cli, matches: &ArgMatches, settings: &mut Settings) {
    let given = matches.subcommand().map_or(matches, |(_, given)| given);
    match &mut cli.command {
        None => {
            text(&mut cli.view.text, given, settings);
            pacing(&mut cli.view.pacing, given, settings);
            both(given, "theme", &mut cli.view.theme, &mut settings.theme);
            both(given, "alert", &mut cli.view.alert, &mut settings.alert);
        }
        Some(Command::Play(args)) => {
            text(&mut args.text, given, settings);
            pacing(&mut args.pacing, given, settings);
            both(given, "theme", &mut args.theme, &mut settings.theme);
        }
        Some(Command::Print(args)) => text(&mut args.text, given, settings),
        Some(Command::Grep(args)) => {
            both(given, "lang", &mut args.lang, &mut settings.lang);
            both(given, "theme", &mut args.theme, &mut settings.theme);
        }
        Some(Command::Info(args)) => {
            both(given, "lang", &mut args.lang, &mut settings.lang);
            let mut cpm = ReadingSpeed::Fixed(args.cpm);
            both(given, "cpm", &mut cpm, &mut settings.cpm);
            if let ReadingSpeed::Fixed(cpm) = cpm {
                args.cpm = cpm;
            }
        }
        Some(Command::Check(args)) => both(given, "lang", &mut args.lang, &mut settings.lang),
        Some(Command::State(args)) => both(given, "lang", &mut args.lang, &mut settings.lang),
        Some(Command::Export(args)) => {
            text(&mut args.text, given, settings);
            pacing(&mut args.pacing, given, settings);
            both(given, "theme", &mut args.theme, &mut settings.theme);
        }
        Some(Command::Completions { .. } | Command::Man) => {}
    }
}

fn text(args: &mut TextArgs, given: &ArgMatches, settings: &mut Settings) {
    both(given, "ambiguous_width", &mut args.ambiguous_width, &mut settings.ambiguous_width);
    both(given, "kinsoku", &mut args.kinsoku, &mut settings.kinsoku);
    both(given, "hang", &mut args.hang, &mut settings.hang);
    both(given, "autospace", &mut args.autospace, &mut settings.autospace);
    both(given, "indent", &mut args.indent, &mut settings.indent);
    both(given, "lang", &mut args.lang, &mut settings.lang);
}

fn pacing(args: &mut PacingArgs, given: &ArgMatches, settings: &mut Settings) {
    both(given, "speed", &mut args.speed, &mut settings.speed);
    both(given, "gaps", &mut args.gaps, &mut settings.gaps);
    both(given, "idle_limit", &mut args.idle_limit, &mut settings.idle_limit);
    both(given, "pace", &mut args.pace, &mut settings.pace);
    both(given, "cpm", &mut args.cpm, &mut settings.cpm);
}

fn both<T: Clone>(given: &ArgMatches, id: &str, option: &mut T, setting: &mut T) {
    if given.value_source(id) == Some(ValueSource::CommandLine) {
        setting.clone_from(option);
    } else {
        option.clone_from(setting);
    }
}

/// The language that the command line asks for.
pub fn lang_of(cli: &Cli) -> LangChoice {
    match &cli.command {
        None => cli.view.text.lang,
        Some(Command::Play(args)) => args.text.lang,
        Some(Command::Print(args)) => args.text.lang,
        Some(Command::Grep(args)) => args.lang,
        Some(Command::Info(args)) => args.lang,
        Some(Command::Check(args)) => args.lang,
        Some(Command::State(args)) => args.lang,
        Some(Command::Export(args)) => args.text.lang,
        Some(Command::Completions { .. } | Command::Man) => LangChoice::Auto,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::choice::GapModel;
    use clap::{CommandFactory, FromArgMatches};

    fn settled(arguments: &str, text: &str) -> (Cli, Settings) {
        let matches = Cli::command().get_matches_from(arguments.split(' '));
        let mut cli = Cli::from_arg_matches(&matches).unwrap();
        let mut settings = Config::of(Path::new("config.toml"), text).unwrap().settings;
        settle(&mut cli, &matches, &mut settings);
        (cli, settings)
    }

    #[test]
    fn the_command_line_comes_before_the_configuration() {
        let text = "speed = 60\ngaps = 'cap'\nlang = 'zh'\nautospace = true\nmeasure = 50\n";
        let (cli, settings) = settled("shilu --speed 2 --gaps real a.txt", text);
        assert_eq!((cli.view.pacing.speed, settings.speed), (2.0, 2.0));
        assert_eq!((cli.view.pacing.gaps, settings.gaps), (GapModel::Real, GapModel::Real));
        assert_eq!((cli.view.text.lang, settings.lang), (LangChoice::Zh, LangChoice::Zh));
        assert!(cli.view.text.autospace && settings.measure == 50);
        let (cli, _) = settled("shilu --autospace=false a.txt", text);
        assert!(!cli.view.text.autospace, "a switch can be turned off again");
        let (cli, settings) = settled("shilu a.txt", "");
        assert_eq!((cli.view.pacing.speed, settings), (1.0, Settings::default()));
    }

    #[test]
    fn every_subcommand_is_settled() {
        let text = "lang = 'zh'\ncpm = 300\n";
        for arguments in [
            "shilu a.txt",
            "shilu play a.txt",
            "shilu print a.txt",
            "shilu info a.txt",
            "shilu grep x a.txt",
            "shilu check a.txt",
            "shilu export a.txt --to md",
            "shilu state",
        ] {
            assert_eq!(lang_of(&settled(arguments, text).0), LangChoice::Zh, "{arguments}");
        }
        let Some(Command::Info(args)) = settled("shilu info a.txt", text).0.command else { panic!() };
        assert_eq!(args.cpm, 300);
    }

    #[test]
    fn a_configuration_is_named_before_or_behind_the_subcommand() {
        for arguments in [
            "shilu --config c.toml a.txt",
            "shilu play --config c.toml a.txt",
            "shilu play a.txt --config c.toml",
        ] {
            let matches = Cli::command().get_matches_from(arguments.split(' '));
            let cli = Cli::from_arg_matches(&matches).unwrap();
            assert_eq!(cli.config.as_deref(), Some(Path::new("c.toml")), "{arguments}");
        }
    }
}
