//! Which ties a network map shows: the strongest, so that single ones can be followed and a weak network is not an empty one.

use super::axis::number;
use super::network_map::{NetworkPanel, NetworkTie};

/// Ties weaker than this are as good as none.
const LEAST_WEIGHT: f64 = 0.01;
/// With more equally strong ties than this, none is shown.
const MOST_EQUAL: usize = 1_000;

/// Which ties are drawn.
#[derive(Clone, Copy, Debug)]
pub enum TiesShown {
    /// Those of at least this weight.
    AtLeast(f64),
    /// Up to this many at each moment, the strongest first. Equal weights stand or fall together; weights below 0.01, which no
    /// reader could tell from none, are left out.
    Strongest(usize),
}

impl TiesShown {
    /// The strongest, up to this many at any moment, from one least weight on for all of them, so
    /// that moments can be compared: that of the moment with the strongest ties.
    pub fn together(panels: &[NetworkPanel], most: usize) -> Self {
        let tied = panels.iter().filter(|panel| strong(panel).next().is_some());
        let least = tied.map(|panel| Self::Strongest(most).least_weight(panel));
        let least = least.reduce(f64::max).unwrap_or(f64::INFINITY);
        if least.is_finite() {
            Self::AtLeast(least)
        } else {
            Self::Strongest(most)
        }
    }

    /// The ties of `panel` that are drawn, weakest first.
    pub(super) fn of(self, panel: &NetworkPanel) -> Vec<NetworkTie> {
        let least = self.least_weight(panel);
        let drawn = panel.ties.iter().filter(|tie| tie.weight >= least);
        let mut ties: Vec<NetworkTie> = drawn.copied().collect();
        ties.sort_by(|a, b| a.weight.total_cmp(&b.weight));
        ties
    }

    /// What is drawn of all ties of `panel`, in words.
    pub(super) fn in_words(self, panel: &NetworkPanel) -> String {
        let all = strong(panel).count();
        let drawn = self.of(panel).len();
        let least = || number(self.least_weight(panel), 0.01);
        match (all, drawn, self) {
            (0, ..) => "no ties".to_owned(),
            (_, 0, Self::AtLeast(_)) => format!("none of {all} ties is so strong"),
            (_, 0, Self::Strongest(_)) => format!("{all} ties, too many of them equal to be drawn"),
            _ if drawn == all => format!("all {all} ties, {} or more", least()),
            (_, _, Self::AtLeast(_)) => format!("{drawn} of {all} ties, {} or more", least()),
            (_, _, Self::Strongest(_)) => {
                format!("the {drawn} strongest of {all} ties, {} or more", least())
            }
        }
    }

    /// The weight from which ties are drawn; infinite if there is none to draw.
    fn least_weight(self, panel: &NetworkPanel) -> f64 {
        let most = match self {
            Self::AtLeast(weight) => return weight,
            Self::Strongest(most) => most,
        };
        let mut weights: Vec<f64> = strong(panel).collect();
        weights.sort_by(|a, b| b.total_cmp(a));
        let Some(&first_left_out) = weights.get(most) else {
            return weights.last().copied().unwrap_or(f64::INFINITY);
        };
        let stronger = weights.partition_point(|weight| *weight > first_left_out);
        match stronger.checked_sub(1) {
            Some(last) => weights[last],
            // The strongest are equal, and more than wanted.
            None => {
                let equal = weights.partition_point(|weight| *weight >= first_left_out);
                if equal <= MOST_EQUAL {
                    first_left_out
                } else {
                    f64::INFINITY
                }
            }
        }
    }
}

/// The weights of the ties of `panel` that are more than none.
fn strong(panel: &NetworkPanel) -> impl Iterator<Item = f64> {
    let weights = panel.ties.iter().map(|tie| tie.weight);
    weights.filter(|weight| *weight >= LEAST_WEIGHT)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn panel(weights: &[f64]) -> NetworkPanel {
        let tie = |&weight: &f64| NetworkTie {
            from: 0,
            to: 1,
            weight,
        };
        NetworkPanel {
            ties: weights.iter().map(tie).collect(),
            ..NetworkPanel::default()
        }
    }

    #[test]
    fn the_strongest_ties_are_drawn_and_equal_ones_together() {
        let least =
            |weights: &[f64], most| TiesShown::Strongest(most).least_weight(&panel(weights));
        assert_eq!(least(&[0.1, 0.5, 0.3, 0.4], 2), 0.4);
        assert_eq!(least(&[0.5, 0.4, 0.4, 0.4], 2), 0.5);
        assert_eq!(least(&[0.5, 0.4, 0.4, 0.4], 9), 0.4);
        assert_eq!(least(&[0.4; 5], 2), 0.4);
        assert_eq!(least(&[0.4; 1_001], 2), f64::INFINITY);
        assert_eq!(least(&[0.0, 0.004, 0.02], 9), 0.02);
        assert_eq!(least(&[0.0; 5], 9), f64::INFINITY);
        assert_eq!(least(&[], 9), f64::INFINITY);
    }

    #[test]
    fn moments_that_are_compared_have_one_least_weight() {
        let moments = [panel(&[0.1, 0.2, 0.55]), panel(&[0.4, 0.5, 0.6])];
        let shown = TiesShown::together(&moments, 2);
        assert_eq!(shown.in_words(&moments[0]), "1 of 3 ties, 0.50 or more");
        assert_eq!(shown.in_words(&moments[1]), "2 of 3 ties, 0.50 or more");
        // A moment without ties lends its places to no other.
        let moments = [panel(&[0.0, 0.0]), panel(&[0.4, 0.5, 0.6])];
        let shown = TiesShown::together(&moments, 2);
        assert_eq!(shown.in_words(&moments[0]), "no ties");
        assert_eq!(shown.in_words(&moments[1]), "2 of 3 ties, 0.50 or more");
    }

    #[test]
    fn ties_are_drawn_weakest_first_so_that_strong_ones_lie_on_top() {
        let drawn = TiesShown::AtLeast(0.2).of(&panel(&[0.3, 0.1, 0.9, 0.2]));
        let weights: Vec<f64> = drawn.iter().map(|tie| tie.weight).collect();
        assert_eq!(weights, [0.2, 0.3, 0.9]);
    }

    #[test]
    fn words_count_what_is_drawn() {
        let words = |weights: &[f64], shown: TiesShown| shown.in_words(&panel(weights));
        let (two, strong) = (TiesShown::Strongest(2), TiesShown::AtLeast(0.3));
        let four = [0.1, 0.5, 0.3, 0.4];
        assert_eq!(words(&four, two), "the 2 strongest of 4 ties, 0.40 or more");
        assert_eq!(words(&four, strong), "3 of 4 ties, 0.30 or more");
        assert_eq!(words(&[0.2, 0.3, 0.0], two), "all 2 ties, 0.20 or more");
        assert_eq!(words(&[0.2], strong), "none of 1 ties is so strong");
        assert_eq!(words(&[0.0], two), "no ties");
        let equal = words(&[0.5; 1_001], two);
        assert_eq!(equal, "1001 ties, too many of them equal to be drawn");
    }
}
