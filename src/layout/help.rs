//! The page of keys: its lines in columns, and how far it scrolls.

use crate::action::Group;
use crate::keymap::{group_name, rows_of};
use crate::lang::Lang;

/// The least width of a column of keys.
const COLUMN: u16 = 46;

/// Rows of the screen that hold no keys: title and foot with a blank row each.
pub const MARGIN: u16 = 4;

/// A line of the help: a heading, keys with words, or nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// The name of a group.
    Heading(&'static str),
    /// Keys and what they do.
    Keys(String, &'static str),
    /// A sign of the screen and what it means.
    Sign(Sign, &'static str),
    /// Between groups.
    Blank,
}

/// Signs that do not explain themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// Where one reads while a replay is elsewhere.
    Reading,
    /// A time that is finer than the source.
    Estimated,
    /// A folded silence.
    Silence,
    /// Lanes out of sight.
    MoreLanes,
    /// Host, guest, admin.
    Roles,
    /// A question of the outline that was not read yet.
    Unread,
    /// Much or little is said.
    Shades,
    /// Solo, mute.
    Mixed,
    /// Posts that are not shown.
    Hidden,
    /// Was left out and is open.
    Opened,
    /// What somebody says there is left out.
    Hollow,
    /// Goes faster through what is muted.
    Hurrying,
    /// A range is repeated.
    Repeat,
    /// Has come since one looked.
    New,
    /// The replay stops there.
    Breakpoint,
}

impl Sign {
    const ALL: [Self; 15] = [
        Self::Reading,
        Self::Estimated,
        Self::Silence,
        Self::MoreLanes,
        Self::Roles,
        Self::Shades,
        Self::Mixed,
        Self::Hidden,
        Self::Opened,
        Self::Hollow,
        Self::Hurrying,
        Self::Repeat,
        Self::New,
        Self::Breakpoint,
        Self::Unread,
    ];

    const fn words(self, lang: Lang) -> &'static str {
        match self {
            Self::Reading => lang.pick("重放时正在读的发言", "the post you read during a replay"),
            Self::Estimated => lang.pick("估计的时刻", "an estimated time"),
            Self::Silence => lang.pick("折叠的静默", "a folded silence"),
            Self::MoreLanes => lang.pick("上面、下面还有几人", "more speakers above, below"),
            Self::Roles => lang.pick("主持人、嘉宾、管理员、其他", "host, guest, admin, others"),
            Self::Shades => lang.pick("说得少、多", "little is said, much"),
            Self::Mixed => lang.pick("独听、静音", "solo, mute"),
            Self::Hidden => lang.pick("没有显示的发言", "posts that are not shown"),
            Self::Opened => lang.pick("展开的发言", "posts that were opened"),
            Self::Hollow => lang.pick("过滤略去的发言", "left out by filters"),
            Self::Hurrying => lang.pick("快进静音、略去的发言", "hurries: muted, left out"),
            Self::Repeat => lang.pick("循环播放一段", "repeats a range"),
            Self::New => lang.pick("上次看过之后出现的发言", "has come since you looked"),
            Self::Breakpoint => lang.pick("重放在此停下", "the replay stops here"),
            Self::Unread => lang.pick("目录中还没有读过的问答", "not read yet, in the outline"),
        }
    }
}

/// The groups, shared out to columns of about the same length.
pub fn columns(lang: Lang, width: u16) -> Vec<Vec<Line>> {
    let count = usize::from((width / COLUMN).clamp(1, 3));
    let groups: Vec<Vec<Line>> =
        Group::ALL.iter().map(|&group| lines(lang, group)).chain([signs(lang)]).collect();
    let total: usize = groups.iter().map(Vec::len).sum();
    let mut columns: Vec<Vec<Line>> = vec![Vec::new()];
    for group in groups {
        let full = columns.last().map_or(0, Vec::len);
        if full > 0 && full + group.len() / 2 > total.div_ceil(count) && columns.len() < count {
            columns.push(Vec::new());
        }
        if let Some(column) = columns.last_mut() {
            column.extend(group);
        }
    }
    columns
}

/// The first row in sight when the last one is.
pub fn last_scroll(lang: Lang, (width, height): (u16, u16)) -> usize {
    let longest = columns(lang, width).iter().map(Vec::len).max().unwrap_or(0);
    longest.saturating_sub(usize::from(height.saturating_sub(MARGIN)) + 1)
}

fn lines(lang: Lang, group: Group) -> Vec<Line> {
    let mut lines = vec![Line::Heading(group_name(group, lang))];
    lines.extend(rows_of(group).map(|row| Line::Keys(row.keys.join("  "), lang.pick(row.zh, row.en))));
    lines.push(Line::Blank);
    lines
}

fn signs(lang: Lang) -> Vec<Line> {
    let mut lines = vec![Line::Heading(lang.pick("记号", "Signs"))];
    lines.extend(Sign::ALL.map(|sign| Line::Sign(sign, sign.words(lang))));
    lines.push(Line::Blank);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keymap::ROWS;

    #[test]
    fn every_key_stands_in_the_help_at_every_width() {
        for width in [20, 80, 120, 200] {
            let keys =
                columns(Lang::Zh, width).into_iter().flatten().filter(|line| matches!(line, Line::Keys(..)));
            assert_eq!(keys.count(), ROWS.len());
        }
    }

    #[test]
    fn a_page_that_fits_does_not_scroll() {
        assert_eq!(last_scroll(Lang::En, (160, 100)), 0);
        assert!(last_scroll(Lang::En, (40, 12)) > 40);
    }
}
