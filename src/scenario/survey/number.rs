//! Cells -> numbers, shares of a scale, yes or no; and in what way they are none.

use super::finding::quoted;
use super::tables::Question;

/// Words for yes.
const YES: &[&str] = &["yes", "y", "true", "1"];
/// Words for no.
const NO: &[&str] = &["no", "n", "false", "0"];
/// What may stand in a column of yes and no.
pub(super) const YES_OR_NO: &str = "yes or no (also y, n, true, false, 1, 0)";

/// What is wrong with a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) kind: &'static str,
    pub(super) message: String,
    pub(super) allowed: String,
    pub(super) help: Option<String>,
}

/// A finite number written with a decimal point.
pub(super) fn plain(text: &str) -> Option<f64> {
    let starts_as_number =
        text.starts_with(|first: char| first.is_ascii_digit() || "+-.".contains(first));
    let value: f64 = text.parse().ok().filter(|_| starts_as_number)?;
    value.is_finite().then_some(value)
}

/// Whether a cell is one of the missing values, as text or as the same number (-99 and -99.0).
pub(super) fn is_marker(text: &str, markers: &[String]) -> bool {
    let value = plain(text);
    markers.iter().any(|marker| {
        let marker = marker.trim();
        marker == text
            || matches!((value, plain(marker)), (Some(a), Some(b)) if a.total_cmp(&b).is_eq())
    })
}

/// Yes or no, in small or capital letters.
pub(super) fn yes_or_no(text: &str) -> Option<bool> {
    let word = text.to_lowercase();
    match (YES.contains(&word.as_str()), NO.contains(&word.as_str())) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    }
}

/// An answer in the model's bounds: a scale's ends become the bounds, what lies between them is
/// placed in proportion; without a scale the cell holds the value itself.
///
/// # Errors
/// When the cell is empty, no number or beyond its scale.
pub(super) fn answer(text: &str, question: &Question, bounds: (f64, f64)) -> Result<f64, Wrong> {
    let (low, high) = bounds;
    if !question.has_sound_scale() {
        // The scale was reported once; its cells are not to blame.
        return Ok(low);
    }
    let [least, most] = question.scale.unwrap_or([low, high]);
    let allowed = format!("a number from {} to {}", least.min(most), least.max(most));
    let value = plain(text).ok_or_else(|| not_a_number(text, allowed.clone()))?;
    if value < least.min(most) || value > least.max(most) {
        return Err(Wrong {
            kind: "beyond its range",
            message: format!("{} is beyond its range", quoted(text)),
            allowed,
            help: Some(beyond(question)),
        });
    }
    Ok((low + (high - low) * ((value - least) / (most - least))).clamp(low, high))
}

fn beyond(question: &Question) -> String {
    let marker = "if it stands for a missing answer, add it to `missing` in the scenario";
    match question.scale {
        Some(_) => format!("correct it, or correct the scale; {marker}"),
        None => format!(
            "for answers on a scale write {{ column = \"{}\", scale = [1, 5] }} with the scale's ends; {marker}",
            question.column
        ),
    }
}

fn not_a_number(text: &str, allowed: String) -> Wrong {
    let (message, help) = if text.is_empty() {
        (
            "there is no answer here, and the scenario does not say what that means".to_owned(),
            "if an empty cell means not answered, add \"\" to `missing` in the scenario".to_owned(),
        )
    } else if text
        .strip_suffix('%')
        .is_some_and(|digits| plain(digits.trim()).is_some())
    {
        (
            format!("{} is written in per cent", quoted(text)),
            "leave the sign out, and give the question a scale of 0 to 100".to_owned(),
        )
    } else if text.matches(',').count() == 1 && plain(&text.replace(',', ".")).is_some() {
        (
            format!("{} has a decimal comma", quoted(text)),
            format!(
                "write {}; in a spreadsheet set the decimal separator to a point and save again",
                text.replace(',', ".")
            ),
        )
    } else {
        (
            format!("{} is not a number", quoted(text)),
            "replace words by the numbers of the scale; if it stands for a missing answer, add it to `missing` in the scenario".to_owned(),
        )
    };
    Wrong {
        kind: "not a number",
        message,
        allowed,
        help: Some(help),
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "exact by construction")]
mod tests {
    use super::*;

    fn on(scale: Option<[f64; 2]>) -> Question {
        Question {
            column: "q7".to_owned(),
            scale,
        }
    }

    #[test]
    fn a_scale_is_mapped_to_the_bounds() {
        let five = on(Some([1.0, 5.0]));
        assert_eq!(answer("1", &five, (0.0, 1.0)).unwrap(), 0.0);
        assert_eq!(answer("4", &five, (0.0, 1.0)).unwrap(), 0.75);
        assert_eq!(answer("5.0", &five, (0.0, 3.0)).unwrap(), 3.0);
        let turned = on(Some([5.0, 1.0]));
        assert_eq!(answer("4", &turned, (0.0, 1.0)).unwrap(), 0.25);
        assert_eq!(
            answer("-1", &on(Some([-2.0, 2.0])), (0.0, 1.0)).unwrap(),
            0.25
        );
        assert_eq!(answer("140", &on(None), (0.0, 400.0)).unwrap(), 140.0);
    }

    #[test]
    fn what_is_no_answer_is_explained() {
        let five = on(Some([1.0, 5.0]));
        let wrong = |text| answer(text, &five, (0.0, 1.0)).unwrap_err();
        assert_eq!(wrong("6").message, "\"6\" is beyond its range");
        assert_eq!(wrong("6").allowed, "a number from 1 to 5");
        assert!(wrong("-99").help.unwrap().contains("`missing`"));
        assert!(wrong("").message.contains("does not say what that means"));
        assert_eq!(
            wrong("3,5").help.unwrap().split(';').next(),
            Some("write 3.5")
        );
        assert!(wrong("60 %").message.ends_with("per cent"));
        for text in ["NaN", "inf", "-inf", "1e999", "often", "1,000.5", "１"] {
            assert_eq!(wrong(text).message, format!("\"{text}\" is not a number"));
        }
        assert!(
            answer("4", &on(None), (0.0, 1.0))
                .unwrap_err()
                .help
                .unwrap()
                .contains("scale = [1, 5]")
        );
    }

    #[test]
    fn markers_are_text_or_the_same_number() {
        let markers = ["".to_owned(), "NA".to_owned(), "-99".to_owned()];
        for text in ["", "NA", "-99", "-99.0"] {
            assert!(is_marker(text, &markers), "{text}");
        }
        for text in ["na", "99", "0"] {
            assert!(!is_marker(text, &markers), "{text}");
        }
        assert_eq!(yes_or_no("Yes"), Some(true));
        assert_eq!(yes_or_no("0"), Some(false));
        assert_eq!(yes_or_no("maybe"), None);
    }
}
