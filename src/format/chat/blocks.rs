//! Chats whose messages stand in blocks: a header that says who and when, then lines of words.

use crate::format::by_line::Line;
use crate::transcript::{Draft, Kind, Post, SpeakerId};
use std::ops::Range;

/// A header whose words have not come.
#[derive(Debug, Clone, Copy)]
pub struct Header {
    /// When, in milliseconds.
    pub start: Option<i64>,
    /// Who.
    pub speaker: SpeakerId,
    /// Of what sort the post is.
    pub kind: Kind,
    /// Its line, from 1.
    pub number: u32,
    /// Where it ends in the source.
    pub end: usize,
}

/// The block that is read.
#[derive(Debug, Clone, Default)]
pub struct Blocks {
    pending: Option<Header>,
    after_blank: bool,
    /// Lines have come.
    has_begun: bool,
}

impl Blocks {
    /// Whether the line stands behind a blank one, or is the first. Takes note of the line.
    pub fn passes(&mut self, line: &Line) -> bool {
        let is_blank = line.text.trim().is_empty();
        let stood = std::mem::replace(&mut self.after_blank, is_blank);
        !std::mem::replace(&mut self.has_begun, true) || stood
    }

    /// Whether no words have come since the last header.
    pub const fn is_bare(&self) -> bool {
        self.pending.is_some()
    }

    /// Takes a header.
    pub fn header(&mut self, header: Header, out: &mut Draft) {
        self.close(out);
        self.pending = Some(header);
    }

    /// Takes a line of words by its place: the first of a post, or more of the last one.
    pub fn words(&mut self, body: Range<usize>, out: &mut Draft) {
        match self.pending.take() {
            Some(header) => push(header, body, out),
            None => out.extend_body(body.start, body.end),
        }
    }

    /// Takes a line of the service that stands by itself.
    pub fn service(&mut self, line: &Line, words: &str, start: Option<i64>, out: &mut Draft) {
        self.close(out);
        let speaker = out.intern("");
        let (number, end) = (line.number, line.place(words).end);
        let header = Header { start, speaker, kind: Kind::System, number, end };
        push(header, line.place(words), out);
    }

    /// Says that no more words come: a header without any is a post all the same.
    pub fn close(&mut self, out: &mut Draft) {
        if let Some(header) = self.pending.take() {
            push(header, header.end..header.end, out);
        }
    }
}

fn push(header: Header, body: Range<usize>, out: &mut Draft) {
    let Header { start, speaker, kind, number, .. } = header;
    out.push(Post { start, speaker, kind, body, line: Some(number), ..Post::default() });
}

/// What the services of Tencent write of people, at the end of a line.
const ENDS: [&str; 18] = [
    "撤回了一条消息",
    "撤回一条消息",
    "加入了群聊",
    "加入群聊",
    "加入本群",
    "退出了群聊",
    "退出本群",
    "移出了群聊",
    "移出本群",
    "现在可以开始聊天了",
    "以上是打招呼的内容",
    "以上是打招呼的消息",
    "已成为新群主",
    "已成为新的群主",
    "recalled a message",
    "joined the group chat",
    "joined group chat",
    "left the group chat",
];

/// Whether a line is one that `WeChat` or QQ writes itself.
pub fn is_of_service(line: &str) -> bool {
    let line = line.trim().trim_end_matches(['。', '.', '!', '！']);
    let is_quoted = line.starts_with(['"', '“', '「']);
    line.len() <= 400
        && (ENDS.iter().any(|end| line.ends_with(end))
            || line.contains("修改群名为“")
            || line.contains("修改群名为\"")
            || line.contains("加入了群聊，")
            || is_quoted && line.contains("拍了拍"))
}

/// Whether a text may be a name: at most 60 characters on one line.
pub fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().count() <= 60
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_service_writes_is_told_from_what_people_say() {
        for (line, expected) in [
            ("\"张三\"撤回了一条消息", true),
            ("“李四”通过扫描二维码加入了群聊", true),
            ("真核生物加入本群。", true),
            ("你已添加了张三，现在可以开始聊天了。", true),
            ("“小王”修改群名为“读书会”", true),
            ("\"小王\" 拍了拍 \"小李\"", true),
            ("我拍了拍他的肩膀", false),
            ("他加入了群聊以后没说话", false),
            ("", false),
        ] {
            assert_eq!(is_of_service(line), expected, "{line}");
        }
    }
}
