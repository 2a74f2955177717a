//! Whatever comes, every importer makes a record of it or says what is wrong, and it is the same record however it comes.

#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test")]

mod feed;
mod texts;

use feed::Feeder;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use shilu::choice::Format;
use shilu::format::{Broken, Forced, Patience, read_bytes, write_json};
use shilu::transcript::Transcript;
use texts::any_text;

fn sample(format: Format) -> String {
    let path = format!("{}/tests/samples/{}", env!("CARGO_MANIFEST_DIR"), format.name());
    std::fs::read_to_string(path).unwrap_or_default()
}

fn forced(format: Format) -> Forced {
    Forced { format: Some(format), encoding: Some(encoding_rs::UTF_8), ..Forced::default() }
}

/// A record as JSON, once it was looked at: ranges that fall between characters, times in their order.
fn told(transcript: &Transcript) -> String {
    for id in transcript.ids() {
        let post = transcript.post(id);
        assert!(post.start.zip(post.end).is_none_or(|(start, end)| start <= end), "{post:?}");
        assert!(post.speaker.index() < transcript.speakers().len());
        let _ = transcript.body(id);
    }
    let mut json = Vec::new();
    write_json(transcript, &mut json).unwrap();
    String::from_utf8(json).unwrap()
}

/// What is read of these bytes as that format: a record, or a sentence.
fn read(bytes: &[u8], format: Format) -> Result<String, String> {
    match read_bytes(bytes, forced(format)) {
        Ok((transcript, _)) => Ok(told(&transcript)),
        Err(Broken::Text(error)) => Err(format!("{error:?}")),
        Err(Broken::Input(error)) => Err(error.to_string()),
    }
}

/// The same in pieces that end at these places.
fn read_in_pieces(bytes: &[u8], cuts: &[Index], format: Format) -> Result<String, String> {
    let mut places: Vec<_> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
    places.push(bytes.len());
    places.sort_unstable();
    let (mut feeder, mut transcript) = (Feeder::new(forced(format), Patience::None), Transcript::default());
    let mut from = 0;
    for to in places {
        feeder.feed(&bytes[from..to], &mut transcript).map_err(|error| format!("{error:?}"))?;
        from = to;
    }
    feeder.finish(&mut transcript).map_err(|error| format!("{error:?}"))?;
    Ok(told(&transcript))
}

/// Something like a text of that format: pieces of its sample, in disorder, and other things between them.
fn likeness(format: Format) -> impl Strategy<Value = String> {
    let text = sample(format);
    let lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    let words: Vec<String> =
        text.split_inclusive(|ch: char| !ch.is_alphanumeric()).map(str::to_owned).collect();
    let whole = Just(text).boxed();
    let piece = prop_oneof![
        6 => select(if lines.is_empty() { vec![String::new()] } else { lines }),
        3 => select(if words.is_empty() { vec![String::new()] } else { words }),
        1 => any_text(3),
        1 => select(vec!["\n", "\r\n", "\r", "\n\n", "\"", "{", "[", "]", "}", "<", ">", ":", "：", "-->", "99999999999:99", "-1", "1e400", "\u{0}"]).prop_map(str::to_owned),
    ];
    let pieces = prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat());
    let around = (whole, pieces.clone()).prop_map(|(whole, more)| whole + &more);
    prop_oneof![2 => pieces, 1 => around]
}

fn any_format() -> impl Strategy<Value = (Format, String)> {
    select(Format::ALL.to_vec()).prop_flat_map(|format| (Just(format), likeness(format)))
}

fn config() -> ProptestConfig {
    ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_bytes_are_a_record_or_a_sentence(format in select(Format::ALL.to_vec()), bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&bytes, format);
    }

    #[test]
    fn a_text_is_the_same_record_however_it_is_cut(
        (format, text) in any_format(),
        cuts in prop::collection::vec(any::<Index>(), 0..6),
    ) {
        let whole = read(text.as_bytes(), format);
        let cut = read_in_pieces(text.as_bytes(), &cuts, format);
        // What is wrong may be told in other words, as less was there to be looked at.
        prop_assert!(whole == cut || whole.is_err() && cut.is_err(), "{}\n{whole:?}\n{cut:?}", format.name());
    }

    #[test]
    fn what_was_told_to_be_a_format_is_read_as_it((_, text) in any_format()) {
        if let Ok((transcript, facts)) = read_bytes(text.as_bytes(), Forced::default()) {
            let detection = facts.detection.unwrap();
            prop_assert_ne!(detection.runner_up, Some(detection.format));
            told(&transcript);
        }
    }
}

#[test]
fn a_sample_that_breaks_off_anywhere_is_read_up_to_there() {
    for format in Format::ALL {
        let sample = sample(format).into_bytes();
        for end in 0..=sample.len() {
            let read = read(&sample[..end], format);
            assert!(read.is_ok() || format == Format::Shilu, "{} cut at {end}: {read:?}", format.name());
        }
    }
}

/// Sizes and depths that would take a careless reader all memory, all of the stack, or all day.
#[test]
fn no_importer_falls_to_depth_or_size() {
    let size = 2_000_000;
    for format in Format::ALL {
        for bomb in [
            "[",
            "{\"a\":",
            "<a>",
            "<",
            "&",
            "&amp;",
            "x",
            "\"",
            "\\",
            "\n",
            "00:00 --> ",
            "**",
            "[00:00]",
            "问：",
            "\r",
            "1\n",
            "甲：\n",
            "{\\",
            "(",
            "\u{301}",
        ] {
            let text = bomb.repeat(size / bomb.len());
            let _ = read(text.as_bytes(), format);
            let head = sample(format);
            let _ = read(format!("{head}{text}").as_bytes(), format);
        }
    }
}
