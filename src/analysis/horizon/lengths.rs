//! How long half, the whole and twice the horizon are, and which of them say nothing.

use crate::model::setup::Setup;
use crate::registry;
use serde::Serialize;

/// When a run is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Look {
    /// After half the horizon, rounded up.
    Half,
    /// At the horizon.
    Whole,
    /// After twice the horizon.
    Double,
}

impl Look {
    /// All, in order.
    pub const ALL: [Self; 3] = [Self::Half, Self::Whole, Self::Double];
}

/// The months after which a design point is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lengths {
    /// Half the horizon, rounded up; none where it says nothing.
    pub half: Option<u32>,
    /// The horizon.
    pub whole: u32,
    /// Twice the horizon; none where it says nothing.
    pub double: Option<u32>,
    /// What is left out and why, a sentence each.
    pub left_out: Vec<String>,
}

impl Lengths {
    /// Of a design point that has no system.
    pub const NONE: Self = Self {
        half: None,
        whole: 0,
        double: None,
        left_out: Vec::new(),
    };

    /// Those of a system. Dates stay what they are, so that a look is left out
    ///
    /// * where an intervention or a forum begins between half and the whole horizon: half a run
    ///   would be one without it;
    /// * where one begins between the whole and twice the horizon: only the double run would have it;
    /// * where the registry allows no such horizon, or half of it is all of it.
    #[must_use]
    pub fn of(setup: &Setup) -> Self {
        let whole = setup.horizon.cycles;
        let (half, double) = (whole.div_ceil(2), whole.saturating_mul(2));
        let mut left_out = Vec::new();
        let begins = |after: u32, until: u32| {
            let interventions = setup.interventions.iter().filter(|one| one.intensity > 0.0);
            let interventions =
                interventions.map(|one| (one.at, format!("the intervention \"{}\"", one.id)));
            let forums = setup.forums.iter();
            let forums = forums.map(|one| (one.design.start, format!("the forum \"{}\"", one.id)));
            let mut all = interventions.chain(forums);
            all.find(|(month, _)| (after + 1..=until).contains(month))
        };
        let mut short = Some(half);
        if half == whole {
            left_out.push("a run of one month has no half, which is left out".to_owned());
            short = None;
        } else if let Some((month, what)) = begins(half, whole) {
            left_out.push(format!(
                "{what} begins in month {month}, after half the horizon ({half} months), which is \
                 left out: a run of that length has nothing of it"
            ));
            short = None;
        }
        let most = longest();
        let mut long = Some(double);
        if f64::from(double) > most {
            left_out.push(format!(
                "twice {whole} months is more than horizon.cycles can be ({most}): left out"
            ));
            long = None;
        } else if let Some((month, what)) = begins(whole, double) {
            left_out.push(format!(
                "{what} begins in month {month}, after the end of the run in month {whole}; twice \
                 the horizon is left out: only that would have it"
            ));
            long = None;
        }
        Self {
            half: short,
            whole,
            double: long,
            left_out,
        }
    }

    /// The months of a look.
    #[must_use]
    pub fn months(&self, look: Look) -> Option<u32> {
        match look {
            Look::Half => self.half,
            Look::Whole => Some(self.whole),
            Look::Double => self.double,
        }
    }
}

/// The most months that a scenario can have.
fn longest() -> f64 {
    let bounds = registry::find("horizon.cycles").and_then(|entry| entry.bounds());
    bounds.map_or(f64::INFINITY, |(_, high)| high)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Lengths {
        let text = format!("extends = \"trust-board\"\n{text}");
        Lengths::of(&crate::scenario::from_text("one", &text, &[]).unwrap().setup)
    }

    fn cycles(cycles: u32) -> Lengths {
        of(&format!("horizon.cycles = {cycles}\n"))
    }

    #[test]
    fn half_is_rounded_up_and_what_cannot_be_is_left_out() {
        let looks = |one: &Lengths| Look::ALL.map(|look| one.months(look));
        assert_eq!(looks(&cycles(60)), [Some(30), Some(60), Some(120)]);
        assert_eq!(looks(&cycles(7)), [Some(4), Some(7), Some(14)]);
        assert_eq!(looks(&cycles(600))[2], Some(1200));
        let long = cycles(601);
        assert_eq!(looks(&long), [Some(301), Some(601), None]);
        assert!(
            long.left_out[0].contains("twice 601 months is more than horizon.cycles can be (1200)")
        );
        let short = cycles(1);
        assert_eq!(looks(&short), [None, Some(1), Some(2)]);
        assert!(short.left_out[0].contains("a run of one month has no half"));
        assert!(cycles(60).left_out.is_empty());
    }

    /// Horizon 24: month 12 is in half of it, 13 and 24 are not; 25 to 48 are in twice of it alone.
    #[test]
    fn what_begins_after_a_look_leaves_it_out() {
        for (at, half, double) in [
            (1, true, true),
            (12, true, true),
            (13, false, true),
            (24, false, true),
            (25, true, false),
            (48, true, false),
            (49, true, true),
        ] {
            let found = of(&format!(
                "horizon.cycles = 24\n[[interventions]]\nid = \"cuts\"\nkind = \"austerity\"\nat = {at}\n"
            ));
            assert_eq!(
                (found.half.is_some(), found.double.is_some()),
                (half, double),
                "{at}"
            );
            let said = found.left_out.join("\n");
            assert_eq!(
                said.contains("\"cuts\" begins in month"),
                !(half && double),
                "{said}"
            );
        }
    }
}
