//! Texts of timed formats as the tests write down what was read of them.

use crate::choice::Format;
use crate::format::index::{Facts, Forced, read_bytes};
use crate::transcript::{Kind, Transcript};

/// Reads a text of a format.
pub fn read(format: Format, text: &str) -> (Transcript, Facts) {
    read_bytes(text.as_bytes(), Forced { format: Some(format), ..Forced::default() })
        .expect("nothing is refused")
}

/// The posts: `start-end label|text`, with `*` before what is no speech.
pub fn told(format: Format, text: &str) -> Vec<String> {
    let transcript = read(format, text).0;
    let time = |ms: Option<i64>| ms.map_or_else(String::new, |ms| ms.to_string());
    let line = |id| {
        let post = transcript.post(id);
        let kind = if post.kind == Kind::Speech { "" } else { "*" };
        let label = &transcript.speaker(post.speaker).label;
        format!("{kind}{}-{} {label}|{}", time(post.start), time(post.end), transcript.body(id).trim())
    };
    transcript.ids().map(line).collect()
}
