//! A record as subtitles, and what is said of what they do not hold.

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
        let zh = [
            (lost.stamps, "时间是重放的时刻,没有写实录的钟点".to_owned()),
            (lost.title, "没有写标题".to_owned()),
            (lost.offices > 0, format!("只写人名,没有写 {} 人的职务", lost.offices)),
            (lost.wordless > 0, format!("没有写 {} 条没有文字的发言", lost.wordless)),
            (lost.arrows > 0, format!("{} 条里的 --> 写成了 →", lost.arrows)),
            (lost.markup > 0, format!("{} 条里有 < 或 {{,有的播放器会当成标记", lost.markup)),
        ];
        let en = [
            (lost.stamps, "the times are those of the replay, not the stamps of the record".to_owned()),
            (lost.title, "the title is left out".to_owned()),
            (lost.offices > 0, format!("names only: the offices of {} people are left out", lost.offices)),
            (lost.wordless > 0, format!("{} posts without words are left out", lost.wordless)),
            (lost.arrows > 0, format!("in {} posts --> has become →", lost.arrows)),
            (
                lost.markup > 0,
                format!("{} posts hold < or {{, which players may take for markup", lost.markup),
            ),
        ];
        let said = match lang {
            Lang::Zh => zh,
            Lang::En => en,
        };
        said.into_iter().filter(|(is_so, _)| *is_so).map(|(_, notice)| format!("{name}: {notice}")).collect()
    }
}
