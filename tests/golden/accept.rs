//! Accepting new golden summaries: a deliberate step with a reason, which the changelog keeps.

use std::path::PathBuf;

/// How a line of the changelog starts that says why results changed.
const START: &str = "**Results change**";

/// Why new summaries are accepted.
pub fn reason() -> String {
    let reason = std::env::var("COMMONGROUND_ACCEPT").unwrap_or_default();
    let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        reason.len() > 10,
        "COMMONGROUND_ACCEPT says why results change, such as \"C4: trust heals faster\""
    );
    reason
}

fn changelog() -> (PathBuf, String) {
    let path = crate::root().join("CHANGELOG.md");
    let text = std::fs::read_to_string(&path).unwrap();
    (path, text)
}

/// The file that remembers the reason of the golden summaries.
fn remembered() -> PathBuf {
    crate::root().join("tests/golden/accepted.txt")
}

/// The entries of the changelog, each on one line.
fn entries(changelog: &str) -> Vec<String> {
    let mut entries: Vec<String> = Vec::new();
    for line in changelog.lines() {
        let text = line.trim();
        match entries.last_mut() {
            Some(entry) if line.starts_with("  ") && !text.is_empty() => {
                *entry += &format!(" {text}");
            }
            _ => entries.push(text.to_owned()),
        }
    }
    entries
}

/// Whether the changelog gives this reason.
fn given(changelog: &str, reason: &str) -> bool {
    let mut entries = entries(changelog).into_iter();
    entries.any(|entry| entry.contains(START) && entry.contains(reason))
}

/// Puts the reason first among the unreleased changes, unless it is there.
fn with(changelog: &str, reason: &str) -> String {
    if given(changelog, reason) {
        return changelog.to_owned();
    }
    let heading = "## Unreleased\n\n";
    let (before, after) = changelog
        .split_once(heading)
        .expect("a heading for what is not released");
    let mut entry = String::new();
    let mut width = 0;
    for word in format!("- {START}: {reason}").split(' ') {
        if width + word.chars().count() > 100 {
            entry += "\n ";
            width = 1;
        }
        if !entry.is_empty() {
            entry.push(' ');
        }
        entry += word;
        width += word.chars().count() + 1;
    }
    format!("{before}{heading}{entry}\n{after}")
}

/// Writes the reason to the changelog, and remembers it beside the summaries.
pub fn explain(reason: &str) {
    let (path, text) = changelog();
    std::fs::write(path, with(&text, reason)).unwrap();
    std::fs::write(remembered(), format!("{reason}\n")).unwrap();
}

#[test]
fn the_changelog_says_why_the_golden_summaries_are_what_they_are() {
    let reason = std::fs::read_to_string(remembered()).unwrap();
    let (_, text) = changelog();
    assert!(
        given(&text, reason.trim()),
        "CHANGELOG.md has no line \"{START}: {}\"",
        reason.trim()
    );
}

#[test]
fn a_reason_becomes_a_wrapped_line_and_only_once() {
    let before = "# Changelog\n\n## Unreleased\n\n- Something else.\n";
    let reason = "C4: ".to_owned() + &"trust heals faster ".repeat(12) + "now.";
    let after = with(before, &reason);
    assert!(after.starts_with("# Changelog\n\n## Unreleased\n\n- **Results change**: C4: trust"));
    assert!(after.ends_with("\n- Something else.\n"));
    assert!(
        after.lines().all(|line| line.chars().count() <= 100),
        "{after}"
    );
    assert!(given(&after, &reason) && !given(before, &reason));
    assert_eq!(with(&after, &reason), after);
}
