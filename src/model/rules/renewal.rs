#![doc = include_str!("renewal.md")]

use crate::math;
use crate::model::event::Reason;
use crate::model::stage::Stage;
use crate::random::happens;
use crate::registry::leaders::LeaderKind;
use crate::registry::mechanisms::Renewal;

/// b after one cycle: b + a u (1 + w H)(1 − b) − r support b, with u the overload of the hours
/// attended, in tens.
#[must_use]
pub fn strain(rule: &Renewal, strain: f64, overload: f64, hierarchy: f64, support: f64) -> f64 {
    let gained =
        rule.strain_gain * overload * (1.0 + rule.strain_pressure * hierarchy) * (1.0 - strain);
    (strain + gained - rule.recovery * support * strain).clamp(0.0, 1.0)
}

/// What of a slow memory is left after one month: 2^(−1/half-life).
#[must_use]
pub fn kept(half_life: f64) -> f64 {
    math::pow(0.5, 1.0 / half_life)
}

/// s after one cycle: s + gain · training (1 − s) − decay (s − s at the start).
#[must_use]
#[allow(clippy::cast_possible_truncation, reason = "skill is kept short")]
pub fn skill(rule: &Renewal, (skill, start): (f32, f32), training: f64) -> f32 {
    let before = f64::from(skill);
    let learnt = (rule.skill_gain * training).min(1.0) * (1.0 - before);
    (before + learnt - rule.skill_decay * (before - f64::from(start))) as f32
}

/// What is kept of a slow memory after one month, plus what the month added.
#[must_use]
pub fn memory(before: f64, kept: f64, added: f64) -> f64 {
    let old = before * kept;
    (old + added * (1.0 - old)).clamp(0.0, 1.0)
}

/// Chances that a leader leaves this month, with ever more reasons.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Leaving {
    /// Without burnout and failing forums: h0 of kind and tier.
    tenure: f64,
    /// With its forums as they are: executives' rises with the failures of their own forums.
    unburnt: f64,
    /// With its strain as well: times the burnout ratio above the threshold.
    chance: f64,
}

impl Leaving {
    /// Whether the leader leaves, by one word, and why.
    #[inline]
    #[must_use]
    pub fn reason(self, word: u32) -> Option<Reason> {
        happens(word, self.chance).then(|| {
            if happens(word, self.tenure) {
                Reason::Tenure
            } else if happens(word, self.unburnt) {
                Reason::Failing
            } else {
                Reason::BurntOut
            }
        })
    }
}

/// How likely a leader is to leave this month, and for what.
#[must_use]
pub fn leaving(stage: &Stage, strain: f64, leader: usize, failing: f64) -> Leaving {
    let rule = &stage.mechanisms.renewal;
    let leaders = stage.leaders;
    let wave = 1.0 + f64::from(stage.levers.given(leader).leaving);
    let (tenure, failing) = match (leaders.executive[leader], leaders.kind[leader]) {
        (true, _) => (rule.leaving_executive, rule.failing * failing),
        (false, LeaderKind::Clinician) => (rule.leaving_clinician, 0.0),
        (false, _) => (rule.leaving_other, 0.0),
    };
    let tenure = tenure * wave;
    let unburnt = tenure * (1.0 + failing).max(0.0);
    let burnt_out = strain > rule.burnout;
    let chance = (unburnt * if burnt_out { rule.burnout_leaving } else { 1.0 }).min(1.0);
    Leaving {
        tenure,
        unburnt,
        chance,
    }
}

/// A forum's smoothed record of failures less wins, in [−1, 1].
#[must_use]
pub fn failing(rule: &Renewal, before: f64, won: f64, failed: f64) -> f64 {
    let weight = (rule.failing_rate * (won + failed)).min(1.0);
    if weight > 0.0 {
        before + weight * ((failed - won) / (won + failed) - before)
    } else {
        before
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::rules::testing::{Bench, assert_close, word};

    #[test]
    fn strain_grows_with_overload_and_heals_with_support() {
        let rule = Renewal {
            strain_gain: 0.2,
            strain_pressure: 0.5,
            recovery: 0.1,
            ..Renewal::default()
        };
        // .4 + .2·1.5·(1 + .5·.6)(1 - .4) - .1·.7·.4 = .4 + .234 - .028
        assert_close(strain(&rule, 0.4, 1.5, 0.6, 0.7), 0.606);
        assert_close(strain(&rule, 0.4, 0.0, 0.6, 0.0), 0.4);
        assert_close(strain(&rule, 0.9, 80.0, 1.0, 0.0), 1.0);
        let off = Renewal {
            strain_gain: 0.0,
            recovery: 0.0,
            ..rule
        };
        assert_close(strain(&off, 0.4, 1.5, 0.6, 0.7), 0.4);
    }

    #[test]
    fn a_memory_halves_and_takes_in_what_is_new() {
        // Half-life 2: .8·2^(-1/2) = .565685; + .3·(1 - .565685).
        assert_close(memory(0.8, kept(2.0), 0.3), 0.695_980);
        assert_close(memory(memory(0.8, kept(2.0), 0.0), kept(2.0), 0.0), 0.4);
        assert_close(memory(0.8, kept(2.0), 7.0), 1.0);
    }

    #[test]
    fn leaving_depends_on_kind_tier_burnout_and_failure() {
        let mut bench = Bench::new(LeaderKind::ALL);
        let rule = &mut bench.mechanisms.renewal;
        (rule.leaving_clinician, rule.leaving_other) = (0.01, 0.03);
        (rule.leaving_executive, rule.failing) = (0.05, 2.0);
        (rule.burnout, rule.burnout_leaving) = (0.5, 4.0);
        let chance = |bench: &Bench, strain, leader, failing| {
            leaving(&bench.stage(), strain, leader, failing).chance
        };
        assert_close(chance(&bench, 0.5, 0, 0.4), 0.01);
        assert_close(chance(&bench, 0.51, 0, 0.4), 0.04);
        assert_close(chance(&bench, 0.2, 1, 0.4), 0.03);
        assert_close(chance(&bench, 0.2, 2, 0.4), 0.03);
        bench.leaders.executive[1] = true;
        // .05(1 + 2·.4); with wins .05(1 - 2·.3); never below none; at most certain.
        assert_close(chance(&bench, 0.2, 1, 0.4), 0.09);
        assert_close(chance(&bench, 0.2, 1, -0.3), 0.02);
        assert_close(chance(&bench, 0.2, 1, -0.9), 0.0);
        bench.mechanisms.renewal.leaving_executive = 0.3;
        assert_close(chance(&bench, 0.6, 1, 0.4), 1.0);
    }

    #[test]
    fn who_leaves_does_so_for_the_part_of_the_chance_that_was_drawn() {
        let mut bench = Bench::clinicians(2);
        let rule = &mut bench.mechanisms.renewal;
        (rule.leaving_executive, rule.failing) = (0.05, 2.0);
        (rule.burnout, rule.burnout_leaving) = (0.5, 3.0);
        bench.leaders.executive[0] = true;
        let reasons = |strain, failing| {
            let leaving = leaving(&bench.stage(), strain, 0, failing);
            // .05; .05(1 + 2·.4) = .09; three times as much.
            [0.049, 0.051, 0.089, 0.091, 0.269, 0.271].map(|u| leaving.reason(word(u)))
        };
        let (tenure, failing) = (Some(Reason::Tenure), Some(Reason::Failing));
        let burnt_out = Some(Reason::BurntOut);
        assert_eq!(
            reasons(0.6, 0.4),
            [tenure, failing, failing, burnt_out, burnt_out, None]
        );
        assert_eq!(
            reasons(0.5, 0.4),
            [tenure, failing, failing, None, None, None]
        );
        // .05; .05(1 - 2·.2) = .03; three times as much is .09.
        assert_eq!(
            reasons(0.6, -0.2),
            [tenure, burnt_out, burnt_out, None, None, None]
        );
        assert_eq!(reasons(0.5, -0.2), [None; 6]);
    }

    #[test]
    fn a_record_of_failure_follows_what_is_won_and_failed() {
        let rule = Renewal {
            failing_rate: 0.1,
            ..Renewal::default()
        };
        // Weight .1·(1 + 3) = .4 on (3 - 1)/(1 + 3) = .5: .2 + .4·(.5 - .2).
        assert_close(failing(&rule, 0.2, 1.0, 3.0), 0.32);
        assert_close(failing(&rule, 0.2, 0.0, 0.0), 0.2);
        assert_close(failing(&rule, 0.2, 30.0, 0.0), -1.0);
    }

    #[test]
    fn skill_is_learnt_by_training_and_forgotten_to_its_start() {
        let rule = Renewal {
            skill_gain: 0.2,
            skill_decay: 0.1,
            ..Renewal::default()
        };
        // .6 + .2·.5·.4 - .1·(.6 - .5)
        assert_close(skill(&rule, (0.6, 0.5), 0.5).into(), 0.63);
        assert_close(skill(&rule, (0.5, 0.5), 0.0).into(), 0.5);
        assert_close(skill(&rule, (0.6, 0.6), 9.0).into(), 1.0);
    }

    #[test]
    fn a_wave_of_turnover_multiplies_the_chance_to_leave() {
        let mut bench = Bench::new(&[LeaderKind::Clinician]);
        bench.mechanisms.renewal.leaving_clinician = 0.01;
        let given = crate::model::levers::Given {
            leaving: 4.0,
            ..Default::default()
        };
        bench.levers.given = vec![given];
        let leaving = leaving(&bench.stage(), 0.2, 0, 0.0);
        assert_close(leaving.chance, 0.05);
        assert_eq!(leaving.reason(word(0.049)), Some(Reason::Tenure));
    }
}
