//! What the chats in JSON share: loose values, times, names, and the words of a message.

mod answered;
mod loose;
mod moment;
mod people;
mod words;

pub use answered::Answered;
pub use loose::{Loose, nothing, object};
pub use moment::{Moment, Zone, iso, unix_ms};
pub use people::People;
pub use words::{Words, base_name, length};

#[cfg(test)]
pub mod tests {
    use crate::format::{Facts, Forced, read_bytes};
    use crate::transcript::Transcript;

    /// A text as it is told by its content.
    pub fn read(text: &str) -> (Transcript, Facts) {
        read_bytes(text.as_bytes(), Forced::default()).unwrap()
    }

    /// Its posts: `1500 speech 王: 一 / 二`.
    pub fn told(text: &str) -> Vec<String> {
        let (transcript, _) = read(text);
        let post = |id| {
            let start = transcript.start(id).map(|ms| ms.to_string()).unwrap_or_default();
            let label = &transcript.speaker(transcript.speaker_of(id)).label;
            let kind = transcript.post(id).kind.name();
            format!("{start} {kind} {label}: {}", transcript.body(id).trim_end().replace('\n', " / "))
        };
        transcript.ids().map(post).collect()
    }
}
