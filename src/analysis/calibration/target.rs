//! Targets: published figures that the model should show.

use super::statistic;
use crate::measure::{CYCLE, Outcome, RUN, Record};
use crate::registry::calibrations::{Confidence, Statistic, Use};

/// A published figure, and how the model's own is computed.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// Its id.
    pub id: String,
    /// What is computed.
    pub statistic: Statistic,
    /// The outcome, and for some statistics others, by name.
    pub outcomes: Vec<String>,
    /// The month in which it is taken; none: over the run.
    pub month: Option<usize>,
    /// Month by which a whole change is counted.
    pub by: usize,
    /// Position of the arm in which it is computed.
    pub arm: usize,
    /// Position of the arm whose statistic is taken off.
    pub against: Option<usize>,
    /// Both in words; empty for the first arm alone.
    pub where_from: String,
    /// Lower end of the band; minus infinity where it has none.
    pub low: f64,
    /// Upper end of the band; infinity where it has none.
    pub high: f64,
    /// How far outside of the band counts as one.
    pub tolerance: f64,
    /// Weight of its square in the distance.
    pub weight: f64,
    /// Whether parameters are chosen by it.
    pub used: Use,
    /// Who published the figure.
    pub source: String,
    /// How sure it is.
    pub confidence: Confidence,
}

impl Target {
    /// Whether it needs the series of months.
    #[must_use]
    pub fn needs_months(&self) -> bool {
        self.month.is_some()
    }

    /// Positions of the arms that it needs.
    pub fn arms(&self) -> impl Iterator<Item = usize> {
        std::iter::once(self.arm).chain(self.against)
    }

    /// The model's figure from the replicates of each arm; missing where an arm has none or it is not
    /// defined.
    #[must_use]
    pub fn value(&self, arms: &[Vec<Record>]) -> f64 {
        let of = |arm: usize| arms.get(arm).map_or(f64::NAN, |runs| self.of_arm(runs));
        of(self.arm) - self.against.map_or(0.0, of)
    }

    fn of_arm(&self, runs: &[Record]) -> f64 {
        let values = |name: &String| self.values(name, runs);
        let first = &self.outcomes[0];
        let others = &self.outcomes[1..];
        match self.statistic {
            Statistic::Mean => statistic::mean(&values(first)),
            Statistic::Ratio => {
                statistic::mean(&values(first)) / statistic::mean(&values(&others[0]))
            }
            Statistic::Correlation => statistic::correlation(&values(first), &values(&others[0])),
            Statistic::Unexplained => {
                let others: Vec<Vec<f64>> = others.iter().map(values).collect();
                statistic::unexplained(&values(first), &others)
            }
            Statistic::ShareOfChange => {
                let series: Vec<Vec<f64>> = runs.iter().map(|run| months(run, first)).collect();
                statistic::share_of_change(&series, self.month.unwrap_or(1), self.by)
            }
            Statistic::OneHump => statistic::one_hump(&values(first)),
        }
    }

    /// An outcome of each run, in the target's month where it has one.
    fn values(&self, name: &str, runs: &[Record]) -> Vec<f64> {
        let of_run = place(RUN, name);
        let value = |run: &Record| match self.month {
            Some(month) => months(run, name).get(month - 1).copied(),
            None => of_run.and_then(|at| run.run.get(at).copied()),
        };
        runs.iter()
            .map(|run| value(run).unwrap_or(f64::NAN))
            .collect()
    }

    /// How far outside of the band a figure lies, in tolerances: 0 within; infinite where the figure is
    /// missing.
    #[must_use]
    pub fn miss(&self, value: f64) -> f64 {
        if value.is_nan() {
            return f64::INFINITY;
        }
        (self.low - value).max(value - self.high).max(0.0) / self.tolerance
    }

    /// What is computed, in words.
    #[must_use]
    pub fn words(&self) -> String {
        let names: Vec<String> = self
            .outcomes
            .iter()
            .map(|name| name.replace('_', " "))
            .collect();
        let (first, others) = (&names[0], names[1..].join(", "));
        let figure = match self.statistic {
            Statistic::Mean => first.clone(),
            Statistic::Ratio => format!("{first} relative to {others}"),
            Statistic::Correlation => format!("r of {first} with {others}"),
            Statistic::Unexplained => format!("share of {first} not explained by {others}"),
            Statistic::ShareOfChange => format!(
                "{first}: change by month {}, as a share of that by month {}",
                self.month.unwrap_or(1),
                self.by
            ),
            Statistic::OneHump => format!("p that {first} has one hump"),
        };
        format!("{figure}{}", self.where_from)
    }

    /// The band in words.
    #[must_use]
    pub fn band(&self) -> String {
        match (self.low.is_finite(), self.high.is_finite()) {
            (true, true) => format!("{} to {}", self.low, self.high),
            (true, false) => format!("at least {}", self.low),
            _ => format!("at most {}", self.high),
        }
    }
}

fn place(outcomes: &[Outcome], name: &str) -> Option<usize> {
    outcomes.iter().position(|outcome| outcome.name == name)
}

/// An outcome in each month of a run; none where its months were not kept.
fn months(run: &Record, name: &str) -> Vec<f64> {
    let Some(at) = place(CYCLE, name) else {
        return Vec::new();
    };
    run.cycles
        .chunks_exact(CYCLE.len())
        .map(|month| month[at])
        .collect()
}

/// The distance of a set of parameters: the root of the weighted mean square of how far each of the
/// targets that are fitted is missed.
#[must_use]
pub fn distance(targets: &[Target], values: &[f64]) -> f64 {
    let fitted = targets
        .iter()
        .zip(values)
        .filter(|(target, _)| target.used == Use::Fit);
    let (mut sum, mut weights) = (0.0, 0.0);
    for (target, value) in fitted {
        let miss = target.miss(*value);
        if target.weight > 0.0 {
            sum += target.weight * miss * miss;
            weights += target.weight;
        }
    }
    (sum / weights).sqrt()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A target that is fitted: the mean of `wins`, 1 to 2.
    pub(in crate::analysis::calibration) fn target(id: &str, tolerance: f64) -> Target {
        Target {
            id: id.to_owned(),
            statistic: Statistic::Mean,
            outcomes: vec!["wins".to_owned()],
            month: None,
            by: 1,
            arm: 0,
            against: None,
            where_from: String::new(),
            low: 1.0,
            high: 2.0,
            tolerance,
            weight: 1.0,
            used: Use::Fit,
            source: "assumption".to_owned(),
            confidence: Confidence::Assumed,
        }
    }

    /// Missed by 0, 2 and 1.5 tolerances with weights 1, 1, 2: √((0 + 4 + 4.5)/4).
    #[test]
    fn a_distance_worked_by_hand() {
        let mut targets = [
            target("a", 0.5),
            target("b", 0.5),
            target("c", 2.0),
            target("d", 1.0),
        ];
        targets[2].weight = 2.0;
        targets[3].used = Use::HeldOut;
        let found = distance(&targets, &[1.5, 3.0, -2.0, 99.0]);
        assert!((found - (8.5_f64 / 4.0).sqrt()).abs() < 1e-12, "{found}");
        assert!(distance(&targets, &[1.0, f64::NAN, 1.0, 1.0]).is_infinite());
        assert!(distance(&targets, &[2.0, 1.0, 1.0, f64::NAN]) <= 0.0);
    }

    #[test]
    fn a_band_with_one_end_is_open_to_the_other_side() {
        let mut open = target("a", 0.5);
        open.low = f64::NEG_INFINITY;
        assert!(open.miss(-1e9) <= 0.0 && (open.miss(2.5) - 1.0).abs() < 1e-12);
        assert_eq!(open.band(), "at most 2");
        (open.low, open.high) = (1.0, f64::INFINITY);
        assert!(open.miss(1e9) <= 0.0 && (open.miss(0.0) - 2.0).abs() < 1e-12);
        assert_eq!(open.band(), "at least 1");
    }

    fn run(wins: f64, trust: f64) -> Record {
        let mut run = vec![f64::NAN; RUN.len()];
        for (name, value) in [("wins", wins), ("trust", trust)] {
            if let Some(at) = place(RUN, name) {
                run[at] = value;
            }
        }
        let mut cycles = vec![f64::NAN; 2 * CYCLE.len()];
        if let Some(at) = place(CYCLE, "trust") {
            (cycles[at], cycles[CYCLE.len() + at]) = (trust, 3.0 * trust);
        }
        Record {
            run,
            cycles,
            tables: Vec::new(),
        }
    }

    #[test]
    fn figures_of_two_arms_worked_by_hand() {
        let arms = [
            vec![run(1.0, 0.2), run(3.0, 0.6)],
            vec![run(5.0, 0.1), run(7.0, 0.1)],
        ];
        let close = |target: &Target, expected: f64| {
            let found = target.value(&arms);
            assert!((found - expected).abs() < 1e-12, "{found} {expected}");
        };
        let mut of = target("a", 1.0);
        close(&of, 2.0);
        of.arm = 1;
        close(&of, 6.0);
        of.against = Some(0);
        close(&of, 4.0);
        (of.arm, of.against) = (0, None);
        of.outcomes = vec!["trust".to_owned()];
        of.month = Some(2);
        close(&of, 1.2);
        of.statistic = Statistic::ShareOfChange;
        (of.month, of.by) = (Some(1), 2);
        close(&of, 0.0);
        (of.statistic, of.month) = (Statistic::Ratio, None);
        of.outcomes = vec!["wins".to_owned(), "trust".to_owned()];
        close(&of, 5.0);
        of.statistic = Statistic::Correlation;
        close(&of, 1.0);
        of.arm = 7;
        assert!(of.value(&arms).is_nan());
    }
}
