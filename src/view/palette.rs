//! A colour as it is written, in as many colours as the terminal has.

use crate::config::Hue;
use ratatui::style::Color;

/// The sixteen, in the order of the palette.
const PALETTE: [Color; 16] = [
    Color::Black,
    Color::Red,
    Color::Green,
    Color::Yellow,
    Color::Blue,
    Color::Magenta,
    Color::Cyan,
    Color::Gray,
    Color::DarkGray,
    Color::LightRed,
    Color::LightGreen,
    Color::LightYellow,
    Color::LightBlue,
    Color::LightMagenta,
    Color::LightCyan,
    Color::White,
];

/// What xterm shows for the sixteen, which other terminals are near to.
const SHOWN: [(u8, u8, u8); 16] = [
    (0, 0, 0),
    (205, 0, 0),
    (0, 205, 0),
    (205, 205, 0),
    (0, 0, 238),
    (205, 0, 205),
    (0, 205, 205),
    (229, 229, 229),
    (127, 127, 127),
    (255, 0, 0),
    (0, 255, 0),
    (255, 255, 0),
    (92, 92, 255),
    (255, 0, 255),
    (0, 255, 255),
    (255, 255, 255),
];

/// The steps of the cube in the 256.
const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// In 24 bits, where the terminal has them.
pub const fn whole(hue: Hue) -> Color {
    match hue {
        Hue::Palette(index) => PALETTE[index as usize % PALETTE.len()],
        Hue::Index(index) => Color::Indexed(index),
        Hue::Rgb(r, g, b) => Color::Rgb(r, g, b),
    }
}

/// The nearest of the 256.
pub fn indexed(hue: Hue) -> Color {
    match hue {
        // The first sixteen look in each terminal as its user likes.
        Hue::Rgb(r, g, b) => Color::Indexed(nearest((r, g, b), (16..=255).map(|index| (index, rgb(index))))),
        other => whole(other),
    }
}

/// The nearest of the sixteen.
pub fn sixteen(hue: Hue) -> Color {
    let wanted = match hue {
        Hue::Palette(_) => return whole(hue),
        Hue::Index(index @ 0..16) => return whole(Hue::Palette(index)),
        Hue::Index(index) => rgb(index),
        Hue::Rgb(r, g, b) => (r, g, b),
    };
    let shown = SHOWN.into_iter().enumerate().map(|(index, shown)| (index as u8, shown));
    whole(Hue::Palette(nearest(wanted, shown)))
}

/// What one of the 256 looks like: the sixteen, a cube of six steps, 24 greys.
fn rgb(index: u8) -> (u8, u8, u8) {
    match index {
        0..16 => SHOWN[usize::from(index)],
        16..232 => {
            let step = |part: u8| STEPS[usize::from(part % 6)];
            let cube = index - 16;
            (step(cube / 36), step(cube / 6), step(cube))
        }
        232.. => {
            let grey = 8 + 10 * (index - 232);
            (grey, grey, grey)
        }
    }
}

fn nearest((r, g, b): (u8, u8, u8), known: impl Iterator<Item = (u8, (u8, u8, u8))>) -> u8 {
    let apart = |a: u8, b: u8| u32::from(a.abs_diff(b)).pow(2);
    let distance = |(red, green, blue)| 2 * apart(r, red) + 4 * apart(g, green) + 3 * apart(b, blue);
    known.min_by_key(|(_, shown)| distance(*shown)).map_or(0, |(index, _)| index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_shown_in_as_many_as_there_are() {
        for (hue, in_256, in_16) in [
            (Hue::Palette(3), Color::Yellow, Color::Yellow),
            (Hue::Index(214), Color::Indexed(214), Color::Yellow),
            (Hue::Index(9), Color::Indexed(9), Color::LightRed),
            (Hue::Rgb(255, 175, 0), Color::Indexed(214), Color::Yellow),
            (Hue::Rgb(8, 8, 8), Color::Indexed(232), Color::Black),
            (Hue::Rgb(255, 255, 255), Color::Indexed(231), Color::White),
            (Hue::Rgb(0, 0, 215), Color::Indexed(20), Color::Blue),
        ] {
            assert_eq!((indexed(hue), sixteen(hue)), (in_256, in_16), "{hue:?}");
        }
    }
}
