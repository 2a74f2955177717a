//! shilu (实录, "verbatim record") reads transcripts in a terminal and replays them at their original timing.
//!
//! # The map
//! Floors; an import goes down or stays on its floor, and there is no circle (`tests/architecture.rs`).
//! ```text
//! 6  main                  the door: arguments in, exit code out
//! 5  command               one file a subcommand: view, play, print, grep, info, check, export, manual
//!    terminal              the shell of the reader: screen, output, film, events, probe, signals; the only clock
//! 4  view                  draw(buffer, &App): bar, tracks, reading, status, help, overlay, theme
//! 3  app                   App: key(key, now) -> Effect; the only mutable state
//! 2  format                one file a wire format, both directions; detection; encodings
//!    replay                schedule and clock       layout   rows, pages, axis, lanes, panes
//!    keymap                the one table of keys     check    irregularities of a record
//!    store                 corrections on the disk   evidence what a derivation rests on, in words
//!    query                 places, patterns, searches
//!    config                settings, keys and themes of the user: one file, one table
//! 1  transcript            the model                structure  roles, names, turns, exchanges, sessions
//!    text                  ruler, knife, safety     marks      bookmarks, notes, tags
//!    action, choice, cli, lang, when: shared words
//! ```
//!
//! # The flow of data
//! ```text
//! bytes --format::Intake--> pieces of text --format::Index--> batches of posts     (two threads for a file)
//!
//! batches ----------> Transcript --replay::Schedule--> show times
//!                     |    |                             |
//!                 structure +--layout(width)--> rows     +--replay::Clock(now)--> revealed
//! keys --keymap--> Action --app::App::act--> App --view::draw(&App)--> rows --terminal::output--> bytes
//! ```
//! One path end to end: `command::loader` gives a file to [`format::Intake`], which makes pieces of valid text of it,
//! and [`format::Index`] finds the posts in them and hands over a [`transcript::Batch`].
//! [`app::App::take_in`] lets the [`transcript::Transcript`] grow by it and extends the
//! [`structure::Structure`] and the [`replay::Schedule`]. A pipe and a file that is followed go the same way:
//! `command::follower` waits until there is more of it or another one stands in its place, and
//! [`format::Parser::settle`] lets a line be shown before its end has come. A key becomes a [`keymap::Key`], the keymap turns it into
//! an [`action::Action`], [`app::App`] acts on it and cuts the rows of the page. [`view::draw`] says
//! with which strokes each row of the screen is painted; rows that stand there already are not painted again.
//! `terminal` sleeps until the next message or the next deadline of the clock.
//!
//! # What stays small
//! A record may have a gigabyte and millions of posts. Posts are packed columns of some nine bytes a post
//! ([`transcript::Packed`]); bodies are ranges of the file, read by position when they are shown
//! ([`transcript::Source`]); the structure keeps tallies by groups of posts, the schedule one mark a page of posts. No
//! frame walks all posts: rows are cut round the anchor, columns of the timeline are found by binary search.
//!
//! # Glossary
//! - **post** 发言: one dated block by one speaker; the unit of navigation. **turn** 话轮: consecutive posts by
//!   one speaker. **exchange** 问答: a host's question and the answers. **session** 场次: posts between long breaks.
//! - **label**, byline 署名: who posts, exactly as printed; name, title (office 职务) and role are derived and never
//!   replace it. **person**: a speaker with all bylines that count as one; has the id of the first of them.
//! - **caption** 图说: a line of the admin that names a guest. **chapter** 章: a part that somebody has marked.
//!   **correction** 更正: what a reader says of a byline or a chapter, kept beside the record.
//! - **gap** 静默: time between two posts. **show time** 播出时刻: when a post appears in a replay, 0 at the
//!   start. **revealed**: how many posts the replay has shown; finished reading is all of them.
//! - **breakpoint** 断点: where a running replay stops by itself. **repeat** 循环: a range of posts that is played again and
//!   again. **live** 直播: of a record that is read as it grows; its edge is where posts are shown as they come.
//! - **filter** 过滤: a query; only posts that all filters let through are shown, with some context. What is left out, by
//!   filters or by mute, is told in **thin lines**, which can be opened.
//! - **anchor**: a reading position that names text, never a screen row. **row**: one screen line of a post.
//!   **cell**: one terminal column. **lane** 轨: one speaker's row in the timeline.

pub mod action;
pub mod app;
pub mod check;
pub mod choice;
pub mod cli;
pub mod command;
pub mod config;
pub mod evidence;
pub mod format;
pub mod keymap;
pub mod lang;
pub mod layout;
pub mod marks;
pub mod query;
pub mod replay;
pub mod store;
pub mod structure;
pub mod terminal;
pub mod text;
pub mod transcript;
pub mod view;
pub mod when;
