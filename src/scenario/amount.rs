//! Numbers as people write them elsewhere, or in words, where a key takes a plain number.

use super::problem::{Class, Problem};
use super::source::At;
use super::value::meaning;
use crate::registry::Entry;

/// What is odd about a number, and what to write instead.
#[derive(Debug, PartialEq)]
pub(super) struct Odd {
    /// What is odd, in one sentence.
    pub(super) said: String,
    /// What may be meant, and when it is.
    ways: Vec<(String, &'static str)>,
}

impl Odd {
    fn new(said: String, ways: impl IntoIterator<Item = (String, &'static str)>) -> Self {
        let ways = ways.into_iter().collect();
        Self { said, ways }
    }

    fn one(said: String, number: impl ToString) -> Self {
        Self::new(said, [(number.to_string(), "")])
    }

    /// What to write instead: what lies within the bounds.
    #[must_use]
    pub(super) fn instead(&self, bounds: Option<(f64, f64)>) -> Option<String> {
        let within = |number: &str| {
            let value = number.parse::<f64>();
            value.is_ok_and(|value| bounds.is_none_or(|(low, high)| (low..=high).contains(&value)))
        };
        let ways = self.ways.iter().filter(|(number, _)| within(number));
        match ways.collect::<Vec<_>>().as_slice() {
            [] => None,
            [(number, _)] => Some(format!("write {number}")),
            several => {
                let ways = several
                    .iter()
                    .map(|(number, when)| format!("{number} {when}"));
                Some(format!("write {}", ways.collect::<Vec<_>>().join(", ")))
            }
        }
    }
}

fn number(text: &str) -> Option<f64> {
    text.trim().parse::<f64>().ok().filter(|n| n.is_finite())
}

/// What is odd about a text that seems to be meant as a number in some unit.
#[must_use]
pub(super) fn odd(text: &str, unit: Option<&str>) -> Option<Odd> {
    let readings = [
        percentage(text, unit),
        comma(text),
        gaps(text),
        fraction(text),
    ];
    let first = readings.into_iter().flatten().next();
    first.or_else(|| with_unit(text, unit))
}

fn percentage(text: &str, unit: Option<&str>) -> Option<Odd> {
    let value = text.strip_suffix('%').and_then(number)?;
    let said = format!("{text} is a percentage");
    if unit.is_none_or(|unit| unit.starts_with("share") || unit == "ratio") {
        let said = format!("{said}; shares are written as numbers from 0 to 1");
        return Some(Odd::one(said, value / 100.0));
    }
    Some(Odd::new(said, []))
}

fn comma(text: &str) -> Option<Odd> {
    let (left, right) = text.split_once(',')?;
    let digits = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    let unsigned = left.trim_start_matches(['-', '+']);
    let point = format!("{left}.{right}");
    let thousands = right.split(',').all(|part| part.len() == 3 && digits(part));
    if thousands && !unsigned.starts_with('0') && digits(unsigned) {
        let whole = (text.replace(',', ""), "if the comma parts thousands");
        return Some(Odd::new(
            format!("{text} has a comma, which numbers are written without"),
            [whole, (point, "if it is a decimal comma")],
        ));
    }
    (digits(unsigned) && digits(right)).then(|| {
        Odd::one(
            format!("{text} has a decimal comma; numbers are written with a point"),
            point,
        )
    })
}

/// Numbers with a digit too few, a zero too many, or gaps.
fn gaps(text: &str) -> Option<Odd> {
    let is_number = number(text).is_some();
    if is_number && text.starts_with(['.', '-', '+']) && text.contains('.') {
        return Some(Odd::one(
            format!("{text} needs a digit before the point"),
            text.replacen('.', "0.", 1),
        ));
    }
    if is_number && text.ends_with('.') {
        let said = format!("{text} needs a digit after the point");
        return Some(Odd::one(said, format!("{text}0")));
    }
    if is_number && text.starts_with('0') && text.chars().all(|c| c.is_ascii_digit()) {
        let said = format!("{text} begins with a zero too many");
        return Some(Odd::one(said, text.trim_start_matches('0')));
    }
    let joined: String = text.split([' ', '\u{a0}', '\'']).collect();
    (joined != text && number(&joined).is_some())
        .then(|| Odd::one(format!("{text} is a number with gaps in it"), joined))
}

fn fraction(text: &str) -> Option<Odd> {
    let (over, under) = text.split_once('/')?;
    let share = number(over)? / number(under)?;
    let said = format!("{text} is a fraction");
    share
        .is_finite()
        .then(|| Odd::one(said, (share * 1e4).round() / 1e4))
}

/// A number with a unit behind it, or a sign of money before it.
fn with_unit(text: &str, unit: Option<&str>) -> Option<Odd> {
    let money = text.strip_prefix(['£', '$', '€']);
    let rest = money.unwrap_or(text).trim_start();
    let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == '-'));
    let (digits, word) = rest.split_at(end.unwrap_or(rest.len()));
    let value = number(digits)?;
    let word = word.trim();
    let is_unit = !word.is_empty() && word.chars().all(|c| c.is_alphabetic() || c == ' ');
    if !is_unit && (money.is_none() || !word.is_empty()) {
        return None;
    }
    let unit = unit.unwrap_or_default();
    let factor = match word.trim_end_matches('s') {
        "" if unit.starts_with("pounds") => Some(1.0),
        "" => None,
        "year" | "yr" | "y" if unit == "months" => Some(12.0),
        word if unit.starts_with(word) => Some(1.0),
        _ => None,
    };
    let said = format!("{text} has a unit; numbers are written without one");
    let meant = factor.map(|factor| ((value * factor).to_string(), ""));
    Some(Odd::new(said, meant))
}

/// What is wrong with a text where a key takes a number: in quotes, or as it was typed.
pub(super) fn not_a_number(entry: &Entry, at: &At, typed: &str) -> Problem {
    let typed = typed.trim();
    let quoted = at.text().starts_with(['"', '\'']);
    let odd = odd(typed, Some(entry.unit));
    let mut instead = odd.as_ref().and_then(|odd| odd.instead(entry.bounds()));
    if quoted {
        let plain = || number(typed).map(|number| format!("write {number}"));
        instead = instead
            .or_else(plain)
            .map(|instead| format!("{instead} without quotes"));
    }
    let said = match odd {
        Some(odd) if !quoted => odd.said,
        _ if quoted => format!("`{}` cannot be text", entry.key()),
        _ => format!("`{}` cannot be `{typed}`", entry.key()),
    };
    Problem::error(Class::Type, at, said)
        .allowed(format!("write {}", entry.wanted()))
        .help(instead.unwrap_or_else(|| meaning(entry)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instead(text: &str, unit: &str, bounds: (f64, f64)) -> Option<String> {
        odd(text, Some(unit)).and_then(|odd| odd.instead(Some(bounds)))
    }

    #[test]
    fn what_is_meant_is_told_where_it_is_allowed() {
        let share = |text| instead(text, "share", (0.0, 1.0));
        assert_eq!(share("50%").as_deref(), Some("write 0.5"));
        assert_eq!(share("0,5").as_deref(), Some("write 0.5"));
        assert_eq!(share("1/2").as_deref(), Some("write 0.5"));
        assert_eq!(share("1/3").as_deref(), Some("write 0.3333"));
        assert_eq!(share("150%"), None);
        assert_eq!(share("1/0"), None);
        let months = |text| instead(text, "months", (1.0, 1200.0));
        assert_eq!(months("5 years").as_deref(), Some("write 60"));
        assert_eq!(months("60 months").as_deref(), Some("write 60"));
        assert_eq!(
            months("1,200").as_deref(),
            Some("write 1200 if the comma parts thousands, 1.200 if it is a decimal comma")
        );
        assert_eq!(months("12,500").as_deref(), Some("write 12.500"));
        assert_eq!(months("50%"), None);
        assert_eq!(months("200 years"), None);
        let price = |text| instead(text, "pounds an hour", (0.0, 1000.0));
        assert_eq!(price("£60").as_deref(), Some("write 60"));
        assert_eq!(instead("£3", "ratio", (0.0, 5.0)), None);
    }

    #[test]
    fn words_are_no_odd_numbers() {
        for text in ["high", "", "NaN", "£", "years", "a/b", "%", ",", "5 &"] {
            assert_eq!(odd(text, Some("share")), None, "{text}");
        }
    }
}
