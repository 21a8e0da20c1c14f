//! Durations and ratios of durations.

use std::time::Instant;

/// Seconds that some work takes.
pub fn seconds(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64()
}

/// Lower quartile, median and upper quartile.
pub fn quartiles(mut values: Vec<f64>) -> [f64; 3] {
    values.sort_by(f64::total_cmp);
    [1, 2, 3].map(|quarter| values[quarter * (values.len() - 1) / 4])
}

/// Ratios of the second work's duration to the first's. Each round does both twice, the first one
/// outside: whoever comes second finds the caches warm.
pub fn in_turn(rounds: usize, mut first: impl FnMut(), mut second: impl FnMut()) -> Vec<f64> {
    let round = |_| {
        let before = seconds(&mut first);
        let twice = seconds(&mut second) + seconds(&mut second);
        twice / (before + seconds(&mut first))
    };
    (0..rounds).map(round).collect()
}

/// A ratio with its quartiles.
pub fn ratio(ratios: Vec<f64>) -> String {
    let [low, median, high] = quartiles(ratios);
    format!("{median:.3} ({low:.3} to {high:.3})")
}
