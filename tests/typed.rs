//! Nothing that can be typed panics, whatever it is.

use commonground::scenario::{self, library, render};
use proptest::prelude::*;

/// Reads a text and renders what is said of it; the outcome does not matter.
fn survives(text: &str) {
    match scenario::from_text("typed", text, &[]) {
        Ok(scenario) => drop(scenario::resolved(&scenario)),
        Err(errors) => {
            assert!(!errors.problems.is_empty());
            assert!(!render(&errors.problems, true).is_empty());
        }
    }
}

/// Pieces of TOML and of this program's keys, which reach deeper than random letters.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "[[groups]]\n",
        "[[forums]]\n",
        "[[systems]]\n",
        "[[organisations]]\n",
        "[about]\n",
        "[groups]\n",
        "extends = ",
        "id = ",
        "\"a\"",
        "\"a-2\"",
        "kind = ",
        "\"clinician\"",
        "mix = ",
        "{ clinician = 0.5, manager = 0.5 }",
        "count = ",
        "3",
        "-1",
        "1e300",
        "nan",
        "inf",
        "each = ",
        "\"neighbourhood\"",
        "scale = ",
        "seats = ",
        "from = ",
        "[\"a\"]",
        "members = ",
        "chair = ",
        "{ kind = \"organic\", leader = \"a\" }",
        "organisations = ",
        "\n",
        "=",
        "{",
        "}",
        "[",
        "]",
        ",",
        ".",
        "\"",
        "'''",
        "#",
        "é",
        "\u{0}",
        "\t",
        "provided.mediation = ",
        "size = ",
        "remove = true\n",
        "tier = \"project\"\n",
        "title = \"t\"\n",
        "status = \"stylised\"\n",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_text(text in "\\PC{0,300}") {
        survives(&text);
    }

    #[test]
    fn random_pieces(text in pieces()) {
        survives(&text);
        survives(&format!("extends = \"baseline\"\n{text}"));
    }

    #[test]
    fn mutations_of_a_scenario(place in 0_usize..10_000, length in 0_usize..40, with in "[\\PC\n\"\\[\\]={}#.,0-9-]{0,12}") {
        let text = library::text("baseline").unwrap();
        let letters: Vec<char> = text.chars().collect();
        let start = place % letters.len();
        let end = (start + length).min(letters.len());
        let mutated: String = letters[..start].iter().copied().chain(with.chars()).chain(letters[end..].iter().copied()).collect();
        survives(&mutated);
    }

    #[test]
    fn random_changes(path in "[a-z._-]{0,30}", value in "\\PC{0,20}") {
        let set = format!("{path}={value}");
        if let Err(errors) = scenario::load("baseline", &[set]) {
            prop_assert!(!render(&errors.problems, false).is_empty());
        }
    }

    #[test]
    fn known_paths_with_random_values(index in 0_usize..1000, value in prop_oneof!["\\PC{0,10}", "-?[0-9]{1,25}(\\.[0-9]{1,5})?", Just("{ mean = 0.5 }".to_owned()), Just("[\"leaders\"]".to_owned())]) {
        let entries = commonground::registry::entries();
        let set = format!("{}={value}", entries[index % entries.len()].path);
        if let Err(errors) = scenario::load("baseline", &[set]) {
            prop_assert!(!render(&errors.problems, false).is_empty());
        }
    }
}
