//! Which ties a network map shows: the strongest, so that single ones can be followed and a weak network is not an empty one.

use super::axis::number;
use super::network_map::{NetworkMap, NetworkPanel, NetworkTie};

/// Ties weaker than this are as good as none.
pub(super) const LEAST_WEIGHT: f64 = 0.01;
/// With more equally strong ties than this, none is shown.
const MOST_EQUAL: usize = 1_000;

/// Which ties are drawn.
#[derive(Clone, Copy, Debug)]
pub enum TiesShown {
    /// Those of at least this weight.
    AtLeast(f64),
    /// Up to this many of the ties of all panels together, the strongest first. Equal weights stand or fall together; weights
    /// below 0.01, which no reader could tell from none, are left out.
    Strongest(usize),
}

/// The ties of `panel` of at least the weight `least`, weakest first.
pub(super) fn shown(panel: &NetworkPanel, least: f64) -> Vec<NetworkTie> {
    let mut ties: Vec<NetworkTie> = panel
        .ties
        .iter()
        .copied()
        .filter(|tie| tie.weight >= least)
        .collect();
    ties.sort_by(|a, b| a.weight.total_cmp(&b.weight));
    ties
}

impl NetworkMap {
    /// What is drawn of all ties, and what a line means.
    pub(super) fn ties_in_words(&self) -> String {
        let least = self.least_weight();
        let ties = || self.panels.iter().flat_map(|panel| &panel.ties);
        let all = ties().filter(|tie| tie.weight >= LEAST_WEIGHT).count();
        let drawn = ties().filter(|tie| tie.weight >= least).count();
        let (tie, direction) = (&self.tie_label, &self.direction);
        if all == 0 {
            return format!("There are no ties of {tie}.");
        }
        if drawn == 0 {
            return format!(
                "None of {all} ties of {tie} is shown: they are too weak, or too many are equal."
            );
        }
        let together = if self.is_pair() {
            " of both moments together"
        } else {
            ""
        };
        let chosen = match (drawn < all, self.shown) {
            (false, _) => format!("all {all} ties of {tie}"),
            (true, TiesShown::AtLeast(_)) => format!("{drawn} of {all} ties of {tie}"),
            (true, TiesShown::Strongest(_)) => {
                format!("the {drawn} strongest of {all} ties of {tie}{together}")
            }
        };
        format!(
            "Lines: {chosen}, {} or more; each narrows from {direction}; dark and wide is strong.",
            number(least, 0.01)
        )
    }

    /// The weight from which ties are shown; infinite if there is none to show.
    pub(super) fn least_weight(&self) -> f64 {
        let most = match self.shown {
            TiesShown::AtLeast(weight) => return weight,
            TiesShown::Strongest(most) => most,
        };
        let ties = self.panels.iter().flat_map(|panel| &panel.ties);
        let mut weights: Vec<f64> = ties
            .map(|tie| tie.weight)
            .filter(|weight| *weight >= LEAST_WEIGHT)
            .collect();
        weights.sort_by(|a, b| b.total_cmp(a));
        let Some(&first_left_out) = weights.get(most) else {
            return weights.last().copied().unwrap_or(f64::INFINITY);
        };
        let kept = weights.partition_point(|weight| *weight > first_left_out);
        match kept.checked_sub(1) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Chart;
    use crate::report::samples::network;

    fn map(weights: &[f64], shown: TiesShown) -> NetworkMap {
        let tie = |(index, &weight): (usize, &f64)| NetworkTie {
            from: index / 9,
            to: 9 + index % 9,
            weight,
        };
        let mut map = network(18, 3, 1, "organisation");
        map.panels[0].ties = weights.iter().enumerate().map(tie).collect();
        NetworkMap { shown, ..map }
    }

    #[test]
    fn the_strongest_ties_are_shown_and_equal_ones_together() {
        let least = |weights: &[f64], most| map(weights, TiesShown::Strongest(most)).least_weight();
        assert_eq!(least(&[0.1, 0.5, 0.3, 0.4], 2), 0.4);
        assert_eq!(least(&[0.5, 0.4, 0.4, 0.4], 2), 0.5);
        assert_eq!(least(&[0.5, 0.4, 0.4, 0.4], 9), 0.4);
        assert_eq!(least(&[0.4; 5], 2), 0.4);
        assert_eq!(least(&[0.0, 0.004, 0.02], 9), 0.02);
        assert_eq!(least(&[0.0; 5], 9), f64::INFINITY);
        assert_eq!(least(&[], 9), f64::INFINITY);
    }

    #[test]
    fn captions_count_what_is_shown() {
        let caption = |weights: &[f64], most| map(weights, TiesShown::Strongest(most)).caption();
        let some = caption(&[0.1, 0.5, 0.3, 0.4], 2);
        assert!(
            some.contains("the 2 strongest of 4 ties of trust, 0.40 or more"),
            "{some}"
        );
        assert!(caption(&[0.2, 0.3], 2).contains("all 2 ties of trust, 0.20 or more"));
        assert!(caption(&[0.0], 2).contains("There are no ties of trust"));
        assert!(caption(&[0.5; 81], 2).contains("all 81 ties"));
    }
}
