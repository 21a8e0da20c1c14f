//! The charts of a calibration: targets, and the parameters that were fitted.

use crate::analysis::calibration::{Answer, Calibration, Quantiles};
use crate::registry::calibrations::Use;
use crate::report::{Heading, RangesChart, RangesRow};

/// How far beyond band and ranges a scale goes, as a share of their width.
const RIM: f64 = 0.06;

/// Each target with its band, what the prior and the posterior give, and the scenario as it is.
#[must_use]
pub fn targets(calibration: &Calibration, answer: &Answer) -> RangesChart {
    let standings = answer.standings(calibration);
    let of_use = |used: Use| {
        let rows = calibration.targets.iter().zip(&standings);
        let rows = rows.filter(move |(target, _)| target.used == used);
        rows.map(|(target, found)| {
            let all = [range(found.prior), range(found.posterior)].concat();
            let ends = [target.low, target.high, found.default];
            RangesRow {
                label: target.id.replace('-', " "),
                note: found.verdict.word().to_owned(),
                scale: scale(all.into_iter().chain(ends)),
                band: Some((target.low, target.high)),
                wide: Some(range(found.prior)),
                narrow: Some(range(found.posterior)),
                mark: Some(found.default),
            }
        })
        .collect::<Vec<RangesRow>>()
    };
    let groups = [
        ("Fitted", of_use(Use::Fit)),
        ("Held out: not seen by the fit", of_use(Use::HeldOut)),
    ];
    let groups = groups.into_iter().filter(|(_, rows)| !rows.is_empty());
    let (met, fitted) = answer.short(calibration, Use::Fit);
    let (held, held_out) = answer.short(calibration, Use::HeldOut);
    let title = calibration.experiment.scenarios[0].title();
    RangesChart {
        heading: Heading {
            title: "What the model shows of each published figure".to_owned(),
            caption: format!(
                "{title}. {} sets of parameters, {} runs each, by luck that the fit did not see. Met: half of the posterior in the band; missed: less than a twentieth.",
                answer.population.sets.len(),
                calibration.search.replicates
            ),
            alt: format!(
                "Ranges of {} figures beside their bands; {met} of {fitted} fitted and {held} of {held_out} held-out targets are met.",
                calibration.targets.len()
            ),
        },
        meanings: [
            "published band".to_owned(),
            "before: 90 % of the prior".to_owned(),
            "after: 90 % of the posterior, and its median".to_owned(),
            "the scenario as it is".to_owned(),
        ],
        groups: groups
            .map(|(heading, rows)| (heading.to_owned(), rows))
            .collect(),
    }
}

/// Each parameter that was fitted: its prior as the scale, the posterior, and its value as it is.
#[must_use]
pub fn parameters(calibration: &Calibration, answer: &Answer) -> RangesChart {
    let rows = answer.free.iter().enumerate().map(|(place, at)| {
        let factor = &calibration.experiment.factors[*at];
        let found = answer.of_parameter(calibration, place);
        let end = |share: f64| {
            let level = factor.quantile(share);
            level
                .and_then(|level| level.cell().parse().ok())
                .unwrap_or(share)
        };
        RangesRow {
            label: factor
                .parameter
                .trim_start_matches("mechanisms.")
                .to_owned(),
            note: format!("{:.2}", found.narrowed),
            scale: (end(0.0), end(1.0)),
            band: None,
            wide: None,
            narrow: Some(range(found.quantiles)),
            mark: Some(calibration.as_it_is(factor)),
        }
    });
    let title = calibration.experiment.scenarios[0].title();
    RangesChart {
        heading: Heading {
            title: "What the published figures say of each parameter".to_owned(),
            caption: format!(
                "{title}. Each scale is the prior. On the right: the posterior's standard deviation relative to the prior's; 1 where nothing was learnt."
            ),
            alt: format!(
                "Posterior ranges of {} parameters within their priors.",
                answer.free.len()
            ),
        },
        meanings: [
            String::new(),
            String::new(),
            "90 % of the posterior, and its median".to_owned(),
            "the scenario as it is".to_owned(),
        ],
        groups: vec![("Fitted".to_owned(), rows.collect())],
    }
}

fn range(quantiles: Quantiles) -> [f64; 3] {
    [quantiles.low, quantiles.median, quantiles.high]
}

/// A scale that shows some values, and a little beyond.
fn scale(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let known = values.filter(|value| value.is_finite());
    let (low, high) = known.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
        (low.min(value), high.max(value))
    });
    if low > high {
        return (0.0, 1.0);
    }
    let rim = (RIM * (high - low)).max(1e-6 * high.abs().max(1.0));
    (low - rim, high + rim)
}
