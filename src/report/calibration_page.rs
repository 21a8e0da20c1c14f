//! A calibration as a page in Markdown: what was fitted to what, and what came out.

use crate::analysis::calibration::{Answer, Calibration, Quantiles, Standing, Target, Wave};
use crate::registry::Choice;
use crate::registry::calibrations::Use;

/// The tables of a calibration: targets that were fitted, targets that were held out, parameters, waves.
#[must_use]
pub fn markdown(calibration: &Calibration, answer: &Answer) -> String {
    let standings = answer.standings(calibration);
    let search = calibration.search;
    let of_use = |used: Use| -> Vec<Vec<String>> {
        let rows = calibration.targets.iter().zip(&standings);
        let rows = rows.filter(|(target, _)| target.used == used);
        rows.map(|(target, found)| of_target(target, found))
            .collect()
    };
    let head = [
        "target",
        "band",
        "source",
        "sure",
        "prior",
        "posterior",
        "in band",
        "as it was",
        "",
    ];
    let tables = [
        ("Targets that were fitted", table(&head, of_use(Use::Fit))),
        (
            "Targets that were held out",
            table(&head, of_use(Use::HeldOut)),
        ),
        (
            "Parameters",
            table(
                &[
                    "parameter",
                    "prior",
                    "as it was",
                    "posterior",
                    "narrowed",
                    "one set for all",
                ],
                parameters(calibration, answer),
            ),
        ),
        (
            "Waves",
            table(
                &["wave", "tried", "nearer", "farthest kept", "effective"],
                waves(answer),
            ),
        ),
    ];
    let tables: Vec<String> = tables
        .iter()
        .map(|(title, table)| format!("## {title}\n\n{table}"))
        .collect();
    format!(
        "{} sets of parameters in the posterior, {} runs each. Ranges are medians with the middle nine tenths in brackets; those \
         of the posterior are by luck that the fit did not see. *In band*: share of the posterior. *Met*: half of it or more; \
         *missed*: less than a twentieth. *Narrowed*: the posterior's standard deviation relative to the prior's. *Farthest \
         kept*: tolerances off the targets.\n\n{}",
        answer.population.sets.len(),
        search.replicates,
        tables.join("\n")
    )
}

fn parameters(calibration: &Calibration, answer: &Answer) -> Vec<Vec<String>> {
    let fitted = answer.free.iter().enumerate();
    let row = |(place, at): (usize, &usize)| {
        let factor = &calibration.experiment.factors[*at];
        let found = answer.of_parameter(calibration, place);
        let end = |share: f64| {
            let level = factor.quantile(share);
            level.map_or(String::new(), |level| level.short())
        };
        vec![
            format!("`{}`", factor.parameter),
            format!("{} to {}", end(0.0), end(1.0)),
            plain(calibration.as_it_is(factor)),
            range(found.quantiles),
            plain(found.narrowed),
            plain(found.representative),
        ]
    };
    fitted.map(row).collect()
}

fn waves(answer: &Answer) -> Vec<Vec<String>> {
    let row = |wave: &Wave| {
        vec![
            wave.wave.to_string(),
            wave.tried.to_string(),
            wave.nearer.to_string(),
            plain(wave.tolerance),
            format!("{:.0}", wave.effective),
        ]
    };
    answer.waves.iter().map(row).collect()
}

fn of_target(target: &Target, found: &Standing) -> Vec<String> {
    vec![
        target.words(),
        target.band(),
        target.source.clone(),
        target.confidence.word().to_owned(),
        range(found.prior),
        range(found.posterior),
        format!("{:.0} %", 100.0 * found.inside),
        plain(found.default),
        found.verdict.word().to_owned(),
    ]
}

fn table(head: &[&str], rows: Vec<Vec<String>>) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let head: Vec<String> = head.iter().map(|cell| (*cell).to_owned()).collect();
    let rule = format!("|{}\n", "---|".repeat(head.len()));
    let rows: String = rows.iter().map(|row| line(row)).collect();
    line(&head) + &rule + &rows
}

fn range(found: Quantiles) -> String {
    if found.median.is_finite() {
        format!(
            "{} [{}, {}]",
            plain(found.median),
            plain(found.low),
            plain(found.high)
        )
    } else {
        "-".to_owned()
    }
}

/// A number to three digits or so; a dash where it is missing.
fn plain(value: f64) -> String {
    let size = value.abs();
    match value {
        value if !value.is_finite() => "-".to_owned(),
        value if size >= 100.0 => format!("{value:.0}"),
        value if size >= 10.0 => format!("{value:.1}"),
        value if size >= 0.1 || size <= 0.0 => format!("{value:.2}"),
        value => format!("{value:.4}"),
    }
}
