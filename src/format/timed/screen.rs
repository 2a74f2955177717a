//! What a terminal is told, as lines of text (ECMA-48): controls and escape sequences gone, lines that are written over as they
//! were at last. Programs that take the whole screen are left out.

/// A longer line is told in parts, in characters.
const LONGEST: usize = 4000;

/// The line that is written.
#[derive(Debug, Default)]
pub struct Screen {
    line: Vec<char>,
    column: usize,
    escape: Escape,
    parameters: String,
    /// The other screen is shown, on which programs draw.
    aside: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Escape {
    #[default]
    None,
    /// Behind ESC.
    Begun,
    /// One more character follows, such as that of a character set.
    Charset,
    /// A control sequence, up to its final byte.
    Sequence,
    /// A string for the terminal, up to BEL or ESC `\`.
    String,
    /// ESC within a string.
    StringEnd,
}

impl Screen {
    /// Takes output; gives back the lines that it ends.
    pub fn write(&mut self, data: &str) -> String {
        let mut out = String::new();
        for ch in data.chars() {
            let ends = matches!((self.escape, ch), (Escape::String, '\u{7}') | (Escape::StringEnd, '\\'));
            self.escape = match (self.escape, ch) {
                (Escape::None, '\u{1b}') => Escape::Begun,
                (Escape::None, _) => {
                    self.put(ch, &mut out);
                    Escape::None
                }
                (Escape::Begun, '[') => {
                    self.parameters.clear();
                    Escape::Sequence
                }
                (Escape::Begun, '(' | ')' | '*' | '+' | '#' | '%') => Escape::Charset,
                (Escape::Sequence, '\u{40}'..='\u{7e}') => {
                    self.sequence(ch, &mut out);
                    Escape::None
                }
                (Escape::Sequence, _) if self.parameters.len() < 64 => {
                    self.parameters.push(ch);
                    Escape::Sequence
                }
                (Escape::String | Escape::StringEnd, '\u{1b}') => Escape::StringEnd,
                (Escape::Begun, ']' | 'P' | '_' | '^' | 'X') | (Escape::String | Escape::StringEnd, _)
                    if !ends =>
                {
                    Escape::String
                }
                _ => Escape::None,
            };
        }
        out
    }

    /// The line that is not ended.
    pub fn finish(&mut self) -> String {
        let mut out = String::new();
        self.end_line(&mut out);
        out
    }

    fn put(&mut self, ch: char, out: &mut String) {
        match ch {
            _ if self.aside => {}
            '\n' => self.end_line(out),
            '\r' => self.column = 0,
            '\u{8}' => self.column = self.column.saturating_sub(1),
            '\t' => {
                let next = (self.column / 8 + 1) * 8;
                while self.column < next {
                    self.set(' ');
                }
            }
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => {}
            _ => {
                self.set(ch);
                if self.line.len() >= LONGEST {
                    self.end_line(out);
                }
            }
        }
    }

    fn set(&mut self, ch: char) {
        if self.column >= self.line.len() {
            self.line.resize(self.column, ' ');
            self.line.push(ch);
        } else {
            self.line[self.column] = ch;
        }
        self.column += 1;
    }

    fn end_line(&mut self, out: &mut String) {
        let line: String = self.line.drain(..).collect();
        out.push_str(line.trim_end());
        out.push('\n');
        self.column = 0;
    }

    fn sequence(&mut self, last: char, out: &mut String) {
        let number = self.parameters.parse::<usize>().ok();
        match last {
            'h' | 'l' if matches!(self.parameters.as_str(), "?1049" | "?1047" | "?47") => {
                if !self.line.is_empty() {
                    self.end_line(out);
                }
                self.aside = last == 'h';
            }
            'K' if number.unwrap_or(0) == 0 => self.line.truncate(self.column),
            'K' if number == Some(2) => self.line.clear(),
            'G' => self.column = number.unwrap_or(1).saturating_sub(1).min(LONGEST),
            'C' => self.column = (self.column + number.unwrap_or(1).max(1)).min(LONGEST),
            'D' => self.column = self.column.saturating_sub(number.unwrap_or(1).max(1)),
            'P' if self.column < self.line.len() => {
                let end = (self.column + number.unwrap_or(1)).min(self.line.len());
                self.line.drain(self.column..end);
            }
            // Elsewhere on the screen another line begins.
            'H' | 'f' | 'd' | 'A' | 'B' | 'J' if !self.line.is_empty() && last != 'J' => self.end_line(out),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn output_becomes_the_lines_that_one_reads() {
        for (data, expected) in [
            ("$ ls\r\na  b\r\n", "$ ls\na  b\n\n"),
            ("\u{1b}[1;32m灯\u{1b}[0m\u{1b}]0;title\u{7}塔\r\n", "灯塔\n\n"),
            ("10%\r20%\r100%\n", "100%\n\n"),
            ("lss\u{8}\u{1b}[K\n", "ls\n\n"),
            ("\u{1b}[?1049hvim\n\u{1b}[?1049lback", "back\n"),
            ("\u{1b}]8;;x\u{1b}\\link\u{1b}]8;;\u{1b}\\", "link\n"),
            ("\u{1b}(Bx\ty\u{1b}[5Gz", "x   z   y\n"),
            ("\u{1b}", "\n"),
        ] {
            let mut screen = Screen::default();
            let told = screen.write(data) + &screen.finish();
            assert_eq!(told, expected, "{data:?}");
        }
    }
}
