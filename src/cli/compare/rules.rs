//! In which futures a design is better, as sentences.

use super::{Answers, shown};
use crate::analysis::compare::{Exceptions, Named, Restriction};
use crate::analysis::prim::Limits;
use crate::cli::table::number;

/// One sentence a design and outcome.
pub(super) fn text(answers: &Answers) -> String {
    let baseline = |row: &Exceptions| {
        let mut groups = answers.groups.iter();
        let of_row = |design_id: u64| design_id == row.design_id;
        let group = groups.find(|group| group.designs.iter().any(|one| of_row(one.design_id)));
        group.map_or(String::new(), |group| {
            group.designs[group.baseline].name.clone()
        })
    };
    let rows = answers.rules.iter();
    let sentences =
        rows.map(|row| sentence(row, &shown::name(answers, row.design_id), &baseline(row)));
    let title = "Futures in which a design is better by its mean, and the region in which it is not: rules.csv";
    std::iter::once(title.to_owned())
        .chain(sentences)
        .collect::<Vec<_>>()
        .join("\n")
}

/// Such as `A beats B in wins in 82 of 100 futures, unless hierarchy >= 0.620 (coverage 81 %, ...)`.
fn sentence(row: &Exceptions, design: &str, baseline: &str) -> String {
    let share = match row.better {
        all if all == row.futures => format!("all {all}"),
        0 => format!("none of {}", row.futures),
        some => format!("{some} of {}", row.futures),
    };
    let head = format!(
        "{design} beats {baseline} in {} in {share} futures",
        row.outcome
    );
    if row.better == 0 || row.better == row.futures {
        return head;
    }
    if !row.too_few.is_empty() {
        let rest = if row.of_better {
            "these"
        } else {
            "of the others"
        };
        return format!("{head}; {rest} {}", row.too_few);
    }
    let join = match (row.boxes.is_empty(), row.of_better) {
        (true, _) => return format!("{head}; no region of the factors tells which"),
        (false, true) => (": where ", "; or where "),
        (false, false) => (", unless ", "; or unless "),
    };
    let boxes: Vec<String> = row.boxes.iter().map(region).collect();
    format!("{head}{}{}", join.0, boxes.join(join.1))
}

/// A box: what it restricts, and how well.
pub(in crate::cli) fn region(one: &Named) -> String {
    let limits: Vec<String> = one.restrictions.iter().map(limits).collect();
    let chances = one
        .restrictions
        .iter()
        .map(|one| match one.quasi_p < 0.001 {
            true => "< 0.001".to_owned(),
            false => format!("{:.3}", one.quasi_p),
        });
    format!(
        "{} (coverage {:.0} %, density {:.0} %, quasi-p {})",
        limits.join(" and "),
        100.0 * one.coverage,
        100.0 * one.density,
        chances.collect::<Vec<_>>().join(", ")
    )
}

fn limits(one: &Restriction) -> String {
    let end = |end: &f64| number(Some(*end));
    match &one.limits {
        Limits::Between {
            low: Some(low),
            high: Some(high),
        } => format!("{} <= {} <= {}", end(low), one.name, end(high)),
        Limits::Between { low: Some(low), .. } => format!("{} >= {}", one.name, end(low)),
        Limits::Between { high, .. } => format!("{} <= {}", one.name, number(*high)),
        Limits::Among { levels } => format!("{} is {}", one.name, levels.join(" or ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn restriction(name: &str, limits: Limits, quasi_p: f64) -> Restriction {
        Restriction {
            factor: name.to_owned(),
            parameter: name.to_owned(),
            name: name.to_owned(),
            limits,
            quasi_p,
        }
    }

    fn row(better: u64, boxes: Vec<Named>) -> Exceptions {
        Exceptions {
            design_id: 1,
            scenario: String::new(),
            arm: String::new(),
            outcome: "wins",
            futures: 100,
            better,
            of_better: 2 * better < 100,
            boxes,
            too_few: String::new(),
        }
    }

    #[test]
    fn every_answer_is_a_sentence() {
        let between = |low, high| Limits::Between { low, high };
        let one = Named {
            restrictions: vec![
                restriction("trust", between(None, Some(0.31)), 0.0012),
                restriction("hierarchy", between(Some(0.62), Some(0.9)), 0.00002),
            ],
            coverage: 0.81,
            density: 0.9,
            mass: 0.1,
            chance: 0.01,
        };
        let levels = ["ring", "star"].map(str::to_owned).to_vec();
        let other = Named {
            restrictions: vec![restriction("form", Limits::Among { levels }, 0.02)],
            ..one.clone()
        };
        let said = |row: &Exceptions| sentence(row, "A", "B");
        assert_eq!(
            said(&row(82, vec![one.clone(), other.clone()])),
            "A beats B in wins in 82 of 100 futures, unless trust <= 0.310 and 0.620 <= hierarchy <= 0.900 \
             (coverage 81 %, density 90 %, quasi-p 0.001, < 0.001); or unless form is ring or star \
             (coverage 81 %, density 90 %, quasi-p 0.020)"
        );
        assert!(said(&row(18, vec![other])).contains("18 of 100 futures: where form is ring"));
        assert!(said(&row(82, Vec::new())).ends_with("no region of the factors tells which"));
        assert!(said(&row(100, Vec::new())).ends_with("in all 100 futures"));
        assert!(said(&row(0, Vec::new())).ends_with("in none of 100 futures"));
        let few = Exceptions {
            too_few: "5 are too few".to_owned(),
            ..row(95, Vec::new())
        };
        assert!(said(&few).ends_with("95 of 100 futures; of the others 5 are too few"));
    }
}
