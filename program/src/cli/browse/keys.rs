//! What each key does, by where the keys go.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::areas::is_too_small;
use super::state::{Effect, Focus, State};
use crate::cli::texts;

impl State {
    /// Takes what the terminal tells: a key, a paste, another size.
    pub(super) fn handle(&mut self, event: Event) -> Option<Effect> {
        match event {
            Event::Key(key) if key.kind != KeyEventKind::Release => self.press(key),
            Event::Paste(text) => {
                self.message = None;
                self.type_text(&text)
            }
            Event::Resize(columns, lines) => {
                self.resize((columns, lines));
                None
            }
            _ => None,
        }
    }

    fn press(&mut self, key: KeyEvent) -> Option<Effect> {
        self.message = None;
        // Both together are AltGr, with which some keyboards type.
        let (control, alt) = (KeyModifiers::CONTROL, KeyModifiers::ALT);
        let is_control = key.modifiers.contains(control) && !key.modifiers.contains(alt);
        match key.code {
            KeyCode::Char('c' | 'q') if is_control => return Some(Effect::Leave),
            KeyCode::Char('l') if is_control => return Some(Effect::Redraw),
            KeyCode::Char('z') if is_control => return Some(Effect::Suspend),
            // What can't be seen should not be changed.
            _ if is_too_small(self.size) => return None,
            KeyCode::F(1) => {
                self.shows_keys = !self.shows_keys;
                return None;
            }
            _ if self.shows_keys => {
                self.shows_keys = false;
                return None;
            }
            _ => {}
        }
        // With Alt, keys are those of the terminal or of a window manager.
        if key.modifiers.contains(alt) && !key.modifiers.contains(control) {
            return None;
        }
        if key.code == KeyCode::Esc {
            self.stop_opening();
        }
        match self.focus {
            _ if self.reader.is_some() => self.press_in_reader(key.code, is_control),
            Focus::Query => self.press_in_query(key.code, is_control),
            Focus::Hits => self.press_in_hits(key.code, is_control),
            Focus::Facets => self.press_in_facets(key.code, is_control),
        }
    }

    fn press_in_query(&mut self, code: KeyCode, is_control: bool) -> Option<Effect> {
        let before = self.line.text().to_owned();
        match code {
            KeyCode::Char('a') if is_control => self.line.go_to_start(),
            KeyCode::Char('e') if is_control => self.line.go_to_end(),
            KeyCode::Char('w') if is_control => self.line.remove_word(),
            KeyCode::Char('u') if is_control => self.line.remove_to_start(),
            KeyCode::Char('k') if is_control => self.line.remove_to_end(),
            KeyCode::Char('h') if is_control => self.line.remove_before(),
            KeyCode::Char(_) if is_control => return None,
            KeyCode::Char('?') if before.is_empty() => self.shows_keys = true,
            KeyCode::Char(character) => return self.type_text(character.encode_utf8(&mut [0; 4])),
            KeyCode::Backspace => self.line.remove_before(),
            KeyCode::Delete => self.line.remove_after(),
            KeyCode::Left => self.line.go_left(),
            KeyCode::Right => self.line.go_right(),
            KeyCode::Home => self.line.go_to_start(),
            KeyCode::End => self.line.go_to_end(),
            KeyCode::Enter => return self.open_chosen(),
            KeyCode::Down | KeyCode::PageDown if self.has_hits() => {
                self.focus = Focus::Hits;
                if code == KeyCode::PageDown {
                    return self.press_in_hits(code, is_control);
                }
            }
            KeyCode::Tab if self.has_hits() => self.focus = Focus::Hits,
            KeyCode::Tab | KeyCode::BackTab => self.go_to_facets(),
            KeyCode::Esc if before.is_empty() && self.filters.is_empty() => return Some(Effect::Leave),
            KeyCode::Esc => {
                // What was typed first, then what was ticked.
                if before.is_empty() {
                    self.filters.clear();
                    return Some(self.search());
                }
                self.line.clear();
            }
            _ => {}
        }
        (self.line.text() != before).then(|| self.search())
    }

    fn press_in_hits(&mut self, code: KeyCode, is_control: bool) -> Option<Effect> {
        let chosen = self.hits.chosen;
        let page = (self.areas().hits.lines() / super::hits::LINES).saturating_sub(1).max(1);
        match code {
            KeyCode::Down => self.go_to_hit(chosen + 1),
            KeyCode::Up if chosen == 0 => self.go_back_to_query(),
            KeyCode::Up => self.go_to_hit(chosen - 1),
            KeyCode::PageDown => self.go_to_hit(chosen + page),
            KeyCode::PageUp => self.go_to_hit(chosen.saturating_sub(page)),
            KeyCode::Home => self.go_to_hit(0),
            KeyCode::End => self.go_to_hit(usize::MAX - 1),
            KeyCode::Enter => self.open_chosen(),
            KeyCode::Tab => {
                self.go_to_facets();
                None
            }
            KeyCode::BackTab | KeyCode::Esc => self.go_back_to_query(),
            KeyCode::Backspace | KeyCode::Left | KeyCode::Right => {
                self.focus = Focus::Query;
                self.press_in_query(code, is_control)
            }
            KeyCode::Char(_) if is_control => None,
            KeyCode::Char(character) => self.command(character),
            _ => None,
        }
    }

    fn press_in_facets(&mut self, code: KeyCode, is_control: bool) -> Option<Effect> {
        let (chosen, lines) = (self.facets.chosen, self.areas().facets.lines());
        match code {
            KeyCode::Down => self.facets.choose(chosen + 1, lines),
            KeyCode::Up => self.facets.choose(chosen.saturating_sub(1), lines),
            KeyCode::PageDown => self.facets.choose(chosen + lines, lines),
            KeyCode::PageUp => self.facets.choose(chosen.saturating_sub(lines), lines),
            KeyCode::Home => self.facets.choose(0, lines),
            KeyCode::End => self.facets.choose(usize::MAX, lines),
            KeyCode::Char(' ' | '\u{3000}') | KeyCode::Enter => match self.facets.press() {
                Some(filter) => return Some(self.tick(filter)),
                None => self.renew_facets(),
            },
            KeyCode::Tab => return self.go_back_to_query(),
            KeyCode::BackTab | KeyCode::Esc if self.has_hits() => self.focus = Focus::Hits,
            KeyCode::BackTab | KeyCode::Esc => return self.go_back_to_query(),
            KeyCode::Char(_) if is_control => {}
            KeyCode::Char(character) => return self.command(character),
            _ => {}
        }
        None
    }

    fn press_in_reader(&mut self, code: KeyCode, is_control: bool) -> Option<Effect> {
        let rows = self.areas().reader.lines();
        let reader = self.reader.as_mut()?;
        let (top, page) = (reader.top, rows.saturating_sub(2).max(1));
        match code {
            KeyCode::Down => reader.scroll_to(top + 1, rows),
            KeyCode::Up => reader.scroll_to(top.saturating_sub(1), rows),
            KeyCode::PageDown | KeyCode::Char(' ') => reader.scroll_to(top + page, rows),
            KeyCode::PageUp => reader.scroll_to(top.saturating_sub(page), rows),
            KeyCode::Home => reader.scroll_to(0, rows),
            KeyCode::End => reader.scroll_to(reader.lines.len(), rows),
            KeyCode::Left => return self.go_to_other_hit(self.hits.chosen.checked_sub(1)),
            KeyCode::Right => return self.go_to_other_hit(Some(self.hits.chosen + 1)),
            KeyCode::Char(_) if is_control => {}
            KeyCode::Char(key @ ('n' | 'p' | 'N')) => {
                let is_forward = key == 'n';
                if !reader.step(is_forward, rows) {
                    let texts = texts::browse();
                    self.message =
                        Some(if is_forward { texts.no_mark_after() } else { texts.no_mark_before() });
                }
            }
            KeyCode::Esc | KeyCode::Char('q') | KeyCode::Backspace => self.reader = None,
            KeyCode::Char('c') => return self.copy(),
            KeyCode::Char('?') => self.shows_keys = true,
            _ => {}
        }
        None
    }

    /// Does what a letter means where nothing is typed.
    fn command(&mut self, character: char) -> Option<Effect> {
        match character {
            'c' => return self.copy(),
            '?' => self.shows_keys = true,
            '/' => self.focus = Focus::Query,
            // A letter that is no command is most likely a slip; what an input method sends is meant for the query.
            _ if character.is_ascii() => self.message = Some(texts::browse().to_type()),
            _ => return self.type_text(character.encode_utf8(&mut [0; 4])),
        }
        None
    }

    /// Adds to the query what was typed or pasted, wherever the keys went.
    fn type_text(&mut self, text: &str) -> Option<Effect> {
        if self.reader.is_some() || self.shows_keys || is_too_small(self.size) {
            return None;
        }
        self.focus = Focus::Query;
        let before = self.line.text().len();
        self.line.insert(text);
        (self.line.text().len() != before).then(|| self.search())
    }

    fn copy(&mut self) -> Option<Effect> {
        let citation = self.citation()?;
        self.message = Some(texts::browse().copied(citation.as_str()));
        Some(Effect::Copy(citation))
    }

    fn go_back_to_query(&mut self) -> Option<Effect> {
        self.focus = Focus::Query;
        None
    }

    fn go_to_facets(&mut self) {
        if self.facets.is_empty() {
            self.focus = Focus::Query;
            self.message = Some(texts::browse().no_facets());
        } else {
            self.focus = Focus::Facets;
            let lines = self.areas().facets.lines();
            self.facets.choose(self.facets.chosen, lines);
        }
    }

    /// Reads the hit before or after the one that is read.
    fn go_to_other_hit(&mut self, hit: Option<usize>) -> Option<Effect> {
        let there = hit.filter(|hit| self.results().is_some_and(|results| *hit < results.hits.len()));
        let Some(hit) = there else {
            self.message = Some(texts::browse().no_other_hit());
            return None;
        };
        self.choose_hit(hit);
        self.open_chosen()
    }

    fn has_hits(&self) -> bool {
        self.results().is_some_and(|results| !results.hits.is_empty())
    }
}
