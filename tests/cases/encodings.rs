//! Every case as it is, in UTF-16 with and without a byte order mark, and in GBK where that has all its characters: the same
//! posts, the right format and encoding. Nothing is told by a name: only bytes are handed over.

use super::table::{Table, cases, name, same};
use encoding_rs::GBK;
use shilu::choice::Format;
use shilu::format::{Facts, Forced, read_bytes, write_json};
use std::path::Path;

/// The formats of the files of each folder, by the beginning of their names.
const FOLDERS: [(&str, &[(&str, Format)]); 18] = [
    ("vtt/wpt-file-parsing", &[("", Format::Vtt)]),
    ("vtt/wpt-cue-parsing", &[("", Format::Vtt)]),
    ("vtt/podcast20", &[("", Format::Vtt)]),
    ("vtt/zoom", &[("meeting001_transcript", Format::Vtt), ("meeting001_chat", Format::Meeting)]),
    ("srt/podcast20", &[("", Format::Srt)]),
    ("srt/cdown", &[("", Format::Srt)]),
    ("srt/astisub", &[("", Format::Srt)]),
    (
        "json/podcast20",
        &[("example.json", Format::Podcast), ("example.vtt", Format::Vtt), ("example.srt", Format::Srt)],
    ),
    (
        "json/deepgram-assemblyai-whisper",
        &[("dg_", Format::Deepgram), ("assemblyai_", Format::AssemblyAi), ("whisper_", Format::Whisper)],
    ),
    ("irc", &[("", Format::Irc)]),
    (
        "livechat",
        &[
            ("twitch-chat-downloader.json", Format::ChatDownloader),
            ("youtube-superchat", Format::ChatDownloader),
            ("pytchat", Format::LiveChat),
        ],
    ),
    ("qq/qq-chat-history", &[("", Format::Qq)]),
    ("whatsapp/chat-miner", &[("test_", Format::Whatsapp)]),
    ("markdown", &[("", Format::Markdown)]),
    ("zhibo", &[("01", Format::Zhibo), ("0", Format::Dialogue), ("1", Format::Dialogue)]),
    ("../transcripts", &[("quality", Format::Zhibo)]),
    ("whatsapp", &[]),
    ("unicode", &[]),
];

pub fn run(table: &mut Table) {
    for (folder, formats) in FOLDERS {
        let Some(path) = cases(folder) else { return };
        let mut files: Vec<_> = std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        for file in files.iter().filter(|file| file.is_file()) {
            let called = name(file);
            let format = formats.iter().find(|(begin, _)| called.starts_with(begin));
            // Expected results, not cases.
            let is_expectation = ["expected.json", "README.md", "target.json"].contains(&called.as_str())
                || folder == "vtt/wpt-cue-parsing" && file.extension().is_some_and(|found| found == "json");
            if let Some(&(_, format)) = format.filter(|_| !is_expectation) {
                case(table, file, format);
            }
        }
    }
}

fn case(table: &mut Table, path: &Path, format: Format) {
    let bytes = std::fs::read(path).unwrap();
    let called = name(path);
    let (posts, facts) = posts(&bytes);
    table.case("told by content", &called, same("format", format_of(&facts), Some(format)));
    let Ok(text) = std::str::from_utf8(&bytes) else { return };
    let text = text.trim_start_matches('\u{feff}');
    let units = || text.encode_utf16();
    let little: Vec<u8> = units().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = units().flat_map(u16::to_be_bytes).collect();
    let mut coded = vec![
        ("told in UTF-16 with a mark", "UTF-16LE", [b"\xff\xfe", &little[..]].concat()),
        ("told in UTF-16 with a mark", "UTF-16BE", [b"\xfe\xff", &big[..]].concat()),
        ("told in UTF-16 without a mark", "UTF-16LE", little),
        ("told in UTF-16 without a mark", "UTF-16BE", big),
    ];
    let (gbk, _, unmappable) = GBK.encode(text);
    if !unmappable && !text.is_ascii() {
        coded.push(("told in GBK", "GBK", gbk.into_owned()));
    }
    for (group, encoding, bytes) in coded {
        let (again, facts) = self::posts(&bytes);
        let result = same("encoding", facts.encoding, encoding)
            .and_then(|()| same("format", format_of(&facts), Some(format)))
            .and_then(|()| if again == posts { Ok(()) } else { Err("other posts".to_owned()) });
        table.case(group, &called, result);
    }
}

fn format_of(facts: &Facts) -> Option<Format> {
    facts.detection.map(|found| found.format)
}

/// The record as JSON.
fn posts(bytes: &[u8]) -> (String, Facts) {
    let (transcript, facts) = read_bytes(bytes, Forced::default()).unwrap();
    let mut json = Vec::new();
    write_json(&transcript, &mut json).unwrap();
    (String::from_utf8(json).unwrap(), facts)
}
