//! Words with times: subtitles, lyrics, marks in a recording.

mod asciicast;
mod ass;
mod clock;
mod entities;
mod lrc;
mod markup;
mod names;
mod prefixes;
mod rolling;
mod rows;
mod sbv;
mod screen;
mod sound;
mod srt;
mod stanzas;
mod ttml;
mod ttml_time;
mod vtt;
mod vtt_file;
mod vtt_settings;
mod vtt_text;
mod vtt_time;
pub mod webvtt;

pub use asciicast::Asciicast;
pub use ass::Ass;
pub use entities::decoded;
pub use lrc::Lrc;
pub use rows::between;
pub use sbv::Sbv;
pub use srt::Srt;
pub use ttml::Ttml;
pub use vtt::Vtt;

#[cfg(test)]
mod told;
