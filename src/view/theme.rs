//! Colours by meaning, at four levels: true colour, 256, 16 and none.

use super::palette;
use crate::choice::ThemeName;
use crate::config::{Config, Hue, Ink, Part};
use crate::transcript::{Role, SpeakerId};
use ratatui::style::{Color, Modifier, Style};

/// How many colours the terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// None, or none wanted.
    None,
    /// The terminal's own palette.
    Sixteen,
    /// The cube of 256.
    Indexed,
    /// 24 bits.
    True,
}

impl Depth {
    /// What the environment says: `--no-color`, then `NO_COLOR`, `COLORTERM`, `TERM`.
    pub fn of(no_color: bool, variable: impl Fn(&str) -> Option<String>) -> Self {
        let value = |name| variable(name).filter(|value| !value.is_empty());
        let term = value("TERM").unwrap_or_default();
        if no_color || value("NO_COLOR").is_some() || term == "dumb" {
            return Self::None;
        }
        match value("COLORTERM").as_deref() {
            Some("truecolor" | "24bit") => Self::True,
            _ if term.contains("256") => Self::Indexed,
            _ => Self::Sixteen,
        }
    }
}

/// Whether the terminal hints at a light background (`COLORFGBG`).
pub fn is_light(colorfgbg: Option<&str>) -> bool {
    let background = colorfgbg.and_then(|value| value.rsplit(';').next()?.parse::<u8>().ok());
    matches!(background, Some(7 | 15))
}

/// The styles of the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// What is said.
    pub text: Style,
    /// When and in what office.
    pub dim: Style,
    /// Lines that part.
    pub rule: Style,
    /// The playhead and what has the focus.
    pub accent: Style,
    /// A word to the user.
    pub message: Style,
    /// A search hit.
    pub hit: Style,
    /// The hit one stands on.
    pub current_hit: Style,
    /// What is chosen in a list.
    pub chosen: Style,
    /// What is still to come in a lane.
    pub unrevealed: Style,
    hues: Vec<Style>,
}

/// A colour as 24 bits, as an index into the cube, and as one of sixteen.
type Paint = ((u8, u8, u8), u8, Color);

/// Eight hues of equal lightness (CIE L* 70), apart for colour-blind eyes.
const DARK_HUES: [Paint; 8] = [
    ((122, 170, 240), 111, Color::LightBlue),
    ((90, 185, 170), 79, Color::Cyan),
    ((200, 150, 225), 176, Color::LightMagenta),
    ((150, 185, 95), 149, Color::Green),
    ((235, 145, 155), 210, Color::LightRed),
    ((110, 180, 215), 74, Color::LightCyan),
    ((205, 165, 115), 180, Color::Magenta),
    ((165, 170, 185), 145, Color::LightGreen),
];

/// The same hues for a light background (CIE L* 42).
const LIGHT_HUES: [Paint; 8] = [
    ((35, 95, 180), 25, Color::Blue),
    ((0, 108, 95), 23, Color::Cyan),
    ((130, 65, 165), 91, Color::Magenta),
    ((75, 105, 10), 58, Color::Green),
    ((170, 50, 75), 125, Color::Red),
    ((0, 100, 140), 24, Color::DarkGray),
    ((130, 85, 20), 94, Color::LightMagenta),
    ((85, 95, 115), 59, Color::LightBlue),
];

impl Theme {
    /// The theme of that name, which may be the user's own, for a terminal of that depth.
    pub fn of(name: ThemeName, config: &Config, depth: Depth, light: bool) -> Self {
        let Some(own) = config.own_theme(name) else { return Self::new(name, depth, light) };
        let mut theme = Self::new(own.base, depth, light);
        let depth = match own.base {
            ThemeName::Mono => Depth::None,
            ThemeName::Ansi => depth.min(Depth::Sixteen),
            _ => depth,
        };
        for (part, ink) in &own.parts {
            let style = theme.part(*part);
            *style = inked(*style, *ink, depth);
        }
        if !own.speakers.is_empty() && depth > Depth::None {
            theme.hues = own.speakers.iter().map(|ink| inked(Style::new(), *ink, depth)).collect();
        }
        theme
    }

    const fn part(&mut self, part: Part) -> &mut Style {
        match part {
            Part::Text => &mut self.text,
            Part::Dim => &mut self.dim,
            Part::Rule => &mut self.rule,
            Part::Accent => &mut self.accent,
            Part::Message => &mut self.message,
            Part::Hit => &mut self.hit,
            Part::CurrentHit => &mut self.current_hit,
            Part::Chosen => &mut self.chosen,
            Part::Unrevealed => &mut self.unrevealed,
        }
    }

    /// The built-in theme of that name for a terminal of that depth.
    pub fn new(name: ThemeName, depth: Depth, light: bool) -> Self {
        let depth = match name {
            ThemeName::Mono => Depth::None,
            ThemeName::Ansi => depth.min(Depth::Sixteen),
            ThemeName::Auto | ThemeName::Dark | ThemeName::Light | ThemeName::Own(_) => depth,
        };
        let light = match name {
            ThemeName::Light => true,
            ThemeName::Dark => false,
            ThemeName::Auto | ThemeName::Ansi | ThemeName::Mono | ThemeName::Own(_) => light,
        };
        if depth == Depth::None { Self::mono() } else { Self::coloured(depth, light) }
    }

    fn mono() -> Self {
        let plain = Style::new();
        Self {
            text: plain,
            dim: plain.add_modifier(Modifier::DIM),
            rule: plain.add_modifier(Modifier::DIM),
            accent: plain.add_modifier(Modifier::BOLD),
            message: plain.add_modifier(Modifier::BOLD),
            hit: plain.add_modifier(Modifier::UNDERLINED),
            current_hit: plain.add_modifier(Modifier::REVERSED),
            chosen: plain.add_modifier(Modifier::REVERSED),
            unrevealed: plain.add_modifier(Modifier::DIM),
            hues: vec![plain],
        }
    }

    fn coloured(depth: Depth, light: bool) -> Self {
        let pick = |paint: Paint| colour(paint, depth);
        let both = |on_dark: Paint, on_light: Paint| pick(if light { on_light } else { on_dark });
        let accent = both(((235, 165, 60), 214, Color::Yellow), ((175, 85, 0), 130, Color::Yellow));
        let ink = both(((20, 20, 20), 233, Color::Black), ((255, 255, 255), 231, Color::Black));
        let wash = both(((92, 70, 24), 58, Color::Yellow), ((250, 225, 165), 223, Color::Yellow));
        let faint = both(((70, 76, 86), 239, Color::DarkGray), ((200, 203, 208), 251, Color::DarkGray));
        let grey = both(((140, 147, 158), 246, Color::DarkGray), ((100, 106, 116), 242, Color::DarkGray));
        let lift = both(((42, 48, 58), 236, Color::DarkGray), ((226, 229, 234), 254, Color::Gray));
        let plain = Style::new();
        let sixteen = depth == Depth::Sixteen;
        let hues = if light { LIGHT_HUES } else { DARK_HUES };
        Self {
            text: plain,
            dim: plain.fg(grey),
            rule: plain.fg(faint),
            accent: plain.fg(accent),
            message: plain.fg(accent),
            hit: if sixteen { plain.fg(accent).add_modifier(Modifier::UNDERLINED) } else { plain.bg(wash) },
            // It differs from the other hits not by its colour alone.
            current_hit: plain.fg(ink).bg(accent).add_modifier(Modifier::BOLD.union(Modifier::UNDERLINED)),
            chosen: if sixteen { plain.add_modifier(Modifier::REVERSED) } else { plain.bg(lift) },
            unrevealed: plain.fg(faint),
            hues: hues.map(|paint| plain.fg(pick(paint))).to_vec(),
        }
    }

    /// The hue of a speaker, the same in every run: hosts have the first, those who run the page none.
    pub fn speaker(&self, id: SpeakerId, role: &Role) -> Style {
        let others = self.hues.len() - 1;
        match role {
            Role::Admin | Role::System | Role::Bot => self.dim,
            Role::Host => self.hues[0],
            _ if others == 0 => self.hues[0],
            _ => self.hues[1 + id.index() % others],
        }
    }
}

const fn colour(((r, g, b), index, ansi): Paint, depth: Depth) -> Color {
    match depth {
        Depth::True => Color::Rgb(r, g, b),
        Depth::Indexed => Color::Indexed(index),
        Depth::Sixteen => ansi,
        Depth::None => Color::Reset,
    }
}

/// A style as it is written. Without colours its attributes hold, and where it has none those of the base.
fn inked(base: Style, ink: Ink, depth: Depth) -> Style {
    let colour = |hue: Hue| match depth {
        Depth::True => Some(palette::whole(hue)),
        Depth::Indexed => Some(palette::indexed(hue)),
        Depth::Sixteen => Some(palette::sixteen(hue)),
        Depth::None => None,
    };
    let attributes = [
        (ink.bold, Modifier::BOLD),
        (ink.dim, Modifier::DIM),
        (ink.italic, Modifier::ITALIC),
        (ink.underline, Modifier::UNDERLINED),
        (ink.reversed, Modifier::REVERSED),
    ];
    let held = attributes.into_iter().filter(|(held, _)| *held).map(|(_, modifier)| modifier);
    let modifier = held.fold(Modifier::empty(), |all, one| all | one);
    if depth == Depth::None && modifier.is_empty() {
        return base;
    }
    let style = Style::new().add_modifier(modifier);
    Style { fg: ink.on_top.and_then(colour), bg: ink.behind.and_then(colour), ..style }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn a_theme_of_the_user_is_laid_over_another() {
        let text = "[themes.mine]\nbase = 'dark'\naccent = '#ffaf00 bold'\nhit = 'on 214'\nspeakers = ['red', '#0000d7']\n";
        let config = Config::of(Path::new("config.toml"), text).unwrap();
        let of = |depth| Theme::of(ThemeName::Own(0), &config, depth, false);
        for (depth, accent, hit, guest) in [
            (
                Depth::True,
                Some(Color::Rgb(255, 175, 0)),
                Some(Color::Indexed(214)),
                Some(Color::Rgb(0, 0, 215)),
            ),
            (Depth::Indexed, Some(Color::Indexed(214)), Some(Color::Indexed(214)), Some(Color::Indexed(20))),
            (Depth::Sixteen, Some(Color::Yellow), Some(Color::Yellow), Some(Color::Blue)),
            (Depth::None, None, None, None),
        ] {
            let theme = of(depth);
            assert_eq!((theme.accent.fg, theme.hit.bg), (accent, hit), "{depth:?}");
            assert!(theme.accent.add_modifier.contains(Modifier::BOLD));
            assert_eq!(theme.speaker(SpeakerId::new(0), &Role::Guest).fg, guest, "{depth:?}");
            assert_eq!(
                theme.dim,
                Theme::new(ThemeName::Dark, depth, false).dim,
                "what is not named is of the base"
            );
        }
        assert!(
            of(Depth::None).hit.add_modifier.contains(Modifier::UNDERLINED),
            "a hit is seen without colour"
        );
        assert_eq!(
            Theme::of(ThemeName::Light, &config, Depth::True, false),
            Theme::new(ThemeName::Light, Depth::True, false)
        );
    }

    #[test]
    fn the_environment_says_how_many_colours_there_are() {
        for (no_color, vars, depth) in [
            (false, &[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")][..], Depth::True),
            (false, &[("TERM", "xterm-256color")], Depth::Indexed),
            (false, &[("TERM", "linux")], Depth::Sixteen),
            (false, &[("TERM", "dumb")], Depth::None),
            (false, &[("TERM", "xterm-256color"), ("NO_COLOR", "1")], Depth::None),
            (false, &[("TERM", "xterm-256color"), ("NO_COLOR", "")], Depth::Indexed),
            (true, &[("COLORTERM", "truecolor")], Depth::None),
        ] {
            let variable =
                |name: &str| vars.iter().find(|(key, _)| *key == name).map(|(_, v)| (*v).to_owned());
            assert_eq!(Depth::of(no_color, variable), depth, "{vars:?}");
        }
    }

    #[test]
    fn a_theme_without_colour_has_none() {
        let theme = Theme::new(ThemeName::Mono, Depth::True, false);
        let styles =
            [theme.text, theme.dim, theme.rule, theme.accent, theme.hit, theme.current_hit, theme.chosen];
        assert!(styles.iter().all(|style| style.fg.is_none() && style.bg.is_none()));
        assert_ne!(theme.current_hit, theme.hit);
    }

    #[test]
    fn sixteen_colours_are_the_palette_of_the_terminal() {
        let theme = Theme::new(ThemeName::Ansi, Depth::True, false);
        for id in 0..8 {
            let style = theme.speaker(SpeakerId::new(id), &Role::Guest);
            assert!(!matches!(style.fg, Some(Color::Rgb(..) | Color::Indexed(_))));
        }
    }

    #[test]
    fn a_light_background_is_believed_when_hinted() {
        assert!(is_light(Some("0;15")));
        assert!(!is_light(Some("15;0")));
        assert!(!is_light(None));
    }
}
