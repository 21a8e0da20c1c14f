//! What `test` shows and keeps.

use super::base::Base;
use super::{READABLE, Tested, WITHOUT};
use crate::analysis::hypotheses::{Effect, Look, Verdict};
use crate::cli::Failure;
use crate::cli::table::{number, wrapped};
use crate::registry::Choice;
use crate::registry::hypotheses::{Form, Scale};
use std::path::Path;

/// What must be known of the base to read an effect on log odds.
fn remark(tested: &Tested) -> String {
    let odds = tested.hypothesis.scale == Scale::Logit || tested.hypothesis.form == Form::Shift;
    let outside = !(READABLE.0..=READABLE.1).contains(&tested.effect.base);
    let mut remarks = Vec::new();
    if let Some(base) = &tested.base {
        remarks.push(format!(
            "with {} {} instead of the file's, so that the base can be read",
            base.parameter,
            number(Some(base.value))
        ));
    }
    if odds && outside {
        remarks.push(format!(
            "the base is {:.2}, outside of .2 to .8",
            tested.effect.base
        ));
    }
    if tested.effect.error.is_nan() {
        remarks.push("no run of a design point says yes, or every one does".to_owned());
    }
    if tested.effect.left_out > 0 {
        remarks.push(format!(
            "{} replicates without a value left out",
            tested.effect.left_out
        ));
    }
    remarks.join("; ")
}

/// The mechanism without which the effect changes most.
fn carrier(tested: &Tested) -> Option<&(&'static str, Effect)> {
    let change = |one: &&(&str, Effect)| (one.1.estimate - tested.with.estimate).abs();
    // Without luck every run says the same, and log odds have no error that means anything.
    let known = tested
        .without
        .iter()
        .filter(|one| change(one).is_finite() && one.1.error.is_finite());
    known.max_by(|a, b| change(a).total_cmp(&change(b)))
}

/// A number of a table; empty where it is none.
fn cell(value: f64) -> String {
    match value.is_finite() {
        true => value.to_string(),
        false => String::new(),
    }
}

pub(super) fn lines(all: &[Tested]) -> Vec<Vec<String>> {
    let head = [
        "hypothesis",
        "form",
        "outcome",
        "verdict",
        "again",
        "estimate",
        "low",
        "high",
        "smallest",
        "n",
        "left_out",
        "base",
        "moved",
        "mechanism_off",
        "claim",
        "source",
    ];
    let mut lines = vec![head.map(str::to_owned).to_vec()];
    for tested in all {
        let again = tested.again.map_or("", Verdict::word);
        let row = |effect: &Effect, (low, high): (f64, f64), verdict: &str, off: &str| {
            let again = if off.is_empty() { again } else { "" };
            vec![
                tested.name.clone(),
                tested.hypothesis.form.word().to_owned(),
                tested.hypothesis.outcome.clone(),
                verdict.to_owned(),
                again.to_owned(),
                cell(effect.estimate),
                cell(low),
                cell(high),
                cell(tested.hypothesis.smallest),
                effect.n.to_string(),
                effect.left_out.to_string(),
                cell(effect.base),
                tested.base.as_ref().map_or(String::new(), Base::set),
                off.to_owned(),
                tested.hypothesis.claim.clone(),
                tested.hypothesis.source.clone(),
            ]
        };
        lines.push(row(
            &tested.effect,
            tested.interval,
            tested.verdict.word(),
            "",
        ));
        let whole = Look {
            replicates: WITHOUT,
            error: 0.05,
        };
        lines.extend(tested.without.iter().map(|(name, effect)| {
            row(
                effect,
                whole.interval(effect.estimate, effect.error, effect.n),
                "",
                name,
            )
        }));
    }
    lines
}

/// The lines of `hypotheses_full.csv`: a phase, an alternative, or the posterior a row.
pub(super) fn in_full(all: &[Tested]) -> Vec<Vec<String>> {
    let head = [
        "hypothesis",
        "of",
        "name",
        "estimate",
        "low",
        "high",
        "verdict",
        "as_claimed",
    ];
    let mut lines = vec![head.map(str::to_owned).to_vec()];
    for tested in all {
        let line = |of: [&str; 2], figures: [f64; 3], verdict: &str, claimed: f64| {
            let names = [tested.name.clone(), of[0].to_owned(), of[1].to_owned()];
            let rest = [verdict.to_owned(), cell(claimed)];
            names
                .into_iter()
                .chain(figures.map(cell))
                .chain(rest)
                .collect::<Vec<_>>()
        };
        let Some(full) = &tested.full else { continue };
        for (phase, share) in &full.shares {
            let [low, high] = share
                .interval
                .map_or([f64::NAN; 2], |one| [one.low, one.high]);
            lines.push(line(
                ["phase", phase],
                [share.value, low, high],
                "",
                f64::NAN,
            ));
        }
        for (name, effect, (low, high), verdict) in &full.alternatives {
            lines.push(line(
                ["form", name],
                [effect.estimate, *low, *high],
                verdict.word(),
                f64::NAN,
            ));
        }
        let (effect, (low, high), verdict) = &full.drawn;
        let figures = [effect.estimate, *low, *high];
        lines.push(line(
            ["posterior", "200 draws"],
            figures,
            verdict.word(),
            full.as_claimed,
        ));
    }
    lines
}

/// The card of a hypothesis in full.
fn card(tested: &Tested) -> Option<String> {
    let full = tested.full.as_ref()?;
    let spread = |value: f64, low: f64, high: f64| {
        let ends = [low, high].map(|end| number(Some(end).filter(|end| end.is_finite())));
        format!("{} [{}, {}]", number(Some(value)), ends[0], ends[1])
    };
    let mut order: Vec<_> = full.shares.iter().collect();
    order.sort_by(|a, b| b.1.value.abs().total_cmp(&a.1.value.abs()));
    let carried = order.iter().map(|(phase, share)| {
        let [low, high] = share
            .interval
            .map_or([f64::NAN; 2], |one| [one.low, one.high]);
        format!("{phase} {}", spread(share.value, low, high))
    });
    let carried: Vec<String> = carried.collect();
    let rows = full
        .alternatives
        .iter()
        .map(|(name, effect, (low, high), verdict)| {
            vec![
                (*name).to_owned(),
                verdict.word().to_owned(),
                spread(effect.estimate, *low, *high),
            ]
        });
    let (effect, (low, high), verdict) = &full.drawn;
    let posterior = vec![
        format!(
            "200 draws from the posterior; as claimed in {:.0} % of them",
            100.0 * full.as_claimed
        ),
        verdict.word().to_owned(),
        spread(effect.estimate, *low, *high),
    ];
    let here = vec![
        "the model as it is".to_owned(),
        tested.verdict.word().to_owned(),
        spread(tested.effect.estimate, tested.interval.0, tested.interval.1),
    ];
    let rows = std::iter::once(here).chain(rows).chain([posterior]);
    Some(format!(
        "{} in full: what each phase carries (Shapley values): {}\n{}",
        tested.name,
        carried.join(", "),
        wrapped(&["form of the model", "verdict", "effect as claimed"], rows)
    ))
}

pub(super) fn save(out: &Path, name: &str, lines: &[Vec<String>]) -> Result<(), Failure> {
    let path = out.join(name);
    let failed = |error: &dyn std::fmt::Display| {
        Failure::Other(format!("cannot write {}: {error}", path.display()))
    };
    let mut file = csv::Writer::from_path(&path).map_err(|error| failed(&error))?;
    for line in lines {
        file.write_record(line).map_err(|error| failed(&error))?;
    }
    file.flush().map_err(|error| failed(&error))
}

pub(super) fn json(tested: &Tested) -> serde_json::Value {
    let without = tested.without.iter().map(|(name, effect)| {
        serde_json::json!({ "mechanism_off": name, "estimate": effect.estimate, "error": effect.error })
    });
    serde_json::json!({
        "hypothesis": tested.name, "claim": tested.hypothesis.claim, "source": tested.hypothesis.source,
        "form": tested.hypothesis.form.word(), "outcome": tested.hypothesis.outcome, "verdict": tested.verdict.word(),
        "again": tested.again.map(Verdict::word), "moved": tested.base.as_ref().map(Base::set),
        "estimate": tested.effect.estimate, "low": tested.interval.0, "high": tested.interval.1,
        "smallest": tested.hypothesis.smallest, "n": tested.effect.n, "base": tested.effect.base,
        "looked_at": tested.look.replicates, "in_full": full(tested), "remark": remark(tested), "without": without.collect::<Vec<_>>(),
    })
}

/// What was found out in full, for scripts.
fn full(tested: &Tested) -> Option<serde_json::Value> {
    let full = tested.full.as_ref()?;
    let phases = full.shares.iter().map(|(phase, share)| {
        serde_json::json!({ "phase": phase, "value": share.value, "interval": share.interval })
    });
    let forms = full.alternatives.iter().map(|(name, effect, (low, high), verdict)| {
        serde_json::json!({
            "form": name, "estimate": effect.estimate, "low": low, "high": high, "verdict": verdict.word(),
        })
    });
    let (effect, (low, high), verdict) = &full.drawn;
    Some(serde_json::json!({
        "phases": phases.collect::<Vec<_>>(), "forms": forms.collect::<Vec<_>>(),
        "posterior": {
            "estimate": effect.estimate, "low": low, "high": high, "verdict": verdict.word(),
            "as_claimed": full.as_claimed,
        },
    }))
}

pub(super) fn text(all: &[Tested]) -> String {
    let rows = all.iter().map(|tested| {
        let carrier = carrier(tested).map_or(String::new(), |(name, effect)| {
            format!("{name}: {}", number(Some(effect.estimate)))
        });
        let (low, high) = tested.interval;
        let remark = remark(tested);
        vec![
            tested.name.clone(),
            tested.verdict.word().to_owned(),
            format!(
                "{} [{}, {}]",
                number(Some(tested.effect.estimate)),
                number(Some(low).filter(|low| low.is_finite())),
                number(Some(high).filter(|high| high.is_finite()))
            ),
            number(Some(tested.hypothesis.smallest)),
            tested.effect.n.to_string(),
            carrier,
            match remark.as_str() {
                "" => tested.hypothesis.claim.clone(),
                remark => format!("{} ({remark})", tested.hypothesis.claim),
            },
        ]
    });
    let head = [
        "hypothesis",
        "verdict",
        "effect as claimed",
        "smallest",
        "pairs",
        "changes most without",
        "claim",
    ];
    let table = format!("{}\n\n{}", wrapped(&head, rows), flips(all));
    let cards = all.iter().filter_map(card);
    std::iter::once(table)
        .chain(cards)
        .collect::<Vec<_>>()
        .join("\n\n")
}

/// Which verdicts are others under the second master seed.
fn flips(all: &[Tested]) -> String {
    let again = all
        .iter()
        .filter_map(|tested| Some((tested, tested.again?)));
    let other: Vec<String> = again
        .clone()
        .filter(|(tested, again)| tested.verdict != *again)
        .map(|(tested, again)| {
            format!(
                "`{}`: {}, then {}",
                tested.name,
                tested.verdict.word(),
                again.word()
            )
        })
        .collect();
    match (again.count(), other.len()) {
        (0, _) => "Verdicts were not repeated under a second master seed.".to_owned(),
        (count, 0) => format!("Under the next master seed all {count} verdicts are the same."),
        (count, flipped) => format!(
            "Under the next master seed {flipped} of {count} verdicts are others:\n{}",
            other.join("\n")
        ),
    }
}

/// The table as a page in Markdown.
pub(super) fn page(all: &[Tested]) -> String {
    let count = |verdict: Verdict| {
        all.iter()
            .filter(|tested| tested.verdict == verdict)
            .count()
    };
    let rows = all.iter().map(|tested| {
        let carrier = carrier(tested).map_or(String::new(), |(name, effect)| {
            format!("{name}: {}", number(Some(effect.estimate)))
        });
        let (low, high) = tested.interval;
        let shown = |value: f64| number(Some(value).filter(|value| value.is_finite()));
        let remark = match remark(tested) {
            remark if remark.is_empty() => remark,
            remark => format!(" ({remark})"),
        };
        let cells = [
            format!("`{}`", tested.name),
            format!("{}{remark}", tested.hypothesis.claim),
            tested.hypothesis.source.clone(),
            tested.hypothesis.form.word().to_owned(),
            tested.verdict.word().to_owned(),
            format!(
                "{} [{}, {}]",
                shown(tested.effect.estimate),
                shown(low),
                shown(high)
            ),
            shown(tested.hypothesis.smallest),
            tested.effect.n.to_string(),
            carrier,
        ];
        format!("| {} |\n", cells.join(" | "))
    });
    let rows: String = rows.collect();
    format!(
        "{} hypotheses: {} refuted, {} practically equivalent, {} undecided, {} supported.\n\n\
         | hypothesis | claim | source | form | verdict | effect as claimed | smallest | pairs | changes most without |\n\
         |---|---|---|---|---|---|---|---|---|\n{rows}\n{}\n",
        all.len(),
        count(Verdict::Refuted),
        count(Verdict::Equivalent),
        count(Verdict::Undecided),
        count(Verdict::Supported),
        flips(all).replace('\n', "\n* "),
    )
}
