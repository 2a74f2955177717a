//! The page of keys: its lines in columns, and how far it scrolls.

use crate::action::Group;
use crate::keymap::{Keymap, ROWS, Row, group_name, name, rows_of};
use crate::lang::Lang;
use crate::text::ruler::Ruler;
use crate::text::slice;
use crate::text::wrap::{self, Typesetting};

/// The least width of a column of keys.
const COLUMN: u16 = 50;

/// Cells before keys.
pub const INDENT: u16 = 3;

/// Rows of the screen that hold no keys: title and foot with a blank row each.
pub const MARGIN: u16 = 4;

/// What the page is written in: language and ruler.
pub type Voice = (Lang, Ruler);

/// A line of the help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// The name of a group.
    Heading(&'static str),
    /// Keys, what they do, and how that is called where there is room for it. Each may be empty: words too long for
    /// one line go on in the next.
    Keys(String, String, &'static str),
    /// A sign of the screen and what it means.
    Sign(Sign, &'static str),
    /// Between groups.
    Blank,
}

/// The page.
#[derive(Debug)]
pub struct Page {
    /// Its columns.
    pub columns: Vec<Vec<Line>>,
    /// Cells of each.
    pub width: u16,
    /// Cells of the keys.
    pub keys: u16,
}

impl Page {
    /// The column at which words begin.
    pub const fn words_at(&self) -> u16 {
        INDENT + self.keys + 2
    }
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
    /// A bookmark, a note.
    Marks,
}

impl Sign {
    const ALL: [Self; 16] = [
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
        Self::Marks,
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
            Self::Marks => lang.pick("书签、笔记", "a bookmark, a note"),
            Self::Unread => lang.pick("目录中还没有读过的问答", "not read yet, in the outline"),
        }
    }
}

/// The groups, shared out to columns of about the same length.
pub fn page(voice: Voice, keymap: &Keymap, width: u16) -> Page {
    let count = usize::from((width / COLUMN).clamp(1, 3));
    let own = width / count as u16;
    let told = ROWS.iter().filter_map(|row| keys(row, keymap)).map(|keys| voice.1.width(&keys) as u16);
    let mut page = Page { columns: vec![Vec::new()], width: own, keys: told.max().unwrap_or(0).min(own / 3) };
    let group = |&group: &Group| lines(voice, group, keymap, &page);
    let groups: Vec<Vec<Line>> = Group::ALL.iter().map(group).chain([signs(voice.0)]).collect();
    let total: usize = groups.iter().map(Vec::len).sum();
    for group in groups {
        let full = page.columns.last().map_or(0, Vec::len);
        if full > 0 && full + group.len() / 2 > total.div_ceil(count) && page.columns.len() < count {
            page.columns.push(Vec::new());
        }
        if let Some(column) = page.columns.last_mut() {
            column.extend(group);
        }
    }
    page
}

/// The first row in sight when the last one is.
pub fn last_scroll(voice: Voice, keymap: &Keymap, (width, height): (u16, u16)) -> usize {
    let longest = page(voice, keymap, width).columns.iter().map(Vec::len).max().unwrap_or(0);
    longest.saturating_sub(usize::from(height.saturating_sub(MARGIN)) + 1)
}

fn lines(voice: Voice, group: Group, keymap: &Keymap, page: &Page) -> Vec<Line> {
    let mut lines = vec![Line::Heading(group_name(group, voice.0))];
    for row in rows_of(group) {
        if let Some(keys) = keys(row, keymap) {
            told(&mut lines, (keys, row), voice, page);
        }
    }
    lines.push(Line::Blank);
    lines
}

/// The keys of a row as they are told: a dash where there are none; nothing where another row has the keys of the same.
fn keys(row: &Row, keymap: &Keymap) -> Option<String> {
    let keys = keymap.keys_of(row, None);
    let has_keys = |other: &&Row| other.action == row.action && !keymap.keys_of(other, None).is_empty();
    if keys.is_empty() {
        let is_elsewhere = ROWS.iter().any(|other| has_keys(&other));
        return (!is_elsewhere).then(|| "–".to_owned());
    }
    Some(keys.join("  "))
}

/// Puts a row on lines: keys too wide for their column stand above their words, words go on below themselves, and the
/// name stands behind them if there is room.
fn told(lines: &mut Vec<Line>, (keys, row): (String, &Row), (lang, ruler): Voice, page: &Page) {
    let words = lang.pick(row.zh, row.en);
    let room = usize::from(page.width.saturating_sub(page.words_at() + 1)).max(1);
    let mut keys = Some(keys);
    if let Some(wide) = keys.take_if(|keys| ruler.width(keys) > usize::from(page.keys)) {
        lines.push(Line::Keys(wide, String::new(), ""));
    }
    let rows = wrap::rows((ruler, Typesetting::default()), words, room, 0);
    let last = rows.len().saturating_sub(1);
    for (index, range) in rows.into_iter().enumerate() {
        let words = slice(words, range).trim_end().to_owned();
        let fits = page.width >= COLUMN && ruler.width(&words) + name(row.action).len() + 3 <= room;
        let name = if index == last && fits { name(row.action) } else { "" };
        lines.push(Line::Keys(keys.take().unwrap_or_default(), words, name));
    }
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
    use crate::action::{Action, Mode};

    fn all(lang: Lang, keymap: &Keymap, width: u16) -> Vec<Line> {
        page((lang, Ruler::default()), keymap, width).columns.into_iter().flatten().collect()
    }

    #[test]
    fn every_key_and_every_word_stands_in_the_help_at_every_width() {
        for (width, lang) in
            [20, 40, 80, 120, 200].into_iter().flat_map(|width| [(width, Lang::Zh), (width, Lang::En)])
        {
            let lines = all(lang, &Keymap::default(), width);
            let told = |of: fn(&Line) -> Option<&String>| {
                lines.iter().filter_map(of).filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>()
            };
            let keys = told(|line| if let Line::Keys(keys, ..) = line { Some(keys) } else { None });
            assert_eq!(
                keys,
                Group::ALL.into_iter().flat_map(rows_of).map(|row| row.keys.join("  ")).collect::<Vec<_>>()
            );
            let letters = |text: &str| text.chars().filter(|ch| !ch.is_whitespace()).collect::<String>();
            let words = told(|line| if let Line::Keys(_, words, _) = line { Some(words) } else { None });
            let wanted: String =
                Group::ALL.into_iter().flat_map(rows_of).map(|row| lang.pick(row.zh, row.en)).collect();
            assert_eq!(letters(&words.concat()), letters(&wanted), "{width}");
            let page = page((lang, Ruler::default()), &Keymap::default(), width);
            let fits =
                |words: &String| Ruler::default().width(words) <= usize::from(page.width - page.words_at());
            assert!(words.iter().all(fits) || width == 20);
        }
    }

    #[test]
    fn the_help_tells_the_keys_of_the_user() {
        let mut keymap = Keymap::default();
        for mode in [Mode::Reading, Mode::People] {
            keymap.rebind(Action::HitNext, mode, &["Ctrl-g"]).unwrap();
            keymap.rebind(Action::Mute, mode, &[]).unwrap();
        }
        let lines = all(Lang::En, &keymap, 200);
        let keys = |name: &str| {
            let found = lines.iter().find(|line| matches!(line, Line::Keys(_, _, known) if *known == name));
            found.map(|line| if let Line::Keys(keys, ..) = line { keys.clone() } else { String::new() })
        };
        assert_eq!((keys("next-hit").as_deref(), keys("mute").as_deref()), (Some("Ctrl-g"), Some("–")));
    }

    #[test]
    fn a_page_that_fits_does_not_scroll() {
        let last = |size| last_scroll((Lang::En, Ruler::default()), &Keymap::default(), size);
        assert_eq!(last((160, 100)), 0);
        assert!(last((40, 12)) > 40);
    }
}
