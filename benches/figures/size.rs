//! Time by the size of a meeting and of a system.

use crate::timing::{in_turn, quartiles, ratio, seconds};
use crate::{Figure, full, scale, short, support};
use commonground::model::cycle;
use commonground::model::event::Nobody;
use commonground::model::world::World;

/// Nanoseconds of a whole cycle for each ordered pair that meets: one forum to which everybody comes.
pub fn pairs() -> Vec<Figure> {
    let figure = |members: u32| {
        let mut setup = support::one_forum(members);
        setup.mechanisms.convening.base = 20.0;
        let mut world = World::new(&setup, 1, 0);
        let pairs = f64::from(members * (members - 1));
        let cycles = 2_000_000 / (members * members);
        let blocks = (0..15).map(|_| {
            let block = seconds(|| {
                for _ in 0..cycles {
                    cycle::step(&mut world, &mut Nobody);
                }
            });
            1e9 * block / f64::from(cycles) / pairs
        });
        let [low, median, high] = quartiles(blocks.collect());
        Figure::new(
            format!("ns per ordered pair that meets, forum of {members}"),
            short(median),
            format!("quartiles {} and {}, one thread", short(low), short(high)),
        )
    };
    [8, 12, 60].map(figure).into()
}

/// Steps a world through some cycles.
fn go(world: &mut World, cycles: u32) {
    for _ in 0..cycles {
        cycle::step(world, &mut Nobody);
    }
}

/// Leader-cycles a second by size; then the cost of one in a large system and in one of 10,000.
pub fn leader_cycles() -> Vec<Figure> {
    let mut figures: Vec<Figure> = [100, 1_000, 10_000, 100_000].map(speed).into();
    if full() {
        figures.push(speed(1_000_000));
    }
    let (large, name) = if full() {
        (1_000_000, "1e6")
    } else {
        (100_000, "1e5")
    };
    let one = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .expect("a thread");
    let ratios = one.install(|| {
        let setups = [scale(10_000), scale(large)];
        let [mut small, mut large] = setups.each_ref().map(|setup| World::new(setup, 1, 0));
        go(&mut small, 12);
        go(&mut large, 2);
        let share = (large.leaders.len() / small.leaders.len()) as u32;
        let exact = large.leaders.len() as f64 / small.leaders.len() as f64 / f64::from(share);
        let ratios = in_turn(5, || go(&mut small, share), || go(&mut large, 1));
        ratios
            .into_iter()
            .map(|ratio| ratio / exact)
            .collect::<Vec<f64>>()
    });
    figures.push(Figure::new(
        format!("cost of a leader-cycle, {name} leaders to 1e4"),
        ratio(ratios),
        "in turn, five times there and back, one thread",
    ));
    figures
}

fn speed(leaders: u32) -> Figure {
    let setup = scale(leaders);
    let mut world = World::new(&setup, 1, 0);
    go(&mut world, 2);
    let cycles = (600_000 / setup.posts.len() as u32).max(3);
    let blocks = (0..5).map(|_| {
        let block = seconds(|| go(&mut world, cycles));
        setup.posts.len() as f64 * f64::from(cycles) / block
    });
    let [low, median, high] = quartiles(blocks.collect());
    Figure::new(
        format!(
            "leader-cycles a second, {} leaders",
            short(setup.posts.len() as f64)
        ),
        short(median),
        format!(
            "quartiles {} and {}; from 4,096 leaders on all threads",
            short(low),
            short(high)
        ),
    )
}
