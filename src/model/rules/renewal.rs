#![doc = include_str!("renewal.md")]

use crate::math;
use crate::model::stage::Stage;
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

/// What is left of a slow memory after one month, plus what the month added.
#[must_use]
pub fn memory(before: f64, half_life: f64, added: f64) -> f64 {
    let kept = before * math::pow(0.5, 1.0 / half_life);
    (kept + added * (1.0 - kept)).clamp(0.0, 1.0)
}

/// Chance that a leader leaves this month: h0(kind, tier), times the burnout ratio above the
/// threshold; executives' also rises with the failures of their own forums.
#[must_use]
pub fn leaving(stage: &Stage, strain: f64, leader: usize, failing: f64) -> f64 {
    let rule = &stage.mechanisms.renewal;
    let leaders = stage.leaders;
    let base = match (leaders.executive[leader], leaders.kind[leader]) {
        (true, _) => rule.leaving_executive * (1.0 + rule.failing * failing).max(0.0),
        (false, LeaderKind::Clinician) => rule.leaving_clinician,
        (false, _) => rule.leaving_other,
    };
    let burnt_out = strain > rule.burnout;
    (base * if burnt_out { rule.burnout_leaving } else { 1.0 }).min(1.0)
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
