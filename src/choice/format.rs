//! The wire formats that are read.

use clap::ValueEnum;

/// A wire format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, ValueEnum)]
pub enum Format {
    /// `shilu/1` JSON or JSONL.
    #[value(name = "shilu", help = "shilu/1 JSON or JSONL")]
    Shilu,
    /// Live text (文字直播): a time line, a byline, a body.
    #[value(name = "zhibo")]
    Zhibo,
    /// `WebVTT` subtitles.
    #[value(name = "vtt", help = "WebVTT subtitles")]
    Vtt,
    /// `SubRip` subtitles.
    #[value(name = "srt", help = "SubRip subtitles")]
    Srt,
    /// Subtitles of `YouTube`.
    #[value(name = "sbv", help = "Subtitles of YouTube")]
    Sbv,
    /// Subtitles of `SubStation Alpha`, SSA or ASS.
    #[value(name = "ass", help = "Subtitles of SubStation Alpha, SSA or ASS")]
    Ass,
    /// Lyrics with times.
    #[value(name = "lrc")]
    Lrc,
    /// Timed Text Markup Language, XML.
    #[value(name = "ttml")]
    Ttml,
    /// Transcript JSON of Podcasting 2.0.
    #[value(name = "podcast")]
    Podcast,
    /// JSON of Whisper and `WhisperX`.
    #[value(name = "whisper", help = "JSON of Whisper and WhisperX")]
    Whisper,
    /// JSON of whisper.cpp.
    #[value(name = "whisper-cpp")]
    WhisperCpp,
    /// JSON of Deepgram.
    #[value(name = "deepgram")]
    Deepgram,
    /// JSON of `AssemblyAI`.
    #[value(name = "assemblyai", help = "JSON of AssemblyAI")]
    AssemblyAi,
    /// JSON of Amazon Transcribe.
    #[value(name = "aws")]
    Aws,
    /// JSON of Google Cloud Speech-to-Text.
    #[value(name = "google")]
    Google,
    /// JSON of Azure batch transcription.
    #[value(name = "azure")]
    Azure,
    /// Markers and captions of a terminal recording.
    #[value(name = "asciicast")]
    Asciicast,
    /// JSON export of Telegram Desktop.
    #[value(name = "telegram")]
    Telegram,
    /// JSON of `DiscordChatExporter`.
    #[value(name = "discord", help = "JSON of DiscordChatExporter")]
    Discord,
    /// JSON export of Slack: one channel.
    #[value(name = "slack")]
    Slack,
    /// JSON export of a room of Matrix.
    #[value(name = "matrix")]
    Matrix,
    /// Live chat of `YouTube`, as yt-dlp saves it.
    #[value(name = "live-chat", help = "Live chat of YouTube, as yt-dlp saves it")]
    LiveChat,
    /// JSON of `TwitchDownloader`.
    #[value(name = "twitch", help = "JSON of TwitchDownloader")]
    Twitch,
    /// JSON of chat-downloader.
    #[value(name = "chat-downloader")]
    ChatDownloader,
    /// Text export of QQ.
    #[value(name = "qq")]
    Qq,
    /// Text of `WeChat` (微信).
    #[value(name = "wechat", help = "Text of WeChat (微信)")]
    Wechat,
    /// Text export of `WhatsApp`.
    #[value(name = "whatsapp", help = "Text export of WhatsApp")]
    Whatsapp,
    /// Log of an IRC channel.
    #[value(name = "irc")]
    Irc,
    /// `ParlaMint` and other TEI XML of debates.
    #[value(name = "tei", help = "ParlaMint and other TEI XML of debates")]
    Tei,
    /// Akoma Ntoso XML of a debate.
    #[value(name = "akoma-ntoso")]
    AkomaNtoso,
    /// Transcript of a space mission.
    #[value(name = "spacelog")]
    Spacelog,
    /// Text of a meeting: a name and a time on a line, then what was said.
    #[value(name = "meeting")]
    Meeting,
    /// Markdown: a heading or bold name, then what was said.
    #[value(name = "markdown")]
    Markdown,
    /// Text of a debate: names in capitals, or with their offices.
    #[value(name = "hansard")]
    Hansard,
    /// Who speaks before each turn (名：, [名], 【名】, 问/答), without a clock.
    #[value(name = "dialogue")]
    Dialogue,
    /// One speaker's paragraphs without a clock.
    #[value(name = "plain")]
    Plain,
}

impl Format {
    /// Every format, most particular first: of two that are as sure of a text, the first is taken.
    pub const ALL: [Self; 36] = [
        Self::Shilu,
        Self::Zhibo,
        Self::Vtt,
        Self::Srt,
        Self::Sbv,
        Self::Ass,
        Self::Lrc,
        Self::Ttml,
        Self::Podcast,
        Self::Whisper,
        Self::WhisperCpp,
        Self::Deepgram,
        Self::AssemblyAi,
        Self::Aws,
        Self::Google,
        Self::Azure,
        Self::Asciicast,
        Self::Telegram,
        Self::Discord,
        Self::Slack,
        Self::Matrix,
        Self::LiveChat,
        Self::Twitch,
        Self::ChatDownloader,
        Self::Qq,
        Self::Wechat,
        Self::Whatsapp,
        Self::Irc,
        Self::Tei,
        Self::AkomaNtoso,
        Self::Spacelog,
        Self::Meeting,
        Self::Markdown,
        Self::Hansard,
        Self::Dialogue,
        Self::Plain,
    ];

    /// Whether it is talk in many short posts, such as a chat.
    pub const fn is_chat(self) -> bool {
        matches!(
            self,
            Self::Telegram
                | Self::Discord
                | Self::Slack
                | Self::Matrix
                | Self::LiveChat
                | Self::Twitch
                | Self::ChatDownloader
                | Self::Qq
                | Self::Wechat
                | Self::Whatsapp
                | Self::Irc
        )
    }

    /// Whether its posts are made of lines, not of paragraphs: those of a chat, and subtitles.
    pub const fn is_of_lines(self) -> bool {
        self.is_chat()
            || matches!(self, Self::Vtt | Self::Srt | Self::Sbv | Self::Ass | Self::Lrc | Self::Ttml)
    }

    /// The format of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// The name on the command line and in `meta.format`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Shilu => "shilu",
            Self::Zhibo => "zhibo",
            Self::Vtt => "vtt",
            Self::Srt => "srt",
            Self::Sbv => "sbv",
            Self::Ass => "ass",
            Self::Lrc => "lrc",
            Self::Ttml => "ttml",
            Self::Podcast => "podcast",
            Self::Whisper => "whisper",
            Self::WhisperCpp => "whisper-cpp",
            Self::Deepgram => "deepgram",
            Self::AssemblyAi => "assemblyai",
            Self::Aws => "aws",
            Self::Google => "google",
            Self::Azure => "azure",
            Self::Asciicast => "asciicast",
            Self::Telegram => "telegram",
            Self::Discord => "discord",
            Self::Slack => "slack",
            Self::Matrix => "matrix",
            Self::LiveChat => "live-chat",
            Self::Twitch => "twitch",
            Self::ChatDownloader => "chat-downloader",
            Self::Qq => "qq",
            Self::Wechat => "wechat",
            Self::Whatsapp => "whatsapp",
            Self::Irc => "irc",
            Self::Tei => "tei",
            Self::AkomaNtoso => "akoma-ntoso",
            Self::Spacelog => "spacelog",
            Self::Meeting => "meeting",
            Self::Markdown => "markdown",
            Self::Hansard => "hansard",
            Self::Dialogue => "dialogue",
            Self::Plain => "plain",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_is_called_the_same_everywhere() {
        assert_eq!(Format::value_variants(), Format::ALL);
        for format in Format::ALL {
            let value = format.to_possible_value().map(|value| value.get_name().to_owned());
            assert_eq!(value.as_deref(), Some(format.name()));
        }
    }
}
