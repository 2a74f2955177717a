//! A record as subtitles, and what is said of what they do not hold.

use super::documents::counted;
use super::source::{self, Opened};
use crate::cli::PacingArgs;
use crate::format::{Lost, Subtitles, write_subtitles};
use crate::lang::Lang;
use crate::replay::Schedule;
use std::io::{self, Write};

/// A record that is written as subtitles.
pub struct Subtitled {
    opened: Opened,
    pacing: PacingArgs,
    format: Subtitles,
    lost: Lost,
}

impl Subtitled {
    /// A record, at the times of a replay of that pacing.
    pub fn new(opened: Opened, pacing: PacingArgs, format: Subtitles) -> Self {
        Self { opened, pacing, format, lost: Lost::default() }
    }

    /// Writes them.
    pub fn write(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let (transcript, structure) = (&self.opened.transcript, self.opened.structure());
        let schedule = Schedule::of(transcript, &structure, source::pacing(&self.pacing));
        let shows = schedule.over(transcript, &structure);
        self.lost = write_subtitles(self.format, shows, self.pacing.speed, out)?;
        Ok(())
    }

    /// What was not held: a sentence each.
    pub fn notices(&self, lang: Lang) -> Vec<String> {
        let name = match self.format {
            Subtitles::Vtt => "vtt",
            Subtitles::Srt => "srt",
        };
        let lost = self.lost;
        let counted = |sentence: &str, count: usize| (count > 0).then(|| counted(sentence, count));
        let stamps = lang.pick(
            "时间是重放的时刻,没有写实录的钟点",
            "the times are those of the replay, not the stamps of the record",
        );
        let offices = lang
            .pick("只写人名,没有写 # 人的职务", "offices are left out, and names are written (people: #)");
        let wordless = lang.pick("有 # 条没有文字,没有写", "posts without words are left out (posts: #)");
        let arrows = lang.pick("有 # 条的 --> 写成了 →", "--> has become → (cues: #)");
        let markup = lang.pick(
            "有 # 条含有 <、{ 或 &amp; 之类,播放器可能当成标记",
            "players may take <, { or the like of &amp; for markup (cues: #)",
        );
        let notices = [
            lost.stamps.then(|| stamps.to_owned()),
            lost.title.then(|| lang.pick("没有写标题", "the title is left out").to_owned()),
            counted(offices, lost.offices),
            counted(wordless, lost.wordless),
            counted(arrows, lost.arrows),
            counted(markup, lost.markup),
        ];
        notices.into_iter().flatten().map(|notice| format!("{name}: {notice}")).collect()
    }
}
