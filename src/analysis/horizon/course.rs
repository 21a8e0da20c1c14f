//! Whether a difference between designs is the same after half, the whole and twice the horizon.

use super::mean::Mean;
use crate::analysis::compare::{Good, Verdict};
use serde::Serialize;

/// What becomes of a difference when runs are longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Course {
    /// It is there after both, the one way and the other.
    Turns,
    /// It becomes smaller, or too small to matter.
    Fades,
    /// It becomes larger, or large enough to matter.
    Grows,
    /// It has the same verdict after both, and does not change by as much as matters.
    Holds,
    /// Too few runs to tell.
    Open,
}

impl Course {
    /// All, the most urgent first.
    pub const ALL: [Self; 5] = [
        Self::Turns,
        Self::Fades,
        Self::Grows,
        Self::Holds,
        Self::Open,
    ];

    /// The course from a `shorter` run to a `longer` one: mean paired differences from the baseline,
    /// and their mean `change`. The first of these rules that holds, where a difference is told if
    /// its verdict is neither equivalent nor undecided ([`Verdict::of`]):
    ///
    /// 1. turns: it is told after both, on two sides of zero;
    /// 2. fades: it is told after the shorter run, and either equivalent after the longer one, or the
    ///    95 % interval of its change lies on the other side of zero, farther away than `smallest`;
    /// 3. grows: it is told after the longer run, and either equivalent after the shorter one, or
    ///    the interval of its change lies on the same side, farther away than `smallest`;
    /// 4. holds: told after both, or equivalent after both;
    /// 5. open.
    #[must_use]
    pub fn of(shorter: &Mean, longer: &Mean, change: &Mean, smallest: f64) -> Self {
        let verdict = |mean: &Mean| verdict(mean, smallest, None);
        let (early, late) = (verdict(shorter), verdict(longer));
        let told = |verdict| matches!(verdict, Verdict::Higher | Verdict::Lower);
        let along = |mean: &Mean| (change.value > 0.0) == (mean.value > 0.0);
        let moved = change.beyond(smallest);
        if told(early) && told(late) && early != late {
            Self::Turns
        } else if told(early) && (late == Verdict::Equivalent || moved && !along(shorter)) {
            Self::Fades
        } else if told(late) && (early == Verdict::Equivalent || moved && along(longer)) {
            Self::Grows
        } else if early == late && early != Verdict::Undecided {
            Self::Holds
        } else {
            Self::Open
        }
    }

    /// The word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Turns => "turns",
            Self::Fades => "fades",
            Self::Grows => "grows",
            Self::Holds => "holds",
            Self::Open => "open",
        }
    }

    /// What to do.
    #[must_use]
    pub fn advice(self) -> &'static str {
        match self {
            Self::Turns => "show both lengths of the run, or do not show the difference",
            Self::Fades => "say until when it holds",
            Self::Grows => "name the month",
            Self::Holds => "nothing: it does not depend on the length of the run",
            Self::Open => "`commonground horizon` looks at more replicates",
        }
    }
}

/// The verdict on a mean difference.
pub(super) fn verdict(mean: &Mean, smallest: f64, good: Option<Good>) -> Verdict {
    Verdict::of(mean.ninety_five, mean.ninety, smallest, good)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Differences of five replicates, and the smallest effect .2. With sd .1 a 95 % interval is
    /// ±.124, one of 90 % ±.095: 2.776 and 2.132 · .1 / √5.
    fn course(shorter: [f64; 5], longer: [f64; 5]) -> Course {
        let of = |values: &[f64]| Mean::of(values).unwrap();
        let change = Mean::of_change(&shorter, &longer).unwrap();
        Course::of(&of(&shorter), &of(&longer), &change, 0.2)
    }

    /// Deviations of sd .1 around zero: squares .02 + .02 over 4.
    const LUCK: [f64; 5] = [-0.1, 0.1, 0.0, 0.1, -0.1];

    fn around(middle: f64) -> [f64; 5] {
        LUCK.map(|luck| middle + luck)
    }

    #[test]
    fn every_course_has_its_rule() {
        for (shorter, longer, word) in [
            (1.0, -1.0, "turns"),
            (-1.0, 1.0, "turns"),
            (1.0, 0.0, "fades"),
            (-1.0, -0.5, "fades"),
            (0.5, 1.0, "grows"),
            (0.0, -1.0, "grows"),
            (1.0, 1.1, "holds"),
            (-1.0, -0.9, "holds"),
            (0.0, 0.05, "holds"),
        ] {
            let found = course(around(shorter), around(longer)).word();
            assert_eq!(found, word, "{shorter} to {longer}");
        }
    }

    /// Ten times the luck, an interval of ±1.24: nothing is told.
    #[test]
    fn what_nobody_can_tell_is_open() {
        let wild = LUCK.map(|luck| 10.0 * luck);
        assert_eq!(course(wild, wild.map(|one| one + 1.0)), Course::Open);
        // Told after the shorter run; the longer one is undecided, and so is its change.
        assert_eq!(course(around(1.0), wild.map(|one| one + 1.0)), Course::Open);
        // Undecided after the longer one, and sure to have lost more than .2: 2 ± 2.776 · .9 / √5.
        let worn = wild.map(|one| one + 1.0);
        assert_eq!(course(around(3.0), worn), Course::Fades);
        // A change the way that the difference goes already is no fading.
        assert_eq!(course(around(0.5), around(3.0)), Course::Grows);
    }
}
