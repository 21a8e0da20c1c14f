//! Names and order do not matter: relabelled posts, seats and organisations give the same
//! distribution of results, and forums in another order the same results.
//!
//! Bounds are six standard errors. Were the seeds drawn at random, each of these 320 comparisons would
//! raise a false alarm twice in a billion times, all of them less than once in a million times: they
//! are means of 1,500 runs, whose skewness adds little.

use crate::support::{forum, group, organisation, post};
use commonground::measure::{CYCLE, Keep, Memory, RUN, observe, run};
use commonground::model::cycle;
use commonground::model::event::{Event, Nobody, Observer, What};
use commonground::model::setup::{Chair, Setup, System};
use commonground::model::world::World;
use commonground::random::{Draws, Purpose};
use commonground::registry::leaders::LeaderKind;
use commonground::registry::places::{ChairKind, Rule, Tier};
use std::ops::Range;

const RUNS: u64 = 1500;
const MOST: f64 = 6.0;

/// A system in which leaders, seats, chairs, rules and rhythms all differ.
fn varied() -> Setup {
    let kinds = [
        LeaderKind::Clinician,
        LeaderKind::Manager,
        LeaderKind::Citizen,
    ];
    let mut setup = Setup {
        systems: vec![System::default()],
        organisations: (0..4)
            .map(|at| organisation(&format!("organisation-{at}")))
            .collect(),
        groups: kinds.map(|kind| group("group", kind)).to_vec(),
        posts: (0..20)
            .map(|at| post(&format!("post-{at}"), at % 3, at % 4))
            .collect(),
        ..Setup::default()
    };
    let seats: [(Tier, Range<u32>, ChairKind, Rule, u32); 4] = [
        (
            Tier::Executive,
            0..7,
            ChairKind::Organic,
            Rule::Consensus,
            1,
        ),
        (Tier::Thematic, 5..13, ChairKind::Neutral, Rule::Majority, 1),
        (Tier::Project, 10..20, ChairKind::Appointed, Rule::Power, 2),
        (Tier::Project, 3..11, ChairKind::Organic, Rule::Chair, 1),
    ];
    for (at, (tier, members, kind, rule, rhythm)) in seats.into_iter().enumerate() {
        let mut made = forum(&format!("forum-{at}"), tier, members.clone().collect());
        let member = matches!(kind, ChairKind::Organic | ChairKind::Appointed);
        made.chair = Chair {
            kind,
            post: member.then_some(members.start + 2),
        };
        (made.design.rule, made.design.rhythm) = (rule, rhythm);
        made.design.token = 0.1;
        setup.forums.push(made);
    }
    setup.horizon.cycles = 24;
    setup.mechanisms.renewal.leaving_other = 0.03;
    setup.mechanisms.trust.introductions = 0.3;
    setup
}

/// A random order, by sorting words.
fn order(count: usize, seed: u64) -> Vec<usize> {
    let mut words = vec![0; count];
    Draws::new(seed, 77).fill(Purpose::Network, 0, 0, &mut words);
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_key(|at| words[*at]);
    order
}

fn reordered<T: Clone>(things: &mut Vec<T>, order: &[usize]) {
    *things = order.iter().map(|at| things[*at].clone()).collect();
}

/// The same system with posts, seats, organisations and forums in another order; and where each
/// post has gone.
fn relabelled(setup: &Setup, seed: u64) -> (Setup, Vec<usize>) {
    let mut other = setup.clone();
    let inverse = |order: &[usize]| {
        let mut gone = vec![0; order.len()];
        for (now, was) in order.iter().enumerate() {
            gone[*was] = now;
        }
        gone
    };
    let posts = order(setup.posts.len(), seed);
    let organisations = order(setup.organisations.len(), seed + 1);
    let (gone, moved) = (inverse(&posts), inverse(&organisations));
    reordered(&mut other.posts, &posts);
    reordered(&mut other.organisations, &organisations);
    for post in &mut other.posts {
        post.organisation = moved[post.organisation as usize] as u32;
    }
    for forum in &mut other.forums {
        let seats = order(forum.members.len(), seed + 2);
        reordered(&mut forum.members, &seats);
        for member in &mut forum.members {
            *member = gone[*member as usize] as u32;
        }
        forum.chair.post = forum.chair.post.map(|post| gone[post as usize] as u32);
    }
    let forums = order(setup.forums.len(), seed + 3);
    reordered(&mut other.forums, &forums);
    (other, gone)
}

/// What is kept of each leader: what it did in a run, and how it is at the end.
const KEPT: [&str; DONE + 9] = [
    "meetings attended",
    "air time",
    "claims of leadership",
    "grants received",
    "view of value",
    "commitment",
    "motivation",
    "strain",
    "grievance",
    "bilingualism",
    "trust received",
    "leadership received",
    "earlier holders",
];

/// How many of these are counted from events.
const DONE: usize = 4;

/// Counts for each post what its holders did.
struct Tally(Vec<[f64; DONE]>);

impl Observer for Tally {
    fn observe(&mut self, event: Event) {
        let (who, at) = match event.what {
            What::Attended => (event.leader, 0),
            What::Spoke => (event.leader, 1),
            What::Claimed => (event.leader, 2),
            What::Granted => (event.other, 3),
            _ => return,
        };
        self.0[who.unwrap() as usize][at] += event.amount;
    }
}

/// What is kept of every post after one run.
fn kept(setup: &Setup, seed: u64, replicate: u64) -> Vec<[f64; KEPT.len()]> {
    let mut world = cycle::start(setup, seed, replicate);
    let mut tally = Tally(vec![[0.0; DONE]; setup.posts.len()]);
    for _ in 0..setup.horizon.cycles {
        cycle::step(&mut world, &mut tally);
    }
    let posts = tally.0.iter().enumerate();
    posts
        .map(|(post, [came, spoke, claimed, granted])| {
            let [a, b, c, d, e, f, g, h, i] = states(&world, post);
            [*came, *spoke, *claimed, *granted, a, b, c, d, e, f, g, h, i]
        })
        .collect()
}

fn states(world: &World, post: usize) -> [f64; KEPT.len() - DONE] {
    let leaders = &world.leaders;
    let others = (0..leaders.len()).filter_map(|from| world.ties.find(from, post as u32));
    let (mut trust, mut granted, mut ties) = (0.0, 0.0, 0.0);
    for tie in others {
        trust += f64::from(world.ties.trust[tie]);
        granted += f64::from(world.ties.granted[tie]);
        ties += 1.0;
    }
    [
        leaders.view[post][0],
        leaders.commitment[post],
        leaders.motivation[post],
        leaders.strain[post],
        leaders.grievance[post],
        leaders.bilingualism[post],
        trust / f64::max(ties, 1.0),
        granted,
        f64::from(leaders.holder[post]),
    ]
}

/// Mean and squared standard error of values that are known.
fn moments(values: &[f64]) -> (f64, f64) {
    let known: Vec<f64> = values
        .iter()
        .copied()
        .filter(|value| !value.is_nan())
        .collect();
    let n = known.len().max(2) as f64;
    let mean = known.iter().sum::<f64>() / n;
    let squares: f64 = known
        .iter()
        .map(|value| (value - mean) * (value - mean))
        .sum();
    (mean, squares / (n - 1.0) / n)
}

/// Two samples whose means differ by more than chance would have it.
fn differ(one: &[f64], other: &[f64]) -> Option<String> {
    let ((m1, v1), (m2, v2)) = (moments(one), moments(other));
    ((m1 - m2).abs() > MOST * (v1 + v2).sqrt() + 1e-12).then(|| format!("{m1} and {m2}"))
}

#[test]
fn relabelling_changes_nothing_in_distribution() {
    let setup = varied();
    let (other, gone) = relabelled(&setup, 5);
    let (mut found, mut moving) = (Vec::new(), 0);
    let runs = |setup: &Setup, seed| -> Vec<Vec<f64>> {
        let one = |replicate| run(setup, seed, replicate, Keep::default()).run;
        (0..RUNS).map(one).collect()
    };
    let (a, b) = (runs(&setup, 1), runs(&other, 2));
    for (at, outcome) in RUN.iter().enumerate() {
        let column = |runs: &[Vec<f64>]| runs.iter().map(|run| run[at]).collect::<Vec<_>>();
        let difference = differ(&column(&a), &column(&b));
        found.extend(difference.map(|means| format!("{}: {means}", outcome.name)));
    }
    let posts = |setup: &Setup, seed| -> Vec<Vec<[f64; KEPT.len()]>> {
        let runs = 0..RUNS;
        runs.map(|replicate| kept(setup, seed, replicate)).collect()
    };
    let (a, b) = (posts(&setup, 3), posts(&other, 4));
    for (post, gone) in gone.iter().enumerate() {
        for (at, name) in KEPT.iter().enumerate() {
            let column = |runs: &[Vec<[f64; KEPT.len()]>], post: usize| {
                runs.iter().map(|run| run[post][at]).collect::<Vec<_>>()
            };
            let (a, b) = (column(&a, post), column(&b, *gone));
            moving += usize::from(moments(&a).1 > 0.0);
            found.extend(differ(&a, &b).map(|means| format!("{name} of {post}: {means}")));
        }
    }
    assert!(moving > 220, "{moving} states differ between runs");
    assert!(found.is_empty(), "{found:#?}");
}

/// Leaders who are all alike stay alike on average, wherever they stand among posts and seats: in
/// each run the slope of a state on the place is as often up as down.
#[test]
fn a_place_among_equals_brings_nothing() {
    let mut setup = varied();
    for (at, post) in (0..).zip(&mut setup.posts) {
        (post.group, post.organisation) = (0, at);
    }
    setup.organisations = (0..20)
        .map(|at| organisation(&format!("organisation-{at}")))
        .collect();
    let seats: Vec<u32> = order(20, 8).into_iter().map(|at| at as u32).collect();
    setup.forums.truncate(1);
    setup.forums[0].members.clone_from(&seats);
    setup.forums[0].chair.post = None;
    let place = |seat: usize| (seat as f64 - 9.5) / 33.25;
    let mut slopes = vec![[Vec::new(), Vec::new()]; KEPT.len()];
    for replicate in 0..2 * RUNS {
        let states = kept(&setup, 9, replicate);
        for (at, slopes) in slopes.iter_mut().enumerate() {
            let by_post = (0..20).map(|post| place(post) * states[post][at]);
            let by_seat = (0..20).map(|seat| place(seat) * states[seats[seat] as usize][at]);
            slopes[0].push(by_post.sum());
            slopes[1].push(by_seat.sum());
        }
    }
    for (name, slopes) in KEPT.iter().zip(&slopes) {
        for (among, slopes) in ["posts", "seats"].iter().zip(slopes) {
            let (mean, error) = moments(slopes);
            assert!(
                mean.abs() < MOST * error.sqrt(),
                "{name} among {among}: {mean}"
            );
        }
    }
}

/// Forums are addressed by their ids: in another order they do the same, up to the rounding of sums.
#[test]
fn the_order_of_forums_changes_only_the_order_of_sums() {
    let mut setup = varied();
    // With a place for everybody, introductions in one month do not compete.
    setup.network.new_ties = 20;
    for seed in 1..21 {
        let mut other = setup.clone();
        reordered(&mut other.forums, &order(setup.forums.len(), seed));
        let mut worlds = [&setup, &other].map(|setup| cycle::start(setup, seed, 0));
        let mut memories = [Memory::default(), Memory::default()];
        for month in 0..setup.horizon.cycles {
            let mut seen = [Vec::new(), Vec::new()];
            for ((world, memory), seen) in worlds.iter_mut().zip(&mut memories).zip(&mut seen) {
                cycle::step(world, &mut Nobody);
                observe(world, memory).append(seen);
            }
            for (outcome, (a, b)) in CYCLE.iter().zip(seen[0].iter().zip(&seen[1])) {
                let same = a.to_bits() == b.to_bits() || (a - b).abs() <= 1e-9 * a.abs().max(1.0);
                assert!(
                    same,
                    "{} in month {month} of seed {seed}: {a} and {b}",
                    outcome.name
                );
            }
        }
    }
}
