//! One run, from the start to the horizon, as a record.

use super::catalogue::{Observed, Summary};
use super::observe::{Memory, observe};
use super::permuted;
use super::record::Record;
use super::tables;
use crate::model::cycle;
use crate::model::event::{Event, Nobody, Observer};
use crate::model::setup::Setup;

/// Which optional tables to keep.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Keep {
    /// The time series.
    pub cycles: bool,
    /// Leaders at the start and at the end.
    pub leaders: bool,
    /// Ties at the start and at the end.
    pub ties: bool,
    /// Forums, cycle by cycle.
    pub forums: bool,
    /// Events.
    pub events: bool,
    /// Contributions by kind, tier and stage.
    pub contributions: bool,
}

/// Runs one replicate.
#[must_use]
pub fn run(setup: &Setup, seed: u64, replicate: u64, keep: Keep) -> Record {
    if keep.events {
        let mut events: Vec<Event> = Vec::new();
        let mut record = run_observed(setup, seed, replicate, keep, &mut events);
        record.tables.push(tables::events(setup, &events));
        record
    } else {
        run_observed(setup, seed, replicate, keep, &mut Nobody)
    }
}

/// Runs one replicate and tells an observer what happens.
#[must_use]
pub fn run_observed(
    setup: &Setup,
    seed: u64,
    replicate: u64,
    keep: Keep,
    observer: &mut impl Observer,
) -> Record {
    let cycles = setup.horizon.cycles;
    let mut world = cycle::start(setup, seed, replicate);
    let mut memory = Memory::default();
    let mut tables = tables::Tables::new(setup, keep);
    tables.start(&world);
    let mut seen: Vec<Observed> = Vec::with_capacity(cycles as usize);
    for _ in 0..cycles {
        cycle::step(&mut world, observer);
        seen.push(observe(&world, &mut memory));
        tables.cycle(&world);
    }
    tables.end(&world);
    let mut record = Record {
        tables: tables.finish(),
        ..Record::default()
    };
    let mut summary = summarise(setup, &seen);
    permuted::baseline(&world, &mut summary);
    summary.append(&mut record.run);
    if keep.cycles {
        for observed in &seen {
            observed.append(&mut record.cycles);
        }
    }
    record
}

/// Months of a trend: the last two years, or the second half of a shorter run.
fn trend_months(cycles: usize) -> usize {
    24.min(cycles / 2)
}

fn mean(seen: &[Observed], value: impl Fn(&Observed) -> f64) -> f64 {
    let known = seen.iter().map(value).filter(|value| !value.is_nan());
    let (sum, count) = known.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    sum / count
}

fn summarise(setup: &Setup, seen: &[Observed]) -> Summary {
    let sum = |part: &[Observed], value: fn(&Observed) -> f64| part.iter().map(value).sum::<f64>();
    let (first, second) = seen.split_at(seen.len() / 2);
    let Some(last) = seen.last() else {
        return Summary::MISSING;
    };
    let before = &seen[seen.len() - 1 - trend_months(seen.len())];
    let years = seen.len() as f64 / 12.0;
    let wins = sum(seen, |seen| seen.wins);
    let yes = |is: bool| f64::from(u8::from(is));
    let six = 6.min(seen.len());
    let collapsed = seen
        .windows(six)
        .any(|months| mean(months, |seen| seen.attendance) < setup.horizon.collapse);
    let first_win = seen.iter().position(|seen| seen.wins > 0.0);
    Summary {
        wins,
        wins_first_half: sum(first, |seen| seen.wins),
        wins_second_half: sum(second, |seen| seen.wins),
        failures: sum(seen, |seen| seen.failures),
        abandoned: sum(seen, |seen| seen.abandoned),
        dropped: sum(seen, |seen| seen.dropped),
        first_win: first_win.map_or(f64::NAN, |cycle| cycle as f64 + 1.0),
        success: yes(wins / (setup.forums.len() as f64 * years) >= setup.horizon.success),
        collapse: yes(collapsed),
        delivered_value: last.delivered_value,
        service_value: last.service_value,
        hours: last.cumulative_hours,
        value_per_hour: last.value_per_hour,
        cost: last.cumulative_cost,
        value_per_pound: last.value_per_pound,
        attendance: mean(seen, |seen| seen.attendance),
        agreement: mean(seen, |seen| seen.agreement),
        trust: mean(seen, |seen| seen.trust),
        understanding: mean(seen, |seen| seen.understanding),
        commitment: mean(seen, |seen| seen.commitment),
        shared_leadership: mean(seen, |seen| seen.shared_leadership),
        shared_leadership_first_half: mean(first, |seen| seen.shared_leadership),
        trust_first_half: mean(first, |seen| seen.trust),
        understanding_first_half: mean(first, |seen| seen.understanding),
        trust_end: last.trust,
        understanding_end: last.understanding,
        commitment_end: last.commitment,
        shared_leadership_end: last.shared_leadership,
        leadership_centralisation_end: last.leadership_centralisation,
        leadership_gini_end: last.leadership_gini,
        leadership_entropy_end: last.leadership_entropy,
        leadership_rotation: mean(seen, |seen| seen.leadership_rotation),
        informal_leaders: mean(seen, |seen| seen.informal_leaders),
        trust_trend: last.trust - before.trust,
        commitment_trend: last.commitment - before.commitment,
        burnt_out: mean(seen, |seen| seen.burnt_out),
        leavers: sum(seen, |seen| seen.leavers),
        leavers_clinician: mean(seen, |seen| seen.leavers_clinician),
        leavers_executive: mean(seen, |seen| seen.leavers_executive),
        hours_clinician: mean(seen, |seen| seen.hours_clinician),
        hours_manager: mean(seen, |seen| seen.hours_manager),
        broken_promises: sum(seen, |seen| seen.broken_promises),
        clamped: last.clamped,
        ..Summary::MISSING
    }
}

#[cfg(test)]
mod tests;
