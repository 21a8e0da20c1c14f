//! The pieces of a page, and reading them from Markdown.

/// One piece of a page. Texts may hold `` `code` `` and `**strong**`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// A heading and its depth, one for the title.
    Heading(usize, String),
    /// A paragraph.
    Paragraph(String),
    /// A list.
    List(Vec<String>),
    /// Text as it stands: equations, files.
    Code(String),
    /// A table: its heads, then its rows.
    Table(Vec<String>, Vec<Vec<String>>),
}

/// The pieces of a Markdown text, its headings `deeper` by so many steps.
pub(super) fn read(text: &str, deeper: usize) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let depth = line.chars().take_while(|letter| *letter == '#').count();
        if line.trim().is_empty() {
            continue;
        } else if line.starts_with("```") {
            let inside: Vec<&str> = lines.by_ref().take_while(|next| *next != "```").collect();
            blocks.push(Block::Code(inside.join("\n")));
        } else if depth > 0 {
            let title = line.trim_start_matches('#').trim();
            blocks.push(Block::Heading(depth + deeper, title.to_owned()));
        } else if line.starts_with('|') {
            let heads = cells(line);
            let mut rows = Vec::new();
            while let Some(row) = lines.next_if(|next| next.starts_with('|')) {
                if !row.starts_with("|-") {
                    rows.push(cells(row));
                }
            }
            blocks.push(Block::Table(heads, rows));
        } else {
            let mut text = line.to_owned();
            while let Some(next) = lines.next_if(|next| goes_on(next)) {
                text.push(' ');
                text.push_str(next.trim());
            }
            match (text.strip_prefix("* "), blocks.last_mut()) {
                (Some(item), Some(Block::List(items))) => items.push(item.to_owned()),
                (Some(item), _) => blocks.push(Block::List(vec![item.to_owned()])),
                (None, _) => blocks.push(Block::Paragraph(text)),
            }
        }
    }
    blocks
}

/// Whether a line belongs to the paragraph or list item before it.
fn goes_on(line: &str) -> bool {
    let begins = ["#", "|", "```", "* "];
    !line.trim().is_empty() && !begins.iter().any(|mark| line.starts_with(mark))
}

/// The cells of a row; `\|` is a bar inside a cell.
fn cells(row: &str) -> Vec<String> {
    let inside = row.trim().trim_start_matches('|');
    let inside = inside.strip_suffix('|').unwrap_or(inside);
    let hidden = inside.replace("\\|", "\u{0}");
    let cells = hidden.split('|');
    cells
        .map(|cell| cell.trim().replace('\u{0}', "|"))
        .collect()
}
