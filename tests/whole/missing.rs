//! An outcome is missing exactly when there is nothing that it could be measured on.

use super::Faults;
use commonground::measure::{CYCLE, Observed};
use commonground::model::forum::{Decision, Forum};
use commonground::model::world::World;
use commonground::registry::leaders::LeaderKind;
use commonground::registry::places::Tier;

/// Forums in which somebody was granted leadership, a month ago.
#[derive(Clone, Debug, Default)]
pub struct Led(Vec<bool>);

/// What there is to measure in one cycle.
struct There<'a> {
    world: &'a World<'a>,
    led: Vec<bool>,
    led_before: &'a [bool],
}

impl There<'_> {
    fn any(&self, forum: impl Fn(&Forum) -> bool) -> bool {
        self.world.living().any(|(_, one)| forum(one))
    }

    fn due(&self) -> bool {
        self.any(|forum| forum.meeting.decision != Decision::NoMeeting)
    }

    fn due_with(&self, kind: LeaderKind) -> bool {
        let leaders = &self.world.leaders;
        self.any(|forum| {
            let seated = |seat: &commonground::model::forum::Seat| {
                leaders.kind[seat.leader as usize] == kind
            };
            forum.meeting.decision != Decision::NoMeeting && forum.seats.iter().any(seated)
        })
    }

    fn quorate(&self) -> bool {
        self.any(|forum| forum.meeting.decision > Decision::NoQuorum)
    }

    fn voted(&self) -> bool {
        self.any(|forum| forum.meeting.decision > Decision::Token)
    }

    fn tie(&self, counts: impl Fn(usize, usize) -> bool) -> bool {
        let mut pairs = self.world.ties.pairs();
        pairs.any(|(from, to, _)| counts(from, to as usize))
    }

    fn tier(&self, tier: Tier) -> bool {
        self.any(|forum| forum.tier == tier)
    }

    /// Whether one of a kind sits in a forum that lives.
    fn seated_now(&self, kind: LeaderKind) -> bool {
        let leaders = &self.world.leaders;
        self.any(|forum| {
            let mut seats = forum.seats.iter();
            seats.any(|seat| leaders.kind[seat.leader as usize] == kind)
        })
    }

    fn seated(&self, kind: LeaderKind) -> bool {
        let leaders = &self.world.leaders;
        (0..leaders.len())
            .any(|leader| leaders.kind[leader] == kind && !self.world.seats_of(leader).is_empty())
    }

    fn leader(&self, kind: LeaderKind) -> bool {
        self.world.leaders.kind.contains(&kind)
    }

    /// Whether the outcome can be measured.
    fn measurable(&self, name: &str, seen: &Observed) -> bool {
        use LeaderKind::{Citizen, Clinician, Manager};
        let leaders = &self.world.leaders;
        let led = self.led.contains(&true);
        match name {
            "trust" | "trust_ceiling" => self.tie(|_, _| true),
            "trust_across_kinds" => self.tie(|a, b| leaders.kind[a] != leaders.kind[b]),
            "trust_across_organisations" => {
                self.tie(|a, b| leaders.organisation[a] != leaders.organisation[b])
            }
            "attendance" | "engagement" | "agreement" | "impasse" | "imposed" | "token"
            | "no_quorum" => self.due(),
            "attendance_clinician" => self.due_with(Clinician),
            "attendance_manager" => self.due_with(Manager),
            "attendance_citizen" => self.due_with(Citizen),
            "voice_gini" | "fairness" | "resource_sharing" | "stewardship" | "mediation"
            | "catalysis" | "translation" | "analysis" | "representation" | "relational"
            | "dominance" => self.quorate(),
            "legitimacy" => self.voted(),
            "understanding"
            | "influence"
            | "expectation"
            | "satiation"
            | "shared_leadership"
            | "leadership_density"
            | "leadership_centralisation"
            | "leadership_aggregate" => self.any(|_| true),
            "equity" => seen.satiation > 0.0,
            "shared_leadership_executive" => self.tier(Tier::Executive),
            "shared_leadership_thematic" => self.tier(Tier::Thematic),
            "shared_leadership_project" => self.tier(Tier::Project),
            "leadership_gini" | "leadership_entropy" | "informal_leaders" => led,
            "leadership_rotation" => {
                let mut both = self.led.iter().zip(self.led_before);
                both.any(|(now, before)| *now && *before)
            }
            "leading_clinician" => led && self.seated_now(Clinician),
            "leading_manager" => led && self.seated_now(Manager),
            "leading_citizen" => led && self.seated_now(Citizen),
            "motivation_clinician" => self.leader(Clinician),
            "motivation_manager" => self.leader(Manager),
            "motivation_citizen" => self.leader(Citizen),
            "leavers_clinician" => (0..leaders.len())
                .any(|leader| leaders.kind[leader] == Clinician && !leaders.executive[leader]),
            "leavers_executive" => leaders.executive.contains(&true),
            "hours_clinician" => self.seated(Clinician),
            "hours_manager" => self.seated(Manager),
            "cost" | "cumulative_cost" => {
                let paid = &self.world.setup.interventions;
                self.world.levers.context.hour_price > 0.0
                    || paid.iter().any(|one| one.pounds > 0.0)
            }
            "value_per_pound" => seen.cumulative_cost > 0.0,
            "value_per_hour" => seen.cumulative_hours > 0.0,
            _ => true,
        }
    }
}

pub fn check(world: &World, seen: &Observed, led: &mut Led, faults: &mut Faults) {
    let granted = |forum: &Forum| {
        let n = forum.seats.len();
        let mut pairs = (0..n * n).filter(|at| at / n != at % n);
        pairs.any(|at| world.ties.granted[forum.tie(&world.ties, at / n, at % n)] > 0.0)
    };
    let mut now = vec![false; world.forums.len()];
    for (index, forum) in world.living() {
        now[index] = granted(forum);
    }
    let there = There {
        world,
        led: now,
        led_before: &led.0,
    };
    let mut values = Vec::new();
    seen.append(&mut values);
    for (outcome, value) in CYCLE.iter().zip(values) {
        let measurable = there.measurable(outcome.name, seen);
        if value.is_nan() == measurable {
            faults.add(format!(
                "{} is {value}, measurable: {measurable}",
                outcome.name
            ));
        }
    }
    led.0 = there.led;
}

/// An outcome of a run is missing exactly when the months it is made of have nothing to say.
pub fn of_run(values: &[f64], series: &[Observed], faults: &mut Faults) {
    use commonground::measure::RUN;
    let (first, _) = series.split_at(series.len() / 2);
    let Some(last) = series.last() else { return };
    let before = &series[series.len() - 1 - 24.min(series.len() / 2)];
    let none =
        |part: &[Observed], of: fn(&Observed) -> f64| part.iter().all(|seen| of(seen).is_nan());
    for (outcome, value) in RUN.iter().zip(values) {
        let missing = match outcome.name {
            "first_win" => series.iter().all(|seen| seen.wins <= 0.0),
            "value_per_hour" => last.cumulative_hours <= 0.0,
            "attendance" => none(series, |seen| seen.attendance),
            "agreement" => none(series, |seen| seen.agreement),
            "trust" => none(series, |seen| seen.trust),
            "understanding" => none(series, |seen| seen.understanding),
            "shared_leadership" => none(series, |seen| seen.shared_leadership),
            "shared_leadership_first_half" => none(first, |seen| seen.shared_leadership),
            "trust_first_half" => none(first, |seen| seen.trust),
            "understanding_first_half" => none(first, |seen| seen.understanding),
            "trust_end" => last.trust.is_nan(),
            "trust_trend" => last.trust.is_nan() || before.trust.is_nan(),
            "understanding_end" => last.understanding.is_nan(),
            "shared_leadership_end"
            | "shared_leadership_permuted"
            | "leadership_centralisation_end"
            | "leadership_centralisation_permuted" => last.shared_leadership.is_nan(),
            "leadership_gini_end"
            | "leadership_gini_permuted"
            | "leadership_entropy_end"
            | "leadership_entropy_permuted"
            | "leadership_rotation_permuted"
            | "informal_leaders_permuted" => last.leadership_gini.is_nan(),
            "leadership_rotation" => none(series, |seen| seen.leadership_rotation),
            "informal_leaders" => none(series, |seen| seen.informal_leaders),
            "cost" => last.cumulative_cost.is_nan(),
            "value_per_pound" => last.value_per_pound.is_nan(),
            "leavers_clinician" => last.leavers_clinician.is_nan(),
            "leavers_executive" => last.leavers_executive.is_nan(),
            "hours_clinician" => last.hours_clinician.is_nan(),
            "hours_manager" => last.hours_manager.is_nan(),
            _ => false,
        };
        if value.is_nan() != missing {
            faults.add(format!(
                "{} of the run is {value}, should be missing: {missing}",
                outcome.name
            ));
        }
    }
}
