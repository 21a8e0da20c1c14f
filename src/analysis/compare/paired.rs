//! One design against the baseline, replicate by replicate, for one outcome.
//!
//! * `difference`: mean of the paired differences, with its 95 % interval by Student's t and by the
//!   percentile-t bootstrap over pairs, and the 90 % interval that equivalence is judged by;
//! * `hedges_g`: the difference in standard deviations of a single run, g_av: divided by the root of
//!   the mean of the two variances, times 1 - 3 / (4 (n - 1) - 1) against the bias of few pairs
//!   (Hedges 1981; Cumming 2012). Not g_z, which divides by the spread of the differences: that
//!   depends on how much luck the two share, and says nothing of the system;
//! * `superiority`: Vargha and Delaney's A (2000), the chance that a run of the design has more of
//!   the outcome than a run of the baseline with other luck; .5 where neither has.

use super::verdict::{Good, SMALL, Size, Verdict};
use crate::analysis::bootstrap::percentile_t;
use crate::analysis::interval::{Interval, NINETY, NINETY_FIVE, half_width_at};
use crate::analysis::summary::Summary;
use serde::Serialize;

/// One difference from the baseline. What cannot be computed from so few pairs is missing.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Effect {
    /// Pairs of runs in which the outcome is defined.
    pub n: u64,
    /// Pairs of which a run failed or is not there.
    pub left_out: u64,
    /// Pairs of runs that are there, and of which one has no value of this outcome.
    pub undefined: u64,
    /// Mean of the baseline's runs in pairs.
    pub baseline: Option<f64>,
    /// Mean of the design's runs in pairs.
    pub mean: Option<f64>,
    /// Mean of the paired differences, design minus baseline.
    pub difference: Option<f64>,
    /// Its 95 % interval by Student's t.
    pub student: Option<Interval>,
    /// Its 95 % interval by the percentile-t bootstrap; missing, too, where too many resamples do
    /// not vary.
    pub bootstrap: Option<Interval>,
    /// Its 90 % interval by Student's t.
    pub ninety: Option<Interval>,
    /// Hedges' g, g_av; missing where nothing varies.
    pub hedges_g: Option<f64>,
    /// Vargha and Delaney's A, 0 to 1.
    pub superiority: Option<f64>,
    /// The smallest difference that would matter.
    pub smallest: Option<f64>,
    /// How large the difference is, in standard deviations of the baseline.
    pub size: Option<Size>,
    /// What the intervals say.
    pub verdict: Verdict,
}

/// How an outcome is judged.
#[derive(Clone, Copy, Debug)]
pub struct Judged {
    /// Master seed of the bootstrap.
    pub seed: u64,
    /// Which way is good.
    pub good: Option<Good>,
    /// The smallest effect of interest; without one .2 standard deviations of the baseline.
    pub smallest: Option<f64>,
}

impl Effect {
    /// The effect of pairs of values, design and baseline, of which `NaN` is not defined;
    /// `left_out` more have no values at all.
    #[must_use]
    pub fn of(pairs: &[(f64, f64)], left_out: u64, judged: Judged) -> Self {
        let defined = |pair: &&(f64, f64)| !pair.0.is_nan() && !pair.1.is_nan();
        let (here, there): (Vec<f64>, Vec<f64>) = pairs.iter().filter(defined).copied().unzip();
        let apart: Vec<f64> = here.iter().zip(&there).map(|(a, b)| a - b).collect();
        let [design, baseline, difference] = [&here, &there, &apart].map(|all| Summary::of(all));
        let interval = |level| {
            let (mean, sd) = (difference.mean?, difference.sd?);
            let half = half_width_at(level, apart.len(), sd);
            Some(Interval {
                low: mean - half,
                high: mean + half,
            })
        };
        let smallest = judged.smallest.or(baseline.sd.map(|sd| SMALL * sd));
        let (student, ninety) = (interval(NINETY_FIVE), interval(NINETY));
        let verdict = match (student, ninety, smallest) {
            (Some(wide), Some(narrow), Some(smallest)) => {
                Verdict::of(wide, narrow, smallest, judged.good)
            }
            _ => Verdict::Undecided,
        };
        let size = difference.mean.zip(baseline.sd);
        Self {
            n: difference.n,
            left_out,
            undefined: (pairs.len() - apart.len()) as u64,
            baseline: baseline.mean,
            mean: design.mean,
            difference: difference.mean,
            student,
            bootstrap: percentile_t(judged.seed, &apart),
            ninety,
            hedges_g: hedges_g(&difference, &design, &baseline),
            superiority: superiority(&here, &there),
            smallest,
            size: size.and_then(|(difference, sd)| Size::of(difference, sd)),
            verdict,
        }
    }
}

/// Hedges' g of a paired design, g_av.
fn hedges_g(difference: &Summary, design: &Summary, baseline: &Summary) -> Option<f64> {
    let (mean, here, there) = (difference.mean?, design.sd?, baseline.sd?);
    let sd = (0.5 * (here * here + there * there)).sqrt();
    let freedom = difference.n as f64 - 1.0;
    let g = mean / sd * (1.0 - 3.0 / (4.0 * freedom - 1.0));
    g.is_finite().then_some(g)
}

/// The chance that a value of `here` is above one of `there`, ties halved.
fn superiority(here: &[f64], there: &[f64]) -> Option<f64> {
    let mut sorted = there.to_vec();
    sorted.sort_by(f64::total_cmp);
    let above = here.iter().map(|value| {
        let below = sorted.partition_point(|other| other < value);
        let up_to = sorted.partition_point(|other| other <= value);
        0.5 * (below + up_to) as f64
    });
    let chance = above.sum::<f64>() / (here.len() * there.len()) as f64;
    (!chance.is_nan()).then_some(chance)
}

#[cfg(test)]
mod tests {
    use super::*;

    const JUDGED: Judged = Judged {
        seed: 1,
        good: Some(Good::More),
        smallest: None,
    };

    fn near(found: Option<f64>, expected: f64) {
        let found = found.unwrap();
        assert!((found - expected).abs() < 1e-6, "{found} {expected}");
    }

    /// Design 3, 5, 4, 8, 5 and baseline 1, 2, 3, 4, 5: differences 2, 3, 1, 4, 0, mean 2, sd √2.5,
    /// half width 2.776445 · √2.5 / √5 = 1.963243, at 90 % 2.131847 / √2 = 1.507443. Variances 3.5
    /// and 2.5: g = 2 / √3 · (1 - 3 / 15) = .923760. A: above or equal 1 + 1 + .5, ...: of 25 pairs
    /// 2.5 + 4.5 + 3.5 + 5 + 4.5 = 20. Smallest .2 · √2.5 = .316228; 2 / √2.5 = 1.26 is large.
    #[test]
    fn an_effect_worked_by_hand() {
        let pairs = [
            (3.0, 1.0),
            (5.0, 2.0),
            (4.0, 3.0),
            (8.0, 4.0),
            (5.0, 5.0),
            (f64::NAN, 3.0),
        ];
        let found = Effect::of(&pairs, 2, JUDGED);
        assert_eq!((found.n, found.left_out, found.undefined), (5, 2, 1));
        assert_eq!((found.mean, found.baseline), (Some(5.0), Some(3.0)));
        near(found.difference, 2.0);
        near(found.student.map(|one| one.low), 2.0 - 1.963_243_16);
        near(found.student.map(|one| one.high), 2.0 + 1.963_243_16);
        near(found.ninety.map(|one| one.low), 2.0 - 1.507_443_3);
        near(found.hedges_g, 0.923_760_4);
        near(found.superiority, 20.0 / 25.0);
        near(found.smallest, 0.316_227_77);
        assert_eq!(found.size, Some(Size::Large));
        assert_eq!(found.verdict, Verdict::Better);
        let costs = Judged {
            good: Some(Good::Less),
            ..JUDGED
        };
        assert_eq!(Effect::of(&pairs, 0, costs).verdict, Verdict::Worse);
        let much = Judged {
            smallest: Some(3.6),
            ..JUDGED
        };
        assert_eq!(Effect::of(&pairs, 0, much).verdict, Verdict::Equivalent);
    }

    #[test]
    fn too_few_pairs_leave_gaps() {
        for pairs in [&[][..], &[(1.0, 2.0)], &[(f64::NAN, 2.0), (1.0, f64::NAN)]] {
            let found = Effect::of(pairs, 0, JUDGED);
            assert_eq!(found.verdict, Verdict::Undecided);
            assert_eq!((found.student, found.bootstrap), (None, None));
            assert_eq!(found.hedges_g, None);
        }
        let same = Effect::of(&[(1.0, 1.0), (1.0, 1.0)], 0, JUDGED);
        assert_eq!((same.verdict, same.size), (Verdict::Equivalent, None));
        assert_eq!((same.hedges_g, same.superiority), (None, Some(0.5)));
    }
}
