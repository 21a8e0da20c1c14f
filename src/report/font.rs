//! The one font, carried inside the program so that pictures do not depend on what a computer has installed.

use std::sync::LazyLock;

use plotters::style::{FontDesc, FontFamily, FontStyle, register_font};

use super::ChartError;

/// Asked for by name in SVG, where Verdana, of nearly the same widths, stands in when DejaVu Sans is missing.
pub(super) const FAMILY: &str = "DejaVu Sans, Verdana, sans-serif";

/// Ascent plus descent of DejaVu Sans in em: plotters sizes bitmap text by this height.
pub(super) const HEIGHT_PER_EM: f64 = 2384.0 / 2048.0;

static DEJAVU_SANS: &[u8] = include_bytes!("../../assets/DejaVuSans.ttf");

static REGISTERED: LazyLock<bool> =
    LazyLock::new(|| register_font(FAMILY, FontStyle::Normal, DEJAVU_SANS).is_ok());

/// Makes the font known to plotters, once for the whole program.
///
/// # Errors
/// [`ChartError::Font`] if the bundled font cannot be read.
pub(super) fn register() -> Result<(), ChartError> {
    if *REGISTERED {
        Ok(())
    } else {
        Err(ChartError::Font)
    }
}

/// The bundled font at `size` in plotters' own unit.
pub(super) fn at_size(size: f64) -> FontDesc<'static> {
    FontDesc::new(FontFamily::Name(FAMILY), size, FontStyle::Normal)
}

/// Width of `text` in the unit of `size` (the em).
pub(super) fn width(text: &str, size: f64) -> f64 {
    const FINE: f64 = 1000.0;
    const TYPICAL_GLYPH: f64 = 0.6;
    let measured = register()
        .ok()
        .and_then(|()| at_size(FINE * HEIGHT_PER_EM).layout_box(text).ok());
    match measured {
        Some((_, (width, _))) => f64::from(width) / FINE * size,
        None => TYPICAL_GLYPH * size * text.chars().count() as f64,
    }
}

/// `text` without the characters that neither a picture nor XML can hold; line breaks and tabs become spaces.
pub(super) fn printable(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, '\u{FFFE}' | '\u{FFFF}'))
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

/// `text` cut with an ellipsis so that it is at most `limit` wide.
pub(super) fn shorten(text: &str, size: f64, limit: f64) -> String {
    let text = printable(text);
    if width(&text, size) <= limit {
        return text;
    }
    let cut = |end: usize| format!("{}…", text[..end].trim_end());
    let ends: Vec<usize> = text.char_indices().map(|(end, _)| end).collect();
    let fitting = ends.partition_point(|&end| width(&cut(end), size) <= limit);
    cut(ends.get(fitting.saturating_sub(1)).copied().unwrap_or(0))
}

/// `text` broken at plain spaces (others hold together) into at most `lines` lines of at most `limit` width; what does not fit is cut with an ellipsis.
pub(super) fn wrap(text: &str, size: f64, limit: f64, lines: usize) -> Vec<String> {
    let text = printable(text);
    let mut wrapped: Vec<String> = Vec::new();
    let mut words = text.split(' ').filter(|word| !word.is_empty()).peekable();
    while let Some(word) = words.next() {
        let mut line = word.to_owned();
        if wrapped.len() + 1 >= lines {
            line = std::iter::once(word)
                .chain(words.by_ref())
                .collect::<Vec<_>>()
                .join(" ");
        }
        while let Some(next) = words.peek() {
            let longer = format!("{line} {next}");
            if width(&longer, size) > limit {
                break;
            }
            line = longer;
            words.next();
        }
        wrapped.push(shorten(&line, size, limit));
    }
    wrapped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_of_the_font() {
        assert!(
            (width("M", 2048.0) - 1767.0).abs() < 3.0,
            "{}",
            width("M", 2048.0)
        );
        assert_eq!(width("", 12.0), 0.0);
    }

    #[test]
    fn wrapped_lines_fit_and_lose_no_word() {
        let text = "Integrated care partnership of the northern boroughs and their neighbours";
        let lines = wrap(text, 12.0, 150.0, 9);
        assert!(lines.iter().all(|line| width(line, 12.0) <= 150.0));
        assert_eq!(lines.join(" "), text);
    }

    #[test]
    fn lines_do_not_break_at_other_spaces() {
        assert_eq!(
            wrap("all of 95\u{a0}% and more", 12.0, 60.0, 9)[1],
            "95\u{a0}% and"
        );
    }

    #[test]
    fn what_does_not_fit_ends_in_an_ellipsis() {
        let lines = wrap(
            "Ärztliche Gemeinschaftsversorgungsvereinigung Süd und Nord",
            12.0,
            90.0,
            2,
        );
        assert_eq!(lines.len(), 2);
        assert!(
            lines[1].ends_with('…') && width(&lines[1], 12.0) <= 90.0,
            "{lines:?}"
        );
    }

    #[test]
    fn characters_without_a_picture_are_left_out() {
        assert_eq!(printable("a\u{0}b\nc\u{FFFF}"), "a b c");
        assert_eq!(shorten("word", 12.0, 0.0), "…");
        assert!(wrap(" \n ", 12.0, 100.0, 3).is_empty());
    }
}
