//! Who watches changes nothing, and can tell afterwards who was seen as a leader by whom.

use commonground::measure::{Memory, Observed, observe};
use commonground::model::cycle;
use commonground::model::event::{Event, Nobody, Observer, What};
use commonground::model::setup::Setup;
use commonground::scenario;
use std::collections::{BTreeMap, BTreeSet};

const SCENARIOS: [&str; 5] = ["baseline", "stp-b", "trust-board", "virtuous", "ics-small"];

/// Is told everything and keeps nothing.
struct Deaf;

impl Observer for Deaf {
    fn observe(&mut self, _: Event) {}
}

fn setup(name: &str) -> Setup {
    let mut setup = scenario::load(name, &[]).unwrap().setup;
    setup.horizon.cycles = 36;
    setup
}

/// What is observed in every cycle, and how many events there were in each.
fn watched<O: Observer>(setup: &Setup, observer: &mut O) -> Vec<Observed> {
    let mut world = cycle::start(setup, 1, 0);
    let mut memory = Memory::default();
    let cycles = (0..setup.horizon.cycles).map(|_| {
        cycle::step(&mut world, observer);
        observe(&world, &mut memory)
    });
    cycles.collect()
}

fn bits(series: &[Observed]) -> Vec<u64> {
    let mut values = Vec::new();
    for seen in series {
        seen.append(&mut values);
    }
    values.into_iter().map(f64::to_bits).collect()
}

#[test]
fn who_watches_changes_nothing() {
    for name in SCENARIOS {
        let setup = setup(name);
        let mut events: Vec<Event> = Vec::new();
        let nobody = bits(&watched(&setup, &mut Nobody));
        assert!(nobody == bits(&watched(&setup, &mut Deaf)), "{name}, deaf");
        assert!(
            nobody == bits(&watched(&setup, &mut events)),
            "{name}, recorded"
        );
        assert!(events.is_sorted_by_key(|event| event.cycle));
        let cycles: BTreeSet<u32> = events.iter().map(|event| event.cycle).collect();
        assert_eq!(cycles.len(), 36, "{name} has a month without events");
    }
}

/// Leadership granted and ties, rebuilt from grants, refusals, introductions and leaving alone.
#[test]
fn leadership_and_ties_are_what_the_events_make_them() {
    let mut introduced = 0;
    for name in SCENARIOS {
        let mut setup = setup(name);
        // A place for everybody who is introduced.
        setup.network.new_ties = 20;
        setup.mechanisms.trust.introductions = 0.3;
        let mut events: Vec<Event> = Vec::new();
        let series = watched(&setup, &mut events);
        let start = cycle::start(&setup, 1, 0);
        let pairs = start.ties.pairs();
        let mut granted: BTreeMap<(u32, u32), f64> = pairs
            .map(|(from, to, _)| ((from as u32, to), 0.0))
            .collect();
        let known = granted.len();
        for (seen, month) in series
            .iter()
            .zip(events.chunk_by(|a, b| a.cycle == b.cycle))
        {
            lead(&setup, &mut granted, month);
            let ties = granted.len() as f64 / setup.posts.len() as f64;
            assert!(
                (seen.ties - ties).abs() < 1e-9,
                "{name}: {} {ties}",
                seen.ties
            );
            let density = density(&setup, &granted);
            assert!(
                (seen.leadership_density - density).abs() < 1e-6,
                "{name}: {density}"
            );
        }
        introduced += granted.len() - known;
    }
    assert!(introduced > 100, "{introduced} new ties");
}

/// C5 and turnover, as the rules' pages say, on the events of one month.
fn lead(setup: &Setup, granted: &mut BTreeMap<(u32, u32), f64>, month: &[Event]) {
    let rule = &setup.mechanisms.leadership;
    let mut judged: BTreeMap<(u32, u32), [f64; 2]> = BTreeMap::new();
    for event in month {
        let pair = (event.leader, event.other);
        if let (Some(by), Some(of)) = pair {
            let counts = judged.entry((by, of)).or_default();
            counts[0] += f64::from(u8::from(event.what == What::Granted));
            counts[1] += f64::from(u8::from(event.what == What::Refused));
        }
    }
    for (pair, l) in granted.iter_mut() {
        *l = match judged.get(pair) {
            Some([0.0, 0.0]) | None => *l * (1.0 - rule.lapse),
            Some([yes, no]) => {
                let change = rule.granted * (1.0 - *l) * yes - rule.refused * *l * no;
                (*l + change).clamp(0.0, 1.0)
            }
        };
    }
    for event in month {
        match (event.what, event.leader, event.other) {
            (What::Introduced, Some(one), Some(other)) => {
                granted.entry((one, other)).or_insert(0.0);
                granted.entry((other, one)).or_insert(0.0);
            }
            (What::Left, Some(post), _) => {
                let theirs = granted.iter_mut();
                theirs
                    .filter(|((by, of), _)| *by == post || *of == post)
                    .for_each(|(_, l)| *l = 0.0);
            }
            _ => {}
        }
    }
}

fn density(setup: &Setup, granted: &BTreeMap<(u32, u32), f64>) -> f64 {
    let forums = setup.forums.iter().map(|forum| {
        let pairs = forum.members.iter().flat_map(|by| {
            let others = forum.members.iter().filter(move |of| *of != by);
            others.map(move |of| granted[&(*by, *of)])
        });
        pairs.sum::<f64>() / (forum.members.len() * (forum.members.len() - 1)) as f64
    });
    forums.sum::<f64>() / setup.forums.len() as f64
}
