//! Texts of timed formats, as the tests write down what was read of them.

use crate::format::parser::Wire;
use crate::transcript::{Draft, Kind, Remarks, Transcript};

/// Reads a text of a format.
pub fn read<W: Wire>(text: &str) -> (Transcript, Remarks) {
    let (mut parser, mut draft) = (W::parser(), Draft::default());
    parser.feed(text.as_bytes(), 0, &mut draft).expect("nothing is refused");
    parser.finish(&mut draft).expect("nothing is refused");
    let transcript = Transcript::from(draft.take());
    (transcript, draft.remarks)
}

/// The posts: `start-end label|text`, with `*` before what is no speech.
pub fn told<W: Wire>(text: &str) -> Vec<String> {
    let transcript = read::<W>(text).0;
    let time = |ms: Option<i64>| ms.map_or_else(String::new, |ms| ms.to_string());
    let line = |id| {
        let post = transcript.post(id);
        let kind = if post.kind == Kind::Speech { "" } else { "*" };
        let label = &transcript.speaker(post.speaker).label;
        format!("{kind}{}-{} {label}|{}", time(post.start), time(post.end), transcript.body(id).trim())
    };
    transcript.ids().map(line).collect()
}
