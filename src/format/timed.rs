//! Words with times: subtitles, lyrics, marks in a recording.

mod asciicast;
mod ass;
mod lrc;
mod sbv;
mod srt;
mod ttml;
mod vtt;

pub use asciicast::Asciicast;
pub use ass::Ass;
pub use lrc::Lrc;
pub use sbv::Sbv;
pub use srt::Srt;
pub use ttml::Ttml;
pub use vtt::Vtt;
