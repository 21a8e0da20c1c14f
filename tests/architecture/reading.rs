//! Reads Rust source just far enough to know which modules it names: comments, literals and test
//! modules are left out, `use` groups are unfolded, `super::` and `self::` are resolved.

use std::collections::BTreeSet;

/// A word, a `::` or a single mark, with the line it stands on.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub(crate) text: String,
    pub(crate) line: usize,
}

/// A path that the source names, from the crate's root.
#[derive(Debug, PartialEq)]
pub(crate) struct Mention {
    pub(crate) path: Vec<String>,
    pub(crate) line: usize,
}

/// The tokens of a source text, without comments and without the content of literals.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let characters: Vec<char> = text.chars().collect();
    let (mut found, mut at, mut line) = (Vec::new(), 0, 1);
    while let Some(&first) = characters.get(at) {
        let rest = &characters[at..];
        let mut length = unread(rest);
        if length == 0 {
            length = match first {
                _ if is_word(first) => rest.iter().take_while(|c| is_word(**c)).count(),
                ':' if rest.get(1) == Some(&':') => 2,
                _ => 1,
            };
            if !first.is_whitespace() {
                found.push(Token {
                    text: rest[..length].iter().collect(),
                    line,
                });
            }
        }
        let length = length.min(rest.len());
        line += rest[..length].iter().filter(|c| **c == '\n').count();
        at += length;
    }
    found
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// How many characters at the start of `rest` are a comment or a literal.
fn unread(rest: &[char]) -> usize {
    let starts = |mark: &str| {
        mark.chars()
            .enumerate()
            .all(|(i, c)| rest.get(i) == Some(&c))
    };
    let raw = ["r", "br", "cr"].into_iter().find(|prefix| {
        let hashes = rest
            .iter()
            .skip(prefix.len())
            .take_while(|c| **c == '#')
            .count();
        starts(prefix) && rest.get(prefix.len() + hashes) == Some(&'"')
    });
    match rest.first() {
        _ if starts("//") => rest.iter().take_while(|c| **c != '\n').count(),
        _ if starts("/*") => block_comment(rest),
        _ if raw.is_some() => raw_string(rest, raw.map_or(0, str::len)),
        Some('"') => quoted(rest, '"'),
        // 'a' is a character, 'a alone a lifetime.
        Some('\'') if starts("'\\") || rest.get(2) == Some(&'\'') => quoted(rest, '\''),
        _ => 0,
    }
}

fn block_comment(rest: &[char]) -> usize {
    let (mut depth, mut at) = (0, 0);
    loop {
        match rest.get(at..at + 2) {
            Some(['/', '*']) => (depth, at) = (depth + 1, at + 2),
            Some(['*', '/']) if depth == 1 => return at + 2,
            Some(['*', '/']) => (depth, at) = (depth - 1, at + 2),
            Some(_) => at += 1,
            None => return rest.len(),
        }
    }
}

fn raw_string(rest: &[char], prefix: usize) -> usize {
    let hashes = rest.iter().skip(prefix).take_while(|c| **c == '#').count();
    let end: Vec<char> = std::iter::once('"')
        .chain(std::iter::repeat_n('#', hashes))
        .collect();
    let body = prefix + hashes + 1;
    let close = rest[body..].windows(end.len()).position(|part| part == end);
    close.map_or(rest.len(), |close| body + close + end.len())
}

fn quoted(rest: &[char], quote: char) -> usize {
    let mut at = 1;
    while let Some(&character) = rest.get(at) {
        match character {
            '\\' => at += 2,
            _ if character == quote => return at + 1,
            _ => at += 1,
        }
    }
    rest.len()
}

/// The tokens without the items under `#[cfg(test)]`, and the names of modules among those items
/// that stand in files of their own.
pub(crate) fn without_tests(tokens: &[Token]) -> (Vec<Token>, BTreeSet<String>) {
    const MARK: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];
    let (mut kept, mut modules, mut at) = (Vec::new(), BTreeSet::new(), 0);
    while at < tokens.len() {
        let here = tokens[at..]
            .iter()
            .take(MARK.len())
            .map(|token| token.text.as_str());
        if here.eq(MARK) {
            let length = item_length(&tokens[at + MARK.len()..]);
            let item = &tokens[at + MARK.len()..at + MARK.len() + length];
            if let [.., keyword, name, end] = item
                && keyword.text == "mod"
                && end.text == ";"
            {
                modules.insert(name.text.clone());
            }
            at += MARK.len() + length;
        } else {
            kept.push(tokens[at].clone());
            at += 1;
        }
    }
    (kept, modules)
}

/// How many tokens the item at the start has: up to its `;` or the end of its `{ }`.
fn item_length(tokens: &[Token]) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        match token.text.as_str() {
            "(" | "[" | "{" => depth += 1,
            "}" if depth == 1 => return at + 1,
            ")" | "]" | "}" if depth == 0 => return at,
            ")" | "]" | "}" => depth -= 1,
            ";" if depth == 0 => return at + 1,
            _ => {}
        }
    }
    tokens.len()
}

/// Every path that begins with `crate::`, `super::` or `self::`, as seen from `module`.
pub(crate) fn mentions(tokens: &[Token], module: &[String]) -> Vec<Mention> {
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let mut found = Vec::new();
    let mut here = module.to_vec();
    // The brace depths at which inline modules were opened.
    let (mut depth, mut opened) = (0_usize, Vec::new());
    for at in 0..tokens.len() {
        match text(at) {
            "{" => {
                depth += 1;
                if at >= 2 && text(at - 2) == "mod" {
                    here.push(text(at - 1).to_owned());
                    opened.push(depth);
                }
            }
            "}" => {
                if opened.pop_if(|opening| *opening == depth).is_some() {
                    here.pop();
                }
                depth = depth.saturating_sub(1);
            }
            "crate" | "super" | "self"
                if text(at + 1) == "::" && (at == 0 || text(at - 1) != "::") =>
            {
                unfold(tokens, at, here.clone(), &mut found);
            }
            _ => {}
        }
    }
    found
}

/// Adds the path, or each path of the group, that starts at `at`; returns where it ends.
fn unfold(
    tokens: &[Token],
    mut at: usize,
    mut path: Vec<String>,
    found: &mut Vec<Mention>,
) -> usize {
    while let Some(token) = tokens.get(at) {
        match token.text.as_str() {
            "{" => return unfold_group(tokens, at + 1, &path, found),
            "crate" => path.clear(),
            "self" => {}
            "super" => {
                path.pop();
            }
            name if name == "*" || name.starts_with(is_word) => path.push(name.to_owned()),
            _ => break,
        }
        at += 1;
        if tokens.get(at).is_none_or(|next| next.text != "::") {
            break;
        }
        at += 1;
    }
    let line = tokens
        .get(at.saturating_sub(1))
        .map_or(0, |token| token.line);
    found.push(Mention { path, line });
    at
}

fn unfold_group(
    tokens: &[Token],
    mut at: usize,
    path: &[String],
    found: &mut Vec<Mention>,
) -> usize {
    while let Some(token) = tokens.get(at) {
        match token.text.as_str() {
            "}" => return at + 1,
            "," => at += 1,
            "as" => at += 2,
            _ => at = unfold(tokens, at, path.to_vec(), found).max(at + 1),
        }
    }
    at
}
