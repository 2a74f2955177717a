//! Markup that players of `SubRip` obey, though no standard has it: a few tags of HTML, and `{\an8}` as in ASS.

use super::entities::decoded;

/// The tags; any other text in angle brackets is words.
const TAGS: [&str; 11] = ["b", "i", "u", "s", "font", "c", "v", "ruby", "rt", "span", "p"];

/// No tag is longer, in bytes.
const LONGEST: usize = 300;

/// A text without markup and with references decoded.
pub fn plain(text: &str) -> String {
    if !text.contains(['<', '{', '&']) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['<', '{']) {
        let (before, behind) = rest.split_at(at);
        out.push_str(before);
        let (written, next) = tag(behind).or_else(|| braces(behind)).unwrap_or_else(|| behind.split_at(1));
        out.push_str(written);
        rest = next;
    }
    out.push_str(rest);
    decoded(&out).into_owned()
}

/// A tag at the beginning: what stands for it, and what stands behind it.
fn tag(text: &str) -> Option<(&str, &str)> {
    let end = text.bytes().take(LONGEST).position(|byte| byte == b'>')?;
    let (inside, behind) = text.split_at(end);
    let name = inside.strip_prefix('<')?;
    let name = name
        .strip_prefix('/')
        .unwrap_or(name)
        .split([' ', '\t', '\n', '/', '.', '='])
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let behind = behind.strip_prefix('>')?;
    if name == "br" {
        return Some(("\n", behind));
    }
    (TAGS.contains(&name.as_str()) && inside.matches('<').count() == 1).then_some(("", behind))
}

/// `{\an8}`, or `{b}` and `{/b}`.
fn braces(text: &str) -> Option<(&str, &str)> {
    let end = text.bytes().take(LONGEST).position(|byte| byte == b'}')?;
    let (inside, behind) = text.split_at(end);
    let inside = inside.strip_prefix('{')?;
    let is_style = matches!(inside.trim_start_matches('/'), "b" | "i" | "u" | "s");
    (inside.starts_with('\\') || is_style).then_some(("", behind.strip_prefix('}')?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_goes_and_words_stay() {
        for (text, expected) in [
            ("<i>灯</i> <b>和塔", "灯 和塔"),
            ("<font color=\"#fff\">x</font><br/>y", "x\ny"),
            ("{\\an8}{i}x{/i} {y}", "x {y}"),
            ("a &lt;b&gt; &amp; c", "a <b> & c"),
            ("a <3 b < c > d <q> {", "a <3 b < c > d <q> {"),
            ("I <b>am", "I am"),
            ("< <i>x", "< x"),
        ] {
            assert_eq!(plain(text), expected, "{text}");
        }
    }

    #[test]
    fn a_million_brackets_take_no_time() {
        for mark in ["<", "{", "&", "<b", "{\\"] {
            let text = mark.repeat(1_000_000);
            assert_eq!(plain(&text), text);
        }
    }
}
