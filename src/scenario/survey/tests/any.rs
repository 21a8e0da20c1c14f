//! Nothing that a file can hold makes the import panic.

use proptest::prelude::*;

use super::*;

/// Bytes with many of the signs that tables and network files are made of.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let pieces = prop_oneof![
        Just(b",".to_vec()),
        Just(b";".to_vec()),
        Just(b"\"".to_vec()),
        Just(b"\n".to_vec()),
        Just(b"\r\n".to_vec()),
        Just(b"p1".to_vec()),
        Just(b"p2".to_vec()),
        Just(b"nurses".to_vec()),
        Just(b"from,to,q7,q8\n".to_vec()),
        Just(b"person,team,org,answered,q3\n".to_vec()),
        Just(b"<edge source='p1' target='p2'>".to_vec()),
        Just(b"</edge>".to_vec()),
        Just(b"<graphml><graph>".to_vec()),
        Just(b"</graph></graphml>".to_vec()),
        Just(b"<data key='d0'>".to_vec()),
        Just(b"</data>".to_vec()),
        Just("ü".as_bytes().to_vec()),
        prop::collection::vec(any::<u8>(), 0..6),
    ];
    prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_bytes_are_read_or_refused(roster in bytes(), seats in bytes(), ties in bytes(), graph: bool) {
        let mut case = if graph { Case::graphml("") } else { case() };
        case.file("roster.csv", roster);
        case.file("memberships.csv", seats);
        case.file(if graph { "ties.graphml" } else { "ties.csv" }, ties);
        let import = case.import();
        prop_assert!(import.survey.is_some() || !import.findings.is_empty());
        import.findings.iter().for_each(|finding| drop(told(finding)));
    }

    #[test]
    fn a_changed_byte_is_read_or_refused(at in 0usize..400, byte: u8, which in 0usize..4) {
        let name = ["roster.csv", "memberships.csv", "ties.csv", "ties.graphml"][which];
        let edge = r#"<edge source="p1" target="p2"><data key="d0">5</data></edge>"#;
        let mut case = if which == 3 { Case::graphml(&network(edge)) } else { case() };
        let bytes = case.files.get_mut(name).unwrap();
        let at = at % bytes.len();
        bytes[at] = byte;
        case.import().findings.iter().for_each(|finding| drop(told(finding)));
    }
}

#[test]
fn deep_and_long_files_are_read_or_refused() {
    let deep = format!(
        "<graphml><graph>{}{}</graph></graphml>",
        "<graph>".repeat(100_000),
        "</graph>".repeat(100_000)
    );
    let import = Case::graphml(&deep).import();
    assert!(import.survey.is_none());
    assert!(import.findings.len() <= 2 * SHOWN);
    let mut long = case();
    let word = "p".repeat(1_000_000);
    long.file(
        "ties.csv",
        format!("from,to,q7,q8\n{word},{word},{word},{word}\n"),
    );
    for finding in long.import().findings {
        assert!(finding.message.len() < 200, "{}", finding.message);
    }
}
