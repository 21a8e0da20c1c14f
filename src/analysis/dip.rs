//! The dip test: whether values have one peak or more (Hartigan & Hartigan 1985).
//!
//! The dip is the largest distance between the distribution of a sample and the unimodal
//! distribution that comes closest to it. It is found as P. M. Hartigan (1985, algorithm AS 217)
//! finds it: between the greatest convex minorant and the least concave majorant of the sample's
//! distribution, in an interval around the mode that narrows until it holds nothing farther apart
//! than what it has left outside.

use crate::random::{Draws, Purpose, address, uniform};

/// The dip of values in any order; from 1/(2n), which equal or evenly spaced values have, to 1/4.
/// Not a number where there is no value, or one that is not a number.
#[must_use]
pub fn dip(values: &[f64]) -> f64 {
    if values.is_empty() || values.iter().any(|value| value.is_nan()) {
        return f64::NAN;
    }
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    steps(&sorted) / (2.0 * sorted.len() as f64)
}

/// The chance that as many values of a uniform distribution, of all unimodal ones the one with the
/// largest dips, have a dip as large or larger: the observed sample counts as one of the
/// simulations (Davison & Hinkley 1997), so that it is at least 1/(simulations + 1). Small where
/// there are several peaks. Values that were rounded have a peak at each step: spread them out first.
#[must_use]
pub fn dip_p(values: &[f64], simulations: u32, seed: u64) -> f64 {
    let observed = dip(values);
    if observed.is_nan() {
        return f64::NAN;
    }
    let draws = Draws::new(seed, 0);
    let mut words = vec![0; values.len()];
    let mut large = 0_u32;
    for simulation in 0..u64::from(simulations) {
        let position = simulation * values.len() as u64;
        draws.fill(Purpose::Design, address("dip"), position, &mut words);
        let sample: Vec<f64> = words.iter().copied().map(uniform).collect();
        large += u32::from(dip(&sample) >= observed);
    }
    (f64::from(large) + 1.0) / (f64::from(simulations) + 1.0)
}

/// Twice the dip, counted in steps of the sample's distribution; it is never less than one.
fn steps(sorted: &[f64]) -> f64 {
    let (mut low, mut high) = (0, sorted.len() - 1);
    let mut dip: f64 = 1.0;
    loop {
        let minorant = hull(sorted, low, high, |before, after| before >= after);
        let majorant = hull(sorted, low, high, |before, after| before <= after);
        let (apart, [left, right]) = farthest(sorted, &minorant, &majorant);
        if apart <= dip {
            return dip;
        }
        for at in low..=left {
            dip = dip.max(at as f64 - height(sorted, &minorant, at) + 1.0);
        }
        for at in right..=high {
            dip = dip.max(height(sorted, &majorant, at) - at as f64 + 1.0);
        }
        (low, high) = (left, right);
    }
}

/// The corners of the hull of the points (value, rank) from `low` to `high`. A corner goes where it
/// `bends` the wrong way; it is given the two slopes at it, both times the same positive number.
fn hull(sorted: &[f64], low: usize, high: usize, bends: fn(f64, f64) -> bool) -> Vec<usize> {
    let mut corners: Vec<usize> = Vec::new();
    for next in low..=high {
        while let [.., first, last] = corners[..] {
            let before = (last - first) as f64 * (sorted[next] - sorted[last]);
            let after = (next - last) as f64 * (sorted[last] - sorted[first]);
            if !bends(before, after) {
                break;
            }
            corners.pop();
        }
        corners.push(next);
    }
    corners
}

/// The height of a hull at the value of rank `at`, in ranks.
fn height(sorted: &[f64], corners: &[usize], at: usize) -> f64 {
    let after = corners.partition_point(|corner| *corner < at);
    let (right, left) = (corners[after], corners[after.saturating_sub(1)]);
    let width = sorted[right] - sorted[left];
    if right == at || width <= 0.0 {
        return right as f64;
    }
    left as f64 + (right - left) as f64 * (sorted[at] - sorted[left]) / width
}

/// How far the hulls are apart where they are so most, and the ranks between which that is: a corner
/// of one, and the next of the other towards the middle. The minorant stands a step below its
/// ranks, at the foot of each step. The ends do not count.
fn farthest(sorted: &[f64], minorant: &[usize], majorant: &[usize]) -> (f64, [usize; 2]) {
    let inner = |corners: &[usize]| 1..corners.len().max(2) - 1;
    let (mut apart, mut between) = (1.0, [0, 0]);
    for left in &minorant[inner(minorant)] {
        let here = height(sorted, majorant, *left) - *left as f64 + 1.0;
        if here > apart {
            let right = majorant.partition_point(|corner| corner < left);
            (apart, between) = (here, [*left, majorant[right]]);
        }
    }
    for right in &majorant[inner(majorant)] {
        let here = *right as f64 - height(sorted, minorant, *right) + 1.0;
        if here > apart {
            let left = minorant.partition_point(|corner| corner <= right) - 1;
            (apart, between) = (here, [minorant[left], *right]);
        }
    }
    (apart, between)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(values: &[f64], expected: f64) {
        let found = dip(values);
        assert!(
            (found - expected).abs() < 1e-12,
            "{values:?}: {found}, not {expected}"
        );
    }

    /// Two equal halves are as far from one peak as can be. Of six values in two clumps the minorant
    /// goes from the foot of the first step (0, 0) to that of the fourth (10, 3): at the third value it
    /// is 0.6 high, the sample's distribution 3. Of 0, 2, 3, 5, 6 it goes from the foot of the second
    /// (2, 1) to that of the fourth (5, 3): at the third value it is 5/3 high, the distribution 3.
    #[test]
    fn small_samples_by_hand() {
        close(&[1.0, 1.0, 2.0, 2.0], 1.0 / 4.0);
        close(&[0.0, 1.0, 2.0, 10.0, 11.0, 12.0], 2.4 / 12.0);
        close(&[0.0, 2.0, 3.0, 5.0, 6.0], (4.0 / 3.0) / 10.0);
        close(&[6.0, 4.0, 3.0, 1.0, 0.0], (4.0 / 3.0) / 10.0);
    }

    /// The R package diptest 0.77 and the Python package diptest 0.12 have the same.
    #[test]
    fn other_programs_have_the_same() {
        close(&[1.0, 2.0, 3.0, 7.0, 8.0, 9.0, 9.0, 10.0], 1.0 / 8.0);
        let mut lopsided = vec![2.0; 10];
        lopsided[3] = 1.0;
        close(&lopsided, 1.0 / 20.0);
        let clumps: Vec<f64> = (0..24).map(|at| f64::from(at * at % 17)).collect();
        close(&clumps, 0.1);
        let waves: Vec<f64> = (0..60)
            .map(|at| f64::from(at * 37 % 101 * (at % 7)))
            .collect();
        close(&waves, 0.033_024_691_358_024_68);
    }

    #[test]
    fn one_peak_has_the_least_dip() {
        for n in 1..40 {
            let least = 1.0 / (2.0 * f64::from(n));
            let even: Vec<f64> = (0..n).map(f64::from).collect();
            close(&even, least);
            close(&vec![5.0; even.len()], least);
            let ever_rarer: Vec<f64> = (0..n).map(|at| f64::from(at * at)).collect();
            close(&ever_rarer, least);
        }
    }

    #[test]
    fn few_values_and_none() {
        assert!(dip(&[]).is_nan() && dip_p(&[], 9, 1).is_nan());
        assert!(dip(&[1.0, f64::NAN]).is_nan());
        close(&[7.0], 1.0 / 2.0);
        close(&[7.0, 1.0], 1.0 / 4.0);
        close(&[1.0, 1.0, 5.0], 1.0 / 6.0);
        close(&[1.0, 2.0, 5.0], 1.0 / 6.0);
        // All samples of three have this dip.
        assert!((dip_p(&[1.0, 2.0, 5.0], 19, 1) - 1.0).abs() < 1e-12);
    }

    /// Neither order nor direction nor scale counts.
    #[test]
    fn a_dip_is_of_the_shape() {
        let values: Vec<f64> = (0..24).map(|at| f64::from(at * at % 17)).collect();
        let mirrored: Vec<f64> = values.iter().rev().map(|value| 8.0 - value / 4.0).collect();
        close(&mirrored, dip(&values));
        assert!(dip(&values) > 0.09);
    }

    #[test]
    fn two_peaks_are_told_from_one() {
        let peak = |at: f64| (0..30).map(move |step| at + f64::from(step * step % 31) / 31.0);
        let two: Vec<f64> = peak(0.0).chain(peak(3.0)).collect();
        let p = dip_p(&two, 199, 4);
        assert!((p - 1.0 / 200.0).abs() < 1e-12, "{p}");
        let one: Vec<f64> = peak(0.0).chain(peak(0.5)).collect();
        assert!(dip_p(&one, 199, 4) > 0.2);
        assert!((dip_p(&two, 0, 4) - 1.0).abs() < 1e-12);
    }

    /// Of 400 uniform samples, each held against 99 of its own, 20 have p of .05 or less (sd 4.4) and
    /// the mean of p is .505 (sd .0144): four sd.
    #[test]
    fn p_of_uniform_samples_is_uniform() {
        let ps = (0..400).map(|sample| {
            let values: [f64; 20] = Draws::new(sample, 1).uniforms(Purpose::System, 0, 0);
            dip_p(&values, 99, sample)
        });
        let ps: Vec<f64> = ps.collect();
        let small = ps.iter().filter(|p| **p < 0.0501).count();
        assert!((3..=37).contains(&small), "{small}");
        let mean = ps.iter().sum::<f64>() / 400.0;
        assert!((mean - 0.505).abs() < 0.058, "{mean}");
    }
}
