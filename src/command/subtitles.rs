//! A record as subtitles, and what is said of what they do not hold.

use super::documents::{counted, losses};
use crate::format::{Lost, Record, Subtitles, Thing, write_subtitles};
use crate::lang::Lang;
use crate::replay::{Pacing, Schedule};
use std::io::{self, Write};

/// Posts of a record that are written as subtitles.
pub struct Subtitled<'a> {
    record: Record<'a>,
    pacing: Pacing,
    speed: f64,
    format: Subtitles,
    lost: Lost,
}

impl<'a> Subtitled<'a> {
    /// Posts of a record, at the times of a replay of that pacing.
    pub fn new(record: Record<'a>, (pacing, speed): (Pacing, f64), format: Subtitles) -> Self {
        Self { record, pacing, speed, format, lost: Lost::default() }
    }

    /// Writes them.
    pub fn write(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let Record { transcript, structure, posts, .. } = self.record;
        let schedule = Schedule::of(transcript, structure, self.pacing);
        let shows = schedule.over(transcript, structure);
        self.lost = write_subtitles(self.format, (shows, posts), self.speed, out)?;
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
        let mut told: Vec<_> =
            notices.into_iter().flatten().map(|notice| format!("{name}: {notice}")).collect();
        // Whatever else is not held is told by what was lost.
        let held = Thing::ALL.map(|thing| if thing == Thing::Kept { Thing::Title } else { thing });
        told.extend(losses(name, self.record, &held, lang));
        told
    }
}
