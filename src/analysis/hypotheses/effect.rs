//! The effect that a hypothesis is about, with its standard error over paired replicates.
//!
//! Every form is a function of the means of an outcome at the design points, or of their log odds. The
//! standard error comes from what each replicate adds to it (the influence function): since a replicate
//! has the same luck at every point, its parts stand in one sum.

use crate::experiment::{Experiment, Hypothesis};
use crate::math;
use crate::registry::hypotheses::{Direction, Form, Scale};
use crate::scenario::Level;

/// An effect, in the claimed direction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effect {
    /// The estimate; above zero where it goes as claimed.
    pub estimate: f64,
    /// Its standard error; missing where no run of a point says yes, or every one does, and the effect is
    /// on log odds.
    pub error: f64,
    /// Replicates behind it.
    pub n: u64,
    /// Replicates left out, because the outcome is missing at some point.
    pub left_out: u64,
    /// Mean of the outcome over the points of the last arm that is compared, or over all points of a
    /// trend.
    pub base: f64,
}

/// How an effect is made of the design points.
#[derive(Clone, Debug, PartialEq)]
pub struct Effects {
    shape: Shape,
    scale: Scale,
    sign: f64,
    /// Points whose mean is the base.
    base: Vec<usize>,
    /// Points that count.
    points: Vec<usize>,
}

#[derive(Clone, Debug, PartialEq)]
enum Shape {
    /// Σ c g, a coefficient a point.
    Linear(Vec<f64>),
    /// The difference of two values at which a line through the log odds is zero: for each of two arms
    /// the coefficients of intercept and slope.
    Shift([[Vec<f64>; 2]; 2]),
}

impl Effects {
    /// What a hypothesis compares in an experiment.
    #[must_use]
    pub fn of(experiment: &Experiment, hypothesis: &Hypothesis) -> Self {
        let count = experiment.points();
        let points: Vec<_> = (0..count).map(|id| experiment.point(id)).collect();
        let of_arm = |arm: usize| -> Vec<usize> {
            let all = points.iter().enumerate();
            all.filter(|(_, point)| point.arm == arm)
                .map(|(at, _)| at)
                .collect()
        };
        let along: Vec<f64> = points
            .iter()
            .map(|point| {
                let level = hypothesis
                    .factor
                    .and_then(|factor| point.values.get(factor)?.as_ref());
                level
                    .map(Level::cell)
                    .and_then(|cell| cell.parse().ok())
                    .unwrap_or(f64::NAN)
            })
            .collect();
        let size = points.len();
        let last = hypothesis.arms.last().copied();
        let (shape, base) = match hypothesis.form {
            Form::Contrast | Form::Interaction => {
                let signs: &[f64] = match hypothesis.form {
                    Form::Interaction => &[1.0, -1.0, -1.0, 1.0],
                    _ => &[1.0, -1.0],
                };
                let mut weights = vec![0.0; size];
                for (arm, sign) in hypothesis.arms.iter().zip(signs) {
                    let here = of_arm(*arm);
                    here.iter()
                        .for_each(|at| weights[*at] += sign / here.len() as f64);
                }
                (Shape::Linear(weights), last.map_or(Vec::new(), of_arm))
            }
            Form::Trend => {
                let all: Vec<usize> = (0..size).collect();
                let [_, slope] = line(&along, &all, size);
                let (low, high) = ends(&along);
                let weights = slope.iter().map(|weight| weight * (high - low)).collect();
                (Shape::Linear(weights), all)
            }
            Form::Shift => {
                let of = |arm: usize| line(&along, &of_arm(arm), size);
                let arms = [hypothesis.arms[0], hypothesis.arms[1]];
                (Shape::Shift(arms.map(of)), of_arm(arms[1]))
            }
        };
        let counts = |at: &usize| match &shape {
            Shape::Linear(weights) => weights[*at].abs() > 0.0,
            Shape::Shift(arms) => arms
                .iter()
                .flatten()
                .any(|weights| weights[*at].abs() > 0.0),
        };
        Self {
            scale: match hypothesis.form {
                Form::Shift => Scale::Logit,
                _ => hypothesis.scale,
            },
            sign: match hypothesis.direction {
                Direction::Higher => 1.0,
                Direction::Lower => -1.0,
            },
            points: (0..size).filter(counts).collect(),
            shape,
            base,
        }
    }

    /// The effect in the values of an outcome: one row a design point, one value a replicate, `NaN` where
    /// it is missing. Replicates that miss a point that counts are left out.
    #[must_use]
    pub fn effect(&self, values: &[Vec<f64>]) -> Effect {
        let replicates = values.iter().map(Vec::len).min().unwrap_or(0);
        let whole = |replicate: &usize| {
            let mut here = self.points.iter().map(|at| values[*at][*replicate]);
            here.all(|value| !value.is_nan())
        };
        let kept: Vec<usize> = (0..replicates).filter(whole).collect();
        let n = kept.len() as f64;
        let mean = |at: usize| kept.iter().map(|one| values[at][*one]).sum::<f64>() / n;
        let means: Vec<f64> = (0..values.len()).map(mean).collect();
        let scaled: Vec<(f64, f64)> = means.iter().map(|mean| self.scaled(*mean, n)).collect();
        let heights: Vec<f64> = scaled.iter().map(|(height, _)| *height).collect();
        let (estimate, slopes) = self.shape.at(&heights);
        let influence = |replicate: &usize| -> f64 {
            let parts = self
                .points
                .iter()
                .map(|at| slopes[*at] * scaled[*at].1 * (values[*at][*replicate] - means[*at]));
            parts.sum()
        };
        let squares: f64 = kept.iter().map(influence).map(|one| one * one).sum();
        // One more run that says otherwise: that none did among a few is no certainty.
        let otherwise = |at: &usize| slopes[*at] * scaled[*at].1;
        let otherwise = self
            .points
            .iter()
            .map(otherwise)
            .fold(0.0, |most: f64, one| most.max(one.abs()));
        let squares = match self.scale {
            Scale::Raw => squares,
            Scale::Logit => squares + otherwise * otherwise,
        };
        // Where no run says yes, or every one, log odds have no standard error that means anything.
        let at_an_end = |at: &usize| means[*at] <= 0.0 || means[*at] >= 1.0;
        let known = self.scale == Scale::Raw || !self.points.iter().any(at_an_end);
        let base = self.base.iter().map(|at| means[*at]).sum::<f64>() / self.base.len() as f64;
        Effect {
            estimate: self.sign * estimate,
            error: match known {
                true => (squares / (n - 1.0) / n).sqrt(),
                false => f64::NAN,
            },
            n: kept.len() as u64,
            left_out: (replicates - kept.len()) as u64,
            base,
        }
    }

    /// A mean on the scale of the effect, and how fast it moves there. Log odds are of a share with half a
    /// run more on either side, so that none and all have some (Haldane 1956).
    fn scaled(&self, mean: f64, n: f64) -> (f64, f64) {
        match self.scale {
            Scale::Raw => (mean, 1.0),
            Scale::Logit => {
                let share = (mean * n + 0.5) / (n + 1.0);
                let odds = share / (1.0 - share);
                (math::ln(odds), 1.0 / (share * (1.0 - share)))
            }
        }
    }
}

impl Shape {
    /// The effect where the points have these heights, and how it moves with each.
    fn at(&self, heights: &[f64]) -> (f64, Vec<f64>) {
        let sum = |weights: &[f64]| -> f64 {
            let each = weights.iter().zip(heights);
            each.filter(|(weight, _)| weight.abs() > 0.0)
                .map(|(weight, height)| weight * height)
                .sum()
        };
        match self {
            Self::Linear(weights) => (sum(weights), weights.clone()),
            Self::Shift(arms) => {
                let [first, second] = arms.each_ref().map(|[level, slope]| {
                    let (a, b) = (sum(level), sum(slope));
                    let moves = level.iter().zip(slope);
                    let moves: Vec<f64> =
                        moves.map(|(la, lb)| -la / b + a * lb / (b * b)).collect();
                    (-a / b, moves)
                });
                let slopes = first
                    .1
                    .iter()
                    .zip(&second.1)
                    .map(|(one, other)| one - other);
                (first.0 - second.0, slopes.collect())
            }
        }
    }
}

/// The coefficients of intercept and slope of the least-squares line through the heights of some points.
fn line(along: &[f64], points: &[usize], size: usize) -> [Vec<f64>; 2] {
    let n = points.len() as f64;
    let middle = points.iter().map(|at| along[*at]).sum::<f64>() / n;
    let square: f64 = points
        .iter()
        .map(|at| (along[*at] - middle) * (along[*at] - middle))
        .sum();
    let (mut level, mut slope) = (vec![0.0; size], vec![0.0; size]);
    for at in points {
        slope[*at] = (along[*at] - middle) / square;
        level[*at] = 1.0 / n - middle * slope[*at];
    }
    [level, slope]
}

fn ends(values: &[f64]) -> (f64, f64) {
    values
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
            (low.min(*value), high.max(*value))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn linear(weights: &[f64], scale: Scale) -> Effects {
        let points = (0..weights.len())
            .filter(|at| weights[*at].abs() > 0.0)
            .collect();
        Effects {
            shape: Shape::Linear(weights.to_vec()),
            scale,
            sign: 1.0,
            base: vec![weights.len() - 1],
            points,
        }
    }

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-6, "{found} {expected}");
    }

    /// The effect that a file claims, of one value a design point in each of two replicates.
    fn claimed(rest: &str, points: &[f64]) -> f64 {
        let text = format!(
            "extends = \"trust-board\"\n[hypothesis]\nclaim = \"So it is.\"\nsource = \"assumption\"\n\
             outcome = \"trust_end\"\nsmallest = 0.1\n{rest}"
        );
        let scenario = crate::scenario::from_text("plan", &text, &[]).unwrap();
        let experiment = Experiment::of("plan", vec![scenario], None).unwrap();
        let hypothesis = experiment.hypothesis.clone().unwrap();
        let values: Vec<Vec<f64>> = points.iter().map(|value| vec![*value; 2]).collect();
        Effects::of(&experiment, &hypothesis)
            .effect(&values)
            .estimate
    }

    /// (9 - 4) - (3 - 1) = 3, claimed lower -3.
    #[test]
    fn an_interaction_and_a_trend_worked_by_hand() {
        let arms = ["a", "b", "c", "d"].map(|id| format!("[[arms]]\nid = \"{id}\"\n"));
        let four = |direction: &str| {
            format!(
                "form = \"interaction\"\ndirection = \"{direction}\"\narms = [\"a\", \"b\", \"c\", \"d\"]\n{}",
                arms.concat()
            )
        };
        close(claimed(&four("higher"), &[9.0, 4.0, 3.0, 1.0]), 3.0);
        close(claimed(&four("lower"), &[9.0, 4.0, 3.0, 1.0]), -3.0);
        let trend = "form = \"trend\"\ndirection = \"higher\"\nfactor = \"rules\"\n[[factors]]\nid = \"rules\"\n\
                     parameter = \"forums.ground_rules\"\nlevels = [0.2, 0.4, 0.8]\n";
        // Middle of .2, .4, .8: 7/15; squares .186667; of heights 2, 3, 7 the slope is 1.6/.186667.
        close(claimed(trend, &[2.0, 3.0, 7.0]), 0.6 * 1.6 / 0.186_666_667);
    }

    /// Differences 1, 2, 3 and one missing: mean 2, sd 1.
    #[test]
    fn a_contrast_worked_by_hand() {
        let values = [vec![2.0, 4.0, 6.0, 9.0], vec![1.0, 2.0, 3.0, f64::NAN]];
        let found = linear(&[1.0, -1.0], Scale::Raw).effect(&values);
        close(found.estimate, 2.0);
        close(found.error, 1.0 / 3.0_f64.sqrt());
        assert_eq!((found.n, found.left_out), (3, 1));
        close(found.base, 2.0);
        let lower = Effects {
            sign: -1.0,
            ..linear(&[1.0, -1.0], Scale::Raw)
        };
        close(lower.effect(&values).estimate, -2.0);
    }

    /// Shares 3/4 and 1/4 of four: (3.5/5), (1.5/5): log odds ±.847298; 1/(p(1-p)) = 4.761905. Influences
    /// 4.761905 · ((y - .75) - (y' - .25)): of (1,0), (1,0), (1,1), (0,0) .5, .5, -.5, -.5; and one more run
    /// that says otherwise, 4.761905.
    #[test]
    fn a_contrast_of_log_odds_worked_by_hand() {
        let values = [vec![1.0, 1.0, 1.0, 0.0], vec![0.0, 0.0, 1.0, 0.0]];
        let found = linear(&[1.0, -1.0], Scale::Logit).effect(&values);
        close(found.estimate, 2.0 * 0.847_297_86);
        let squares = 4.0 * 2.380_952_4_f64 * 2.380_952_4 + 4.761_904_8 * 4.761_904_8;
        close(found.error, (squares / 3.0 / 4.0).sqrt());
    }

    /// Ten pairs that agree: shares of one half, 1/(p(1-p)) = 4, an error of √(16/9/10) instead of none.
    #[test]
    fn pairs_that_all_agree_are_no_certainty() {
        let row: Vec<f64> = (0..10).map(|at| f64::from(at % 2)).collect();
        let found = linear(&[1.0, -1.0], Scale::Logit).effect(&[row.clone(), row]);
        close(found.estimate, 0.0);
        close(found.error, (16.0_f64 / 9.0 / 10.0).sqrt());
    }

    #[test]
    fn shares_of_none_and_all_tell_nothing() {
        let values = [vec![0.0; 30], vec![0.0; 30]];
        let found = linear(&[1.0, -1.0], Scale::Logit).effect(&values);
        assert!(found.error.is_nan() && found.n == 30);
        let values = [vec![1.0; 30], (0..30).map(|at| f64::from(at % 2)).collect()];
        assert!(
            linear(&[1.0, -1.0], Scale::Logit)
                .effect(&values)
                .error
                .is_nan()
        );
        close(
            linear(&[1.0, -1.0], Scale::Raw).effect(&values).estimate,
            0.5,
        );
    }

    /// What differs by the same in every replicate has no error: pairing takes the common luck away.
    #[test]
    fn common_luck_leaves_no_error() {
        let values = [vec![3.0, 8.0, -2.0], vec![2.0, 7.0, -3.0]];
        close(linear(&[1.0, -1.0], Scale::Raw).effect(&values).error, 0.0);
    }

    /// Heights 0, 1, 2 at 1, 3, 5: slope ½, intercept -½.
    #[test]
    fn a_line_worked_by_hand() {
        let [level, slope] = line(&[1.0, 3.0, 5.0], &[0, 1, 2], 3);
        let sum = |weights: &[f64]| weights[1] + 2.0 * weights[2];
        close(sum(&slope), 0.5);
        close(sum(&level), -0.5);
    }

    /// Lines that are zero at 2 and at 3: the first is lower by one. A height of the first arm moves its
    /// zero as a difference of quotients says.
    #[test]
    fn a_shift_worked_by_hand_and_its_slopes_by_differences() {
        let along = [0.0, 4.0, 0.0, 4.0];
        let shape = Shape::Shift([line(&along, &[0, 1], 4), line(&along, &[2, 3], 4)]);
        let heights = [-1.0, 1.0, -3.0, 1.0];
        let (found, slopes) = shape.at(&heights);
        close(found, -1.0);
        for at in 0..4 {
            let mut moved = heights;
            moved[at] += 1e-6;
            let quotient = (shape.at(&moved).0 - found) / 1e-6;
            assert!(
                (quotient - slopes[at]).abs() < 1e-4,
                "{at}: {quotient} {}",
                slopes[at]
            );
        }
    }
}
