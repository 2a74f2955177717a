//! The text of a `WebVTT` cue (W3C `WebVTT`, sections 6.4 and 6.5): tokens, and the tree that is built of them.

use super::entities::decoded;
use super::vtt_time;

/// A node of the tree. The tree is a list in the order of the text, in which each node says how deep it lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// How many spans it lies in.
    pub depth: usize,
    /// What it is.
    pub leaf: Leaf,
}

/// What stands in a cue's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leaf {
    /// Words.
    Text(String),
    /// When what follows is said, in milliseconds.
    Time(i64),
    /// A span; what lies in it follows, deeper.
    Span(Span),
}

/// A span of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Which.
    pub tag: Tag,
    /// Its classes.
    pub classes: Vec<String>,
    /// Who speaks, in a voice span; a tag of BCP 47, in a language span.
    pub annotation: String,
}

/// The tags of spans.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tag {
    /// `<c>`
    Class,
    /// `<i>`
    Italic,
    /// `<b>`
    Bold,
    /// `<u>`
    Underline,
    /// `<ruby>`
    Ruby,
    /// `<rt>`
    RubyText,
    /// `<v>`
    Voice,
    /// `<lang>`
    Language,
}

impl Tag {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "c" => Self::Class,
            "i" => Self::Italic,
            "b" => Self::Bold,
            "u" => Self::Underline,
            "ruby" => Self::Ruby,
            "rt" => Self::RubyText,
            "v" => Self::Voice,
            "lang" => Self::Language,
            _ => return None,
        })
    }
}

/// Builds the tree of a cue's text.
pub fn parse(text: &str) -> Vec<Node> {
    let mut tree = Vec::new();
    let mut open: Vec<Tag> = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (words, tagged) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
        if !words.is_empty() {
            tree.push(Node { depth: open.len(), leaf: Leaf::Text(decoded(words).into_owned()) });
        }
        let Some(tagged) = tagged.strip_prefix('<') else { break };
        let (inside, behind) = tagged.split_once('>').unwrap_or((tagged, ""));
        rest = behind;
        if let Some(name) = inside.strip_prefix('/') {
            close(name, &mut open);
        } else if inside.starts_with(|ch: char| ch.is_ascii_digit()) {
            let time = vtt_time::parse(inside).filter(|(_, behind)| behind.is_empty());
            let node = |(ms, _)| Node { depth: open.len(), leaf: Leaf::Time(ms) };
            tree.extend(time.map(node));
        } else if let Some(span) = begin(inside, open.last().copied()) {
            let tag = span.tag;
            tree.push(Node { depth: open.len(), leaf: Leaf::Span(span) });
            open.push(tag);
        }
    }
    tree
}

fn close(name: &str, open: &mut Vec<Tag>) {
    let current = open.last().copied();
    if current.is_some() && current == Tag::named(name) {
        open.pop();
    } else if name == "ruby" && current == Some(Tag::RubyText) {
        // A text of a ruby lies in the ruby.
        open.truncate(open.len() - 2);
    }
}

/// A start tag: its name, classes behind points, and behind white space the annotation.
fn begin(inside: &str, current: Option<Tag>) -> Option<Span> {
    let (names, annotation) = inside.split_at(inside.find(is_white).unwrap_or(inside.len()));
    let mut names = names.split('.');
    let tag = Tag::named(names.next().unwrap_or_default())?;
    if tag == Tag::RubyText && current != Some(Tag::Ruby) {
        return None;
    }
    let classes = names.filter(|class| !class.is_empty()).map(str::to_owned).collect();
    let annotation = match tag {
        Tag::Voice | Tag::Language => annotated(annotation),
        _ => String::new(),
    };
    Some(Span { tag, classes, annotation })
}

fn annotated(text: &str) -> String {
    decoded(text).split(is_white).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

const fn is_white(ch: char) -> bool {
    matches!(ch, '\t' | '\n' | '\u{c}' | '\r' | ' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tree as one line.
    fn told(text: &str) -> String {
        let nodes = parse(text).into_iter().map(|Node { depth, leaf }| {
            let leaf = match leaf {
                Leaf::Text(text) => format!("{text:?}"),
                Leaf::Time(ms) => format!("{ms}"),
                Leaf::Span(Span { tag, classes, annotation }) => {
                    format!("{tag:?}({}|{annotation})", classes.join("."))
                }
            };
            format!("{depth}{leaf}")
        });
        nodes.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_tree_is_built_as_the_standard_says() {
        for (text, expected) in [
            ("灯 &amp; 塔", "0\"灯 & 塔\""),
            ("<v.loud  Ann\n Lee>Yes", "0Voice(loud|Ann Lee) 1\"Yes\""),
            ("<v R&amp;D>x</v>y", "0Voice(|R&D) 1\"x\" 0\"y\""),
            ("<ruby>汉<rt>hàn</ruby>字", "0Ruby(|) 1\"汉\" 1RubyText(|) 2\"hàn\" 0\"字\""),
            ("<rt>x</rt>", "0\"x\""),
            ("<b>x</i>y</b>z", "0Bold(|) 1\"x\" 1\"y\" 0\"z\""),
            ("a<00:01.500>b<0:1>c", "0\"a\" 01500 0\"b\" 0\"c\""),
            ("<lang zh-CN>x", "0Language(|zh-CN) 1\"x\""),
            ("<q>1 <", "0\"1 \""),
        ] {
            assert_eq!(told(text), expected, "{text}");
        }
    }

    #[test]
    fn a_million_tags_are_no_burden() {
        for tag in ["<", "<c>", "<c.a b", "</", "<1"] {
            let text = tag.repeat(1_000_000);
            assert!(parse(&text).len() <= 1_000_000, "{tag}");
        }
    }
}
