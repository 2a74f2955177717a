//! Copying and exporting under the keys.

use super::state::App;
use super::takeaway::{Errand, ExportOrder, Exported};
use crate::action::{Action, Mode, PromptKind};
use crate::choice::{ExportFormat, QuoteForm};
use crate::format::{Record, quotation};
use crate::transcript::{Kind, PostId};
use std::ops::RangeInclusive;
use std::time::Duration;
use tui_input::Input;

/// No more bytes are made a quotation.
const MOST: usize = 4 << 20;

/// So many posts are written before one wonders what goes on.
const SOON: usize = 5000;

impl App {
    pub(super) fn act_on_taking(&mut self, action: Action, _now: Duration) -> bool {
        match action {
            Action::Copy => {
                let posts = match self.range() {
                    Some(_) => self.taken().collect(),
                    None => vec![self.reader.focus],
                };
                if self.copy(&posts) {
                    self.kept.takeaway.from = None;
                }
            }
            Action::CopyExchange => match self.exchange_posts() {
                Some(posts) => {
                    self.copy(&posts);
                }
                None => self.say(self.lang.words().keep.no_exchange),
            },
            Action::Select => self.toggle_range(),
            Action::CycleCopyForm => {
                self.kept.takeaway.form = self.kept.takeaway.form.next();
                let (word, form) =
                    (self.lang.words().keep.form, self.lang.quote_form(self.kept.takeaway.form));
                self.message = Some(format!("{word}: {form}"));
            }
            Action::Export => self.ask_for_file(),
            _ => return false,
        }
        true
    }

    /// The first and the last post of the range that is being marked.
    pub fn range(&self) -> Option<RangeInclusive<PostId>> {
        let (from, focus) = (self.kept.takeaway.from?, self.reader.focus);
        Some(from.min(focus)..=from.max(focus))
    }

    /// The posts that are taken away: those of the range, else all; of them those that are shown.
    pub fn taken(&self) -> impl Iterator<Item = PostId> {
        let range =
            self.range().map_or(0..self.revealed, |range| range.start().index()..range.end().number());
        self.shown_posts()
            .skip_while(move |id| id.index() < range.start)
            .take_while(move |id| id.index() < range.end)
    }

    /// What the shell is to do, once.
    pub fn take_errand(&mut self) -> Option<Errand> {
        self.kept.takeaway.errand.take()
    }

    /// Says that a file is being written, where that takes a while; whether it does.
    pub fn announce(&mut self, order: &ExportOrder) -> bool {
        let is_long = order.posts.len() > SOON;
        if is_long {
            let posts = self.lang.posts(order.posts.len());
            let word = self.lang.words().keep.exporting;
            self.message = Some(format!("{word} {posts}: {}…", order.name));
        }
        is_long
    }

    /// Takes in what became of a file. Where there is one already it is asked once more.
    pub fn conclude(&mut self, order: &ExportOrder, exported: Exported) {
        self.message = Some(match exported {
            Exported::Written(said) => {
                self.kept.takeaway.from = None;
                said
            }
            Exported::Failed(why) => why,
            Exported::Exists => {
                self.kept.takeaway.asked = Some(order.name.clone());
                self.open_prompt(PromptKind::Export);
                self.input = Input::new(order.name.clone());
                self.with_keys(self.lang.words().keep.exists)
            }
        });
    }

    /// Begins a range at the post in focus, or gives it up.
    fn toggle_range(&mut self) {
        if self.end_range() {
            return;
        }
        self.kept.takeaway.from = Some(self.reader.focus);
        let [from, how] = self.lang.words().keep.range.map(|words| self.with_keys(words));
        self.message = Some(format!("{from} #{} · {how}", self.reader.focus.number()));
    }

    /// Gives up a range; says whether there was one.
    pub(super) fn end_range(&mut self) -> bool {
        let was = self.kept.takeaway.from.take().is_some();
        if was {
            self.say(self.lang.words().keep.no_range);
        }
        was
    }

    /// The question and the answers around the post in focus, as far as they are revealed.
    fn exchange_posts(&self) -> Option<Vec<PostId>> {
        let number = self.structure.exchange_of(self.reader.focus)?;
        let exchange = self.structure.exchange(&self.transcript, number - 1)?;
        let end = exchange.answers.last()?.number().min(self.revealed);
        let is_told =
            |&id: &PostId| matches!(self.structure.kind(&self.transcript, id), Kind::Question | Kind::Answer);
        Some((exchange.question.index()..end).map(PostId::new).filter(is_told).collect())
    }

    /// Hands a quotation to the shell; says whether it could be made.
    fn copy(&mut self, posts: &[PostId]) -> bool {
        let (Some(first), Some(last)) = (posts.first(), posts.last()) else {
            self.say(self.lang.words().keep.nothing);
            return false;
        };
        if posts.iter().map(|&id| self.transcript.body_range(id).len()).sum::<usize>() > MOST {
            self.say(self.lang.words().keep.too_large);
            return false;
        }
        let record = Record {
            transcript: &self.transcript,
            structure: &self.structure,
            posts,
            marks: &self.kept.marks,
            name: &self.source.name,
            lang: self.lang,
        };
        let quoted = quotation(record, self.kept.takeaway.form);
        let (lang, form) = (self.lang, self.kept.takeaway.form);
        let mut facts = vec![lang.chars(quoted.chars)];
        let what = if first == last {
            format!("#{}", first.number())
        } else {
            facts.insert(0, lang.posts(posts.len()));
            format!("#{}–#{}", first.number(), last.number())
        };
        facts.extend((form != QuoteForm::Plain).then(|| lang.quote_form(form).to_owned()));
        let said = format!("{} {what} ({})", lang.words().keep.copied, facts.join(lang.pick(",", ", ")));
        self.kept.takeaway.errand = Some(Errand::Copy { text: quoted.text, said });
        true
    }

    /// Asks for the name of a file, and proposes one.
    fn ask_for_file(&mut self) {
        self.kept.takeaway.count = self.taken().count();
        if self.kept.takeaway.count == 0 {
            return self.say(self.lang.words().keep.nothing);
        }
        self.kept.takeaway.asked = None;
        self.open_prompt(PromptKind::Export);
        let name = self.source.name.replace('/', "_");
        self.input = Input::new(format!("{}.md", if name.is_empty() { "shilu" } else { &name }));
    }

    pub(super) fn accept_export(&mut self) {
        let name = self.input.value().trim().to_owned();
        if name.is_empty() {
            return;
        }
        let Some(format) = ExportFormat::of_file(&name) else {
            let endings = ExportFormat::DOCUMENTS.map(|(ending, _)| ending).join(" ");
            self.message = Some(format!("{} {endings}", self.lang.words().keep.no_format));
            self.mode = Mode::Prompt;
            return;
        };
        let over = self.kept.takeaway.asked.take().is_some_and(|asked| asked == name);
        let posts = self.taken().collect();
        self.kept.takeaway.errand = Some(Errand::Export(ExportOrder { name, format, posts, over }));
    }
}
