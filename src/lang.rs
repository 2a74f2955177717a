//! The words of the user interface, in Chinese and English.

mod find_words;
mod keep_words;
mod replay_words;
mod words;

pub use replay_words::ReplayWords;
pub use words::Words;

use crate::choice::{GapModel, LangChoice, LayoutKind, Pace, QuoteForm, ThemeName};
use crate::structure::DayPart;
use crate::transcript::{Kind, Remark, Role};
use std::io;

/// A language of the user interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// 中文
    Zh,
    /// English
    #[default]
    En,
}

impl Lang {
    /// The chosen language, or that of the locale: the first set of `LC_ALL`, `LC_MESSAGES`, `LANG`.
    pub fn choose(choice: LangChoice, locale: &str) -> Self {
        match choice {
            LangChoice::Zh => Self::Zh,
            LangChoice::Auto if locale.to_ascii_lowercase().starts_with("zh") => Self::Zh,
            LangChoice::Auto | LangChoice::En => Self::En,
        }
    }

    /// The table of words.
    pub const fn words(self) -> &'static Words {
        match self {
            Self::Zh => &words::ZH,
            Self::En => &words::EN,
        }
    }

    /// The one of two texts that is in this language.
    pub const fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }

    /// The name of a gap model.
    pub const fn gap_model(self, gaps: GapModel) -> &'static str {
        match gaps {
            GapModel::Real => self.pick("实时", "real"),
            GapModel::Cap => self.pick("截短", "cap"),
            GapModel::Log => self.pick("渐缩", "log"),
            GapModel::Skip => self.pick("跳过", "skip"),
        }
    }

    /// The name of a pace.
    pub const fn pace(self, pace: Pace) -> &'static str {
        match pace {
            Pace::Clock => self.pick("按时钟", "clock"),
            Pace::Reading => self.pick("按阅读", "reading"),
        }
    }

    /// The name of a layout.
    pub const fn layout(self, layout: LayoutKind) -> &'static str {
        match layout {
            LayoutKind::Stacked => self.pick("上下", "tracks over text"),
            LayoutKind::SideBySide => self.pick("左右", "side by side"),
            LayoutKind::TextOnly => self.pick("只看正文", "text only"),
        }
    }

    /// The name of a theme.
    pub const fn theme(self, theme: ThemeName) -> &'static str {
        match theme {
            ThemeName::Auto => self.pick("自动", "auto"),
            ThemeName::Dark => self.pick("深色", "dark"),
            ThemeName::Light => self.pick("浅色", "light"),
            ThemeName::Ansi => self.pick("十六色", "16 colours"),
            ThemeName::Mono => self.pick("无色", "no colour"),
            ThemeName::Own(_) => self.pick("自己的", "own"),
        }
    }

    /// The name of a form of quotations.
    pub const fn quote_form(self, form: QuoteForm) -> &'static str {
        self.words().keep.forms[form as usize]
    }

    /// How many characters.
    pub fn chars(self, count: usize) -> String {
        match (self, count) {
            (Self::Zh, _) => format!("{count} 字"),
            (Self::En, 1) => "1 character".to_owned(),
            (Self::En, _) => format!("{count} characters"),
        }
    }

    /// So many posts of a whole record.
    pub fn posts_of(self, count: usize, all: usize) -> String {
        match self {
            Self::Zh => format!("{all} 条中的 {count} 条"),
            Self::En => format!("{count} of {all} posts"),
        }
    }

    /// How many posts are in a range.
    pub fn in_range(self, count: usize) -> String {
        match self {
            Self::Zh => format!("选定 {count} 条"),
            Self::En => format!("{} in range", self.posts(count)),
        }
    }

    /// How many posts were left out between two that were chosen.
    pub fn left_out(self, count: usize) -> String {
        match (self, count) {
            (Self::Zh, _) => format!("略去 {count} 条"),
            (Self::En, 1) => "1 post left out".to_owned(),
            (Self::En, _) => format!("{count} posts left out"),
        }
    }

    /// What the system says went wrong, for the usual cases in this language.
    pub fn os_error(self, error: &io::Error) -> String {
        let known = match error.kind() {
            io::ErrorKind::NotFound => self.pick("没有这个文件", "no such file"),
            io::ErrorKind::PermissionDenied => self.pick("没有权限", "no permission"),
            io::ErrorKind::IsADirectory => self.pick("是目录", "is a directory"),
            io::ErrorKind::NotADirectory => {
                self.pick("路径中有一处不是目录", "a part of the path is no directory")
            }
            io::ErrorKind::StorageFull => self.pick("磁盘已满", "no space left on the disk"),
            io::ErrorKind::QuotaExceeded => self.pick("超出磁盘配额", "the disk quota is used up"),
            io::ErrorKind::InvalidData => self.pick("压缩的内容已损坏", "what is packed in it is damaged"),
            io::ErrorKind::FileTooLarge => self.pick("文件过大", "the file is too large"),
            io::ErrorKind::ReadOnlyFilesystem => self.pick("文件系统只读", "the file system is read-only"),
            _ => {
                let text = error.to_string();
                return text.split(" (os error").next().unwrap_or_default().to_owned();
            }
        };
        known.to_owned()
    }

    /// What was read with indulgence, and how often.
    pub fn remark(self, remark: Remark, count: u32) -> String {
        match (self, remark) {
            (Self::Zh, Remark::LooseTime) => format!("{count} 处时间写法不合规范,已照读"),
            (Self::Zh, Remark::Skipped) => format!("{count} 条记录有误,已略过"),
            (Self::Zh, Remark::CutShort) => "文件不完整,读到断处为止".to_owned(),
            (Self::Zh, Remark::TwelveHours) => "12 小时制的时间已按 24 小时制显示".to_owned(),
            (Self::En, Remark::LooseTime) => {
                format!("{count} times are not as the format asks, and were read all the same")
            }
            (Self::En, Remark::Skipped) => format!("{count} records are broken and were left out"),
            (Self::En, Remark::CutShort) => {
                "the file is not complete, and was read as far as it goes".to_owned()
            }
            (Self::En, Remark::TwelveHours) => "times of a 12-hour clock are shown by 24 hours".to_owned(),
        }
    }

    /// Characters that could not be decoded.
    pub fn replaced(self, count: usize) -> String {
        match (self, count) {
            (Self::Zh, _) => format!("{count} 个字符无法解码"),
            (Self::En, 1) => "1 character could not be decoded".to_owned(),
            (Self::En, _) => format!("{count} characters could not be decoded"),
        }
    }

    /// Hits of a search that a replay has yet to reveal.
    pub fn not_yet(self, count: usize) -> String {
        match self {
            Self::Zh => format!("还没到(后面 {count} 处)"),
            Self::En => format!("not yet ({count} later)"),
        }
    }

    /// How many hits.
    pub fn hits(self, count: usize) -> String {
        match (self, count) {
            (Self::Zh, _) => format!("{count} 处"),
            (Self::En, 1) => "1 hit".to_owned(),
            (Self::En, _) => format!("{count} hits"),
        }
    }

    /// What would be found if letters were taken by their sound.
    pub fn found_by_sound(self, hits: usize) -> String {
        match self {
            Self::Zh => format!("{{toggle-pinyin}} 按拼音找到 {hits} 处"),
            Self::En => format!("{{toggle-pinyin}} finds {hits} by pinyin"),
        }
    }

    /// A word of a query that names nobody, or no place of the record.
    pub fn nowhere(self, key: &str, value: &str) -> String {
        match (self, key) {
            (Self::Zh, "from") => format!("没有发言人叫 {value}"),
            (Self::Zh, _) => format!("这份实录里没有 {key}:{value}"),
            (Self::En, "from") => format!("nobody is called {value}"),
            (Self::En, _) => format!("{key}:{value} is nowhere in this record"),
        }
    }

    /// How many speakers are not named, and how many hits they have.
    pub fn others(self, speakers: usize, hits: usize) -> String {
        match (self, speakers) {
            (Self::Zh, _) => format!("另 {speakers} 人 {hits}"),
            (Self::En, 1) => format!("1 other {hits}"),
            (Self::En, _) => format!("{speakers} others {hits}"),
        }
    }

    /// How many posts.
    pub fn posts(self, count: usize) -> String {
        match (self, count) {
            (Self::Zh, _) => format!("{count} 条"),
            (Self::En, 1) => "1 post".to_owned(),
            (Self::En, _) => format!("{count} posts"),
        }
    }

    /// How many marks have no post in the record.
    pub fn missing_marks(self, count: usize) -> String {
        match (self, count) {
            (Self::Zh, _) => format!("{count} 个书签或笔记的发言找不到了,仍存着"),
            (Self::En, 1) => "1 bookmark or note is of a post that is not found; it is kept".to_owned(),
            (Self::En, _) => {
                format!("{count} bookmarks or notes are of posts that are not found; they are kept")
            }
        }
    }

    /// How many posts have come since one read.
    pub fn new_since(self, count: usize) -> String {
        match (self, count) {
            (Self::Zh, _) => format!("此后新增 {count} 条"),
            (Self::En, 1) => "1 new post since".to_owned(),
            (Self::En, _) => format!("{count} new posts since"),
        }
    }

    /// So long before now.
    pub fn ago(self, duration: &str) -> String {
        match self {
            Self::Zh => format!("{duration}前"),
            Self::En => format!("{duration} ago"),
        }
    }

    /// How many other people there are.
    pub fn other_people(self, count: usize) -> String {
        match (self, count) {
            (Self::Zh, _) => format!("还有 {count} 人"),
            (Self::En, 1) => "1 other".to_owned(),
            (Self::En, _) => format!("{count} others"),
        }
    }

    /// How many posts are not shown.
    pub fn hidden(self, count: usize) -> String {
        match (self, count) {
            (Self::Zh, _) => format!("{count} 条未显示"),
            (Self::En, 1) => "1 post not shown".to_owned(),
            (Self::En, _) => format!("{count} posts not shown"),
        }
    }

    /// How many hits lie in what filters leave out, behind other numbers.
    pub fn hits_left_out(self, count: usize) -> String {
        match self {
            Self::Zh => format!("· 略去 {count} 处"),
            Self::En => format!("· {count} out"),
        }
    }

    /// How many posts were opened that are left out.
    pub fn opened(self, count: usize) -> String {
        match (self, count) {
            (Self::Zh, _) => format!("展开 {count} 条"),
            (Self::En, 1) => "1 post opened".to_owned(),
            (Self::En, _) => format!("{count} posts opened"),
        }
    }

    /// How many posts a replay is behind what comes.
    pub fn behind(self, count: usize) -> String {
        match self {
            Self::Zh => format!("落后 {count} 条"),
            Self::En => format!("{count} behind"),
        }
    }

    /// How many posts, behind other numbers.
    pub fn in_posts(self, count: usize) -> String {
        match (self, count) {
            (Self::Zh, _) => format!("· {count} 条"),
            (Self::En, 1) => "in 1 post".to_owned(),
            (Self::En, _) => format!("in {count} posts"),
        }
    }

    /// The name of a part of the day.
    pub const fn day_part(self, part: DayPart) -> &'static str {
        match part {
            DayPart::Morning => self.pick("上午", "morning"),
            DayPart::Afternoon => self.pick("下午", "afternoon"),
            DayPart::Evening => self.pick("晚上", "evening"),
        }
    }

    /// The name of a kind of post; of one that this version does not know there is none.
    pub const fn kind(self, kind: Kind) -> Option<&'static str> {
        Some(match kind {
            Kind::Speech => self.pick("发言", "speech"),
            Kind::Question => self.pick("提问", "question"),
            Kind::Answer => self.pick("回答", "answer"),
            Kind::Caption => self.pick("图说", "caption"),
            Kind::Notice => self.pick("告示", "notice"),
            Kind::Action => self.pick("动作", "action"),
            Kind::System => self.pick("系统", "system"),
            Kind::Note => self.pick("附注", "note"),
            Kind::Other(_) => return None,
        })
    }

    /// The name of a role.
    pub fn role(self, role: &Role) -> &str {
        match role {
            Role::Admin => self.pick("管理员", "admin"),
            Role::Host => self.pick("主持人", "host"),
            Role::Guest => self.pick("嘉宾", "guest"),
            Role::Audience => self.pick("观众", "audience"),
            Role::System => self.pick("系统", "system"),
            Role::Bot => self.pick("程序", "bot"),
            Role::Unknown => "",
            Role::Other(name) => name,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_of_the_system_is_told_without_its_number() {
        for (number, zh, en) in [
            (2, "没有这个文件", "no such file"),
            (13, "没有权限", "no permission"),
            (21, "是目录", "is a directory"),
            (28, "磁盘已满", "no space left on the disk"),
            (5, "Input/output error", "Input/output error"),
        ] {
            let error = io::Error::from_raw_os_error(number);
            assert_eq!((Lang::Zh.os_error(&error).as_str(), Lang::En.os_error(&error).as_str()), (zh, en));
        }
    }

    #[test]
    fn the_locale_decides_unless_the_user_does() {
        for (choice, locale, lang) in [
            (LangChoice::Auto, "zh_CN.UTF-8", Lang::Zh),
            (LangChoice::Auto, "en_US.UTF-8", Lang::En),
            (LangChoice::Auto, "", Lang::En),
            (LangChoice::En, "zh_CN", Lang::En),
            (LangChoice::Zh, "C", Lang::Zh),
        ] {
            assert_eq!(Lang::choose(choice, locale), lang);
        }
    }
}
