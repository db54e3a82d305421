//! What each key does.

use super::*;
use crate::cli::browse::state::{Answer, Focus};
use crate::cli::browse::worker::Job;

fn session() -> Session {
    Session::new(seed(), Language::Japanese, (80, 24))
}

fn total(session: &Session) -> usize {
    session.state.results().map_or(0, |results| results.total)
}

#[test]
fn hits_appear_as_kana_are_typed_however_they_come() {
    let mut typed = session();
    let mut totals = Vec::new();
    for kana in "ほうもん".chars() {
        typed.type_text(&kana.to_string());
        totals.push(total(&typed));
    }
    assert!(totals[3] > 10, "{totals:?}");
    let mut pasted = session();
    pasted.handle(Event::Paste("ほうもん".to_owned()));
    assert_eq!(total(&pasted), totals[3]);
    // What an input method sends counts as typed, wherever the keys go, and a letter does not.
    pasted.press(KeyCode::Down);
    pasted.press(KeyCode::Char('x'));
    assert_eq!((pasted.state.line.text(), pasted.state.focus), ("ほうもん", Focus::Hits));
    assert!(pasted.screen().contains("検索語の入力に戻るには"), "{}", pasted.screen());
    pasted.press(KeyCode::Char('看'));
    assert_eq!((pasted.state.line.text(), pasted.state.focus), ("ほうもん看", Focus::Query));
    pasted.press(KeyCode::Backspace);
    assert_eq!(total(&pasted), totals[3]);
}

#[test]
fn escape_goes_back_then_clears_then_leaves() {
    let mut session = session();
    session.type_text("連携");
    session.press(KeyCode::Tab);
    session.press(KeyCode::Tab);
    assert_eq!(session.state.focus, Focus::Facets);
    session.press(KeyCode::Char(' '));
    assert_eq!(session.state.filters.len(), 1);
    session.press(KeyCode::Esc);
    session.press(KeyCode::Enter);
    assert!(session.state.reader.is_some());
    for (focus, text, filters) in
        [(Focus::Hits, "連携", 1), (Focus::Query, "連携", 1), (Focus::Query, "", 1), (Focus::Query, "", 0)]
    {
        session.press(KeyCode::Esc);
        let state = &session.state;
        assert_eq!((state.focus, state.line.text(), state.filters.len()), (focus, text, filters));
        assert!(state.reader.is_none() && !session.has_left);
    }
    assert!(matches!(session.state.answer, Answer::None));
    session.press(KeyCode::Esc);
    assert!(session.has_left);
}

#[test]
fn control_keys_leave_from_everywhere() {
    for (key, size) in [('c', (80, 24)), ('q', (80, 24)), ('c', (20, 5))] {
        let mut session = session();
        session.type_text("連携");
        session.press(KeyCode::Enter);
        session.resize(size);
        session.control(key);
        assert!(session.has_left);
    }
}

#[test]
fn a_ticked_value_filters_and_can_be_taken_back() {
    let mut session = session();
    session.type_text("連携");
    let all = total(&session);
    session.press(KeyCode::BackTab);
    assert_eq!(session.state.focus, Focus::Facets);
    session.press(KeyCode::Down);
    session.press(KeyCode::Char(' '));
    let state = &session.state;
    let region = state.filters[0].to_string();
    let counted = state.results().unwrap().facets.region.iter().find(|count| region.ends_with(&count.value));
    assert_eq!(total(&session), counted.unwrap().count);
    assert!(total(&session) < all && state.focus == Focus::Facets);
    assert!(session.screen().contains("[x] "), "{}", session.screen());
    session.press(KeyCode::Enter);
    assert_eq!(total(&session), all);
    // Without a query the filter is enough.
    session.press(KeyCode::Char(' '));
    session.press(KeyCode::Tab);
    session.control('u');
    assert!(session.state.line.is_blank() && total(&session) > 0);
}

#[test]
fn the_citation_of_a_hit_is_copied() {
    let mut session = session();
    session.press(KeyCode::Char('c'));
    assert!(session.copied.is_empty());
    session.control('u');
    session.type_text("訪問看護");
    session.press(KeyCode::Down);
    session.press(KeyCode::Char('c'));
    session.press(KeyCode::Down);
    session.press(KeyCode::Enter);
    session.press(KeyCode::Char('c'));
    let hits = &session.state.results().unwrap().hits;
    let cited = |hit: usize| gijiroku::search::Citation::new(&hits[hit].opinion).to_string();
    assert_eq!(session.copied, [cited(0), cited(1)]);
    assert!(session.screen().contains("コピーしました: 「"), "{}", session.screen());
}

#[test]
fn the_chosen_hit_is_always_to_be_seen() {
    let mut session = session();
    session.type_text("の");
    session.press(KeyCode::Down);
    let results = |session: &Session| session.state.results().unwrap().hits.len();
    let mut last = 0;
    for (step, key) in [KeyCode::Down, KeyCode::PageDown, KeyCode::End, KeyCode::PageUp, KeyCode::Up]
        .into_iter()
        .flat_map(|key| [key; 8])
        .enumerate()
    {
        session.press(key);
        if step == 20 {
            session.resize((100, 30));
        }
        let state = &session.state;
        let heading = state.results().unwrap().hits[state.hits.chosen].opinion.date.clone().unwrap();
        let screen = session.screen();
        let line = screen.lines().find(|line| line.starts_with("> ")).unwrap();
        assert!(line.contains(&heading), "{key:?}: {screen}");
        last = last.max(results(&session));
    }
    // More were read when the end came near.
    assert!(last > 50, "{last}");
    session.press(KeyCode::Home);
    assert_eq!(session.state.hits.top, 0);
    session.press(KeyCode::Up);
    assert_eq!(session.state.focus, Focus::Query);
}

#[test]
fn marks_are_gone_through_and_the_neighbouring_hits_too() {
    let mut session = session();
    session.type_text("ほうもん");
    session.press(KeyCode::Enter);
    let reader = session.state.reader.as_ref().unwrap();
    let (first, id) = (reader.mark.unwrap(), reader.opened.hit.opinion.id.clone());
    assert!(reader.lines[reader.top..reader.top + 19].iter().any(|line| line.is_of_hit));
    let mut before = 0;
    while session.state.message.is_none() {
        session.press(KeyCode::Char('p'));
        before += 1;
    }
    assert_eq!(before, first + 1);
    session.press(KeyCode::Char('n'));
    assert_eq!(session.state.reader.as_ref().unwrap().mark, Some(1.min(first + 1)));
    session.press(KeyCode::Left);
    assert!(session.state.message.is_some());
    session.press(KeyCode::Right);
    assert_ne!(session.state.reader.as_ref().unwrap().opened.hit.opinion.id, id);
    assert_eq!(session.state.hits.chosen, 1);
    for key in [KeyCode::End, KeyCode::Home, KeyCode::PageDown, KeyCode::PageUp, KeyCode::Down, KeyCode::Up] {
        session.press(key);
    }
    assert_eq!(session.state.reader.as_ref().unwrap().top, 0);
    session.press(KeyCode::Char('q'));
    assert!(session.state.reader.is_none());
}

#[test]
fn enter_waits_for_what_was_typed() {
    let mut session = session();
    session.type_text("連携");
    let old = session.state.hit().unwrap().opinion.id.clone();
    // The results of what is typed now come after the key.
    session.control('u');
    session.handle(Event::Paste("訪問看護".to_owned()));
    let job = session.state.search();
    session.state.wait_for(100);
    session.press(KeyCode::Enter);
    assert!(session.state.reader.is_none());
    let Effect::Begin(job) = job else { panic!("no search") };
    // What was asked for before is passed over.
    let other = Job::Search(Box::new(gijiroku::SearchRequest::new("薬")));
    let effect = session.state.take(99, done(other, &session.searcher));
    assert!(effect.is_none() && session.state.is_waiting());
    let effect = session.state.take(100, done(job, &session.searcher));
    session.run(effect);
    let reader = session.state.reader.as_ref().unwrap();
    assert_ne!(reader.opened.hit.opinion.id, old);
    assert!(reader.opened.hit.opinion.text.contains("訪問"));
}

#[test]
fn escape_stops_what_is_not_open_yet() {
    let mut session = session();
    session.type_text("連携");
    session.press(KeyCode::Down);
    let enter = Event::Key(KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE));
    let Some(Effect::Begin(job)) = session.state.handle(enter) else { panic!("nothing is opened") };
    session.state.wait_for(100);
    session.press(KeyCode::Esc);
    assert!(!session.state.is_waiting());
    let effect = session.state.take(100, done(job, &session.searcher));
    assert!(effect.is_none() && session.state.reader.is_none());
}

#[test]
fn another_size_keeps_what_is_read_in_sight() {
    let mut session = session();
    session.type_text("レスパイト");
    session.press(KeyCode::Enter);
    let first_line = |session: &Session| {
        let reader = session.state.reader.as_ref().unwrap();
        let pieces = &reader.lines[reader.top].pieces;
        pieces.iter().map(|piece| piece.text.clone()).collect::<String>()
    };
    session.press(KeyCode::Home);
    while !first_line(&session).starts_with("2") {
        session.press(KeyCode::Down);
    }
    for size in [(140, 24), (30, 3), (100, 26), (0, 0), (80, 24)] {
        session.resize(size);
        assert!(first_line(&session).starts_with("2"), "{size:?}: {}", session.screen());
    }
}

#[test]
fn what_nothing_matches_is_told_with_what_would() {
    let mut session = session();
    session.type_text("訪問看誤");
    let screen = session.screen();
    assert!(screen.contains("訪問看護"), "{screen}");
    session.control('u');
    session.type_text("ぬぬぬ");
    assert!(session.state.results().unwrap().hits.is_empty());
    assert!(session.screen().contains("「ぬぬぬ」に該当する意見はありません。"), "{}", session.screen());
    session.press(KeyCode::Enter);
    session.press(KeyCode::Down);
    assert_eq!(session.state.focus, Focus::Query);
}

#[test]
fn an_unknown_region_is_told_and_can_be_taken_back() {
    let mut session = session();
    session.state.filters.push(gijiroku::Filter::region("ない圏域"));
    session.type_text("連携");
    assert!(matches!(session.state.answer, Answer::Failed(_)));
    assert!(session.screen().contains("ない圏域"), "{}", session.screen());
    session.press(KeyCode::Tab);
    assert_eq!(session.state.focus, Focus::Facets);
    session.press(KeyCode::Char(' '));
    assert!(total(&session) > 0);
}

#[test]
fn any_keys_in_any_size_leave_a_screen() {
    use proptest::prelude::*;
    use proptest::test_runner::{Config, TestRunner};

    let index = seed();
    let keys = [
        KeyCode::Char('ほ'),
        KeyCode::Char('…'),
        KeyCode::Char('c'),
        KeyCode::Char('n'),
        KeyCode::Char(' '),
        KeyCode::Char('?'),
        KeyCode::Char('"'),
        KeyCode::Enter,
        KeyCode::Esc,
        KeyCode::Tab,
        KeyCode::BackTab,
        KeyCode::Up,
        KeyCode::Down,
        KeyCode::Left,
        KeyCode::Right,
        KeyCode::PageUp,
        KeyCode::PageDown,
        KeyCode::Home,
        KeyCode::End,
        KeyCode::Backspace,
        KeyCode::Delete,
        KeyCode::F(1),
    ];
    let presses = prop::collection::vec((0..keys.len() + 2, 0u16..160, 0u16..50), 1..25);
    let mut runner = TestRunner::new(Config { cases: 24, failure_persistence: None, ..Config::default() });
    let ran = runner.run(&presses, |presses| {
        let mut session = Session::new(index.clone(), Language::English, (80, 24));
        for (key, columns, lines) in presses {
            match keys.get(key) {
                Some(key) => session.press(*key),
                None => session.resize((columns, lines)),
            }
            let (_, height) = session.state.size;
            prop_assert_eq!(session.screen().split('\n').count(), usize::from(height).max(1));
        }
        Ok(())
    });
    ran.unwrap();
}
