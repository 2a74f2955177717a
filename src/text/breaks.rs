//! Where a row may end: the break classes of Chinese composition (避头尾).
//!
//! A selection of UAX #14 with the tailorings of CLREQ's basic level: closing punctuation never begins a
//! row, opening punctuation never ends one, `——` and `……` hold together, a number keeps its sign and
//! its unit, and ASCII punctuation behind an East Asian character behaves as full-width punctuation does.

use super::width::is_wide_char;

/// What a cluster does at the end or beginning of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Breaks after it; vanishes at the end of a row.
    Space,
    /// NBSP, word joiner: no break on either side.
    Glue,
    /// Opening bracket or quote.
    Open,
    /// Closing bracket or quote, stop, comma; `wide` when it is an East Asian one or follows one.
    Close {
        /// Whether the next character may begin a row.
        wide: bool,
    },
    /// `—` and `…`: as closing, and never parted from one another.
    Dash,
    /// Ideographs, kana, Hangul, emoji.
    Wide,
    /// `ー 々 っ · ～` and their like: may end a row, not begin one.
    NoStart,
    /// `￥ $ №`: keeps the number behind it.
    Prefix,
    /// `% ℃`: stays with what is before it.
    Postfix,
    /// A digit.
    Digit,
    /// A hyphen.
    Hyphen,
    /// Any other character of a word.
    Letter,
}

/// Reads a paragraph cluster by cluster and says where it may be broken.
#[derive(Debug, Clone, Default)]
pub struct Breaker {
    before: Option<Class>,
    before_spaces: Option<Class>,
    east_asian: bool,
    open_quote: bool,
}

impl Breaker {
    /// Takes the next cluster; true when a row may begin with it.
    pub fn allows_break_before(&mut self, cluster: &str) -> bool {
        let Some(first) = cluster.chars().next() else { return false };
        let class = self.classify(first);
        let allowed = self.before.is_some_and(|before| self.between(before, class));
        self.take(class, first);
        allowed
    }

    fn take(&mut self, class: Class, first: char) {
        let glued_to_open = class == Class::Glue && self.before_spaces == Some(Class::Open);
        if class != Class::Space && !glued_to_open {
            self.before_spaces = Some(class);
            self.east_asian = match class {
                Class::Wide | Class::NoStart => true,
                Class::Close { wide } => wide,
                _ => is_wide_char(first),
            };
        }
        self.before = Some(class);
    }

    fn classify(&mut self, first: char) -> Class {
        let after_word = matches!(self.before, Some(Class::Letter | Class::Digit));
        match first {
            '"' => {
                self.open_quote = !(self.open_quote || self.before == Some(Class::Digit));
                if self.open_quote { Class::Open } else { Class::Close { wide: self.east_asian } }
            }
            '\'' if matches!(self.before, None | Some(Class::Space | Class::Open)) => Class::Open,
            '’' | '\'' if after_word && !self.east_asian => Class::Close { wide: false },
            _ => class_of(first, self.east_asian),
        }
    }

    fn between(&self, before: Class, after: Class) -> bool {
        if matches!(after, Class::Space | Class::Glue | Class::Close { .. } | Class::Dash)
            || matches!(after, Class::NoStart | Class::Postfix)
            || self.before_spaces == Some(Class::Open)
        {
            return false;
        }
        let word = matches!(after, Class::Letter | Class::Digit | Class::Hyphen | Class::Prefix);
        match before {
            Class::Space | Class::Dash | Class::Wide | Class::NoStart => true,
            Class::Glue | Class::Open => false,
            Class::Prefix => !word,
            Class::Close { wide } => wide || !(word || after == Class::Open),
            Class::Hyphen => after == Class::Letter || !word,
            Class::Postfix | Class::Letter | Class::Digit => {
                !(word || after == Class::Open) || self.after_full(after)
            }
        }
    }

    /// A full-width bracket may be parted from the word before it; the ASCII one is `f(x)`.
    fn after_full(&self, after: Class) -> bool {
        after == Class::Open && self.east_asian
    }
}

/// Whether a row must not begin with the cluster.
pub fn is_closing(cluster: &str) -> bool {
    cluster
        .chars()
        .next()
        .is_some_and(|ch| matches!(class_of(ch, true), Class::Close { .. } | Class::Dash | Class::Postfix))
}

/// Whether a row must not end with the cluster.
pub fn is_opening(cluster: &str) -> bool {
    cluster.chars().next().is_some_and(|ch| class_of(ch, true) == Class::Open)
}

fn class_of(ch: char, east_asian: bool) -> Class {
    match ch {
        ' '
        | '\t'
        | '\u{1680}'
        | '\u{2000}'..='\u{2006}'
        | '\u{2008}'..='\u{200b}'
        | '\u{205f}'
        | '\u{3000}' => Class::Space,
        '\u{a0}' | '\u{2007}' | '\u{2011}' | '\u{202f}' | '\u{2060}' | '\u{feff}' => Class::Glue,
        '0'..='9' | '０'..='９' => Class::Digit,
        '(' | '[' | '{' | '“' | '‘' | '«' | '‹' | '（' | '［' | '｛' | '「' | '『' | '【' | '《' | '〈'
        | '〔' | '〖' | '〘' | '〚' | '｟' | '｢' | '〝' | '¡' | '¿' => Class::Open,
        ',' | '.' | ';' | ':' | '!' | '?' | ')' | ']' | '}' => Class::Close { wide: east_asian },
        '’'
        | '”'
        | '»'
        | '›'
        | '、'
        | '。'
        | '，'
        | '．'
        | '：'
        | '；'
        | '！'
        | '？'
        | '）'
        | '］'
        | '｝'
        | '」'
        | '』'
        | '】'
        | '》'
        | '〉'
        | '〕'
        | '〗'
        | '〙'
        | '〛'
        | '｠'
        | '｣'
        | '｡'
        | '､'
        | '〞'
        | '〟'
        | '‼'
        | '⁇'..='⁉'
        | '﹐'..='﹗' => Class::Close { wide: true },
        '—' | '―' | '⸺' | '⸻' | '…' | '‥' | '⋯' => Class::Dash,
        '%' | '％' | '‰' | '℃' | '℉' | '°' | '′' | '″' | '¢' | '￠' => Class::Postfix,
        '$' | '￥' | '¥' | '£' | '€' | '₩' | '№' | '＄' | '#' | '+' | '±' => Class::Prefix,
        '-' | '‐' | '–' => Class::Hyphen,
        '/' if !east_asian => Class::Letter,
        _ if is_no_start(ch) => Class::NoStart,
        _ if is_wide_char(ch) => Class::Wide,
        _ => Class::Letter,
    }
}

/// Characters that may not begin a row although they are no punctuation: JLREQ cl-09 to cl-11, CLREQ's connectors.
const fn is_no_start(ch: char) -> bool {
    matches!(
        ch,
        '·' | '・'
            | '･'
            | '‧'
            | '•'
            | '～'
            | '〜'
            | '－'
            | '／'
            | '/'
            | 'ー'
            | 'ｰ'
            | '々'
            | '〻'
            | 'ゝ'
            | 'ゞ'
            | 'ヽ'
            | 'ヾ'
            | 'ぁ'
            | 'ぃ'
            | 'ぅ'
            | 'ぇ'
            | 'ぉ'
            | 'っ'
            | 'ゃ'
            | 'ゅ'
            | 'ょ'
            | 'ゎ'
            | 'ゕ'
            | 'ゖ'
            | 'ァ'
            | 'ィ'
            | 'ゥ'
            | 'ェ'
            | 'ォ'
            | 'ッ'
            | 'ャ'
            | 'ュ'
            | 'ョ'
            | 'ヮ'
            | 'ヵ'
            | 'ヶ'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_segmentation::UnicodeSegmentation;

    /// The text with `|` where a row may end.
    fn marked(text: &str) -> String {
        let mut breaker = Breaker::default();
        let mut out = String::new();
        for cluster in text.graphemes(true) {
            if breaker.allows_break_before(cluster) {
                out.push('|');
            }
            out.push_str(cluster);
        }
        out
    }

    #[test]
    fn rows_end_where_chinese_typesetters_end_them() {
        for expected in [
            "质|量,|提|升。|好",
            "“质|量”——|“提|升”",
            "(甲)|乙",
            "《甲》、|《乙》",
            "增|长|91.6%,|下|降|8.84%",
            "字,|2018|年|08:21|开|始",
            "用|RFID|标|签",
            "3℃",
            "￥30|元",
            "他|说:|“好……”|走",
            "foo |bar, |baz",
            "don’t |stop",
            "f(x) |and |a,b",
            "甲 |乙",
            "甲\u{a0}乙",
            "well-|known |-5",
            "コ|ピーッ|ト",
            "阿|里·|买|买|提",
            "甲/|乙 |km/h",
            "他|说|\"甲\"|乙",
            "100%|的",
            "(1)|第|一",
            "甲|( 乙)",
        ] {
            let plain = expected.replace('|', "");
            assert_eq!(marked(&plain), expected);
        }
    }
}
