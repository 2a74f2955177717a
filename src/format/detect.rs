//! Telling the format of a text by its beginning.

use super::chat::{
    ChatDownloader, Discord, Irc, LiveChat, Matrix, Qq, Slack, Telegram, Twitch, Wechat, Whatsapp,
};
use super::head::Head;
use super::parser::{Parser, Wire};
use super::plain::Plain;
use super::prose::{AkomaNtoso, Dialogue, Hansard, Markdown, Meeting, Spacelog, Tei};
use super::shilu::Shilu;
use super::speech::{AssemblyAi, Aws, Azure, Deepgram, Google, Podcast, Whisper, WhisperCpp};
use super::timed::{Asciicast, Ass, Lrc, Sbv, Srt, Ttml, Vtt};
use super::zhibo::Zhibo;
use crate::choice::Format;

/// How a format is told and read.
struct Reading {
    score: fn(&Head) -> u8,
    parser: fn() -> Box<dyn Parser>,
}

const fn of<W: Wire>() -> Reading {
    Reading { score: W::score, parser: W::parser }
}

const fn reading(format: Format) -> Reading {
    match format {
        Format::Shilu => of::<Shilu>(),
        Format::Zhibo => of::<Zhibo>(),
        Format::Vtt => of::<Vtt>(),
        Format::Srt => of::<Srt>(),
        Format::Sbv => of::<Sbv>(),
        Format::Ass => of::<Ass>(),
        Format::Lrc => of::<Lrc>(),
        Format::Ttml => of::<Ttml>(),
        Format::Podcast => of::<Podcast>(),
        Format::Whisper => of::<Whisper>(),
        Format::WhisperCpp => of::<WhisperCpp>(),
        Format::Deepgram => of::<Deepgram>(),
        Format::AssemblyAi => of::<AssemblyAi>(),
        Format::Aws => of::<Aws>(),
        Format::Google => of::<Google>(),
        Format::Azure => of::<Azure>(),
        Format::Asciicast => of::<Asciicast>(),
        Format::Telegram => of::<Telegram>(),
        Format::Discord => of::<Discord>(),
        Format::Slack => of::<Slack>(),
        Format::Matrix => of::<Matrix>(),
        Format::LiveChat => of::<LiveChat>(),
        Format::Twitch => of::<Twitch>(),
        Format::ChatDownloader => of::<ChatDownloader>(),
        Format::Qq => of::<Qq>(),
        Format::Wechat => of::<Wechat>(),
        Format::Whatsapp => of::<Whatsapp>(),
        Format::Irc => of::<Irc>(),
        Format::Tei => of::<Tei>(),
        Format::AkomaNtoso => of::<AkomaNtoso>(),
        Format::Spacelog => of::<Spacelog>(),
        Format::Meeting => of::<Meeting>(),
        Format::Markdown => of::<Markdown>(),
        Format::Hansard => of::<Hansard>(),
        Format::Dialogue => of::<Dialogue>(),
        Format::Plain => of::<Plain>(),
    }
}

/// The parser of a format.
pub fn parser(format: Format) -> Box<dyn Parser> {
    (reading(format).parser)()
}

/// What a text was taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Detection {
    /// The format it is read as.
    pub format: Format,
    /// The next best that it could be read as, plain text aside: anything can be read as that.
    pub runner_up: Option<Format>,
    /// Whether there is hardly a doubt, so that the runner-up need not be told.
    pub is_sure: bool,
}

impl Detection {
    /// What the user has said.
    pub const fn forced(format: Format) -> Self {
        Self { format, runner_up: None, is_sure: true }
    }
}

/// A format that is surer than this is hardly wrong, if the next is not close.
const SURE: u8 = 90;
const CLOSE: u8 = 10;

/// Tells the format of a text from its beginning.
pub fn detect(head: &str) -> Detection {
    let head = Head::new(head);
    let score = |format| (reading(format).score)(&head);
    let mut ranked: Vec<_> = Format::ALL.into_iter().map(|format| (score(format), format)).collect();
    ranked.sort_by_key(|&(score, _)| std::cmp::Reverse(score));
    let (best, format) = ranked[0];
    let next = ranked.into_iter().skip(1).find(|&(score, other)| score > 0 && other != Format::Plain);
    let is_sure = best >= SURE && next.is_none_or(|(score, _)| score + CLOSE <= best);
    Detection { format, runner_up: next.map(|(_, format)| format), is_sure }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORD: &str =
        "2025-10-18 08:05\n\n直播管理员\n\n直播将于9点开始。\n\n2025-10-18 09:00\n\n主持人\n\n早上好。\n";

    #[test]
    fn a_format_is_told_by_its_content() {
        for (head, format, runner_up) in [
            (RECORD, Format::Zhibo, None),
            ("{\n \"schema\": \"shilu/1\",", Format::Shilu, None),
            ("甲\n\n乙\n", Format::Plain, None),
            ("", Format::Plain, None),
            ("2025-01-01 08:00\n2025-01-01 08:01\n2025-01-0", Format::Plain, None),
            ("2025-01-01 08:00\n主持人", Format::Zhibo, None),
            ("来源:某网\n2018-08-04 20:25:08\n\n主持人沙某\n\n欢迎。\n", Format::Plain, Some(Format::Zhibo)),
        ] {
            let found = detect(head);
            assert_eq!((found.format, found.runner_up), (format, runner_up), "{head}");
        }
    }
}
