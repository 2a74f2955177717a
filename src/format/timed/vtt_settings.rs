//! The settings of `WebVTT` cues and regions (W3C `WebVTT`, sections 6.2 and 6.3), with the words of the standard. What is not
//! valid changes nothing.

/// How a cue is to be placed.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// `rl`, `lr`, or nothing for horizontal text.
    pub vertical: &'static str,
    /// Where its line is; none for `auto`.
    pub line: Option<f64>,
    /// Whether the line is a number of lines, no percentage.
    pub snap_to_lines: bool,
    /// `start`, `center` or `end`.
    pub line_align: &'static str,
    /// Where it is in the line, in percent; none for `auto`.
    pub position: Option<f64>,
    /// `line-left`, `center`, `line-right` or `auto`.
    pub position_align: &'static str,
    /// Its size in percent.
    pub size: f64,
    /// `start`, `center`, `end`, `left` or `right`.
    pub align: &'static str,
    /// The id of its region.
    pub region: Option<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            vertical: "",
            line: None,
            snap_to_lines: true,
            line_align: "start",
            position: None,
            position_align: "auto",
            size: 100.0,
            align: "center",
            region: None,
        }
    }
}

impl Settings {
    /// Reads what stands behind the times of a cue.
    pub fn of(text: &str, regions: &[Region]) -> Self {
        let mut settings = Self::default();
        for (name, value) in pairs(text) {
            settings.set(name, value, regions);
        }
        // A region holds only text as it is by itself.
        if settings.line.is_some() || settings.size < 100.0 || !settings.vertical.is_empty() {
            settings.region = None;
        }
        settings
    }

    fn set(&mut self, name: &str, value: &str, regions: &[Region]) {
        match name {
            "region" => {
                self.region = regions.iter().any(|region| region.id == value).then(|| value.to_owned());
            }
            "vertical" => self.vertical = one_of(value, &["rl", "lr"]).unwrap_or(self.vertical),
            "line" => {
                if let Some((line, is_percentage, align)) = line(value) {
                    self.line = Some(line);
                    self.snap_to_lines = !is_percentage;
                    self.line_align = align.unwrap_or(self.line_align);
                }
            }
            "position" => {
                let (position, align) = match value.split_once(',') {
                    Some((position, align)) => {
                        (position, one_of(align, &["line-left", "center", "line-right"]))
                    }
                    None => (value, Some(self.position_align)),
                };
                if let (Some(position), Some(align)) = (percentage(position), align) {
                    (self.position, self.position_align) = (Some(position), align);
                }
            }
            "size" => self.size = percentage(value).unwrap_or(self.size),
            "align" => {
                let words = ["start", "center", "end", "left", "right"];
                self.align = one_of(value, &words).unwrap_or(self.align);
            }
            _ => {}
        }
    }
}

/// Where cues of a region are placed.
#[derive(Debug, Clone, PartialEq)]
pub struct Region {
    /// Its name.
    pub id: String,
    /// In percent.
    pub width: f64,
    /// Lines of text.
    pub lines: f64,
    /// Which point of it is fixed, in percent.
    pub region_anchor: (f64, f64),
    /// Where that point is in the picture, in percent.
    pub viewport_anchor: (f64, f64),
    /// Whether text scrolls up.
    pub scroll: bool,
}

impl Default for Region {
    fn default() -> Self {
        let corner = (0.0, 100.0);
        Self {
            id: String::new(),
            width: 100.0,
            lines: 3.0,
            region_anchor: corner,
            viewport_anchor: corner,
            scroll: false,
        }
    }
}

impl Region {
    /// Reads the lines of a region's block.
    pub fn of(text: &str) -> Self {
        let mut region = Self::default();
        let anchor = |value: &str| {
            let (x, y) = value.split_once(',')?;
            Some((percentage(x)?, percentage(y)?))
        };
        for (name, value) in pairs(text) {
            match name {
                "id" => value.clone_into(&mut region.id),
                "width" => region.width = percentage(value).unwrap_or(region.width),
                "lines" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                    region.lines = value.parse().unwrap_or(region.lines);
                }
                "regionanchor" => region.region_anchor = anchor(value).unwrap_or(region.region_anchor),
                "viewportanchor" => region.viewport_anchor = anchor(value).unwrap_or(region.viewport_anchor),
                "scroll" if value == "up" => region.scroll = true,
                _ => {}
            }
        }
        region
    }
}

/// `name:value`, between white space.
fn pairs(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let words = text.split([' ', '\t', '\n', '\u{c}', '\r']);
    words
        .filter_map(|word| word.split_once(':'))
        .filter(|(name, value)| !name.is_empty() && !value.is_empty())
}

fn one_of(value: &str, words: &[&'static str]) -> Option<&'static str> {
    words.iter().copied().find(|word| *word == value)
}

/// A line: its number, whether it is in percent, and how it is aligned.
fn line(value: &str) -> Option<(f64, bool, Option<&'static str>)> {
    let (number, align) = match value.split_once(',') {
        Some((number, align)) => (number, Some(one_of(align, &["start", "center", "end"])?)),
        None => (value, None),
    };
    if number.ends_with('%') {
        return Some((percentage(number)?, true, align));
    }
    let found = decimal(number.strip_prefix('-').unwrap_or(number))?;
    Some((if number.starts_with('-') { -found } else { found }, false, align))
}

fn percentage(value: &str) -> Option<f64> {
    decimal(value.strip_suffix('%')?).filter(|number| *number <= 100.0)
}

/// Digits, and perhaps a point and digits.
fn decimal(value: &str) -> Option<f64> {
    let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, part) = value.split_once('.').unwrap_or((value, "0"));
    let number: f64 = value.parse().ok().filter(|_| is_number(whole) && is_number(part))?;
    number.is_finite().then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_valid_is_set() {
        let found =
            Settings::of("line:5%,end line:x position:10%,center position:101% size:50% align:left x:", &[]);
        let expected = Settings {
            line: Some(5.0),
            snap_to_lines: false,
            line_align: "end",
            position: Some(10.0),
            position_align: "center",
            size: 50.0,
            align: "left",
            ..Settings::default()
        };
        assert_eq!(found, expected);
        for text in
            ["line:1e2", "line:.5", "line:--1", "line:%", "size:1", "align:middle", "vertical:x", ":", "a:"]
        {
            assert_eq!(Settings::of(text, &[]), Settings::default(), "{text}");
        }
    }

    #[test]
    fn a_cue_is_in_a_region_that_there_is() {
        let regions = [Region::of("id:a width:40%\nlines:2 scroll:up regionanchor:1%,2%")];
        assert_eq!(
            (regions[0].lines, regions[0].width, regions[0].scroll, regions[0].region_anchor),
            (2.0, 40.0, true, (1.0, 2.0))
        );
        for (text, expected) in [("region:a", Some("a")), ("region:b", None), ("region:a line:1", None)] {
            assert_eq!(Settings::of(text, &regions).region.as_deref(), expected, "{text}");
        }
    }
}
