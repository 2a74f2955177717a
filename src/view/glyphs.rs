//! The drawing characters, with stand-ins of one cell where ambiguous characters take two.

use crate::layout::help::Sign;
use crate::text::ruler::Ruler;
use crate::transcript::Role;

/// Characters of exactly one cell each.
#[derive(Debug)]
pub struct Glyphs {
    /// A horizontal rule.
    pub across: &'static str,
    /// A vertical rule.
    pub down: &'static str,
    /// The playhead.
    pub playhead: &'static str,
    /// A folded silence.
    pub fold: &'static str,
    /// What is chosen.
    pub chosen: &'static str,
    /// Beside the rows of the post in focus.
    pub focus: &'static str,
    /// The reading position on the axis.
    pub reading: &'static str,
    /// A running replay.
    pub playing: &'static str,
    /// A replay that hurries through what is muted.
    pub hurrying: &'static str,
    /// A standing replay.
    pub paused: &'static str,
    /// Behind a speed.
    pub times: &'static str,
    /// Before a time that is finer than the source.
    pub about: &'static str,
    /// Before what was not read.
    pub unread: &'static str,
    /// Beside the rows of a post that has come since one looked.
    pub new: &'static str,
    /// Beside the rows of a range that is being marked.
    pub range: &'static str,
    /// A post that the replay stops at.
    pub breakpoint: &'static str,
    /// A bookmark.
    pub bookmark: &'static str,
    /// A note.
    pub note: &'static str,
    /// Both at the edge of the screen, where no terminal may take two cells for them.
    pub at_edge: [&'static str; 2],
    /// Behind the speed of a replay that repeats a range.
    pub repeat: &'static str,
    /// Before what becomes of a silence.
    pub becomes: &'static str,
    /// Before what is not shown.
    pub hidden: &'static str,
    /// Before what was left out and is open.
    pub opened: &'static str,
    /// In a lane, where filters let nothing through.
    pub hollow: &'static str,
    /// Beside the first row of what is shown for the sake of its neighbours.
    pub aside: &'static str,
    /// More below.
    pub below: &'static str,
    /// More above.
    pub above: &'static str,
    /// Beside the text: the page, hits, hits on the page, the hit one stands on.
    pub beside: [&'static str; 4],
    /// Shades of a lane, from little to much.
    pub shades: [&'static str; 4],
    /// The part of a bar that is done, its end, the rest.
    pub bar: [&'static str; 3],
    /// Corners and sides of a box: top left, top right, bottom left, bottom right.
    pub corners: [&'static str; 4],
    roles: [&'static str; 4],
}

static UNICODE: Glyphs = Glyphs {
    across: "─",
    down: "│",
    playhead: "│",
    fold: "┊",
    chosen: "▸",
    focus: "▎",
    reading: "▾",
    playing: "▶",
    hurrying: "»",
    paused: "‖",
    times: "×",
    about: "≈",
    unread: "●",
    new: "+",
    range: "┃",
    breakpoint: "■",
    bookmark: "⚑",
    note: "✎",
    at_edge: ["★", "☆"],
    becomes: "→",
    repeat: "↻",
    hidden: "⋯",
    opened: "▿",
    hollow: "▫",
    aside: "·",
    below: "↓",
    above: "↑",
    beside: ["│", "╸", "┥", "┫"],
    shades: ["▁", "▃", "▅", "▇"],
    bar: ["━", "╸", "─"],
    corners: ["╭", "╮", "╰", "╯"],
    roles: ["◆", "●", "·", "○"],
};

static ASCII: Glyphs = Glyphs {
    across: "-",
    down: "|",
    playhead: "|",
    fold: ":",
    chosen: ">",
    focus: "|",
    reading: "v",
    playing: ">",
    hurrying: "+",
    paused: "=",
    times: "x",
    about: "~",
    unread: "*",
    new: "+",
    range: "#",
    breakpoint: "@",
    bookmark: "!",
    note: "\"",
    at_edge: ["!", "\""],
    becomes: ">",
    repeat: "r",
    hidden: "~",
    opened: "v",
    hollow: "o",
    aside: ".",
    below: "v",
    above: "^",
    beside: ["|", "-", "+", "#"],
    shades: [".", "-", "=", "#"],
    bar: ["=", ">", "-"],
    corners: ["+", "+", "+", "+"],
    roles: ["*", "o", "-", "."],
};

impl Glyphs {
    /// The set for a terminal.
    pub fn of(ruler: Ruler) -> &'static Self {
        if ruler.is_wide() { &ASCII } else { &UNICODE }
    }

    /// The shape of a role.
    pub const fn role(&self, role: &Role) -> &'static str {
        match role {
            Role::Host => self.roles[0],
            Role::Guest => self.roles[1],
            Role::Admin | Role::System | Role::Bot => self.roles[2],
            Role::Audience | Role::Unknown | Role::Other(_) => self.roles[3],
        }
    }
}

impl Glyphs {
    /// What the help shows of a sign.
    pub fn sign(&self, sign: Sign) -> String {
        match sign {
            Sign::Reading => self.reading.to_owned(),
            Sign::Estimated => self.about.to_owned(),
            Sign::Silence => self.fold.to_owned(),
            Sign::MoreLanes => format!("{}3 {}3", self.above, self.below),
            Sign::Roles => self.roles.join(" "),
            Sign::Shades => self.shades.concat(),
            Sign::Mixed => "S M".to_owned(),
            Sign::Hidden => self.hidden.to_owned(),
            Sign::Opened => self.opened.to_owned(),
            Sign::Hollow => self.hollow.to_owned(),
            Sign::Hurrying => self.hurrying.to_owned(),
            Sign::Unread => self.unread.to_owned(),
            Sign::Repeat => self.repeat.to_owned(),
            Sign::New => self.new.to_owned(),
            Sign::Breakpoint => self.breakpoint.to_owned(),
            Sign::Marks if self.at_edge == [self.bookmark, self.note] => self.at_edge.join(" "),
            Sign::Marks => format!("{} {} {}", self.bookmark, self.note, self.at_edge.join(" ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_glyph_takes_one_cell_on_its_terminal() {
        for wide in [false, true] {
            let ruler = Ruler::new(wide);
            let g = Glyphs::of(ruler);
            let single = [
                g.across, g.down, g.playhead, g.fold, g.chosen, g.focus, g.reading, g.playing, g.paused,
                g.times,
            ]
            .into_iter()
            .chain([
                g.about,
                g.hurrying,
                g.below,
                g.above,
                g.hidden,
                g.opened,
                g.hollow,
                g.aside,
                g.unread,
                g.new,
                g.breakpoint,
                g.bookmark,
                g.note,
                g.repeat,
                g.becomes,
            ])
            .chain(g.shades)
            .chain(g.bar)
            .chain(g.beside)
            .chain(g.at_edge)
            .chain(g.corners)
            .chain(g.roles);
            for glyph in single {
                assert_eq!(ruler.width(glyph), 1, "{glyph}");
            }
        }
    }
}
