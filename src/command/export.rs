//! `shilu export`: the record in another format.

use super::source;
use super::stream::Failure;
use crate::choice::ExportFormat;
use crate::cli::ExportArgs;
use crate::format::{write_json, write_jsonl, write_txt};
use crate::transcript::Transcript;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Runs the command.
pub fn run(args: &ExportArgs) -> Result<u8, Failure> {
    let lang = source::lang(args.lang);
    let transcript = source::read(&args.file, &args.source, lang)?.transcript;
    match &args.output {
        None => write(args.to, &transcript, &mut BufWriter::new(io::stdout().lock()))?,
        Some(path) => replace(path, |out| write(args.to, &transcript, out))
            .map_err(|error| Failure::Input(format!("{}: {error}", path.display())))?,
    }
    Ok(0)
}

fn write(to: ExportFormat, transcript: &Transcript, out: &mut dyn Write) -> io::Result<()> {
    match to {
        ExportFormat::Json => write_json(transcript, out)?,
        ExportFormat::Jsonl => write_jsonl(transcript, out)?,
        ExportFormat::Txt => out.write_all(write_txt(transcript).as_bytes())?,
    }
    out.flush()
}

/// Writes a file beside its place and moves it there, so that a half-written one never stands in it.
fn replace(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let part = path.with_file_name(name);
    let mut out = BufWriter::new(File::create(&part)?);
    let written = write(&mut out).and_then(|()| out.get_ref().sync_all());
    match written.and_then(|()| std::fs::rename(&part, path)) {
        Ok(()) => Ok(()),
        Err(error) => {
            let _ = std::fs::remove_file(&part);
            Err(error)
        }
    }
}
