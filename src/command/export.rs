//! `shilu export`: the record in another format.

use super::place;
use super::source;
use super::stream::{Failure, harmless_json};
use crate::choice::ExportFormat;
use crate::cli::ExportArgs;
use crate::format::{write_json, write_jsonl, write_txt};
use crate::text::safe::Shown;
use crate::transcript::Transcript;
use std::io::{self, BufWriter, IsTerminal, Write};

/// Runs the command.
pub fn run(args: &ExportArgs) -> Result<u8, Failure> {
    let lang = source::lang(args.lang);
    let transcript = source::read(&args.file, &args.source, lang)?.transcript;
    let Some(path) = &args.output else {
        write(args.to, &transcript, &mut io::stdout().lock())?;
        return Ok(0);
    };
    match place::fill(path, |out| write(args.to, &transcript, out)) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(source::unwritable(path, &error, lang))
        }
        Ok(()) | Err(_) => Ok(0),
    }
}

/// To a terminal nothing goes that it would obey; anything else gets the bytes as they are.
fn write(to: ExportFormat, transcript: &Transcript, out: &mut (impl Write + IsTerminal)) -> io::Result<()> {
    if out.is_terminal() {
        let mut bytes = Vec::new();
        encode(to, transcript, &mut bytes)?;
        out.write_all(harmless(to, &bytes).as_bytes())?;
    } else {
        let mut out = BufWriter::new(&mut *out);
        encode(to, transcript, &mut out)?;
        out.flush()?;
    }
    out.flush()
}

fn encode(to: ExportFormat, transcript: &Transcript, out: &mut dyn Write) -> io::Result<()> {
    match to {
        ExportFormat::Json => write_json(transcript, out),
        ExportFormat::Jsonl => write_jsonl(transcript, out),
        ExportFormat::Txt => out.write_all(write_txt(transcript).as_bytes()),
    }
}

/// JSON escapes what live text can only show as marks.
fn harmless(to: ExportFormat, bytes: &[u8]) -> String {
    match to {
        ExportFormat::Json | ExportFormat::Jsonl => harmless_json(bytes),
        ExportFormat::Txt => {
            let text = String::from_utf8_lossy(bytes);
            text.split_inclusive('\n')
                .map(|line| match line.strip_suffix('\n') {
                    Some(line) => format!("{}\n", Shown::of(line)),
                    None => Shown::of(line).to_string(),
                })
                .collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{Forced, Ingest};

    #[test]
    fn no_export_gives_a_terminal_anything_to_obey() {
        let text = "2025-01-01 08:00\n\n坏\u{9b}人\n\n一\u{1b}]0;x\u{7}二\u{202e}三\n";
        let transcript = Ingest::read_all(text.as_bytes(), Forced::default()).unwrap().0;
        for to in [ExportFormat::Json, ExportFormat::Jsonl, ExportFormat::Txt] {
            let mut bytes = Vec::new();
            encode(to, &transcript, &mut bytes).unwrap();
            let shown = harmless(to, &bytes);
            let obeyed = |ch: char| ch.is_control() && ch != '\n' || ch == '\u{202e}';
            assert!(!shown.contains(obeyed), "{shown}");
            assert_eq!(shown.lines().count(), String::from_utf8(bytes).unwrap().lines().count());
        }
    }
}
