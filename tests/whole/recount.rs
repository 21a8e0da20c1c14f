//! The outcomes of every cycle recounted from its events, the roster and the designs alone: what no
//! event tells did not happen.

use super::Faults;
use commonground::measure::{CYCLE, Observed, gini};
use commonground::model::event::{Event, Reason, What};
use commonground::model::leader::Leaders;
use commonground::model::setup::Setup;
use commonground::registry::leaders::LeaderKind;
use commonground::registry::places::Tier;

/// The events of one cycle, and who everybody is.
pub struct Month<'a> {
    pub setup: &'a Setup,
    pub leaders: &'a Leaders,
    pub events: &'a [Event],
}

impl Month<'_> {
    fn of<'e>(&'e self, what: &'e [What]) -> impl Iterator<Item = &'e Event> {
        self.events
            .iter()
            .filter(|event| what.contains(&event.what))
    }

    fn count(&self, what: What) -> f64 {
        self.of(&[what]).count() as f64
    }

    /// Leaders who did it, each counted once in a forum.
    fn doers(&self, what: What) -> f64 {
        let mut doers: Vec<_> = self
            .of(&[what])
            .map(|one| (one.forum, one.leader))
            .collect();
        doers.dedup();
        doers.len() as f64
    }

    fn amount(&self, what: &[What]) -> f64 {
        self.of(what).map(|event| event.amount).sum()
    }

    fn kind(&self, leader: Option<u32>) -> LeaderKind {
        self.leaders.kind[leader.expect("somebody") as usize]
    }

    /// Forums whose meeting was due: each tells how it ended.
    fn due(&self) -> Vec<usize> {
        let ends = [
            What::NoQuorum,
            What::Token,
            What::Agreed,
            What::Impasse,
            What::Imposed,
        ];
        self.of(&ends)
            .map(|event| event.forum.expect("a forum") as usize)
            .collect()
    }

    /// Those who came, of those expected.
    fn attendance(&self, counts: impl Fn(LeaderKind) -> bool) -> f64 {
        let came = self.of(&[What::Attended]);
        let came = came.filter(|event| counts(self.kind(event.leader))).count();
        let due = self.due();
        let seats = due
            .iter()
            .flat_map(|forum| &self.setup.forums[*forum].members);
        let expected = seats.filter(|post| counts(self.kind(Some(**post)))).count();
        came as f64 / expected as f64
    }

    fn ended(&self, what: What) -> f64 {
        self.count(what) / self.due().len() as f64
    }

    fn hours(&self, counts: impl Fn(LeaderKind) -> bool) -> f64 {
        let spent = self.of(&[What::Attended]).map(|event| {
            let hours = self.setup.forums[event.forum.expect("a forum") as usize]
                .design
                .hours;
            let preparing = self.setup.mechanisms.renewal.manager_preparation;
            match self.kind(event.leader) {
                kind if !counts(kind) => 0.0,
                LeaderKind::Manager => hours * preparing,
                _ => hours,
            }
        });
        spent.sum()
    }

    fn hours_each(&self, kind: LeaderKind) -> f64 {
        let mut seated: Vec<u32> = self
            .setup
            .forums
            .iter()
            .flat_map(|forum| &forum.members)
            .copied()
            .filter(|post| self.kind(Some(*post)) == kind)
            .collect();
        seated.sort_unstable();
        seated.dedup();
        self.hours(|one| one == kind) / seated.len() as f64
    }

    /// Mean Gini of air time over the meetings in which members spoke.
    fn voice_gini(&self) -> f64 {
        let spoke: Vec<&Event> = self.of(&[What::Spoke]).collect();
        let meetings = spoke.chunk_by(|a, b| a.forum == b.forum);
        let ginis: Vec<f64> = meetings
            .map(|spoke| gini(&mut spoke.iter().map(|event| event.amount).collect::<Vec<_>>()))
            .collect();
        ginis.iter().sum::<f64>() / ginis.len() as f64
    }

    fn leaving(&self, counts: impl Fn(u32) -> bool) -> f64 {
        let posts = 0..self.leaders.len() as u32;
        let left = self.of(&[What::Left]);
        let left = left
            .filter(|event| counts(event.leader.expect("somebody")))
            .count();
        left as f64 / posts.filter(|post| counts(*post)).count() as f64
    }

    fn executive(&self, post: u32) -> bool {
        let forums = &mut self.setup.forums.iter();
        forums.any(|forum| forum.tier == Tier::Executive && forum.members.contains(&post))
    }

    /// The outcome as the events tell it, if they do.
    fn told(&self, name: &str) -> Option<f64> {
        use LeaderKind::{Citizen, Clinician, Manager};
        let leavers = |post: u32| self.kind(Some(post)) == Clinician && !self.executive(post);
        Some(match name {
            "attendance" => self.attendance(|_| true),
            "attendance_clinician" => self.attendance(|kind| kind == Clinician),
            "attendance_manager" => self.attendance(|kind| kind == Manager),
            "attendance_citizen" => self.attendance(|kind| kind == Citizen),
            "voice_gini" => self.voice_gini(),
            "agreement" => self.ended(What::Agreed),
            "impasse" => self.ended(What::Impasse),
            "imposed" => self.ended(What::Imposed),
            "token" => self.ended(What::Token),
            "no_quorum" => self.ended(What::NoQuorum),
            "wins" => self.amount(&[What::Won]),
            "failures" => self.amount(&[What::FailedInTime, What::FailedAtEnd]),
            "failures_time" => self.amount(&[What::FailedInTime]),
            "failures_end" => self.amount(&[What::FailedAtEnd]),
            "abandoned" => self.amount(&[What::Abandoned]),
            "overturned" => self.count(What::Overturned),
            "dropped" => self.amount(&[What::Dropped]),
            "broken_promises" => self.doers(What::BrokePromise),
            "leavers" => self.count(What::Left),
            "leavers_clinician" => self.leaving(leavers),
            "leavers_executive" => self.leaving(|post| self.executive(post)),
            "hours" => self.hours(|_| true),
            "hours_clinician" => self.hours_each(Clinician),
            "hours_manager" => self.hours_each(Manager),
            _ => return None,
        })
    }
}

/// How many outcomes events tell.
pub const TOLD: usize = 24;

/// Compares what the events tell with what was observed.
pub fn check(month: &Month, seen: &Observed, faults: &mut Faults) {
    let mut values = Vec::new();
    seen.append(&mut values);
    let mut told = 0;
    for (outcome, value) in CYCLE.iter().zip(values) {
        let Some(recounted) = month.told(outcome.name) else {
            continue;
        };
        told += 1;
        // What interventions take is told by no event.
        let value = match outcome.name {
            "hours" => value - seen.hours_interventions,
            _ => value,
        };
        let same = (recounted - value).abs() <= 1e-9 * value.abs().max(1.0)
            || (recounted.is_nan() && value.is_nan());
        if !same {
            faults.add(format!(
                "{} is {value}, the events tell {recounted}",
                outcome.name
            ));
        }
    }
    assert_eq!(told, TOLD);
    shapes(month, faults);
}

/// Every event says when, where, who and how much, as its kind asks.
fn shapes(month: &Month, faults: &mut Faults) {
    use What::{
        Abandoned, Agreed, Attended, Began, BrokePromise, Claimed, Dropped, FailedAtEnd,
        FailedInTime, Granted, Impasse, Imposed, Introduced, Joined, KeptPromise, Left, NoQuorum,
        Overturned, Refused, Spoke, Token, Won,
    };
    let cycle = month.events.first().map(|event| event.cycle);
    for event in month.events {
        let (forum, leader, other) = match event.what {
            Attended | Spoke | KeptPromise | BrokePromise | Claimed => (true, true, false),
            Granted | Refused | Introduced => (true, true, true),
            Agreed | Impasse | Imposed | Token | NoQuorum | Began | Won | FailedInTime
            | FailedAtEnd | Abandoned | Overturned | Dropped => (true, false, false),
            Left | Joined => (false, true, false),
        };
        let least = match event.what {
            Agreed | Impasse | Imposed | Spoke | NoQuorum | BrokePromise => 0.0,
            Won | FailedInTime | FailedAtEnd => f64::MIN_POSITIVE,
            _ => 1.0,
        };
        let most = match event.what {
            Agreed | Impasse | Imposed => 1.0,
            _ => f64::INFINITY,
        };
        let says = [
            event.forum.is_some(),
            event.leader.is_some(),
            event.other.is_some(),
        ];
        let reasons: &[Reason] = match event.what {
            BrokePromise => &[Reason::Token, Reason::Overturned, Reason::Withheld],
            Abandoned => &[Reason::Priorities, Reason::Surge, Reason::Ended],
            Left => &[Reason::Tenure, Reason::Failing, Reason::BurntOut],
            _ => &[],
        };
        let explained = match event.reason {
            Some(reason) => reasons.contains(&reason),
            None => reasons.is_empty(),
        };
        let sound = says == [forum, leader, other]
            && explained
            && (least..=most).contains(&event.amount)
            && Some(event.cycle) == cycle
            && event.leader != event.other.or(Some(u32::MAX));
        if !sound {
            faults.add(format!("no such event: {event:?}"));
        }
    }
    let place = |event: &Event| event.forum.unwrap_or(u32::MAX);
    if !month.events.is_sorted_by_key(place) {
        faults.add("events do not come forum by forum".into());
    }
    // Whoever claims was there, and is granted or refused by others who were.
    for event in month.of(&[Spoke, Claimed, Granted, Refused]) {
        let came = |leader| {
            let mut came = month.of(&[Attended]);
            came.any(|other| (other.forum, other.leader) == (event.forum, leader))
        };
        if !came(event.leader) || (event.other.is_some() && !came(event.other)) {
            faults.add(format!("somebody absent takes part: {event:?}"));
        }
    }
}
