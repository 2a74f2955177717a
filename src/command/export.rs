//! `shilu export`: the record in another format.

use super::place;
use super::source;
use super::stream::{Failure, harmless_json};
use crate::choice::ExportFormat;
use crate::cli::ExportArgs;
use crate::format::{Unfit, write_json, write_jsonl, write_txt};
use crate::lang::Lang;
use crate::text::safe::Shown;
use crate::transcript::{ClockKind, Transcript};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;

/// Runs the command.
pub fn run(args: &ExportArgs) -> Result<u8, Failure> {
    let lang = source::lang(args.lang);
    let transcript = source::read(&args.file, &args.source, lang)?.transcript;
    let export = match args.to {
        ExportFormat::Json => Export::Json(&transcript),
        ExportFormat::Jsonl => Export::Jsonl(&transcript),
        ExportFormat::Txt => {
            Export::Txt(write_txt(&transcript).map_err(|unfit| unfit_for_txt(&args.file, unfit, lang))?)
        }
    };
    let Some(path) = &args.output else {
        export.write(&mut io::stdout().lock())?;
        return Ok(0);
    };
    match place::fill(path, |out| export.write(out)) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(source::unwritable(path, &error, lang))
        }
        Ok(()) | Err(_) => Ok(0),
    }
}

/// A sentence about a record that live text cannot hold.
fn unfit_for_txt(path: &Path, unfit: Unfit, lang: Lang) -> Failure {
    let why = match (unfit, lang) {
        (Unfit::Clock(ClockKind::Offset), Lang::Zh) => "时间从开头算起,txt 只能写钟点".to_owned(),
        (Unfit::Clock(ClockKind::Offset), Lang::En) => {
            "its times count from the start, and txt holds times of day only".to_owned()
        }
        (Unfit::Clock(_), Lang::Zh) => "没有时间,txt 就分不清谁在发言".to_owned(),
        (Unfit::Clock(_), Lang::En) => {
            "it has no times, and without them txt cannot tell who speaks".to_owned()
        }
        (Unfit::Post(post), Lang::Zh) => format!("#{} 写成 txt 后读不回原样", post.number()),
        (Unfit::Post(post), Lang::En) => {
            format!("post #{} would not read back the same from txt", post.number())
        }
    };
    let instead = lang.pick("请用 --to json", "use --to json");
    Failure::Input(format!("{}: {why}; {instead}", source::called(path, lang)))
}

/// What is written.
enum Export<'a> {
    Json(&'a Transcript),
    Jsonl(&'a Transcript),
    Txt(String),
}

impl Export<'_> {
    /// To a terminal nothing goes that it would obey; anything else gets the bytes as they are.
    fn write(&self, out: &mut (impl Write + IsTerminal)) -> io::Result<()> {
        if out.is_terminal() {
            out.write_all(self.harmless()?.as_bytes())?;
        } else {
            let mut out = BufWriter::new(&mut *out);
            self.encode(&mut out)?;
            out.flush()?;
        }
        out.flush()
    }

    fn encode(&self, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Json(transcript) => write_json(transcript, out),
            Self::Jsonl(transcript) => write_jsonl(transcript, out),
            Self::Txt(text) => out.write_all(text.as_bytes()),
        }
    }

    /// JSON escapes what live text can only show as marks.
    fn harmless(&self) -> io::Result<String> {
        if let Self::Txt(text) = self {
            let lines: Vec<_> = text.lines().map(|line| Shown::of(line).to_string()).collect();
            return Ok(lines.join("\n") + "\n");
        }
        let mut bytes = Vec::new();
        self.encode(&mut bytes)?;
        Ok(harmless_json(&bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{Forced, read_bytes};

    #[test]
    fn no_export_gives_a_terminal_anything_to_obey() {
        let text = "2025-01-01 08:00\n\n坏\u{9b}人\n\n一\u{1b}]0;x\u{7}二\u{202e}三\n";
        let transcript = read_bytes(text.as_bytes(), Forced::default()).unwrap().0;
        let live = Export::Txt(write_txt(&transcript).unwrap());
        for export in [Export::Json(&transcript), Export::Jsonl(&transcript), live] {
            let mut bytes = Vec::new();
            export.encode(&mut bytes).unwrap();
            let shown = export.harmless().unwrap();
            let obeyed = |ch: char| ch.is_control() && ch != '\n' || ch == '\u{202e}';
            assert!(!shown.contains(obeyed), "{shown}");
            assert_eq!(shown.lines().count(), String::from_utf8(bytes).unwrap().lines().count());
        }
    }
}
