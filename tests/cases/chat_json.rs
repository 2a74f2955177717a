//! Chats in JSON.

#![expect(clippy::unwrap_used, reason = "a case that cannot be read fails the test")]

use super::table::{Table, cases, name, read, same, told};
use serde_json::Value;
use shilu::choice::Format;
use shilu::format::{Forced, read_bytes};
use shilu::transcript::Transcript;
use std::collections::HashSet;
use std::path::Path;

pub fn run(table: &mut Table) {
    let Some(folder) = cases("livechat") else { return };
    for (file, format) in [
        ("twitch-chat-downloader.json", Format::ChatDownloader),
        ("youtube-superchat-chat-downloader.json", Format::ChatDownloader),
        ("pytchat_as_ytdlp.live_chat.json", Format::LiveChat),
    ] {
        let path = folder.join(file);
        let (transcript, facts) = read(&path);
        table.case("chats, json: format", file, told(&facts, format));
        let expected = match format {
            Format::LiveChat => of_actions(&path),
            _ => of_messages(&path),
        };
        table.case("chats, json: messages", file, same("messages", messages(&transcript), expected));
        table.case("chats, json: nothing amiss", file, same("remarks", facts.remarks.iter().count(), 0));
        table.case("chats, json: cut anywhere", file, cut(&path, &transcript));
    }
    let twin = folder.join("twitch-chat-downloader.txt");
    let (transcript, _) = read(&twin.with_extension("json"));
    let lines: Vec<_> = transcript.ids().map(|id| line(&transcript, id)).collect();
    let expected = std::fs::read_to_string(&twin).unwrap();
    let expected: Vec<_> = expected.lines().filter(|line| !line.is_empty()).collect();
    table.case(
        "chats, json: twin in text",
        &name(&twin),
        same("lines", lines, expected.iter().map(|&line| line.to_owned()).collect()),
    );
}

/// `[5:07] jump3N: guthenGG`
fn line(transcript: &Transcript, id: shilu::transcript::PostId) -> String {
    let seconds = transcript.start(id).unwrap() / 1000;
    let label = &transcript.speaker(transcript.speaker_of(id)).label;
    format!("[{}:{:02}] {label}: {}", seconds / 60, seconds % 60, transcript.body(id))
}

/// Milliseconds, who, and what.
type Message = (Option<i64>, String, String);

fn messages(transcript: &Transcript) -> Vec<Message> {
    let label = |id| transcript.speaker(transcript.speaker_of(id)).label.clone();
    transcript.ids().map(|id| (transcript.start(id), label(id), transcript.body(id).into_owned())).collect()
}

/// What chat-downloader tells, without what it tells twice.
fn of_messages(path: &Path) -> Vec<Message> {
    let all: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut seen = HashSet::new();
    let new = all
        .iter()
        .filter(|one| seen.insert(["author", "timestamp", "message"].map(|key| one[key].to_string())));
    new.map(|one| {
        let ms = one["video_offset_time_msec"].as_i64();
        let ms = ms.unwrap_or_else(|| (one["time_in_seconds"].as_f64().unwrap() * 1000.0) as i64);
        let amount = one["amount"].as_str().map(|amount| format!("[{}]", amount.replace('\u{a0}', " ")));
        let parts: Vec<_> = amount.into_iter().chain(one["message"].as_str().map(str::to_owned)).collect();
        (Some(ms), one["author"].as_str().unwrap().to_owned(), parts.join(" "))
    })
    .collect()
}

/// What the page was sent, as yt-dlp saves it.
fn of_actions(path: &Path) -> Vec<Message> {
    let text = std::fs::read_to_string(path).unwrap();
    let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    lines
        .flat_map(|line| {
            let replay = &line["replayChatItemAction"];
            let ms = replay["videoOffsetTimeMsec"].as_str().unwrap().parse().unwrap();
            let items = replay["actions"]
                .as_array()
                .unwrap()
                .iter()
                .map(|action| &action["addChatItemAction"]["item"]);
            let said = items.filter_map(|item| {
                let said = item.as_object()?.values().next().filter(|said| said["authorName"].is_object())?;
                let runs = said["message"]["runs"].as_array()?.iter();
                let text: String = runs
                    .map(|run| run["text"].as_str().or(run["emoji"]["emojiId"].as_str()).unwrap())
                    .collect();
                let amount =
                    said["purchaseAmountText"]["simpleText"].as_str().map(|amount| format!("[{amount}] "));
                let author = said["authorName"]["simpleText"].as_str().unwrap().to_owned();
                Some((Some(ms), author, format!("{}{text}", amount.unwrap_or_default())))
            });
            said.collect::<Vec<_>>()
        })
        .collect()
}

/// Cut anywhere, a file is read as far as it goes.
fn cut(path: &Path, whole: &Transcript) -> Result<(), String> {
    let bytes = std::fs::read(path).unwrap();
    let all = messages(whole);
    let step = (bytes.len() / 400).max(1);
    for end in (0..bytes.len()).step_by(step) {
        let (transcript, facts) =
            read_bytes(&bytes[..end], Forced::default()).map_err(|error| format!("{error:?}"))?;
        // With its first message a file is told.
        let found = messages(&transcript);
        if found != all[..found.len().min(all.len())] && end > 4096 {
            return Err(format!("cut at {end}: {facts:?}"));
        }
    }
    Ok(())
}
