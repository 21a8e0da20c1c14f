//! Pages as Markdown and as HTML.

use super::block::Block;

/// The pieces as Markdown.
pub(super) fn markdown(blocks: &[Block]) -> String {
    let pieces: Vec<String> = blocks.iter().map(markdown_block).collect();
    pieces.join("\n\n")
}

fn markdown_block(block: &Block) -> String {
    match block {
        Block::Heading(depth, title) => format!("{} {title}", "#".repeat(*depth)),
        Block::Paragraph(text) => text.clone(),
        Block::List(items) => {
            let items: Vec<String> = items.iter().map(|item| format!("* {item}")).collect();
            items.join("\n")
        }
        Block::Code(text) => format!("```text\n{text}\n```"),
        Block::Table(heads, rows) => {
            let rule = format!("|{}", "---|".repeat(heads.len()));
            let rows = rows.iter().map(|row| markdown_row(row));
            let lines = [markdown_row(heads), rule].into_iter().chain(rows);
            lines.collect::<Vec<_>>().join("\n")
        }
    }
}

fn markdown_row(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
    format!("| {} |", cells.join(" | "))
}

const STYLE: &str = "body { font: 16px/1.5 sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em; color: #222 }
table { border-collapse: collapse; margin: 1em 0; font-size: 0.85em; display: block; overflow-x: auto }
th, td { border: 1px solid #bbb; padding: 0.25em 0.5em; text-align: left; vertical-align: top }
pre { background: #f4f4f4; padding: 0.75em; overflow-x: auto }
h2 { border-bottom: 2px solid #222; margin-top: 2em }";

/// The pieces as one HTML page that needs nothing else.
pub(super) fn html(title: &str, blocks: &[Block]) -> String {
    let pieces: Vec<String> = blocks.iter().map(html_block).collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{}</title>\n<style>\n{STYLE}\n</style>\n</head>\n<body>\n{}\n</body>\n</html>",
        escaped(title),
        pieces.join("\n")
    )
}

fn html_block(block: &Block) -> String {
    match block {
        Block::Heading(depth, title) => format!("<h{depth}>{}</h{depth}>", inline(title)),
        Block::Paragraph(text) => format!("<p>{}</p>", inline(text)),
        Block::List(items) => {
            let items = items
                .iter()
                .map(|item| format!("<li>{}</li>\n", inline(item)));
            format!("<ul>\n{}</ul>", items.collect::<String>())
        }
        Block::Code(text) => format!("<pre>{}</pre>", escaped(text)),
        Block::Table(heads, rows) => {
            let rows = rows.iter().map(|row| html_row("td", row));
            let body: String = rows.collect();
            format!("<table>\n{}{body}</table>", html_row("th", heads))
        }
    }
}

fn html_row(tag: &str, cells: &[String]) -> String {
    let cells = cells
        .iter()
        .map(|cell| format!("<{tag}>{}</{tag}>", inline(cell)));
    format!("<tr>{}</tr>\n", cells.collect::<String>())
}

/// Text with its code and strong parts marked.
fn inline(text: &str) -> String {
    let pieces: Vec<&str> = text.split('`').collect();
    let paired = !pieces.len().is_multiple_of(2);
    let marked = pieces.iter().enumerate().map(|(at, piece)| match at % 2 {
        1 if paired => format!("<code>{}</code>", escaped(piece)),
        _ => strong(piece),
    });
    let between = if paired { "" } else { "`" };
    marked.collect::<Vec<_>>().join(between)
}

fn strong(text: &str) -> String {
    let pieces: Vec<&str> = text.split("**").collect();
    if pieces.len().is_multiple_of(2) {
        return escaped(text);
    }
    let marked = pieces.iter().enumerate().map(|(at, piece)| match at % 2 {
        1 => format!("<strong>{}</strong>", escaped(piece)),
        _ => escaped(piece),
    });
    marked.collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
