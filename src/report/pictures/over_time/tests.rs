//! One word for one thing: what a chart calls an outcome has the words of the outcome's key.

use super::*;
use crate::measure::CYCLE;
use crate::report::palette::Decision;

/// Whether the words of a key stand in a text, in the singular or the plural.
fn says(text: &str, key: &str) -> bool {
    let text = text.to_lowercase();
    let stands = |word: &str| {
        text.split(|c: char| !c.is_alphabetic())
            .any(|said| said == word || said.strip_suffix('s') == Some(word))
    };
    key.split('_').all(stands)
}

#[test]
fn charts_call_outcomes_by_the_words_of_their_keys() {
    for picture in pictures().into_iter().chain(headlines()) {
        for (outcome, label, _) in &picture.lines {
            let key = outcome.strip_suffix("_so_far").unwrap_or(outcome);
            assert!(CYCLE.iter().any(|known| known.name == key), "{key}");
            let said = format!("{}, {label} ({})", picture.title, picture.axis);
            assert!(says(&said, outcome), "\"{said}\" stands for {outcome}");
        }
    }
}

#[test]
fn the_endings_of_meetings_are_called_by_the_words_of_their_keys() {
    let keys = ["agreement", "impasse", "imposed", "token", "no_quorum"];
    for (decision, key) in Decision::ALL.iter().zip(keys) {
        assert!(CYCLE.iter().any(|known| known.name == key), "{key}");
        assert!(
            says(decision.label(), key),
            "{} stands for {key}",
            decision.label()
        );
    }
}

#[test]
fn other_words_are_noticed() {
    assert!(says("Wins so far", "wins_so_far"));
    assert!(says("attendance of citizens", "attendance_citizen"));
    for (text, key) in [
        ("decided elsewhere", "token"),
        ("with the population's need", "foresight"),
        ("Commitment, third with least power", "commitment_weakest"),
        ("Burnout", "burnt_out"),
        ("untrusted", "trust"),
    ] {
        assert!(!says(text, key), "\"{text}\" passes for {key}");
    }
}
