//! What programs write that recognise speech: segments and words, with times.

mod assemblyai;
mod aws;
mod azure;
mod deepgram;
mod google;
mod language;
mod podcast;
mod time;
mod utterances;
mod whisper;
mod whisper_cpp;

pub use assemblyai::AssemblyAi;
pub use aws::Aws;
pub use azure::Azure;
pub use deepgram::Deepgram;
pub use google::Google;
pub use podcast::Podcast;
pub use whisper::Whisper;
pub use whisper_cpp::WhisperCpp;
