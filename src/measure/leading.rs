//! The structure of leadership in a forum: who is granted how much by whom.

use super::inequality::{entropy, gini};

/// Measures of one forum's network of leadership granted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Structure {
    /// Mean leadership granted over ordered pairs.
    pub density: f64,
    /// Freeman's in-degree centralisation: Σ (max − d_j) / (n − 1)², d_j the leadership received.
    pub centralisation: f64,
    /// Density × (1 − centralisation).
    pub shared: f64,
    /// Gini of leadership received; missing where none is granted.
    pub gini: f64,
    /// Evenness of leadership received; missing where none is granted.
    pub entropy: f64,
    /// Mean over members of the largest leadership each grants.
    pub aggregate: f64,
    /// The member who is granted most, if any is.
    pub foremost: Option<usize>,
}

/// The structure of a forum of `n` members, with `granted` the leadership that the row grants to the
/// column, nothing on the diagonal; `received` is scratch and holds each member's sum afterwards.
/// Missing for fewer than two.
pub fn structure(n: usize, granted: &[f64], received: &mut Vec<f64>) -> Option<Structure> {
    if n < 2 {
        return None;
    }
    received.clear();
    received.resize(n, 0.0);
    let mut largest = 0.0;
    for row in granted.chunks_exact(n) {
        let mut most = 0.0;
        for (sum, l) in received.iter_mut().zip(row) {
            *sum += l;
            most = if *l > most { *l } else { most };
        }
        largest += most;
    }
    let others = (n - 1) as f64;
    let sum: f64 = received.iter().sum();
    let max = received.iter().copied().fold(0.0, f64::max);
    let centralisation = (n as f64 * max - sum) / (others * others);
    let density = sum / (n as f64 * others);
    let foremost = (max > 0.0)
        .then(|| (0..n).find(|j| received[*j] >= max))
        .flatten();
    let entropy = entropy(received);
    Some(Structure {
        density,
        centralisation,
        shared: density * (1.0 - centralisation),
        entropy,
        gini: gini(&mut received.clone()),
        aggregate: largest / n as f64,
        foremost,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Leadership fully granted or not, among five.
    fn matrix(granted: impl Fn(usize, usize) -> bool) -> Vec<f64> {
        let pairs = (0..5).flat_map(|i| (0..5).map(move |j| (i, j)));
        pairs
            .map(|(i, j)| f64::from(u8::from(granted(i, j))))
            .collect()
    }

    /// A star has centralisation one, an empty and a complete network zero.
    #[test]
    fn star_complete_and_empty() {
        let mut received = Vec::new();
        let star = structure(5, &matrix(|i, j| i != j && j == 2), &mut received).unwrap();
        assert!((star.centralisation - 1.0).abs() < 1e-12);
        assert!((star.density - 0.2).abs() < 1e-12);
        assert_eq!(star.foremost, Some(2));
        assert!(star.shared.abs() < 1e-12);
        let complete = structure(5, &matrix(|i, j| i != j), &mut received).unwrap();
        assert!(complete.centralisation.abs() < 1e-12 && (complete.shared - 1.0).abs() < 1e-12);
        let empty = structure(5, &matrix(|_, _| false), &mut received).unwrap();
        assert!(empty.shared.abs() < 1e-12 && empty.foremost.is_none());
        assert!(structure(1, &[0.0], &mut received).is_none());
    }
}
