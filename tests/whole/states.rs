//! Every slow state, flow and outcome within its range, every cycle.

use super::Faults;
use commonground::measure::{CYCLE, Observed, Outcome};
use commonground::model::forum::{Decision, Forum, Seat, TYPICAL_SCALE};
use commonground::model::world::World;

const SHARE: (f64, f64) = (0.0, 1.0);
/// A share that is a mean: its sum may be rounded up.
const MEAN: (f64, f64) = (-1e-12, 1.0 + 1e-12);
const INF: f64 = f64::INFINITY;

/// All values lie between two bounds, both allowed; none is missing or infinite.
fn within<T: Into<f64> + Copy>(
    faults: &mut Faults,
    what: &str,
    (low, high): (f64, f64),
    values: impl IntoIterator<Item = T>,
) {
    for (at, value) in values.into_iter().enumerate() {
        let value: f64 = value.into();
        if !(value.is_finite() && (low..=high).contains(&value)) {
            faults.add(format!(
                "{what} of {at} is {value}, not from {low} to {high}"
            ));
        }
    }
}

pub fn check(world: &World, faults: &mut Faults) {
    leaders(world, faults);
    ties(world, faults);
    for (at, forum) in world.forums.iter().enumerate() {
        seats(at, forum, faults);
        meeting(at, forum, faults);
        room(world, at, forum, faults);
    }
    for system in &world.systems {
        within(faults, "need", SHARE, system.need);
    }
    let pressure = world.pressure;
    within(faults, "surge", (0.0, INF), [pressure.pulse]);
    within(
        faults,
        "hierarchy and capture",
        SHARE,
        [pressure.hierarchy, pressure.capture],
    );
    within(
        faults,
        "service value",
        (0.0, world.delivered),
        world.embedded.to_vec(),
    );
}

fn leaders(world: &World, faults: &mut Faults) {
    let leaders = &world.leaders;
    let flat = |rows: &[[f64; 3]]| rows.concat();
    let flat32 = |rows: &[[f32; 3]]| rows.concat();
    within(faults, "view", SHARE, flat(&leaders.view));
    within(faults, "anchor", SHARE, flat32(&leaders.anchor));
    within(faults, "knowledge", SHARE, flat32(&leaders.knowledge));
    within(
        faults,
        "generalised trust",
        SHARE,
        flat32(&leaders.generalised),
    );
    for (what, values) in [
        ("bilingualism", &leaders.bilingualism),
        ("motivation", &leaders.motivation),
        ("commitment", &leaders.commitment),
        ("grievance", &leaders.grievance),
        ("fatigue", &leaders.fatigue),
        ("strain", &leaders.strain),
    ] {
        within(faults, what, SHARE, values.iter().copied());
    }
    for (what, range, values) in [
        ("openness", SHARE, &leaders.openness),
        ("skill", SHARE, &leaders.skill),
        ("authority", (0.0, 3.0), &leaders.authority),
        ("stake", (0.0, 2.0), &leaders.stake),
        ("own work", (0.0, 400.0), &leaders.own_work),
        ("capacity", (0.0, 400.0), &leaders.capacity),
        ("standing", (0.5, INF), &leaders.standing),
        ("load", (0.0, INF), &leaders.load),
    ] {
        within(faults, what, range, values.iter().copied());
    }
    within(faults, "power", (0.0, INF), leaders.power.iter().copied());
}

fn ties(world: &World, faults: &mut Faults) {
    for (from, to, tie) in world.ties.pairs() {
        let (trust, ceiling) = (world.ties.trust[tie], world.ties.ceiling[tie]);
        let sound = (0.0..=ceiling).contains(&trust) && (0.0..=1.0).contains(&ceiling);
        if !sound {
            faults.add(format!(
                "trust of {from} in {to} is {trust}, its ceiling {ceiling}"
            ));
        }
    }
    let granted = world
        .ties
        .pairs()
        .map(|(_, _, tie)| world.ties.granted[tie]);
    within(faults, "leadership granted", SHARE, granted);
}

fn seats(at: usize, forum: &Forum, faults: &mut Faults) {
    for (seat, held) in forum.seats.iter().enumerate() {
        let states = [
            held.expectation,
            held.influence,
            held.satiation,
            held.attendance,
        ];
        within(
            faults,
            &format!("expectation, influence, satiation, attendance in seat {seat} of forum {at}:"),
            SHARE,
            states,
        );
        let flows = [held.encouraged, held.discouraged, held.aggrieved];
        within(faults, "events of the month", (0.0, INF), flows);
        within(faults, "share granted", SHARE, [held.share_granted]);
        within(
            faults,
            "air time",
            (0.0, forum.seats.len() as f64),
            [held.voice],
        );
        let idle = !held.present;
        let acted = held.claimed || held.supported || held.overruled || held.voice > 0.0;
        if idle && acted {
            faults.add(format!("seat {seat} of forum {at} is absent and acts"));
        }
    }
    within(
        faults,
        "acceptance and equality",
        SHARE,
        [forum.acceptance, forum.equality],
    );
    within(faults, "record of failure", (-1.0, 1.0), [forum.failing]);
}

fn meeting(at: usize, forum: &Forum, faults: &mut Faults) {
    let meeting = &forum.meeting;
    within(faults, "leadership acts", MEAN, meeting.acts);
    let shares = [
        meeting.fairness,
        meeting.understanding,
        meeting.led,
        meeting.item.support,
    ];
    within(
        faults,
        &format!("fairness, understanding, leadership, support in forum {at}:"),
        MEAN,
        shares,
    );
    within(faults, "topic", SHARE, meeting.item.topic);
    within(faults, "proposal", SHARE, meeting.item.proposal);
    let amounts = [meeting.load, meeting.progress, meeting.won, meeting.failed];
    within(
        faults,
        "load, progress, wins, failures",
        (0.0, INF),
        amounts,
    );
    // A win is worth no more than its scale.
    let most = meeting.won * TYPICAL_SCALE * (1.0 + 1e-9);
    within(faults, "value", (0.0, most), [meeting.value]);
    let present = forum.seats.iter().filter(|seat| seat.present).count();
    if present != meeting.present as usize {
        faults.add(format!(
            "forum {at} counts {} of {present} present",
            meeting.present
        ));
    }
}

/// Who came decides whether a meeting decides, and shares its air time: one each on average.
fn room(world: &World, at: usize, forum: &Forum, faults: &mut Faults) {
    let present: Vec<&Seat> = forum.seats.iter().filter(|seat| seat.present).collect();
    let share = world.mechanisms().convening.quorum;
    let quorum = (share * forum.seats.len() as f64).ceil().max(2.0);
    let decided = forum.meeting.decision > Decision::NoQuorum;
    let due = forum.meeting.decision != Decision::NoMeeting;
    if due && decided != (present.len() as f64 >= quorum) {
        faults.add(format!("forum {at}: {} of {quorum} decide", present.len()));
    }
    if !due && !present.is_empty() {
        faults.add(format!("somebody comes to forum {at}, which does not meet"));
    }
    let voices = present.iter().map(|seat| f64::from(seat.voice));
    let spoken = voices.sum::<f64>() / present.len() as f64;
    if decided && (spoken - 1.0).abs() > 1e-5 {
        faults.add(format!("mean air time in forum {at} is {spoken}"));
    }
    let supported = present.iter().filter(|seat| seat.supported).count();
    let support = supported as f64 / present.len() as f64;
    let voted = forum.meeting.decision > Decision::Token;
    if voted && (support - forum.meeting.item.support).abs() > 1e-12 {
        faults.add(format!("forum {at} counts {support} in support"));
    }
    let topic: f64 = forum.meeting.item.topic.iter().sum();
    if decided && (topic - 1.0).abs() > 1e-12 {
        faults.add(format!("the topics in forum {at} add up to {topic}"));
    }
}

/// Every outcome is in its declared range, or missing.
pub fn outcomes(faults: &mut Faults, catalogue: &[Outcome], values: &[f64]) {
    assert_eq!(catalogue.len(), values.len());
    for (outcome, value) in catalogue.iter().zip(values) {
        let (low, high) = (outcome.low - 1e-12, outcome.high + 1e-12);
        let sound = value.is_nan() || (value.is_finite() && (low..=high).contains(value));
        if !sound {
            faults.add(format!(
                "{} is {value}, not from {low} to {high}",
                outcome.name
            ));
        }
    }
}

/// What only grows, and what one outcome owes another.
pub fn together(faults: &mut Faults, before: Option<&Observed>, seen: &Observed) {
    let mut at_most = |what: &str, less: f64, more: f64| {
        if less > more + 1e-9 * more.abs() {
            faults.add(format!("{what}: {less} is more than {more}"));
        }
    };
    let mut values = Vec::new();
    seen.append(&mut values);
    if let Some(before) = before {
        for (what, was, is) in [
            (
                "delivered value falls",
                before.delivered_value,
                seen.delivered_value,
            ),
            (
                "service value falls",
                before.service_value,
                seen.service_value,
            ),
            ("hours fall", before.cumulative_hours, seen.cumulative_hours),
            (
                "the count of held values falls",
                before.clamped,
                seen.clamped,
            ),
        ] {
            at_most(what, was, is);
        }
        let grown = seen.cumulative_hours - before.cumulative_hours;
        at_most(
            "hours of the month",
            (grown - seen.hours).abs(),
            1e-6 * (1.0 + seen.cumulative_hours),
        );
    }
    at_most("service value", seen.service_value, seen.delivered_value);
    at_most("trust", seen.trust, seen.trust_ceiling);
    let failed = seen.failures_time + seen.failures_end;
    at_most("failures by reason", (failed - seen.failures).abs(), 1e-9);
    let ways = [
        seen.agreement,
        seen.impasse,
        seen.imposed,
        seen.token,
        seen.no_quorum,
    ];
    let all: f64 = ways.iter().sum();
    if !seen.attendance.is_nan() {
        at_most("ways to end a meeting", (all - 1.0).abs(), 1e-9);
    }
    assert_eq!(values.len(), CYCLE.len());
}
