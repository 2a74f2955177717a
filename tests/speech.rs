//! The dialects of the JSON of speech recognition, in our own words: what is told, and that nothing is taken for another's.

use shilu::choice::Format;
use shilu::format::{Forced, HEAD, read_bytes};

/// What a file is taken for, and its posts as `start speaker: text`.
fn told(text: &str) -> (Option<Format>, Vec<String>) {
    let (transcript, facts) = read_bytes(text.as_bytes(), Forced::default()).expect("a record");
    assert_eq!(facts.remarks.iter().count(), 0, "{text}");
    let post = |id| {
        let start = transcript.start(id).map_or_else(|| "-".to_owned(), |start| start.to_string());
        let label = &transcript.speaker(transcript.speaker_of(id)).label;
        format!("{start} {label}: {}", transcript.body(id).trim())
    };
    (facts.detection.map(|found| found.format), transcript.ids().map(post).collect())
}

fn are_read(format: Format, dialects: &[(&str, &[&str])]) {
    for (text, expected) in dialects {
        assert_eq!(
            told(text),
            (Some(format), expected.iter().map(|&post| post.to_owned()).collect()),
            "{text}"
        );
    }
}

#[test]
fn whisper_and_what_is_made_after_it() {
    are_read(
        Format::Whisper,
        &[
            (
                r#"{"text": " Hi. Ho.", "segments": [{"id": 0, "seek": 0, "start": 0.0, "end": 1.5, "text": " Hi."},
                {"start": 9.25, "end": 10, "text": " Ho."}], "language": "en"}"#,
                &["0 : Hi.", "9250 : Ho."],
            ),
            (
                r#"{"segments": [{"start": 0.5, "end": 2, "text": " 大家好", "words": [
                {"word": "大家", "start": 0.5, "end": 1, "speaker": "SPEAKER_01"}, {"word": "好", "speaker": "SPEAKER_01"}]},
                {"start": 2, "end": 3, "text": "Hello there", "speaker": "SPEAKER_00", "words": [{"word": "Hello"}]}],
                "word_segments": [{"word": "大家", "start": 0.5}]}"#,
                &["500 SPEAKER_01: 大家好", "2000 SPEAKER_00: Hello there"],
            ),
            (
                r#"{"task": "transcribe", "duration": 3, "text": "A b.", "segments": [
                {"type": "transcript.text.segment", "id": "s1", "start": 0, "end": 1, "text": " A b.", "speaker": "A"},
                {"start": 1, "end": 3, "text": "C", "speaker": "agent"}]}"#,
                &["0 Speaker A: A b.", "1000 agent: C"],
            ),
            (
                r#"{"task": "transcribe", "language": "english", "duration": 3, "text": "A b.", "words": [
                {"word": "A", "start": 0.1, "end": 0.2}, {"word": "b", "start": 5, "end": 6}]}"#,
                &["100 : A", "5000 : b"],
            ),
            (
                r#"{"speakers": [{"speaker": "SPEAKER_00", "timestamp": [0.0, 2.5], "text": " Yes."}],
                "chunks": [{"timestamp": [0.0, 2.5], "text": " Yes."}], "text": " Yes."}"#,
                &["0 SPEAKER_00: Yes."],
            ),
            (
                r#"{"text": " Yes.", "chunks": [{"timestamp": [1.5, null], "text": " Yes."}]}"#,
                &["1500 : Yes."],
            ),
            (
                r#"[{"text": "one", "start": 0.0, "duration": 1.5}, {"text": "two", "start": 1.5, "duration": 3.0}]"#,
                &["0 : one two"],
            ),
            (
                r#"{"language_code": "zh", "language_probability": 1.0, "text": "好，OK.", "words": [
                {"text": "好，", "start": 0.1, "end": 0.3, "type": "word", "speaker_id": "speaker_0"},
                {"text": " ", "type": "spacing", "speaker_id": "speaker_0"},
                {"text": "OK.", "start": 0.4, "end": 0.5, "type": "word", "speaker_id": "speaker_1"}]}"#,
                &["100 speaker_0: 好，", "400 speaker_1: OK."],
            ),
            (r#"{"text": "Only this.\nAnd that."}"#, &["- : Only this.", "- : And that."]),
        ],
    );
}

#[test]
fn whisper_is_told_where_its_text_is_longer_than_what_is_looked_at() {
    let sentence = "一句不短的话。And some words. ";
    let long = sentence.repeat(HEAD / sentence.len() + 100);
    let text =
        format!("{{\"text\": \"{long}\", \"segments\": [{{\"start\": 0, \"end\": 1, \"text\": \" x\"}}]}}");
    assert_eq!(told(&text), (Some(Format::Whisper), vec!["0 : x".to_owned()]));
}

#[test]
fn whisper_cpp_with_parts_of_words_turns_and_channels() {
    let part = |text: &str, at: i64, more: &str| {
        let to = at + 10;
        format!("{{\"offsets\": {{\"from\": {at}, \"to\": {to}}}, \"text\": \"{text}\"{more}}}")
    };
    let parts = [
        part(" An", 0, ""),
        part(" ex", 10, ""),
        part("ample", 20, ""),
        part(".", 30, ", \"speaker_turn_next\": true"),
        part(" Right", 40, ""),
        part(" here", 50, ", \"speaker\": \"1\""),
    ];
    let text = format!("{{\"result\": {{\"language\": \"en\"}}, \"transcription\": [{}]}}", parts.join(","));
    are_read(Format::WhisperCpp, &[(&text, &["0 : An example.", "40 : Right", "50 Speaker 1: here"])]);
}

#[test]
fn deepgram_with_channels_without_words_and_live() {
    are_read(
        Format::Deepgram,
        &[
            (
                r#"{"results": {"channels": [
                {"alternatives": [{"transcript": "so it is", "words": [{"word": "so", "start": 0.5, "end": 0.7}, {"word": "it", "start": 0.7},
                {"word": "is", "start": 3.5}]}, {"transcript": "sew", "words": [{"word": "sew", "start": 0.5}]}]},
                {"alternatives": [{"transcript": "yes", "words": [{"word": "yes", "start": 1.5, "speaker": 2}]}]}]}}"#,
                &["500 Channel 0: so it", "1500 Channel 1 Speaker 2: yes", "3500 Channel 0: is"],
            ),
            (
                r#"{"results": {"channels": [{"alternatives": [{"transcript": "Only text."}, {"transcript": "Lonely"}]}]}}"#,
                &["- : Only text."],
            ),
            (
                r#"{"results": {"channels": [], "utterances": [{"start": 1, "end": 2, "channel": 0, "transcript": "Told once.", "speaker": 0}]}}"#,
                &["1000 Speaker 0: Told once."],
            ),
            (
                "{\"type\": \"Results\", \"channel_index\": [0, 1], \"is_final\": false, \"channel\": {\"alternatives\": [{\"transcript\": \"on\", \"words\": [{\"word\": \"on\", \"start\": 0.1}]}]}}\n\
                {\"type\": \"Results\", \"channel_index\": [0, 1], \"is_final\": true, \"channel\": {\"alternatives\": [{\"transcript\": \"once\", \"words\": [{\"word\": \"once\", \"start\": 0.1}]}]}}\n",
                &["100 : once"],
            ),
        ],
    );
}

#[test]
fn assemblyai_with_and_without_utterances() {
    are_read(
        Format::AssemblyAi,
        &[
            (
                r#"{"audio_url": "x", "status": "completed", "text": "Only text.", "words": null}"#,
                &["- : Only text."],
            ),
            (
                r#"{"id": "x", "utterances": [{"speaker": "A", "text": "One.", "start": 5, "end": 9}, {"speaker": "A", "text": "Two.", "start": 10, "end": 19}]}"#,
                &["5 Speaker A: One.", "10 Speaker A: Two."],
            ),
            (
                r#"{"sentences": [{"text": "One.", "start": 5, "end": 9, "speaker": "李", "words": [{"text": "One.", "start": 5, "end": 9, "confidence": 1, "speaker": "李"}]}]}"#,
                &["5 李: One."],
            ),
        ],
    );
}

#[test]
fn amazon_with_labels_of_each_kind() {
    let item = |start: &str, content: &str, more: &str| {
        format!(
            "{{\"type\": \"pronunciation\", \"start_time\": \"{start}\", \"end_time\": \"{start}\", \"alternatives\": [{{\"content\": \"{content}\"}}]{more}}}"
        )
    };
    let stop = "{\"type\": \"punctuation\", \"alternatives\": [{\"content\": \".\"}]}";
    let by_item = format!(
        "{{\"results\": {{\"items\": [{}, {}, {stop}]}}}}",
        item("0.5", "One", ", \"speaker_label\": \"spk_0\""),
        item("0.9", "two", ", \"speaker_label\": \"spk_1\"")
    );
    let by_channel = format!(
        "{{\"results\": {{\"channel_labels\": {{\"channels\": [{{\"channel_label\": \"ch_0\", \"items\": [{}, {stop}]}}, {{\"items\": [{}]}}]}}, \"items\": [{}, {}]}}}}",
        item("0.5", "One", ", \"channel_label\": \"ch_0\""),
        item("0.4", "two", ""),
        item("0.4", "two", ""),
        item("0.5", "One", "")
    );
    are_read(
        Format::Aws,
        &[
            (&by_item, &["500 spk_0: One", "900 spk_1: two."]),
            (&by_channel, &["400 ch_1: two", "500 ch_0: One."]),
            (
                r#"{"results": {"transcripts": [{"transcript": "Only text."}], "items": []}}"#,
                &["- : Only text."],
            ),
            (
                r#"{"Transcript": [{"ParticipantRole": "AGENT", "Content": "Hi.", "BeginOffsetMillis": 10, "EndOffsetMillis": 90},
                {"ParticipantRole": "CUSTOMER", "Content": "Ho.", "BeginOffsetMillis": 95, "EndOffsetMillis": 99}]}"#,
                &["10 AGENT: Hi.", "95 CUSTOMER: Ho."],
            ),
        ],
    );
}

#[test]
fn google_of_both_versions_and_without_words() {
    are_read(
        Format::Google,
        &[
            (
                r#"{"done": true, "response": {"results": [{"alternatives": [{"transcript": "one"}, {"transcript": "won"}], "resultEndTime": "1.5s"},
                {"alternatives": [{"transcript": " two"}], "resultEndTime": "4s"}]}}"#,
                &["- : one two"],
            ),
            (
                r#"{"results": [{"alternatives": [{"transcript": "one two", "words": [
                {"startOffset": "0.5s", "endOffset": "1s", "word": "one", "speakerLabel": "1"},
                {"startOffset": "1s", "endOffset": "2s", "word": "two", "speakerLabel": "2"}]}], "resultEndOffset": "2s", "languageCode": "en-US"}]}"#,
                &["500 Speaker 1: one", "1000 Speaker 2: two"],
            ),
            (
                r#"{"results": [{"alternatives": [{"words": [{"start_time": {"seconds": "1", "nanos": 500000000}, "word": "one", "speaker_tag": 0}]}]}]}"#,
                &["1500 : one"],
            ),
        ],
    );
}

#[test]
fn azure_batch_fast_and_old() {
    are_read(
        Format::Azure,
        &[
            (
                r#"{"durationMilliseconds": 900, "combinedPhrases": [{"text": "好。 Hi."}], "phrases": [
                {"channel": 0, "offsetMilliseconds": 40, "durationMilliseconds": 300, "text": "好。", "locale": "zh-CN"},
                {"channel": 1, "speaker": 1, "offsetMilliseconds": 50, "durationMilliseconds": 300, "text": "Hi."}]}"#,
                &["40 Channel 0: 好。", "50 Channel 1 Speaker 1: Hi."],
            ),
            (
                r#"{"combinedPhrases": [{"text": "Hi."}], "phrases": [{"offset": 40, "duration": 300, "text": "Hi."}]}"#,
                &["40 : Hi."],
            ),
            (
                r#"{"AudioFileResults": [{"AudioFileName": "a.wav", "SegmentResults": [{"RecognitionStatus": "Success", "ChannelNumber": null,
                "SpeakerId": null, "Offset": 3000000, "Duration": 100000, "NBest": [{"Display": "Hi."}]}]}]}"#,
                &["300 : Hi."],
            ),
            (
                r#"{"combinedRecognizedPhrases": [{"channel": 0, "display": "Only text."}], "recognizedPhrases": []}"#,
                &["- : Only text."],
            ),
        ],
    );
}

#[test]
fn any_cut_is_read_without_harm() {
    for name in ["podcast", "whisper", "whisper-cpp", "deepgram", "assemblyai", "aws", "google", "azure"] {
        let path = format!("{}/tests/samples/{name}", env!("CARGO_MANIFEST_DIR"));
        let sample = std::fs::read_to_string(path).expect("a sample");
        for end in (0..sample.len()).filter(|&end| sample.is_char_boundary(end)) {
            let cut = sample.get(..end).unwrap_or_default();
            let format = Format::ALL.into_iter().find(|format| format.name() == name);
            let read = read_bytes(cut.as_bytes(), Forced { format, ..Forced::default() });
            assert!(read.is_ok(), "{name} cut at {end}");
        }
    }
}
